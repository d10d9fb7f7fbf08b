from odoo import models
from odoo.fields import Domain


class CrmMyDay(models.AbstractModel):
    """What waits for an approval of these users."""

    _inherit = "crm.my.day"

    def _get_my_day_cards(self, users, today):
        asked = Domain("approver_id", "in", users.ids)
        if users == self.env.user and self._answers_for_all():
            # Where a team has no leader and the pool no manager, nobody is asked;
            # or somebody who has left since.
            asked |= Domain("approver_id", "=", False)
            asked |= Domain("approver_id.active", "=", False)
        return [
            *super()._get_my_day_cards(users, today),
            self._prepare_card(
                key="approvals",
                column="now",
                title=self.env._("Approvals to decide"),
                model="crm.pool.stay",
                domain=asked & Domain("state", "=", "requested"),
                order="release_date, id",
                icon="fa-check-square-o",
                action="crm_relations.crm_pool_stay_action_approvals",
                user="approver_id",
                date="release_date",
                partner="partner_id",
                detail="reason",
                asker="requested_by_id",
                acts=[
                    self._prepare_act(
                        "action_approve", self.env._("Approve"), "fa-check"
                    ),
                    self._prepare_act(
                        "action_refuse", self.env._("Refuse"), "fa-times"
                    ),
                ],
                is_optional=True,
                in_digest=True,
            ),
        ]

    def _prepare_leaving_acts(self):
        extend = self._prepare_act(
            "action_extend", self.env._("Extend"), "fa-calendar-plus-o"
        )
        return [*super()._prepare_leaving_acts(), extend]
