from odoo import api, models
from odoo.tools import format_list

from ....tools.counted import tell_days, tell_orders
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
        level = self._tell_value("level_from")
        words = [
            (
                "orders_from",
                self.env._("at least %s", tell_orders(self.env, self.orders_from)),
            ),
            ("orders_below", self._tell_fewer(self.orders_below)),
            (
                "orders_in_year_from",
                self.env._(
                    "at least %s in 12 months",
                    tell_orders(self.env, self.orders_in_year_from),
                ),
            ),
            (
                "silent_days",
                self.env._(
                    "no order for %s or more", tell_days(self.env, self.silent_days)
                ),
            ),
            (
                "silent_factor",
                self.env._(
                    "no order for their own rhythm × %s or more",
                    tell_number(self.silent_factor),
                ),
            ),
            ("referrals_from", self._tell_referrals()),
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
        return self.env._("fewer than %s", tell_orders(self.env, below))

    def _tell_referrals(self):
        if self.referrals_from == 1:
            return self.env._("at least 1 referral")
        return self.env._("at least %s referrals", self.referrals_from)
