from odoo import models

from ....tools.counted import tell_orders, tell_years
from ....tools.sentences import join_sentences


class CrmReason(models.AbstractModel):
    _inherit = "crm.reason"

    def _sentence_value(self, facts):
        told = [self._tell_value(facts), self._tell_value_range(facts)]
        return join_sentences(told)

    def _tell_value(self, facts):
        values = self._get_value_words(facts)
        if facts.get("basis") == "average":
            return self.env._(
                "There are too few histories to tell customers apart: it counts as the "
                "average of all, %(orders)s a year of %(order_value)s each, "
                "thus %(year)s.",
                **values,
            )
        if facts.get("basis") == "average_value":
            return self.env._(
                "%(orders)s to be expected within 12 months. What one of "
                "this customer brings cannot be told apart from the others yet: the "
                "average of all, %(order_value)s, stands for it, thus %(year)s.",
                **values,
            )
        if facts.get("mean") is None:
            return self.env._(
                "%(orders)s to be expected within 12 months, and %(year)s. "
                "After orders on a single day an order counts with the average of all "
                "customers: %(order_value)s.",
                **values,
            )
        return self.env._(
            "%(orders)s of %(order_value)s to be expected within 12 months, "
            "thus %(year)s. Its repeat orders brought %(mean)s on average, those of "
            "all customers %(average)s.",
            **values,
        )

    def _tell_value_range(self, facts):
        if facts.get("high") is None:
            return ""
        return self.env._(
            "Of five such customers four bring between %(low)s and %(high)s.",
            **self._get_value_words(facts),
        )

    def _get_value_words(self, facts):
        names = ("year", "lifetime", "order_value", "mean", "average", "low", "high")
        return {
            **{
                name: self._format_money(facts.get(name), facts.get("currency"))
                for name in names
            },
            "orders": tell_orders(self.env, self._format_plainly(facts.get("orders"))),
        }

    def _figures_value(self, facts):
        values = self._get_value_words(facts)
        measures = self.env["crm.value.model"]._fields["measure"]
        measures = dict(measures._description_selection(self.env))
        figures = [
            (self.env._("Days with orders"), str(facts.get("days"))),
            (self.env._("Measured by"), measures.get(facts.get("measure"), "")),
            (
                self.env._("Orders expected within 12 months"),
                self._format_plainly(facts.get("orders")),
            ),
            (self.env._("Expected value of an order"), values["order_value"]),
            (
                self.env._(
                    "Value over %(years)s, discounted by %(rate)s a year",
                    years=tell_years(self.env, facts.get("years")),
                    rate=self._format_share(facts.get("discount")),
                ),
                values["lifetime"],
            ),
        ]
        if facts.get("active") is not None:
            active = self._format_share(facts["active"])
            figures.insert(1, (self.env._("Still active"), active))
        if facts.get("of"):
            figures.append((self.env._("Parameters"), self._format_day(facts["of"])))
        return figures
