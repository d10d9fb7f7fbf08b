from odoo import api, fields, models

COPIED = (
    *("subject", "channel", "category_id", "facts", "demand", "lot", "is_safety"),
    *("caller_name", "caller_phone", "caller_email", "partner_id"),
)


class CrmComplaintQuick(models.TransientModel):
    """The short form: who, about what, what happened, what is asked for. In under a
    minute; the rest follows from it, or is filled in later."""

    _name = "crm.complaint.quick"
    _description = "Register a complaint"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        domain="[('is_managed_customer', '=', True)]",
        index="btree_not_null",
    )
    caller_name = fields.Char(string="Name")
    caller_phone = fields.Char(string="Phone")
    caller_email = fields.Char(string="E-mail")
    channel = fields.Selection(
        selection=lambda self: self._selection_channel(),
        string="Came By",
        required=True,
        default="phone",
    )
    category_id = fields.Many2one(
        comodel_name="crm.complaint.category", index="btree_not_null"
    )
    subject = fields.Char(help="Empty: the first words of what happened.")
    facts = fields.Text(string="What Happened")
    demand = fields.Text(string="What the Customer Asks For")
    lot = fields.Char(string="Lot or Serial Number")
    is_safety = fields.Boolean(string="Safety at Stake")
    callback_id = fields.Many2one(
        comodel_name="crm.callback", readonly=True, index="btree_not_null"
    )
    similar_ids = fields.Many2many(
        comodel_name="crm.complaint",
        compute="_compute_similar_ids",
    )

    @api.model
    def _selection_channel(self):
        field = self.env["crm.complaint"]._fields["channel"]
        return field._description_selection(self.env)

    @api.depends("partner_id", "caller_phone", "caller_email", "lot", "category_id")
    def _compute_similar_ids(self):
        complaints = self.env["crm.complaint"]
        for quick in self:
            values = quick._get_values()
            asked = ("partner_id", "caller_phone", "caller_email", "lot")
            found = []
            if any(values.get(name) for name in asked):
                found = [row["id"] for row in complaints.find_similar(values)]
            quick.similar_ids = complaints.browse(found)

    def _get_values(self):
        """Return what was typed, as values of a complaint."""
        self.ensure_one()
        values = {name: self[name] for name in COPIED if self[name]}
        for name in ("partner_id", "category_id"):
            if name in values:
                # Of a form not saved yet as well.
                values[name] = values[name]._origin.id or False
        return {name: value for name, value in values.items() if value}

    def action_register(self):
        """Register it and open it."""
        complaint = self._register_typed()
        return {
            "type": "ir.actions.act_window",
            "res_model": complaint._name,
            "res_id": complaint.id,
            "views": [(False, "form")],
        }

    def action_register_next(self):
        """Register it and take the next one."""
        complaint = self._register_typed()
        message = self.env._("Registered as %(name)s.", name=complaint.name)
        shown = self.env["crm.answer.summary"]._notify(message)
        shown["params"]["next"] = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations_complaint.crm_complaint_quick_action"
        )
        return shown

    def _register_typed(self):
        self.ensure_one()
        complaints = self.env["crm.complaint"]
        complaint = complaints.browse(complaints.register(self._get_values()))
        if self.callback_id:
            # Superuser: from which call it came is written by this form only.
            complaint.sudo().callback_id = self.callback_id
        return complaint
