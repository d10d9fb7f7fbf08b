from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmComplaintFinding(models.Model):
    """A cause that the investigation has found: several may stand behind a complaint,
    one below the other; one of them is the root."""

    _name = "crm.complaint.finding"
    _description = "Cause Found"
    _inherit = ["crm.complaint.part.mixin"]
    _order = "complaint_id, sequence, id"

    complaint_id = fields.Many2one(
        comodel_name="crm.complaint", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(
        string="What Was Found",
        required=True,
        help="What happened, in one sentence. It stays internal.",
    )
    parent_id = fields.Many2one(
        comodel_name="crm.complaint.finding",
        string="Because Of",
        index="btree_not_null",
        ondelete="set null",
        domain="[('complaint_id', '=', complaint_id), ('id', '!=', id)]",
        help="The cause found that stands behind this one.",
    )
    child_ids = fields.One2many(
        comodel_name="crm.complaint.finding", inverse_name="parent_id"
    )
    cause_id = fields.Many2one(
        comodel_name="crm.complaint.cause",
        index="btree_not_null",
        ondelete="restrict",
        help="The figures count the complaint under this cause, once whatever is found "
        "besides.",
    )
    is_root = fields.Boolean(
        string="Root Cause",
        help="The cause that has to go. One for each complaint: choosing another one "
        "takes the mark from the last.",
    )
    evidence = fields.Text(help="How you know: documents, measurements, witnesses.")
    why_ids = fields.One2many(
        comodel_name="crm.complaint.why", inverse_name="finding_id", string="Five Whys"
    )
    why_count = fields.Integer(string="Whys", compute="_compute_why_count")

    _root_uniq = models.UniqueIndex(
        "(complaint_id) WHERE is_root", "A complaint has one root cause."
    )

    @api.depends("why_ids")
    def _compute_why_count(self):
        for finding in self:
            finding.why_count = len(finding.why_ids)

    @api.constrains("parent_id", "complaint_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._("A cause cannot stand behind itself, not even by others.")
            )
        for finding in self:
            if finding.parent_id.complaint_id - finding.complaint_id:
                raise ValidationError(
                    self.env._("Choose a cause found for the same complaint.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        roots = [vals.get("is_root") for vals in vals_list]
        findings = super().create([{**vals, "is_root": False} for vals in vals_list])
        for finding, is_root in zip(findings, roots, strict=True):
            if is_root:
                finding.is_root = True
        findings.complaint_id._causes_found()
        return findings

    def write(self, vals):
        complaints = self.complaint_id
        if vals.get("is_root"):
            self._give_up_root()
        result = super().write(vals)
        if not {"cause_id", "complaint_id"}.isdisjoint(vals):
            (complaints | self.complaint_id)._causes_found()
        return result

    def unlink(self):
        complaints = self.complaint_id
        result = super().unlink()
        complaints._causes_found()
        return result

    def _give_up_root(self):
        """Take the mark from the others: these get it."""
        if len(self.complaint_id) < len(self):
            raise ValidationError(self.env._("A complaint has one root cause."))
        others = self.complaint_id.finding_ids - self
        others.filtered("is_root").write({"is_root": False})
        self.flush_model(["is_root"])
