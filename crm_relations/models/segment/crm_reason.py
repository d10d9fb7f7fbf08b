from odoo import models

from ...tools.counted import tell_customers, tell_orders, tell_points
from .tier.crm_tier_criterion import RATED


class CrmReason(models.AbstractModel):
    _inherit = "crm.reason"

    def _get_fact_links(self):
        return super()._get_fact_links() | {"tier": "crm.tier", "user": "res.users"}

    def _sentence_tier_share(self, facts):
        return self._tell_expiry(facts, self._tell_share(facts))

    def _tell_share(self, facts):
        values = self._get_tier_values(facts)
        if not facts.get("tier"):
            return self.env._(
                "No tier: the customers before this one bring %(before)s of the whole, "
                "and no cut reaches that far.",
                **values,
            )
        if not facts.get("revenue"):
            return self._tell_nothing(facts, values)
        return self.env._(
            "Tier %(tier)s: %(value)s from %(start)s to %(end)s, place %(place)s of "
            "%(customers)s. Customers with more bring %(before)s of the whole, and "
            "this tier reaches up to %(cut)s.",
            **values,
        )

    def _tell_nothing(self, facts, values):
        if facts.get("measure") == "margin":
            return self.env._(
                "Tier %(tier)s: no margin from %(start)s to %(end)s.", **values
            )
        if facts.get("measure") == "paid":
            return self.env._(
                "Tier %(tier)s: nothing paid from %(start)s to %(end)s.", **values
            )
        return self.env._(
            "Tier %(tier)s: nothing ordered from %(start)s to %(end)s.", **values
        )

    def _tell_expiry(self, facts, sentence):
        """Return the sentence after that on the tier set by hand that has expired, or
        on the time for which a customer has been below its tier."""
        if facts.get("expired"):
            return self.env._(
                "The tier set by hand ended on %(day)s. %(sentence)s",
                day=self._format_day(facts["expired"]),
                sentence=sentence,
            )
        if facts.get("below"):
            return self.env._(
                "%(sentence)s Below the tier it had since %(day)s.",
                day=self._format_day(facts["below"]),
                sentence=sentence,
            )
        return sentence

    def _sentence_tier_threshold(self, facts):
        return self._tell_expiry(facts, self._tell_threshold(facts))

    def _tell_threshold(self, facts):
        values = self._get_tier_values(facts)
        if not facts.get("tier"):
            return self.env._(
                "No tier: %(value)s from %(start)s to %(end)s reaches no threshold.",
                **values,
            )
        return self.env._(
            "Tier %(tier)s: %(value)s from %(start)s to %(end)s; at least "
            "%(threshold)s are needed.",
            **values,
        )

    def _sentence_tier_rfm(self, facts):
        return self._tell_expiry(facts, self._tell_rfm(facts))

    def _tell_rfm(self, facts):
        values = self._count_in_words(self._get_points_values(facts))
        if not facts.get("tier"):
            return self.env._(
                "No tier: %(points)s for recency, frequency and money reach no cut.",
                **values,
            )
        return self.env._(
            "Tier %(tier)s: %(points)s, at least %(threshold)s are needed. "
            "Among %(customers)s: recency %(recency)s of 5 (last order "
            "%(last)s), frequency %(frequency)s of 5 (%(orders)s), money "
            "%(money)s of 5 (%(value)s).",
            **values,
        )

    def _sentence_tier_score(self, facts):
        return self._tell_expiry(facts, self._tell_score(facts))

    def _tell_score(self, facts):
        values = self._count_in_words(self._get_points_values(facts))
        if not facts.get("tier"):
            return self.env._(
                "No tier: a score of %(points)s reaches no cut.", **values
            )
        return self.env._(
            "Tier %(tier)s: a score of %(points)s among %(customers)s; "
            "at least %(threshold)s are needed.",
            **values,
        )

    def _sentence_tier_override(self, facts):
        user = self._get_linked(facts, "user")
        values = self._get_tier_values(facts)
        return self.env._(
            "Tier %(tier)s: set by hand by %(user)s until %(until)s: %(note)s",
            user=user.name or "",
            until=self._format_day(facts.get("until")),
            note=facts.get("note") or "",
            tier=values["tier"],
        )

    def _sentence_tier_ended(self, facts):
        return self.env._(
            "The tier set by hand ended on %(day)s, and no scheme judges this customer "
            "now.",
            day=self._format_day(facts.get("expired")),
        )

    def _figures_tier_share(self, facts):
        values = self._get_tier_values(facts)
        return [
            *self._figures_tier_threshold(facts)[:2],
            (self.env._("Place"), f"{values['place']} / {values['customers']}"),
            (self.env._("Share before"), values["before"]),
            (self.env._("Cut"), values["cut"]),
        ]

    def _figures_tier_threshold(self, facts):
        values = self._get_tier_values(facts)
        return [
            (self.env._("Measured"), values["value"]),
            (self.env._("Window"), f"{values['start']} - {values['end']}"),
            (self.env._("Threshold"), values["threshold"]),
        ]

    def _figures_tier_rfm(self, facts):
        values = self._get_points_values(facts)
        return [
            (self.env._("Window"), f"{values['start']} - {values['end']}"),
            (self.env._("Recency"), f"{values['recency']} / 5"),
            (self.env._("Frequency"), f"{values['frequency']} / 5"),
            (self.env._("Money"), f"{values['money']} / 5"),
            (self.env._("Points"), f"{values['points']} / {values['threshold']}"),
        ]

    def _figures_tier_score(self, facts):
        """Return a line for each criterion: its points, and its weight."""
        values = self._get_points_values(facts)
        labels = dict(
            self.env["crm.tier.criterion"]
            ._fields["kind"]
            ._description_selection(self.env)
        )
        return [
            (self.env._("Window"), f"{values['start']} - {values['end']}"),
            *(
                (
                    labels.get(kind, kind),
                    self.env._("not rated")
                    if kind in RATED and rated is None
                    else f"{self._format_plainly(points)} × "
                    f"{self._format_plainly(weight)} %",
                )
                for kind, weight, points, rated in facts.get("parts") or []
            ),
            (self.env._("Points"), f"{values['points']} / {values['threshold']}"),
        ]

    def _get_points_values(self, facts):
        names = ("recency", "frequency", "money", "orders", "customers")
        return {
            **self._get_tier_values(facts),
            **{name: self._format_plainly(facts.get(name)) for name in names},
            "points": self._format_plainly(facts.get("points")),
            "threshold": self._format_plainly(facts.get("threshold")),
            "last": self._format_day(facts.get("last")) or "-",
        }

    def _count_in_words(self, values):
        """Return the values with numbers of points, customers and orders in words."""
        return values | {
            "points": tell_points(self.env, values["points"]),
            "customers": tell_customers(self.env, values["customers"]),
            "orders": tell_orders(self.env, values["orders"]),
        }

    def _format_plainly(self, value):
        return f"{value or 0:.2f}".rstrip("0").rstrip(".")

    def _get_tier_values(self, facts):
        tier = self._get_linked(facts, "tier")
        return {
            "tier": tier.name or "",
            "value": self._format_measure(facts, facts.get("revenue")),
            "threshold": self._format_measure(facts, facts.get("threshold")),
            "start": self._format_day(facts.get("from")),
            "end": self._format_day(facts.get("to")),
            "place": facts.get("place"),
            "customers": facts.get("customers"),
            "before": self._format_share(facts.get("before")),
            "cut": self._format_share((facts.get("cut") or 0) / 100),
        }

    def _format_measure(self, facts, value):
        """Return an amount of money, or a number of orders, as the scheme measures."""
        if facts.get("measure") == "orders":
            return tell_orders(self.env, int(value or 0))
        return self._format_money(value, facts.get("currency"))
