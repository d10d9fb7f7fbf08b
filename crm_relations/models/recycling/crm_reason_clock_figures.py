from odoo import models


class CrmReason(models.AbstractModel):
    """Why a customer leaves its owner: figures, and a few words for lists."""

    _inherit = "crm.reason"

    def _brief_pool_followup(self, facts):
        started = facts.get("owned"), facts.get("followup") or ""
        day = self._format_day(max(day or "" for day in started))
        return self.env._("No follow-up since %(day)s", day=day)

    def _brief_pool_opportunity(self, facts):
        start = self._get_pool_values(facts)["start"]
        return self.env._("No opportunity since %(day)s", day=start)

    def _brief_pool_order(self, facts):
        start = self._get_pool_values(facts)["start"]
        return self.env._("No order since %(day)s", day=start)

    def _brief_pool_repurchase(self, facts):
        start = self._get_pool_values(facts)["start"]
        return self.env._("No repurchase since %(day)s", day=start)

    def _brief_pool_held(self, facts):
        day = self._format_day(facts.get("owned"))
        return self.env._("Held since %(day)s", day=day)

    def _brief_pool_released(self, facts):
        clock = (facts.get("clock") or "pool_followup").removeprefix("pool_")
        return getattr(self, f"_brief_pool_{clock}", self._brief_pool_followup)(facts)

    def _figures_pool_followup(self, facts):
        return self._get_pool_figures(
            facts, self.env._("Last follow-up"), facts.get("followup")
        )

    def _figures_pool_opportunity(self, facts):
        label = self.env._("Last opportunity opened or closed")
        return self._get_pool_figures(facts, label, facts.get("event"))

    def _figures_pool_order(self, facts):
        return self._get_pool_figures(
            facts, self.env._("Last order"), facts.get("event")
        )

    def _figures_pool_repurchase(self, facts):
        return self._figures_pool_order(facts)

    def _figures_pool_held(self, facts):
        return self._get_pool_figures(facts)[1:]

    def _figures_pool_released(self, facts):
        clock = (facts.get("clock") or "pool_followup").removeprefix("pool_")
        figures = getattr(self, f"_figures_pool_{clock}", self._figures_pool_followup)
        return figures(facts)

    def _get_pool_figures(self, facts, event="", day=None):
        figures = [
            (event, self._format_day(day)),
            (self.env._("Salesperson since"), self._format_day(facts.get("owned"))),
            (self.env._("Days allowed"), self._get_days_allowed(facts)),
        ]
        if facts.get("leave"):
            figures.append((self.env._("Days of leave"), str(facts["leave"])))
        figures.append(
            (self.env._("Release date"), self._format_day(facts.get("release")))
        )
        return figures
