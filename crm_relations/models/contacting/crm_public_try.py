import hashlib
import hmac
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

KEPT = timedelta(days=2)


class CrmPublicTry(models.Model):
    """How often somebody without an account came by in an hour.

    A row an hour for what is limited and the place it came from, so that only those who
    come from the same place wait for each other. Addresses are kept as a digest: they
    can be compared, not read.
    """

    _name = "crm.public.try"
    _description = "Tries from outside"
    _log_access = False

    scope = fields.Char(required=True)
    source = fields.Char(required=True)
    hour = fields.Datetime(required=True)
    times = fields.Integer(required=True, default=1)

    _place_uniq = models.UniqueIndex("(scope, hour, source)")

    @api.model
    def _count(self, scope, source, moment=None):
        """Count one more and return ``(times from there, times from everywhere)`` in
        the hour of this moment, else of now."""
        hour = moment or fields.Datetime.now()
        hour = hour.replace(minute=0, second=0, microsecond=0)
        [[times]] = self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_public_try AS tries (scope, source, hour, times)
                     VALUES (%(scope)s, %(source)s, %(hour)s, 1)
                ON CONFLICT (scope, hour, source)
                  DO UPDATE SET times = tries.times + 1
                  RETURNING times
                """,
                scope=scope,
                source=self._digest(source),
                hour=hour,
            )
        )
        [[total]] = self.env.execute_query(
            SQL(
                """
                SELECT SUM(times) FROM crm_public_try
                 WHERE scope = %(scope)s AND hour = %(hour)s
                """,
                scope=scope,
                hour=hour,
            )
        )
        self.invalidate_model(["times"])
        return times, total

    @api.model
    def _digest(self, source):
        # Superuser: a secret of the database, which leaves only as a digest.
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        return hmac.new(secret.encode(), source.encode(), hashlib.sha256).hexdigest()

    @api.autovacuum
    def _gc_tries(self):
        before = fields.Datetime.now() - KEPT
        self.env.execute_query(
            SQL("DELETE FROM crm_public_try WHERE hour < %s RETURNING id", before)
        )
        self.invalidate_model()
