from odoo import models
from odoo.tools import SQL

from ...tools.what_next import (
    DUE_DAYS,
    LAYER_CHANCES,
    MESSAGE_DAYS,
    NO_LAYER_CHANCE,
    QUOTATION_DAYS,
    RELEASE_DAYS,
)


class CrmNextContact(models.Model):
    """Signs that the customer may be lost, each 0 to 1 times its weight: the SQL of
    ``tools.what_next.get_signs``."""

    _inherit = "crm.next.contact"

    def _get_signs_sql(self):
        return SQL(", ").join(
            SQL(
                "%s * %s AS %s",
                sign,
                self._get_weight_sql(name),
                SQL.identifier(name),
            )
            for name, sign in self._get_signs().items()
        )

    def _get_weight_sql(self, name):
        column = SQL.identifier("settings", f"next_{name}_percent")
        return SQL("(%s / 100.0::float8)", column)

    def _get_signs(self):
        return {
            "rhythm": self._get_rhythm_sql(),
            "layer": self._get_layer_sql(),
            "due": self._rise(SQL("known.due_since"), 1, DUE_DAYS + 1),
            "release": self._rise(
                SQL("(- known.release_in)"), RELEASE_DAYS, RELEASE_DAYS
            ),
            "quotation": self._rise(SQL("known.quotation_age"), 0, QUOTATION_DAYS),
            "message": self._rise(SQL("known.message_age"), 1, MESSAGE_DAYS + 1),
        }

    def _get_rhythm_sql(self):
        return SQL(
            """
            CASE WHEN known.active IS NOT NULL AND known.order_days > 1
                 THEN 1 - known.active
                 WHEN known.silent > known.interval
                 THEN 1 - known.interval / known.silent::float8
                 ELSE 0 END
            """
        )

    def _get_layer_sql(self):
        chances = SQL(" ").join(
            SQL("WHEN %s THEN %s::float8", layer, chance)
            for layer, chance in LAYER_CHANCES.items()
        )
        return SQL(
            "CASE partner.lifecycle %s ELSE %s::float8 END", chances, NO_LAYER_CHANCE
        )

    def _rise(self, days, ahead, length):
        """Nothing for no days: GREATEST leaves out what is empty."""
        return SQL("LEAST(GREATEST((%s + %s) / %s::float8, 0), 1)", days, ahead, length)
