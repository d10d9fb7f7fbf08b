from odoo import fields, models


class CrmVisitWizard(models.TransientModel):
    """Ask why a visit takes place out of range, and for a picture of it."""

    _name = "crm.visit.wizard"
    _description = "Visit out of range"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
    )
    followup_id = fields.Many2one(
        comodel_name="crm.followup",
        string="Visit",
        readonly=True,
        help="The visit to check out of; none to check in.",
        index="btree_not_null",
    )
    position = fields.Json(required=True)
    distance_m = fields.Float(string="Distance", digits=(16, 0), readonly=True)
    reason = fields.Char(required=True)
    photo = fields.Image(max_width=1920, max_height=1920)

    def action_apply(self):
        """Check in or out; return the action that shows the visit."""
        self.ensure_one()
        visits = self.env["crm.followup"]
        position = visits._pick_position(self.position)
        if self.followup_id:
            if self.photo:
                self.followup_id.visit_photo = self.photo
            self.followup_id.check_out(**position, reason=self.reason)
            return self.followup_id._open_visit()
        visit_id = visits.check_in(
            self.partner_id.id, **position, reason=self.reason, photo=self.photo
        )
        return visits.browse(visit_id)._open_visit()
