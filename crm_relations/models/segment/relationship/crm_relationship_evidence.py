from odoo import api, fields, models

from .crm_relationship_levels import LEVELS


class CrmRelationshipEvidence(models.Model):
    """The evidence behind the levels: what, when, how much it was and is worth.

    Nothing is stored: the rows are read from their documents when they are shown.
    """

    _name = "crm.relationship.evidence"
    _description = "Relationship evidence"
    _auto = False
    _order = "occurred_on desc, id desc"
    _rec_name = "kind_id"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        ondelete="cascade",  # no table: keeps Odoo from looking here for links
    )
    kind_id = fields.Many2one(
        comodel_name="crm.relationship.evidence.kind", string="Evidence", readonly=True
    )
    occurred_on = fields.Date(string="On", readonly=True)
    first_points = fields.Float(
        string="Worth Then", digits=(10, 2), readonly=True, aggregator="sum"
    )
    points = fields.Float(
        string="Worth Today", digits=(10, 2), readonly=True, aggregator="sum"
    )
    cap = fields.Selection(selection=LEVELS, string="Holds Down to", readonly=True)
    source_model = fields.Char(
        related="kind_id.source_model", export_string_translation=False
    )
    res_id = fields.Many2oneReference(
        string="Document", model_field="source_model", readonly=True
    )
    source = fields.Char(compute="_compute_source")

    @property
    def _table_query(self):
        return self.env["crm.relationship.ladder"]._get_pieces_sql()

    @api.depends("res_id")
    def _compute_source(self):
        self.source = ""
        for model, lines in self.grouped("source_model").items():
            if model not in self.env:
                continue
            # As superuser: the name of the document, without what stands in it.
            ids = lines.mapped("res_id")
            documents = self.env["crm.reason"]._browse_named(model, ids)
            names = {document.id: document.display_name for document in documents}
            for line in lines:
                line.source = names.get(line.res_id, "")

    def action_open_source(self):
        """Open the document, for those who may read it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.source_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
