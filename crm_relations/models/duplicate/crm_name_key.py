from odoo import api, fields, models
from odoo.fields import NO_ACCESS
from odoo.tools import SQL

from ...tools.name_keys import get_core, get_name_key, get_sound, get_tax_key
from ...tools.retries import retry

PAGE = 2000


class CrmNameKey(models.Model):
    """By what the names and tax IDs of customers are compared.

    A table of its own: whoever writes a contact that is no customer pays nothing, and
    the index of sounds is not one of res_partner's. The keys of a customer are kept by
    whatever writes its name; a job makes those of customers who were there before, and
    of what a statement wrote past the ORM.
    """

    _name = "crm.name.key"
    _description = "Key of a customer's name"
    _log_access = False

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        required=True,
        ondelete="cascade",
        groups=NO_ACCESS,
    )
    name = fields.Char(groups=NO_ACCESS, help="The name of which these are the keys.")
    tax = fields.Char(groups=NO_ACCESS, help="The tax ID as it was typed.")
    name_key = fields.Char(index="btree_not_null", groups=NO_ACCESS)
    sound = fields.Char(index="btree_not_null", groups=NO_ACCESS)
    core = fields.Char(
        groups=NO_ACCESS, help="How the part sounds that is neither place nor trade."
    )
    tax_key = fields.Char(index="btree_not_null", groups=NO_ACCESS)
    compared_at = fields.Datetime(
        groups=NO_ACCESS, help="When it was last compared with all others."
    )

    _partner_uniq = models.UniqueIndex("(partner_id)")
    # Of the core: names share places and trades by the thousand. Without the extension
    # names are found where they sound the same.
    _core_idx = models.Index(
        lambda registry: "USING gin (core gin_trgm_ops)" if registry.has_trigram else ""
    )

    @api.model
    def _keep(self, ids):
        """Let these have the keys of their present names; who is no customer needs
        none. Two statements."""
        rows = self.env.execute_query(
            SQL(
                "SELECT id, name, vat FROM res_partner WHERE id = ANY(%s)"
                " AND is_managed_customer",
                list(ids),
            )
        )
        self._write_keys(rows)

    @api.model
    def _write_keys(self, rows):
        """Write the keys of ``(id, name, tax ID)``; one statement."""
        if not rows:
            return
        by_id = {row[0]: row for row in rows}
        columns = zip(*(self._get_keys(by_id[n]) for n in sorted(by_id)), strict=True)
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_name_key AS kept
                       (partner_id, name, tax, name_key, sound, core, tax_key)
                SELECT * FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[],
                                     %s::text[], %s::text[], %s::text[])
           ON CONFLICT (partner_id) DO UPDATE
                   SET name = EXCLUDED.name, tax = EXCLUDED.tax,
                       name_key = EXCLUDED.name_key, sound = EXCLUDED.sound,
                       core = EXCLUDED.core, tax_key = EXCLUDED.tax_key
                 WHERE (kept.name, kept.tax)
                       IS DISTINCT FROM (EXCLUDED.name, EXCLUDED.tax)
             RETURNING id
                """,
                *map(list, columns),
            )
        )

    @api.model
    def _get_keys(self, row):
        number, name, tax = row
        return (
            number,
            name,
            tax,
            get_name_key(name) or None,
            get_sound(name) or None,
            get_core(name) or None,
            get_tax_key(tax) or None,
        )

    @api.model
    def _set_likeness(self, percent):
        """Let the trigrams' operator mean so much alike, for this transaction."""
        self.env.cr.execute(
            SQL("SET LOCAL pg_trgm.similarity_threshold = %s", percent / 100)
        )

    @api.model
    def _cron_keep(self):
        """Make the keys that are missing or no longer true, a page a transaction."""
        last = 0
        while True:
            rows = retry(self.env, lambda after=last: self._keep_page(after))
            self.env["ir.cron"]._commit_progress(len(rows))
            if not rows:
                break
            last = rows[-1][0]

    @api.model
    def _keep_page(self, after):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner.id, partner.name, partner.vat
                  FROM res_partner AS partner
             LEFT JOIN crm_name_key AS kept ON kept.partner_id = partner.id
                 WHERE partner.is_managed_customer AND partner.id > %s
                   AND (kept.id IS NULL OR (kept.name, kept.tax)
                        IS DISTINCT FROM (partner.name, partner.vat))
              ORDER BY partner.id
                 LIMIT %s
                """,
                after,
                PAGE,
            )
        )
        self._write_keys(rows)
        return rows
