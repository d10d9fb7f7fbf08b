from odoo import models
from odoo.fields import Domain

from .crm_next_contact import URGENT


class CrmMyDay(models.AbstractModel):
    """Whom to contact first: those of whom half or more can be lost and kept today."""

    _inherit = "crm.my.day"

    def _get_my_day_cards(self, users, today):
        cards = super()._get_my_day_cards(users, today)
        if not self.env["crm.next.contact"].has_access("read"):
            return cards
        return [
            *cards,
            self._prepare_card(
                key="what_next",
                column="now",
                title=self.env._("What next"),
                model="crm.next.contact",
                domain=Domain("user_id", "in", users.ids)
                & Domain("urgency", ">=", URGENT),
                order="score DESC, id",
                icon="fa-bullseye",
                action="crm_relations.crm_next_contact_action",
                partner="partner_id",
                detail="facts",
                help=self.env._(
                    "Customers who may well be lost, and whom a contact today can "
                    "keep, stand here; those with whom most is at stake first."
                ),
                acts=[
                    *self._prepare_contact_acts(),
                    self._prepare_act(
                        "action_not_now", self.env._("Not now"), "fa-clock-o"
                    ),
                ],
            ),
        ]
