from odoo import api, fields, models
from odoo.tools import ormcache

POLICIES = [
    ("warn", "Warn only"),
    ("forbid", "Forbid to save"),
]


class ResCompany(models.Model):
    """What becomes of a second card for the same customer."""

    _inherit = "res.company"

    duplicate_policy = fields.Selection(
        selection=POLICIES,
        string="Same Phone Number or Tax ID",
        default="warn",
        required=True,
        help="Warn only: whoever types the telephone number or the tax ID of another "
        "customer is told, and may save all the same. Forbid to save: no customer, and "
        "no contact of one, is saved with the telephone number of another customer, no "
        "customer with its tax ID, in whatever way. Orders are never refused for it.",
    )

    @api.model
    def _get_cached_settings(self):
        return super()._get_cached_settings() | {"duplicate_policy"}

    @api.model
    @ormcache()
    def _get_ids_without_duplicates(self):
        """Return the ids of the companies that forbid a second card."""
        # Superuser: of all companies, whoever writes.
        companies = self.sudo().with_context(active_test=False)
        return frozenset(companies.search([("duplicate_policy", "=", "forbid")]).ids)
