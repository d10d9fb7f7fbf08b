from odoo import api, fields, models


class CrmLeaverReceiver(models.TransientModel):
    """A colleague who takes over customers of a leaver, and which."""

    _name = "crm.leaver.receiver"
    _description = "Receiver of a leaver's customers"

    wizard_id = fields.Many2one(
        comodel_name="crm.leaver.wizard", required=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        required=True,
        domain="[('share', '=', False)]",
        index=True,
    )
    held_count = fields.Integer(
        string="Holds Now",
        compute="_compute_held_count",
        help="Customers that this colleague looks after today.",
    )
    capacity = fields.Integer(
        help="The most customers this colleague may hold after the hand-over. 0: any "
        "number."
    )
    country_ids = fields.Many2many(comodel_name="res.country", string="Countries")
    state_ids = fields.Many2many(comodel_name="res.country.state", string="Regions")
    cities = fields.Char(help="Names of cities, separated by commas.")

    _capacity_positive = models.Constraint(
        "CHECK(capacity >= 0)", "The capacity cannot be negative."
    )

    @api.depends("user_id")
    def _compute_held_count(self):
        held = self.user_id._count_customers_held()
        for receiver in self:
            receiver.held_count = held.get(receiver.user_id.id, 0)

    def _get_territory(self):
        """Return the places of this receiver, see ``most_specific``."""
        names = (self.cities or "").replace("，", ",").replace("、", ",").split(",")
        places = {("city", name.strip().lower()) for name in names if name.strip()}
        places |= {("state", state.id) for state in self.state_ids}
        return places | {("country", country.id) for country in self.country_ids}
