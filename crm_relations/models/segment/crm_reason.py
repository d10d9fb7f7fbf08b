from odoo import models


class CrmReason(models.AbstractModel):
    _inherit = "crm.reason"

    def _sentence_tier_share(self, facts):
        values = self._get_tier_values(facts)
        if not facts.get("tier"):
            return self.env._(
                "No tier: the customers before this one bring %(before)s of the whole, "
                "and no cut reaches that far.",
                **values,
            )
        if not facts.get("revenue"):
            return self.env._(
                "Tier %(tier)s: nothing ordered from %(start)s to %(end)s.",
                **values,
            )
        return self.env._(
            "Tier %(tier)s: %(value)s from %(start)s to %(end)s, place %(place)s of "
            "%(customers)s. Customers with more bring %(before)s of the whole, and "
            "this tier reaches up to %(cut)s.",
            **values,
        )

    def _sentence_tier_threshold(self, facts):
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

    def _sentence_tier_override(self, facts):
        user = self.env["res.users"].sudo().browse(facts.get("user")).exists()
        values = self._get_tier_values(facts)
        return self.env._(
            "Tier %(tier)s: set by hand by %(user)s until %(until)s: %(note)s",
            user=user.name or "",
            until=self._format_day(facts.get("until")),
            note=facts.get("note") or "",
            tier=values["tier"],
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

    def _sentence_lifecycle(self, facts):
        values = self._get_lifecycle_values(facts)
        if not facts.get("orders"):
            return self.env._("%(layer)s: no confirmed order yet.", **values)
        return self.env._(
            "%(layer)s: %(orders)s orders, %(year)s of them in the last 12 months, the "
            "last one on %(last)s, %(silent)s days before this was decided. Usually "
            "this customer orders every %(rhythm)s days.",
            **values,
        )

    def _figures_lifecycle(self, facts):
        values = self._get_lifecycle_values(facts)
        if not facts.get("orders"):
            return []
        figures = [
            (self.env._("Orders"), str(values["orders"])),
            (self.env._("Orders, 1 year"), str(values["year"])),
            (self.env._("Last order"), values["last"]),
            (self.env._("Days of silence"), str(values["silent"])),
            (self.env._("Orders every (days)"), str(values["rhythm"])),
        ]
        if facts.get("relationship"):
            stars = self._get_relationship_values({"level": facts["relationship"]})
            figures.append((self.env._("Relationship"), stars["level"]))
        if facts.get("referrals"):
            figures.append((self.env._("Referrals"), str(facts["referrals"])))
        return figures

    def _get_lifecycle_values(self, facts):
        labels = dict(
            self.env["res.partner"]
            ._fields["lifecycle"]
            ._description_selection(self.env)
        )
        return {
            "layer": labels.get(facts.get("layer"), ""),
            "orders": facts.get("orders"),
            "year": facts.get("year"),
            "last": self._format_day(facts.get("last")),
            "silent": facts.get("silent"),
            "rhythm": facts.get("rhythm"),
        }

    def _get_tier_values(self, facts):
        tier = self.env["crm.tier"].sudo().browse(facts.get("tier")).exists()
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
            return self.env._("%(count)s orders", count=int(value or 0))
        return self._format_money(value, facts.get("currency"))
