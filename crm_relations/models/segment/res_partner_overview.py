from odoo import models
from odoo.tools import SQL

LEDGERS = {
    "tier": "crm.tier.change",
    "lifecycle": "crm.lifecycle.change",
    "relationship": "crm.relationship.change",
}


class ResPartner(models.Model):
    """What the rules conclude of the customer, each with its why in a sentence."""

    _inherit = "res.partner"

    def _get_overview_parts(self):
        return {
            **super()._get_overview_parts(),
            "conclusions": [
                self._get_conclusion_sql(code, model) for code, model in LEDGERS.items()
            ],
        }

    def _get_conclusion_sql(self, code, model):
        return SQL(
            """
            SELECT jsonb_build_object('code', %(code)s, 'facts', latest.facts) AS line
              FROM (SELECT facts FROM %(table)s WHERE partner_id = %(id)s
                  ORDER BY decided_at DESC, id DESC LIMIT 1) AS latest
            """,
            code=code,
            table=SQL.identifier(self.env[model]._table),
            id=self.id,
        )

    def _tell_overview(self, found):
        facts = {line["code"]: line["facts"] for line in found["conclusions"]}
        told = [
            {"code": code, **conclusion, "why": self._tell_why(facts.get(code))}
            for code, conclusion in self._get_conclusions().items()
        ]
        return {
            **super()._tell_overview(found),
            "conclusions": [one for one in told if one["value"]],
        }

    def _tell_why(self, facts):
        return self.env["crm.reason"]._get_sentence(facts)

    def _get_conclusions(self):
        """Hook: return ``{code: {"label", "value", "field": that of its reason}}`` in
        the order in which they are shown."""
        labels = dict(self._fields["lifecycle"]._description_selection(self.env))
        levels = self._fields["relationship_level"]._description_selection(self.env)
        # Superuser: the name of the tier, to who may read the customer.
        tier = self.sudo().tier_id.name or ""
        activity = ""
        if self.activity_model_id and self.order_day_count > 1:
            activity = f"{self.active_probability:.0f} %"
        return {
            "tier": {
                "label": self.env._("Tier"),
                "value": tier,
                "field": "tier_reason",
            },
            "lifecycle": {
                "label": self.env._("Lifecycle"),
                "value": labels.get(self.lifecycle, ""),
                "field": "lifecycle_reason",
            },
            "relationship": {
                "label": self.env._("Relationship"),
                "value": dict(levels).get(self.relationship_level, ""),
                "field": "relationship_reason",
            },
            "activity": {
                "label": self.env._("Still active"),
                "value": activity,
                "field": "activity_reason",
            },
            "value": {
                "label": self.env._("Value, 12 months"),
                "value": self.value_told,
                "field": "value_reason",
            },
        }
