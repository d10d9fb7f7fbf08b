from odoo import api, fields, models

from ...tools.sentences import join_label, tell_number


class CrmKeyAccountThreshold(models.Model):
    """From which figure on, or for which choice, a criterion gives how many points."""

    _name = "crm.key.account.threshold"
    _description = "Points of a criterion"
    _order = "criterion_id, at_least, id"
    _rec_name = "points"

    criterion_id = fields.Many2one(
        comodel_name="crm.key.account.criterion",
        required=True,
        index=True,
        ondelete="cascade",
    )
    at_least = fields.Float(
        digits=(16, 2),
        help="Who reaches this figure gets the points. Amounts are in the currency of "
        "the company. Below the lowest line there are 0 points.",
    )
    choice = fields.Char(string="Choice Code", export_string_translation=False)
    label = fields.Char(string="Choice", compute="_compute_label")
    points = fields.Float(
        digits=(5, 1), required=True, help="0 to 100.", aggregator=None
    )

    _points_range = models.Constraint(
        "CHECK(points BETWEEN 0 AND 100)", "Points lie between 0 and 100."
    )
    _once = models.UniqueIndex(
        "(criterion_id, at_least) WHERE choice IS NULL",
        "Each figure stands in the table once.",
    )

    @api.depends("choice", "criterion_id.field_name")
    @api.depends_context("lang")
    def _compute_label(self):
        for line in self:
            field = line.choice and line.criterion_id._get_field()
            choices = dict(field._description_selection(self.env)) if field else {}
            line.label = choices.get(line.choice, line.choice)

    def _sort_down(self):
        return self.sorted(lambda line: (-line.points, -line.at_least))

    def _tell(self):
        if self.choice:
            return join_label(self.env, self.label, tell_number(self.points))
        language = self.env["res.lang"]._lang_get(self.env.lang or "en_US")
        # All its decimals, as it is judged by.
        digits = len(tell_number(self.at_least).partition(".")[2])
        figure = language.format(f"%.{digits}f", self.at_least, grouping=True)
        return join_label(self.env, f"≥ {figure}", tell_number(self.points))
