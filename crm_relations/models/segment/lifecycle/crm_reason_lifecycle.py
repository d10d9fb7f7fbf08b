from odoo import models

from ....tools.counted import tell_days, tell_orders
from ....tools.sentences import tell_number


class CrmReason(models.AbstractModel):
    """Why a customer belongs to its layer of the lifecycle."""

    _inherit = "crm.reason"

    def _sentence_lifecycle(self, facts):
        values = self._get_lifecycle_values(facts)
        if not facts.get("orders"):
            return self.env._("%(layer)s: no confirmed order yet.", **values)
        return self.env._(
            "%(layer)s: %(orders)s, %(year)s of them in the last 12 months, the "
            "last one on %(last)s, %(silent)s before this was decided. Usually "
            "this customer orders every %(rhythm)s.",
            **values
            | {
                "orders": tell_orders(self.env, values["orders"]),
                "silent": tell_days(self.env, values["silent"]),
                "rhythm": tell_days(self.env, values["rhythm"]),
            },
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
            # An order may be dated later than the day of the decision.
            "silent": max(facts.get("silent") or 0, 0),
            "rhythm": tell_number(facts.get("rhythm") or 0),
        }
