from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

ANSWERS = [("yes", "Yes"), ("no", "No"), ("none", "Does Not Apply")]
# What the checker writes; the rest is the study's.
WRITTEN = frozenset(("answer", "photo", "remark"))


class CrmSatisfactionCheckLine(models.Model):
    """One standard: kept or not, with what shows it."""

    _name = "crm.satisfaction.check.line"
    _description = "Standard that is checked"
    _order = "check_id, sequence, id"

    check_id = fields.Many2one(
        comodel_name="crm.satisfaction.check",
        required=True,
        index=True,
        ondelete="cascade",
    )
    factor_id = fields.Many2one(
        comodel_name="crm.satisfaction.factor",
        string="Standard",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    sequence = fields.Integer(readonly=True)
    name = fields.Char(required=True, readonly=True)
    weight = fields.Float(digits=(8, 2), readonly=True, aggregator=None)
    answer = fields.Selection(selection=ANSWERS)
    remark = fields.Text(help="What was seen.")
    photo = fields.Image(max_width=1600, max_height=1600)
    state = fields.Selection(related="check_id.state")

    _standard_uniq = models.UniqueIndex(
        "(check_id, factor_id)", "This standard is on the list already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("The standards are those of the study."))
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            if set(vals) - WRITTEN:
                raise AccessError(self.env._("The standards are those of the study."))
            if any(line.check_id.state != "draft" for line in self):
                raise UserError(self.env._("This check is finished: take it up again."))
        return super().write(vals)

    def action_yes(self):
        self._give("yes")

    def action_no(self):
        self._give("no")

    def action_none(self):
        self._give("none")

    def _give(self, answer):
        """Keep an answer; the same one again takes it back."""
        for line in self:
            line.answer = False if line.answer == answer else answer

    def _prepare_score_vals(self, response):
        """Return the score of this standard."""
        kept = self.answer == "yes"
        words = dict(self._fields["answer"]._description_selection(self.env))
        return {
            "response_id": response.id,
            "study_id": response.study_id.id,
            "factor_id": self.factor_id.id,
            "kind": "standard",
            "question": self.name,
            "answer": words[self.answer],
            "points": 100 if kept else 0,
            "raw": int(kept),
            "low": 0,
            "high": 1,
            "company_id": response.company_id.id,
            "user_id": response.user_id.id,
            "team_id": response.team_id.id,
            "answered_on": response.answered_on,
        }
