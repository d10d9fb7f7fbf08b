from odoo import api, fields, models


class CrmComplaintEntrance(models.Model):
    """A way in for those who have no account: a page behind a link and a QR code, an
    e-mail address, or both, of a company or of one of its branches.

    What comes in is put under ``user_id``, who is the first person asked.
    """

    _name = "crm.complaint.entrance"
    _description = "Complaint entrance"
    _inherit = ["mail.alias.mixin.optional", "crm.entrance.mixin"]
    _order = "company_id, sequence, id"
    _entrance_path = "complaint"

    sequence = fields.Integer(
        help="The first one of a company also takes what comes in by the portal."
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="First Asked",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        help="Stays answerable for what comes in here until somebody has accepted it.",
    )
    category_id = fields.Many2one(
        comodel_name="crm.complaint.category",
        index="btree_not_null",
        ondelete="set null",
        help="Category of what comes in here, where the customer chooses none.",
    )
    is_page_open = fields.Boolean(
        string="Page",
        default=True,
        help="People without an account may report under the link.",
    )
    token = fields.Char(groups="crm_relations_complaint.group_complaint_officer")
    most_per_hour = fields.Integer(string="Reports an Hour", default=100)
    most_per_source = fields.Integer(
        string="Reports an Hour from One Place", default=10
    )
    complaint_count = fields.Integer(
        string="Complaints", compute="_compute_complaint_count"
    )

    def _compute_complaint_count(self):
        counts = dict(
            self.env["crm.complaint"]._read_group(
                [("entrance_id", "in", self.ids)], ["entrance_id"], ["__count"]
            )
        )
        for entrance in self:
            entrance.complaint_count = counts.get(entrance, 0)

    @api.model
    def _find_open(self, token):
        return super()._find_open(token).filtered("is_page_open")

    def _get_mail_address(self):
        return self.alias_email

    def _get_offered_categories(self):
        """Return what customers choose from here, as whoever asks."""
        return self.env["crm.complaint.category"]._get_offered(self.category_id)

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("crm.complaint")
        if self.id:
            values["alias_defaults"] = repr({"entrance_id": self.id})
        return values

    def action_open_complaints(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations_complaint.crm_complaint_action"
        )
        return action | {"domain": [("entrance_id", "=", self.id)], "context": {}}
