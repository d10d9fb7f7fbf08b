from odoo import models
from odoo.fields import Domain


class CrmMyDay(models.AbstractModel):
    """Gifts that wait: to be approved by somebody else, to be handed over."""

    _inherit = "crm.my.day"

    def _get_my_day_cards(self, users, today):
        cards = super()._get_my_day_cards(users, today)
        if not self.env["crm.gift"].has_access("read"):
            return cards
        return [
            *cards,
            *self._prepare_gift_cards(users, today),
            *self._prepare_concession_cards(users, today),
            self._prepare_favour_card(users, today),
        ]

    def _read_card(self, card):
        """A line of a gift tells which one, and for whom."""
        rows = super()._read_card(card)
        if card["model"] == "crm.gift":
            gifts = self.env["crm.gift"].browse(row["id"] for row in rows)
            names = {gift.id: gift.display_name for gift in gifts}
            rows = [{**row, "detail": names[row["id"]]} for row in rows]
        return rows

    def _prepare_gift_cards(self, users, today):
        mine = Domain("user_id", "in", users.ids)
        give = self._prepare_act("action_give", self.env._("Presented"), "fa-check")
        return [
            *self._prepare_approval_cards(
                *("crm.gift", "gift_approve", self.env._("Gifts to approve")),
                self._get_decided_gifts(),
            ),
            self._prepare_giving_card(
                "crm.gift",
                mine
                & (Domain("state", "=", "approved") | Domain("state", "=", "draft"))
                & Domain("date", "<=", today),
                key="gift_give",
                title=self.env._("Gifts to hand over"),
                icon="fa-gift",
                date="date",
                order="date, id",
                acts=[give],
            ),
        ]

    def _prepare_concession_cards(self, users, today):
        fulfil = self._prepare_act("action_fulfil", self.env._("Fulfilled"), "fa-check")
        return [
            *self._prepare_approval_cards(
                *("crm.concession", "concession_approve"),
                self.env._("Concessions to approve"),
            ),
            self._prepare_giving_card(
                "crm.concession",
                Domain("user_id", "in", users.ids)
                & Domain("counter_state", "=", "owed")
                & Domain("counter_due", "<=", today),
                key="concession_owed",
                title=self.env._("Owed in return"),
                icon="fa-exchange",
                detail="counter_value",
                date="counter_due",
                order="counter_due, id",
                acts=[fulfil],
            ),
        ]

    def _prepare_favour_card(self, users, today):
        give_back = self._prepare_act(
            "action_return", self.env._("Return It"), "fa-reply"
        )
        return self._prepare_giving_card(
            "crm.favour",
            Domain("user_id", "in", users.ids) & Domain("return_due", "<=", today),
            key="favour_return",
            title=self.env._("Favours to return"),
            icon="fa-reply",
            detail="name",
            date="return_due",
            order="return_due, id",
            acts=[give_back],
        )

    def _get_decided_gifts(self):
        """Return the domain of the gifts on which the caller's role decides: those for
        public officials are the relations manager's."""
        if self.env.user.has_group("crm_relations.group_relations_manager"):
            return Domain.TRUE
        return Domain("is_official", "!=", True)

    def _prepare_approval_cards(self, model, key, title, decided=Domain.TRUE):
        """Return the card of what the caller may approve, for those who may.

        :param decided: on which of these the caller's role decides
        """
        if not self.env.user.has_group("crm_relations.group_sales_manager"):
            return []
        others = Domain("involved_ids", "not in", self.env.user.ids)
        others &= Domain("user_id", "!=", self.env.uid)
        others &= Domain("partner_id.user_id", "!=", self.env.uid)
        return [
            self._prepare_giving_card(
                model,
                Domain("state", "=", "asked") & others & decided,
                key=key,
                title=title,
                icon="fa-check-square-o",
                asker="asked_by_id",
                user="asked_by_id",
                date="asked_at",
                order="asked_at, id",
                acts=[
                    self._prepare_act(
                        "action_approve", self.env._("Approve"), "fa-check"
                    ),
                    self._prepare_act(
                        "action_refuse", self.env._("Refuse"), "fa-times"
                    ),
                ],
            )
        ]

    def _prepare_giving_card(self, model, domain, **values):
        return self._prepare_card(
            **{
                "column": "now",
                "partner": "partner_id",
                "detail": "reason",
                "action": f"crm_relations.{model.replace('.', '_')}_action",
                "opens_itself": True,
                "is_optional": True,
                **values,
            },
            model=model,
            domain=domain,
        )
