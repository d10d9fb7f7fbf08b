from odoo import api, models
from odoo.tools import format_list

from ....tools.sentences import tell_number


class CrmLifecycleRule(models.Model):
    """Who comes into a layer, in one sentence."""

    _inherit = "crm.lifecycle.rule"

    @api.model
    def _get_worded_fields(self):
        conditions = {*self._get_conditions(), "level_from"}
        return super()._get_worded_fields() | conditions | {"layer"}

    def _get_sentence_words(self):
        conditions = self._get_condition_words()
        values = {
            "whom": self._get_audience_words(),
            "layer": self._tell_value("layer"),
            "conditions": format_list(self.env, conditions) if conditions else "",
        }
        if conditions:
            words = self.env._(
                "%(whom)s with %(conditions)s belong to the layer “%(layer)s”.",
                **values,
            )
        else:
            words = self.env._(
                "%(whom)s whom no rule before takes belong to the layer “%(layer)s”.",
                **values,
            )
        return [words, *super()._get_sentence_words()]

    def _get_condition_words(self):
        numbers = {name: tell_number(self[name]) for name in self._get_conditions()}
        level = self._tell_value("level_from")
        words = [
            (
                "orders_from",
                self.env._("at least %(orders_from)s orders", **numbers),
            ),
            (
                "orders_below",
                self._tell_fewer(self.orders_below),
            ),
            (
                "orders_in_year_from",
                self.env._(
                    "at least %(orders_in_year_from)s orders in 12 months", **numbers
                ),
            ),
            (
                "silent_days",
                self.env._("no order for %(silent_days)s days or more", **numbers),
            ),
            (
                "silent_factor",
                self.env._(
                    "no order for %(silent_factor)s times their own rhythm or more",
                    **numbers,
                ),
            ),
            (
                "referrals_from",
                self.env._("at least %(referrals_from)s referrals", **numbers),
            ),
            (
                "level_from",
                self.env._("a relationship of “%(level)s” or better", level=level),
            ),
        ]
        return [text for name, text in words if self[name]]

    @api.model
    def _tell_fewer(self, below):
        """Return the words for fewer than so many orders: fewer than one is none."""
        if below == 1:
            return self.env._("no orders")
        return self.env._(
            "fewer than %(orders_below)s orders", orders_below=tell_number(below)
        )
