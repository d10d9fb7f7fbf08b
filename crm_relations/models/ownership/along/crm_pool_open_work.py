from odoo import fields, models


class CrmPool(models.Model):
    """What becomes of the open work of those who lose a customer."""

    _inherit = "crm.pool"

    open_work = fields.Selection(
        selection=[
            ("close", "Closed"),
            ("manager", "Left to the pool's manager"),
        ],
        string="Open Steps of the Salesperson",
        required=True,
        default="close",
        help="What becomes of planned activities and steps of plans when a customer "
        "comes into the pool. What is closed stays in the history of the customer; "
        "without a manager all of it is closed.",
    )

    def _get_steward(self):
        """Return who takes over what is left to the manager, or nobody."""
        self.ensure_one()
        # Superuser: who runs a pool is no secret.
        return self.sudo().manager_ids.filtered("active").sorted("id")[:1]
