from odoo import api, models
from odoo.tools import SQL

from ...tools.what_next import RECOVERY_DAYS, UNKNOWN_VALUE


class CrmNextContact(models.Model):
    """Value, chance and influence: the SQL of ``tools.what_next.decide``."""

    _inherit = "crm.next.contact"

    def _get_result_sql(self):
        return SQL(
            """
            GREATEST(CASE WHEN known.sales > 0 THEN known.sales
                          ELSE COALESCE(NULLIF(known.usual, 0), %(unknown)s) END,
                     known.quoted) AS value,
            1 - (1 - GREATEST(sign.rhythm, sign.layer))
                * (1 - GREATEST(sign.due, sign.release))
                * (1 - GREATEST(%(waiting)s)) AS chance,
            CASE WHEN known.refuses THEN 0
                 ELSE %(contacted)s
                    * CASE WHEN known.is_planned THEN %(planned)s ELSE 1 END
                    * CASE WHEN known.is_lost THEN %(lost)s ELSE 1 END
                 END AS influence
            """,
            unknown=UNKNOWN_VALUE,
            waiting=SQL(", ").join(
                SQL.identifier("sign", name) for name in self._get_waiting_signs()
            ),
            contacted=self._get_contacted_sql(),
            planned=self._get_weight_sql("planned"),
            lost=self._get_weight_sql("lost"),
        )

    @api.model
    def _get_waiting_signs(self):
        """Hook: return the names of the signs that the customer waits for us; they tell
        of the same thing, so the strongest of them counts."""
        return ("quotation", "message")

    def _get_contacted_sql(self):
        return SQL(
            """
            CASE WHEN known.contacted IS NULL OR known.message_age IS NOT NULL THEN 1
                 ELSE %(left)s + (1 - %(left)s)
                    * LEAST(GREATEST(known.contacted, 0) / %(days)s::float8, 1) END
            """,
            left=self._get_weight_sql("contacted"),
            days=RECOVERY_DAYS,
        )
