from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmComplaint(models.Model):
    """A complaint that belongs to a crisis."""

    _inherit = "crm.complaint"

    crisis_id = fields.Many2one(
        comodel_name="crm.complaint.crisis",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        tracking=True,
        domain="[('state', '=', 'open'), ('company_id', '=', company_id)]",
        help="As long as the crisis is open the complaint is escalated also outside "
        "working hours, and only the spokesman speaks to the outside.",
    )
    crisis_spokesman_id = fields.Many2one(related="crisis_id.spokesman_id")
    crisis_state = fields.Selection(related="crisis_id.state", string="Crisis Is")

    @api.model
    def _get_written_fields(self):
        return super()._get_written_fields() | {"crisis_id"}

    @api.constrains("crisis_id", "company_id")
    def _check_crisis_id(self):
        for complaint in self:
            # Superuser: the company of a crisis is no secret.
            if complaint.sudo().crisis_id.company_id - complaint.company_id:
                raise ValidationError(
                    self.env._("Choose a crisis of the company of the complaint.")
                )

    def _is_crisis(self):
        # Superuser: escalation asks for whoever answers.
        return super()._is_crisis() or self.sudo().crisis_id.state == "open"

    @api.model_create_multi
    def create(self, vals_list):
        complaints = super().create(vals_list)
        complaints.filtered("crisis_id")._crisis_changed()
        return complaints

    def write(self, vals):
        result = super().write(vals)
        if "crisis_id" in vals:
            self._crisis_changed()
        return result
