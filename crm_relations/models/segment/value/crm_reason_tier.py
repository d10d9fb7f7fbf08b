from odoo import models

from .crm_tier_scheme_value import AHEAD


class CrmReason(models.AbstractModel):
    """What lies ahead has no window: such tiers are told without one."""

    _inherit = "crm.reason"

    def _tell_share(self, facts):
        if facts.get("measure") not in AHEAD or not facts.get("tier"):
            return super()._tell_share(facts)
        values = self._get_ahead_values(facts)
        if not facts.get("revenue"):
            return self.env._("Tier %(tier)s: nothing is to be expected.", **values)
        return self.env._(
            "Tier %(tier)s: %(measure)s %(value)s, place %(place)s of %(customers)s. "
            "Customers with more bring %(before)s of the whole, and this tier reaches "
            "up to %(cut)s.",
            **values,
        )

    def _tell_threshold(self, facts):
        if facts.get("measure") not in AHEAD:
            return super()._tell_threshold(facts)
        values = self._get_ahead_values(facts)
        if not facts.get("tier"):
            return self.env._(
                "No tier: %(measure)s %(value)s reaches no threshold.", **values
            )
        return self.env._(
            "Tier %(tier)s: %(measure)s %(value)s; at least %(threshold)s are needed.",
            **values,
        )

    def _get_ahead_values(self, facts):
        measures = self.env["crm.tier.scheme"]._fields["measure"]
        labels = dict(measures._description_selection(self.env))
        return {
            **self._get_tier_values(facts),
            "measure": labels[facts["measure"]].lower(),
        }
