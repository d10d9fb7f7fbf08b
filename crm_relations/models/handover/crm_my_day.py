from odoo import fields, models
from odoo.fields import Domain

from ..followup.my_day.crm_my_day import WEEK


class CrmMyDay(models.AbstractModel):
    _inherit = "crm.my.day"

    def _get_my_day_cards(self, users, today):
        return [
            *super()._get_my_day_cards(users, today),
            self._prepare_moved_card(
                Domain("to_user_id", "in", users.ids)
                & Domain("kind", "not in", ("create", "managed")),
                key="received",
                title=self.env._("Received this week"),
                icon="fa-user-plus",
                user="to_user_id",
            ),
            self._prepare_moved_card(
                Domain("from_user_id", "in", users.ids)
                & Domain("kind", "=", "release"),
                key="lost",
                title=self.env._("Lost to the pool this week"),
                icon="fa-user-times",
                user="from_user_id",
            ),
        ]

    def _prepare_moved_card(self, domain, **values):
        since = fields.Datetime.now() - WEEK
        domain &= Domain("is_undone", "!=", True)
        return self._prepare_card(
            column="watch",
            model="crm.ownership.change",
            domain=domain & Domain("decided_at", ">=", since),
            order="decided_at DESC, id DESC",
            action="crm_relations.crm_ownership_change_action",
            partner="partner_id",
            is_optional=True,
            **values,
        )
