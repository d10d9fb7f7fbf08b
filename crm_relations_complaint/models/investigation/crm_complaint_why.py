from odoo import api, fields, models


class CrmComplaintWhy(models.Model):
    """One answer to the question why, on the way down to the root."""

    _name = "crm.complaint.why"
    _description = "Answer to Why"
    _inherit = ["crm.complaint.part.mixin"]
    _order = "finding_id, sequence, id"

    finding_id = fields.Many2one(
        comodel_name="crm.complaint.finding",
        string="Cause Found",
        required=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10)
    number = fields.Char(string="Question", compute="_compute_number")
    name = fields.Char(string="Because", required=True)

    @api.depends("finding_id.why_ids.sequence")
    @api.depends_context("lang")
    def _compute_number(self):
        for why in self:
            lines = why.finding_id.why_ids.sorted(lambda line: line.sequence)
            ids = [line._origin.id or line.id for line in lines]
            own = why._origin.id or why.id
            place = ids.index(own) + 1 if own in ids else len(ids) + 1
            why.number = self.env._("Why %s", place)

    @api.model
    def _get_file_field(self):
        return "finding_id"

    def _get_files(self):
        return self.finding_id.complaint_id
