from odoo import fields, models

from ....tools.order_outlook import WEEKS_A_YEAR, order_chances
from ....tools.order_value import value_range

SHARE = 0.8


class CrmCustomerValue(models.Model):
    """Between which bounds the next 12 months of one customer lie.

    The expectation is what many such customers bring on average; of one of them it says
    little: it may stay away, or order much. The bounds come from the models' own
    distribution of the number of orders and of their sum. They are computed when
    somebody looks, as nobody sorts by them.
    """

    _inherit = "crm.customer.value"

    low = fields.Monetary(
        string="At Least (80 %)",
        compute="_compute_range",
        help="With a probability of 80 % the customer brings between this and the "
        "other bound within 12 months; less or more with 10 % each.",
    )
    high = fields.Monetary(
        string="At Most (80 %)",
        compute="_compute_range",
        help="See the lower bound.",
    )
    has_range = fields.Boolean(
        compute="_compute_range", export_string_translation=False
    )

    def _compute_range(self):
        models = self._get_activity_models()
        for value in self:
            span = value._get_range(models)
            value.low, value.high = span or (0, 0)
            value.has_range = bool(span)

    def _get_activity_models(self):
        """Return the activity models of these customers, of all of them at once."""
        # Superuser: as in ``_get_range``.
        return self.sudo().partner_id._get_activity_models()

    def _get_range(self, models):
        """Return (low, high), or None where the models tell no distribution.

        :param models: as ``_get_activity_models`` returns them
        """
        self.ensure_one()
        # Superuser: parameters, for a value that the reader sees.
        value = self.sudo()
        parameters = value.basis == "model" and value.model_id._get_parameters()
        chances = parameters and value._get_order_chances(models)
        if not chances:
            return None
        repeats = max(value.partner_id.order_day_count - 1, 0)
        mean = value.repeat_sales / repeats if repeats else 0
        span = value_range(parameters, repeats, mean, chances, SHARE)
        # Three digits, as the value itself.
        return span and tuple(float(f"{bound:.3g}") for bound in span)

    def _get_order_chances(self, models):
        """Return how likely each number of orders within a year is, from none on; None
        where no model tells it."""
        partner = self.partner_id
        company = partner._get_relation_company()
        activity = models[company]
        if not partner.first_order_on or not activity or not activity.r:
            return None
        history = partner._get_activity_history(company._get_relations_today())
        return order_chances(activity._get_parameters(), *history, WEEKS_A_YEAR)
