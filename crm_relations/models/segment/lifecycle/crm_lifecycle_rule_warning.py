from math import inf

from odoo import api, fields, models


class CrmLifecycleRule(models.Model):
    """Rules that can never decide, told where that can be known.

    A rule never decides when one before it takes everyone whom it would take, or when
    several before it, by their numbers of orders, leave it nobody. Whether two typed
    audiences overlap is not compared: only equal ones count as equal.
    """

    _inherit = "crm.lifecycle.rule"

    warning = fields.Char(compute="_compute_warning")

    @api.depends(lambda self: self._get_warning_triggers())
    @api.depends_context("lang")
    def _compute_warning(self):
        for rule in self:
            rule.warning = rule._get_shadow_warning() or rule._get_empty_warning()

    @api.model
    def _get_warning_triggers(self):
        conditions = [*self._get_conditions(), "level_from"]
        return ["sequence", "active", *self._get_audience_fields(), *conditions]

    def _get_shadow_warning(self):
        """Return which rules before this one leave it nobody, "" when none do."""
        earlier = self._get_rules_before()
        taking = earlier.filtered(lambda rule: rule._takes_all_of(self))[:1]
        if taking:
            return self.env._(
                "This rule never decides: “%(earlier)s” comes before it and takes "
                "every customer whom it would take.",
                earlier=taking.name,
            )
        if earlier._cover_orders_of(self):
            return self.env._(
                "This rule never decides: the rules before it take customers with any "
                "number of orders that it asks for."
            )
        return ""

    def _get_empty_warning(self):
        if self.specificity and not self.audience_count:
            return self.env._("Its audience has no customer today.")
        return ""

    def _get_rules_before(self):
        self.ensure_one()
        rules = (self._get_in_force() | self._origin)._sort_by_precedence()
        names = rules.ids
        return rules[: names.index(self._origin.id)] if self._origin.id else rules[:0]

    def _takes_all_of(self, other):
        """Whether every customer who fits ``other`` fits this rule."""
        least, below = other._get_order_range()
        own_least, own_below = self._get_order_range()
        return (
            self._judges_all_of(other)
            and own_least <= least
            and below <= own_below
            and not self._asks_more_than(other)
        )

    def _judges_all_of(self, other):
        """Whether the audience of ``other`` is part of this rule's, as far as known."""
        return not self.specificity or all(
            not self[name] or self[name] == other[name]
            for name in self._get_audience_fields()
            if name != "domain" or self[name] != "[]"
        )

    def _asks_more_than(self, other):
        """Whether this rule asks for more than ``other``, numbers of orders aside."""
        names = ["orders_in_year_from", "silent_days", "silent_factor"]
        names += ["referrals_from"]
        return any(self[name] > other[name] for name in names) or (
            (self.level_from or "") > (other.level_from or "")
        )

    def _get_order_range(self):
        """Return (from, below) of confirmed orders: those of the last year are among
        all of them, and who is silent has ordered once at least."""
        silent = bool(self.silent_days or self.silent_factor)
        least = max(self.orders_from, self.orders_in_year_from, int(silent))
        return least, self.orders_below or inf

    def _cover_orders_of(self, other):
        """Whether these rules together take every number of orders that ``other``
        asks for; rules that ask for anything else are left out."""
        simple = self.filtered(
            lambda rule: rule._judges_all_of(other) and not rule._asks_more_than(other)
        )
        reached, below = other._get_order_range()
        for least, end in sorted(rule._get_order_range() for rule in simple):
            if least <= reached:
                reached = max(reached, end)
        return reached >= below
