from odoo import models
from odoo.tools import SQL


class CrmNextContact(models.Model):
    """What the sentence of a line is made of, see ``crm.reason``."""

    _inherit = "crm.next.contact"

    def _get_facts_sql(self):
        """Return the SQL of the facts; in one object of signs, as parts are many."""
        return SQL(
            "jsonb_strip_nulls(jsonb_build_object(%s))",
            SQL(", ").join(
                SQL("%s::text, %s", name, value)
                for name, value in self._get_facts_columns().items()
            ),
        )

    def _get_facts_columns(self):
        known = {
            name: SQL("known.%s", SQL.identifier(name))
            for name in (
                *["active", "order_days", "silent", "interval", "quotation_age"],
                *["message_age", "contacted", "is_lost"],
            )
        }
        return {
            "code": SQL("'next'::text"),
            "value": SQL("result.value"),
            "chance": SQL("result.chance"),
            "influence": SQL("result.influence"),
            "currency": SQL("settings.currency_id"),
            "source": self._get_source_sql(),
            "layer": SQL("partner.lifecycle"),
            "due": SQL("partner.contact_due_date"),
            "release": SQL("partner.pool_release_date"),
            "planned": SQL("plan.day"),
            "signs": SQL("to_jsonb(sign)"),
            **known,
        }

    def _get_source_sql(self):
        """Return the SQL of where the value is from."""
        return SQL(
            """
            CASE WHEN known.quoted >= result.value THEN 'quoted'
                 WHEN known.sales > 0 THEN 'sales'
                 WHEN of_tier.amount > 0 THEN 'tier'
                 WHEN of_all.amount > 0 THEN 'company'
                 ELSE 'unknown' END
            """
        )
