from odoo import api, fields, models
from odoo.tools import ormcache

SWITCHES = frozenset(("customers_are_owned", "archive_is_open"))


class ResCompany(models.Model):
    """Whether this company regulates who has a customer: off, everything is recorded
    and nothing of Odoo's is refused."""

    _inherit = "res.company"

    customers_are_owned = fields.Boolean(
        help="On: only its salesperson, the leader of the team, Sales Administrators "
        "and relations managers decide to whom a customer belongs; claims, caps and "
        "recycling are in force. Off: everything is recorded, and whoever may change "
        "a contact in Odoo may change its salesperson too, and thereby read the "
        "profiles of its persons.",
    )
    archive_is_open = fields.Boolean(
        string="Everybody Changes the Archive",
        help="Name, address, numbers and the four sections of a customer with a "
        "salesperson are changed by whoever may change contacts. Otherwise by its "
        "salesperson, colleagues it is shared with, custodians, the leader of the "
        "team, Sales Administrators and relations managers; others propose a change.",
    )

    @api.model
    def _get_cached_settings(self):
        return super()._get_cached_settings() | SWITCHES

    @api.model
    @ormcache()
    def _get_ids_with_owned_customers(self):
        """Return the ids of the companies that regulate who has a customer."""
        # Asked by each write of a contact.
        # Superuser: of all companies, whoever writes.
        companies = self.sudo().with_context(active_test=False)
        return frozenset(companies.search([("customers_are_owned", "=", True)]).ids)

    @api.model
    @ormcache()
    def _get_ids_with_open_archive(self):
        """Return the ids of the companies where everybody changes the archive."""
        # Superuser: as above.
        companies = self.sudo().with_context(active_test=False)
        return frozenset(companies.search([("archive_is_open", "=", True)]).ids)

    @api.model
    def _get_ownership_off_message(self):
        """Return why something waits until customers are owned, and where to say so."""
        return self.env._(
            "Customers are not owned in this company yet: an administrator switches it "
            "on under Settings, Customer Relations, “Customers are owned”."
        )
