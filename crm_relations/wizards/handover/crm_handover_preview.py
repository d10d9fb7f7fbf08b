from odoo import api, fields, models
from odoo.tools import SQL


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
        index=True,
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
        labels = self.env["crm.handover.mixin"]._get_handover_labels()
        for item in self:
            item.kind_name = labels.get(item.kind, "")

    def action_open(self):
        self.ensure_one()
        items = self.env["crm.handover.item"]
        return items._get_open_action(self.res_model, self.res_id)

    @api.model
    def _fill(self, wizard, partner_ids):
        """Write all that would move along with these customers, by one statement."""
        items = self.env["crm.handover.mixin"]
        customers = SQL(
            "SELECT id, user_id AS owner_id FROM res_partner WHERE id = ANY(%s)",
            partner_ids,
        )
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_handover_preview (wizard_id, partner_id, kind, choice,
                       res_model, res_id, name, detail, create_uid, create_date)
                SELECT %(wizard)s, item.customer_id, item.kind, chosen.choice,
                       item.res_model, item.res_id, item.name, item.detail, %(uid)s,
                       %(now)s
                  FROM (%(items)s) AS item
                  JOIN (VALUES %(choices)s) AS chosen (kind, choice)
                    ON chosen.kind = item.kind
              ORDER BY item.customer_id, item.kind, item.res_id
             RETURNING id
                """,
                wizard=wizard.id,
                uid=self.env.uid,
                now=fields.Datetime.now(),
                items=items._get_handover_sql(customers),
                choices=SQL(", ").join(
                    SQL("(%s, %s)", model._handover_kind, model._handover_choice)
                    for model in items._get_handover_models()
                ),
            )
        )
