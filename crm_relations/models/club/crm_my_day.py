from odoo import models
from odoo.fields import Domain


class CrmMyDay(models.AbstractModel):
    """Who answers for a club is told of points that do not add up."""

    _inherit = "crm.my.day"

    def _get_my_day_cards(self, users, today):
        cards = super()._get_my_day_cards(users, today)
        if not self.env["crm.club.point.difference"].has_access("read"):
            return cards
        return [
            *cards,
            self._prepare_card(
                key="club_points",
                column="watch",
                title=self.env._("Points that do not add up"),
                model="crm.club.point.difference",
                domain=Domain("closed_at", "=", False)
                & (
                    Domain("user_id", "in", [False, *users.ids])
                    | Domain("user_id.active", "=", False)
                ),
                order="found_on, id",
                icon="fa-balance-scale",
                action="crm_relations.crm_club_point_difference_action",
                date="found_on",
                label="summary",
                opens_itself=True,
                in_digest=True,
                is_optional=True,
            ),
        ]
