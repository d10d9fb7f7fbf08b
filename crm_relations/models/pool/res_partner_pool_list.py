from odoo import api, fields, models


class ResPartner(models.Model):
    """What the list of the pool tells of a customer."""

    _inherit = "res.partner"

    times_held = fields.Integer(
        compute="_compute_times_held",
        help="How often the customer has come to a salesperson.",
    )

    @api.depends("ownership_change_ids")
    def _compute_times_held(self):
        # Superuser: how often, whoever it was and in whichever company.
        counts = dict(
            self.env["crm.ownership.change"]
            .sudo()
            ._read_group(
                [
                    ("partner_id", "in", self._origin.ids),
                    ("to_user_id", "!=", False),
                    ("kind", "!=", "undo"),
                ],
                ["partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.times_held = counts.get(partner._origin, 0)
