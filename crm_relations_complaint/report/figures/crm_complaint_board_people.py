from odoo import api, models
from odoo.fields import Domain

from ...models.register.crm_complaint import OPEN

MOST_PEOPLE = 12


class CrmComplaintBoard(models.AbstractModel):
    """Who has how much to do, and how much of it in time."""

    _inherit = "crm.complaint.board"

    @api.model
    def _get_people(self, since):
        """Return a line for each person who has complaints open or had clocks judged,
        those with most open first."""
        report = self.env["crm.complaint.report"]
        opened = Domain("state", "in", OPEN)
        judged = Domain("judged_at", ">=", since)
        have = {
            user: (count, late)
            for user, count, late in report._read_group(
                opened, ["user_id"], ["__count", "late_count:sum"]
            )
        }
        clocks = {
            user: (count, missed)
            for user, count, missed in self.env[
                "crm.complaint.clock.report"
            ]._read_group(judged, ["user_id"], ["judged_count:sum", "late_count:sum"])
        }
        # Superuser: names of colleagues.
        people = sorted(
            have | clocks,
            key=lambda user: (-have.get(user, (0, 0))[0], user.sudo().name or ""),
        )
        return [
            self._prepare_person(
                user,
                *have.get(user, (0, 0)),
                *clocks.get(user, (0, 0)),
                opened,
                judged,
            )
            for user in people[:MOST_PEOPLE]
        ]

    @api.model
    def _prepare_person(self, user, count, late, judged, missed, opened, of_period):
        mine = Domain("user_id", "=", user.id)
        share = 100 * (judged - missed) / judged if judged else 0
        return {
            "id": user.id,
            # Superuser: as above.
            "name": user.sudo().name or self.env._("Nobody"),
            "open": count,
            "late": late,
            "share": self._tell_share(share, judged),
            "judged": judged,
            "open_domain": list(opened & mine),
            "late_domain": list(opened & mine & Domain("late_count", "=", 1)),
            "judged_domain": list(of_period & mine),
        }
