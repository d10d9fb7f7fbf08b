from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmKeyAccountJudgement(models.Model):
    """What people judge of a customer that is nominated: 0 to 5 points, and why."""

    _name = "crm.key.account.judgement"
    _description = "Judgement of a key account"
    _order = "nomination_id, criterion_id, id"
    _rec_name = "criterion_id"

    nomination_id = fields.Many2one(
        comodel_name="crm.key.account.nomination",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="nomination_id.company_id", export_string_translation=False
    )
    criterion_id = fields.Many2one(
        comodel_name="crm.key.account.criterion",
        required=True,
        index=True,
        ondelete="cascade",
    )
    points = fields.Integer(
        aggregator=None, help="0: not at all. 5: nobody more. Say why beside it."
    )
    reason = fields.Char(string="Because")
    given = fields.Boolean(
        compute="_compute_given",
        store=True,
        export_string_translation=False,
        help="Somebody has judged it: points, or the reason why there are none.",
    )

    _points_range = models.Constraint(
        "CHECK(points BETWEEN 0 AND 5)", "Give 0 to 5 points."
    )
    _once = models.Constraint(
        "UNIQUE(nomination_id, criterion_id)", "Each criterion is judged once."
    )

    @api.depends("points", "reason")
    def _compute_given(self):
        for line in self:
            line.given = bool(line.points or (line.reason or "").strip())

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_open()
        return lines

    def write(self, vals):
        self._check_open()
        result = super().write(vals)
        self._check_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_open(self):
        self._check_open()

    def _check_open(self):
        """:raise UserError: what was nominated is judged no more"""
        if self.env.su:
            return
        self.nomination_id._check_open()
        if any(line.criterion_id.source != "judged" for line in self):
            raise UserError(self.env._("This criterion is measured, not judged."))
        self.nomination_id._involve()
