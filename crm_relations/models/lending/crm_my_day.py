from odoo import fields, models
from odoo.fields import Domain


class CrmMyDay(models.AbstractModel):
    """Loans: asked of me, and mine."""

    _inherit = "crm.my.day"

    def _get_my_day_cards(self, users, today):
        return [
            *super()._get_my_day_cards(users, today),
            self._prepare_loan_card(
                self._get_loans_to_decide(users, today),
                key="loans_to_decide",
                column="now",
                title=self.env._("Access to decide"),
                icon="fa-unlock-alt",
                asker="user_id",
                date="since",
                order="since, id",
                in_digest=True,
                acts=[
                    self._prepare_act(
                        "action_approve", self.env._("Approve"), "fa-check"
                    ),
                    self._prepare_act(
                        "action_refuse", self.env._("Refuse"), "fa-times"
                    ),
                ],
            ),
            self._prepare_loan_card(
                self._get_running_loans(users),
                key="loans_mine",
                column="watch",
                title=self.env._("Borrowed archives"),
                icon="fa-book",
                date="until",
                order="until, id",
                acts=[
                    self._prepare_act(
                        "action_extend", self.env._("Extend"), "fa-calendar-plus-o"
                    ),
                    self._prepare_act(
                        "action_give_back", self.env._("Give Back"), "fa-reply"
                    ),
                ],
            ),
        ]

    def _get_loans_to_decide(self, users, today):
        """Return the domain of what their owners are asked; who answers for all is
        asked where nobody owns the customer, or nobody has answered in time."""
        asked = Domain("partner_id.user_id", "in", users.ids)
        user = self.env.user
        if users == user:
            if self.env["res.partner"]._get_keeper_right(user):
                asked |= Domain("partner_id.user_id", "=", False)
                asked |= Domain("partner_id.user_id.active", "=", False)
                asked |= Domain("since", "<", today)
            if user.has_group("crm_relations.group_sales_manager"):
                led = Domain("partner_id.user_id.sale_team_id.user_id", "=", user.id)
                asked |= led & Domain("since", "<=", today)
        return Domain("state", "=", "asked") & Domain("user_id", "!=", user.id) & asked

    def _get_running_loans(self, users):
        now = fields.Datetime.now()
        return (
            Domain("user_id", "in", users.ids)
            & Domain("state", "=", "approved")
            & Domain("starts_at", "<=", now)
            & Domain("ends_at", ">", now)
        )

    def _prepare_loan_card(self, domain, **values):
        return self._prepare_card(
            **{
                "model": "crm.archive.loan",
                "domain": domain,
                "partner": "partner_id",
                "detail": "purpose",
                "action": "crm_relations.crm_archive_loan_action",
                "is_optional": True,
                **values,
            }
        )
