from datetime import timedelta
from hashlib import blake2b

from odoo import api, fields, models
from odoo.fields import NO_ACCESS
from odoo.tools import SQL

KEPT_DAYS = 1


class CrmExactKey(models.Model):
    """Which numbers and tax IDs are being saved where no two customers may have one.

    Two people who save the same at the same moment do not see each other: the row of
    the value is updated by both, so that the later one fails, is repeated by Odoo, and
    sees it then. A row says nothing but that somebody has saved a value with this hash.
    """

    _name = "crm.exact.key"
    _description = "Value that is being saved"
    _log_access = False

    value_hash = fields.Char(required=True, groups=NO_ACCESS)
    saved_at = fields.Datetime(required=True, index=True, groups=NO_ACCESS)

    _hash_uniq = models.UniqueIndex("(value_hash)")

    @api.model
    def _hold(self, values):
        """Let nobody else save one of these values in the same moment; one statement,
        in the order of the values, so that nobody waits in a circle."""
        if not values:
            return
        secret = self._get_secret()
        hashes = sorted({_hash(secret, *value) for value in values})
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_exact_key AS held (value_hash, saved_at)
                SELECT unnest(%s::text[]), %s
           ON CONFLICT (value_hash) DO UPDATE SET saved_at = EXCLUDED.saved_at
             RETURNING id
                """,
                hashes,
                fields.Datetime.now(),
            )
        )

    @api.model
    def _get_secret(self):
        # Superuser: without it a number could be found by trying all hashes.
        parameters = self.env["ir.config_parameter"].sudo()
        return (parameters.get_param("database.secret") or "").encode()[:64]

    @api.autovacuum
    def _forget_old(self):
        before = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.env.execute_query(
            SQL("DELETE FROM crm_exact_key WHERE saved_at < %s RETURNING id", before)
        )


def _hash(secret, column, value):
    text = f"{column} {value}".encode()
    return blake2b(text, digest_size=16, key=secret).hexdigest()
