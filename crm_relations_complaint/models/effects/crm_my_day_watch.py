from odoo import fields, models
from odoo.fields import Domain

from ..register.crm_complaint import OPEN

MANAGER = "crm_relations_complaint.group_complaint_manager"


class CrmMyDay(models.AbstractModel):
    """What the first asked person and the manager keep an eye on."""

    _inherit = "crm.my.day"

    def _prepare_complaint_cards_to_watch(self, users, mine):
        cards = [self._prepare_unaccepted_card(mine)]
        if self._manages_complaints():
            cards += self._prepare_manager_cards(users)
        return cards

    def _manages_complaints(self):
        return self.env.user.has_group(MANAGER)

    def _prepare_unaccepted_card(self, mine):
        return self._prepare_complaint_card(
            mine & Domain("waiting_for_id", "!=", False),
            key="complaint_unaccepted",
            column="watch",
            title=self.env._("Handed over, not accepted yet"),
            icon="fa-hourglass-half",
            asker="waiting_for_id",
            is_optional=True,
            acts=[
                self._prepare_act(
                    "action_take_back", self.env._("Take back"), "fa-undo"
                )
            ],
        )

    def _prepare_manager_cards(self, users):
        """Return what is late and what nobody answers for: of everybody where the
        manager looks at the own day, else of whom he looks at."""
        opened = Domain("state", "in", OPEN)
        whose = Domain.TRUE
        if users != self.env.user:
            whose = Domain("user_id", "in", users.ids)
        return [
            self._prepare_complaint_card(
                opened & whose & Domain("next_deadline_at", "<", fields.Datetime.now()),
                key="complaint_late",
                column="watch",
                title=self.env._("Complaints that are late"),
                icon="fa-exclamation-triangle",
                asker="user_id",
                is_optional=False,
                help=self.env._(
                    "Complaints of which a clock has run out stand here, whoever "
                    "answers for them."
                ),
            ),
            self._prepare_complaint_card(
                opened & Domain("user_id", "=", False),
                key="complaint_nobody",
                column="watch",
                title=self.env._("Complaints nobody answers for"),
                icon="fa-user-times",
                is_optional=True,
                acts=[
                    self._prepare_act("action_accept", self.env._("Accept"), "fa-check")
                ],
            ),
        ]
