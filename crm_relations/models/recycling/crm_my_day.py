from odoo import models
from odoo.fields import Domain

from ..followup.my_day.crm_my_day import WEEK


class CrmMyDay(models.AbstractModel):
    _inherit = "crm.my.day"

    def _get_my_day_cards(self, users, today):
        return [
            *super()._get_my_day_cards(users, today),
            self._prepare_card(
                key="leaving",
                column="week",
                title=self.env._("About to leave"),
                model="res.partner",
                domain=Domain("user_id", "in", users.ids)
                & Domain("is_managed_customer", "=", True)
                & Domain("pool_release_date", "<=", today + WEEK),
                order="pool_release_date, id",
                icon="fa-sign-out",
                action="crm_relations.crm_pool_leaving_action",
                date="pool_release_date",
                partner="id",
                detail="pool_release_facts",
                acts=self._prepare_leaving_acts(),
                help=self.env._(
                    "Customers who would go to the public pool within 7 days stand "
                    "here. A follow-up keeps them."
                ),
            ),
        ]

    def _prepare_leaving_acts(self):
        """Hook: return what keeps a customer that is about to leave."""
        return self._prepare_contact_acts()
