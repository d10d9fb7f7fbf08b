from odoo import fields, models
from odoo.tools import SQL

from ...tools.terms import get_end_of_term

DIGITS = 6


class CrmClub(models.Model):
    """Take customers and persons into a club."""

    _inherit = "crm.club"

    def _take_in(self, partners, state, uid):
        """Invite these partners, or let them be members; nothing is asked here.

        :param state: "invited" or "active"
        :return: their memberships
        """
        self.ensure_one()
        memberships = self.env["crm.club.membership"]
        invited = memberships.search(
            [
                ("club_id", "=", self.id),
                ("partner_id", "in", partners.ids),
                ("state", "=", "invited"),
            ]
        )
        new = memberships.create(
            [
                {
                    "club_id": self.id,
                    "partner_id": partner.id,
                    "state": "invited",
                    "invited_at": fields.Datetime.now(),
                }
                for partner in partners - invited.partner_id
            ]
        )
        if state == "active":
            (invited | new)._become_members(uid)
        else:
            new._note("invited", uid)
        self.env.flush_all()  # who else took the same in, is told here
        return invited | new

    def _get_numbers(self, count):
        """Return new numbers of members; one statement."""
        self.ensure_one()
        if not self.sequence_id:
            self.sequence_id = self.env["ir.sequence"].create(
                {
                    "name": self.name,
                    "implementation": "standard",
                    "padding": DIGITS,
                    "company_id": self.company_id.id,
                }
            )
            self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(%s::regclass) FROM generate_series(1, %s)",
                f"ir_sequence_{self.sequence_id.id:03d}",
                count,
            )
        )
        prefix = self.number_prefix or ""
        return [f"{prefix}{number:0{DIGITS}}" for (number,) in rows]

    def _get_today(self):
        """Return the day by the clock of the club's company."""
        company = self.company_id or self.env["res.company"]._get_relations_default()
        # Superuser: the clock of a company is no secret.
        return company.sudo()._get_relations_today()

    def _get_end_of_validity(self, day):
        """Return until when a membership is valid that begins, or goes on, then."""
        if not self.valid_months:
            return False
        return get_end_of_term(day, self.valid_months)

    def _get_entry_level(self):
        """Return the level of who has not earned anything yet."""
        return self.level_ids.sorted("threshold").filtered(
            lambda level: not level.threshold
        )[:1]
