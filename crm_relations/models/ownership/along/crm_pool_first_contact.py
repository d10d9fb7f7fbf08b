from odoo import fields, models


class CrmPool(models.Model):
    """What is planned for whoever takes a customer of this pool."""

    _inherit = "crm.pool"

    contact_days = fields.Integer(
        string="First Contact Within",
        default=3,
        help="Whoever takes a customer finds an activity planned on it that is due in "
        "this many days. 0: none.",
    )
    contact_activity_type_id = fields.Many2one(
        comodel_name="mail.activity.type",
        string="First Activity",
        domain="[('res_model', 'in', (False, 'res.partner'))]",
        default=lambda self: self._default_contact_activity_type_id(),
        ondelete="set null",
    )

    _contact_days_positive = models.Constraint(
        "CHECK(contact_days >= 0)", "Days cannot be negative."
    )

    def _default_contact_activity_type_id(self):
        return self.env.ref("mail.mail_activity_data_call", raise_if_not_found=False)
