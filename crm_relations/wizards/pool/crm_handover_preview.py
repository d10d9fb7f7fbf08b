from odoo import api, fields, models


class CrmHandoverPreview(models.TransientModel):
    """One thing that would move along with a customer."""

    _name = "crm.handover.preview"
    _description = "Item that would be handed over"
    _order = "partner_id, id"

    wizard_id = fields.Many2one(
        comodel_name="crm.handover.wizard",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    kind = fields.Char(
        string="Key of the Kind", readonly=True, export_string_translation=False
    )
    kind_name = fields.Char(string="Kind", compute="_compute_kind_name")
    choice = fields.Char(readonly=True, export_string_translation=False)
    res_model = fields.Char(readonly=True, export_string_translation=False)
    res_id = fields.Many2oneReference(
        model_field="res_model", readonly=True, export_string_translation=False
    )
    name = fields.Char(readonly=True)
    detail = fields.Char(string="Stage or Date", readonly=True)

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_kind_name(self):
        labels = {
            item["kind"]: item["label"]
            for item in self.env["res.partner"]._get_handover_items()
        }
        for item in self:
            item.kind_name = labels.get(item.kind, "")

    def action_open(self):
        self.ensure_one()
        items = self.env["crm.handover.item"]
        return items._get_open_action(self.res_model, self.res_id)
