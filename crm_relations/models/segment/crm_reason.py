from odoo import models


class CrmReason(models.AbstractModel):
    _inherit = "crm.reason"

    def _sentence_tier_share(self, facts):
        values = self._get_tier_values(facts)
        if not facts.get("tier"):
            return self.env._(
                "No tier: the customers before this one bring %(before)s of all "
                "revenue, and no cut reaches that far.",
                **values,
            )
        if not facts.get("revenue"):
            return self.env._(
                "Tier %(tier)s: no revenue from %(start)s to %(end)s.", **values
            )
        return self.env._(
            "Tier %(tier)s: revenue of %(revenue)s from %(start)s to %(end)s, place "
            "%(place)s of %(customers)s. Customers with more bring %(before)s of all "
            "revenue, and this tier reaches up to %(cut)s.",
            **values,
        )

    def _figures_tier_share(self, facts):
        values = self._get_tier_values(facts)
        return [
            (self.env._("Revenue"), values["revenue"]),
            (self.env._("Window"), f"{values['start']} - {values['end']}"),
            (self.env._("Place"), f"{values['place']} / {values['customers']}"),
            (self.env._("Share before"), values["before"]),
            (self.env._("Cut"), values["cut"]),
        ]

    def _get_tier_values(self, facts):
        tier = self.env["crm.tier"].sudo().browse(facts.get("tier")).exists()
        return {
            "tier": tier.name or "",
            "revenue": self._format_money(facts.get("revenue"), facts.get("currency")),
            "start": self._format_day(facts.get("from")),
            "end": self._format_day(facts.get("to")),
            "place": facts.get("place"),
            "customers": facts.get("customers"),
            "before": self._format_share(facts.get("before")),
            "cut": self._format_share((facts.get("cut") or 0) / 100),
        }
