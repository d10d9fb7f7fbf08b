from datetime import timedelta

from odoo import models
from odoo.fields import Domain

SOON = timedelta(days=14)


class CrmMyDay(models.AbstractModel):
    """Roles in account teams that end soon: to whose customers they belong, and who
    has them."""

    _inherit = "crm.my.day"

    def _get_my_day_cards(self, users, today):
        theirs = Domain("user_id", "in", users.ids)
        theirs |= Domain("partner_id.user_id", "in", users.ids)
        return [
            *super()._get_my_day_cards(users, today),
            self._prepare_card(
                key="team_ending",
                column="week",
                title=self.env._("Account teams: roles that end soon"),
                icon="fa-users",
                model="crm.account.team.member",
                domain=theirs
                & Domain("state", "=", "open")
                & Domain("until", ">=", today)
                & Domain("until", "<=", today + SOON),
                partner="partner_id",
                detail="note",
                when="display_name",
                user="user_id",
                date="until",
                order="until, id",
                action="crm_relations.crm_account_team_member_action",
                is_optional=True,
                acts=[
                    self._prepare_act(
                        "action_change_end",
                        self.env._("Change the Last Day"),
                        "fa-calendar",
                    ),
                ],
            ),
        ]
