from odoo import api, models
from odoo.tools import SQL

from ....tools.order_outlook import get_discounts

# Settings: name, what holds where nothing has been set, least, most.
HORIZON_YEARS = ("crm_relations.value_horizon_years", 5, 1, 10)
DISCOUNT_PERCENT = ("crm_relations.value_discount_percent", 10.0, 0.0, 100.0)
MEASURE = ("crm_relations.value_measure", "revenue")


class CrmValueTerms(models.AbstractModel):
    """What Settings say of the value of customers."""

    _name = "crm.value.terms"
    _description = "Terms of the value of customers"

    @api.model
    def _get_measure(self):
        """Return by what orders are measured: revenue or margin."""
        # Superuser: how customers are valued is no secret, parameters are.
        value = self.env["ir.config_parameter"].sudo().get_param(*MEASURE)
        return value if value in ("revenue", "margin") else MEASURE[1]

    @api.model
    def _get_horizon_years(self):
        return int(self._get_number(HORIZON_YEARS))

    @api.model
    def _get_discount_rate(self):
        return self._get_number(DISCOUNT_PERCENT) / 100

    @api.model
    def _get_number(self, setting):
        name, default, least, most = setting
        # Superuser: as above.
        value = self.env["ir.config_parameter"].sudo().get_param(name, default)
        try:
            value = float(value)
        except ValueError:  # typed among the system parameters
            return default
        return min(max(value, least), most) if value == value else default

    @api.model
    def _get_discounts(self):
        """Return the factors of the orders up to the end of each year."""
        return get_discounts(self._get_horizon_years(), self._get_discount_rate())

    @api.model
    def _get_key_sql(self, model):
        """Return the SQL of what an outlook depends on besides the history of a
        customer: parameters of the activity ``model``, years, discount."""
        return SQL(
            "md5(concat_ws(' ', %(model)s.r, %(model)s.alpha, %(model)s.a, "
            "%(model)s.b, %(years)s::int, %(rate)s::float8))",
            model=SQL.identifier(model),
            years=self._get_horizon_years(),
            rate=self._get_discount_rate(),
        )
