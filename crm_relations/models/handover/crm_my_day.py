from odoo import fields, models
from odoo.fields import Domain

from ..followup.my_day.crm_my_day import WEEK


class CrmMyDay(models.AbstractModel):
    _inherit = "crm.my.day"

    def _get_my_day_cards(self, users, today):
        mine = Domain("user_id", "in", users.ids)
        return [
            *super()._get_my_day_cards(users, today),
            self._prepare_card(
                key="leaving",
                column="week",
                title=self.env._("About to leave"),
                model="res.partner",
                domain=mine
                & Domain("is_managed_customer", "=", True)
                & Domain("pool_release_date", "<=", today + WEEK),
                order="pool_release_date, id",
                icon="fa-sign-out",
                action="crm_relations.crm_pool_leaving_action",
                date="pool_release_date",
                partner="id",
                detail="pool_release_facts",
            ),
            self._prepare_moved_card(
                Domain("to_user_id", "in", users.ids)
                & Domain("kind", "not in", ("create", "managed")),
                key="received",
                title=self.env._("Came to you this week"),
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
