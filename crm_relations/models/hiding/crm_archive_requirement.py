from odoo import models
from odoo.tools import SQL

KNOWN = frozenset(("phone", "email"))


class CrmArchiveRequirement(models.Model):
    """A number that is hidden has been filled in."""

    _inherit = "crm.archive.requirement"

    def _get_filled_sql(self, partners, name):
        if name not in KNOWN:
            return super()._get_filled_sql(partners, name)
        value = self.env["res.partner"]._get_known_sql(partners.table, name)
        return SQL("(COALESCE(%s, '') <> '')", value)
