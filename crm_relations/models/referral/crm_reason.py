from odoo import models

from ...tools.counted import tell_customers


class CrmReason(models.AbstractModel):
    _inherit = "crm.reason"

    def _figures_value(self, facts):
        figures = super()._figures_value(facts)
        if facts.get("brought"):
            derived = self._format_money(facts.get("derived"), facts.get("currency"))
            label = self.env._(
                "Value of what it has brought: %s",
                tell_customers(self.env, facts["brought"]),
            )
            figures.append((label, derived))
        return figures
