from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.crm_relations.tools.sentences import join_words

KINDS = [("spot", "Spot Check"), ("mystery", "Mystery Visit")]
STATES = [("draft", "Being Filled"), ("done", "Done"), ("cancelled", "Cancelled")]
SPECIALIST = "crm_relations_survey.group_satisfaction_specialist"
# What is decided with the first answer, and stays.
COUNTED = ("open_count", "counted", "share", "points")
DECIDED = frozenset(("state", "response_id", "done_at", *COUNTED))


class CrmSatisfactionCheck(models.Model):
    """Somebody of ours looks whether the standards of a study are kept: openly, or as a
    customer whom nobody knows."""

    _name = "crm.satisfaction.check"
    _description = "Check of standards"
    _inherit = ["crm.colleague.mixin", "crm.answer.mixin"]
    _order = "checked_at desc, id desc"

    study_id = fields.Many2one(
        comodel_name="crm.satisfaction.study",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('kind', '=', 'check')]",
        default=lambda self: self._default_study_id(),
        help="Whose standards are looked at.",
    )
    kind = fields.Selection(selection=KINDS, required=True, default="spot")
    state = fields.Selection(
        selection=STATES, string="Status", required=True, readonly=True, default="draft"
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        index="btree_not_null",
        domain="[('share', '=', False)]",
        help="Whose work is looked at. Empty: that of the whole team.",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        compute="_compute_team_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    checker_id = fields.Many2one(
        comodel_name="res.users",
        string="Checked By",
        required=True,
        index=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    checked_at = fields.Datetime(
        string="Checked On", required=True, default=fields.Datetime.now
    )
    note = fields.Text(help="What struck besides.")
    line_ids = fields.One2many(
        comodel_name="crm.satisfaction.check.line",
        inverse_name="check_id",
        string="Standards",
    )
    open_count = fields.Integer(string="Left", compute="_compute_result", store=True)
    counted = fields.Integer(string="Judged", compute="_compute_result", store=True)
    share = fields.Float(
        string="Kept (%)",
        digits=(4, 1),
        compute="_compute_result",
        store=True,
        aggregator="avg",
        help="Of the standards that apply: how many of a hundred were kept.",
    )
    points = fields.Float(
        digits=(4, 1),
        compute="_compute_result",
        store=True,
        aggregator="avg",
        help="The same with the weights of the standards, of 100.",
    )
    done_at = fields.Datetime(string="Finished On", readonly=True, copy=False)
    response_id = fields.Many2one(
        comodel_name="crm.satisfaction.response",
        string="Scores",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    @api.model
    def _default_study_id(self):
        found = self.env["crm.satisfaction.study"].search(
            [("kind", "=", "check")], limit=2
        )
        return found if len(found) == 1 else found.browse()

    @api.depends("user_id")
    def _compute_team_id(self):
        for check in self:
            check.team_id = check.user_id.sale_team_id or check.team_id

    @api.depends("line_ids.answer", "line_ids.weight")
    def _compute_result(self):
        for check in self:
            lines = check.line_ids.filtered(lambda line: line.answer in ("yes", "no"))
            kept = lines.filtered(lambda line: line.answer == "yes")
            weight = sum(lines.mapped("weight"))
            check.counted = len(lines)
            check.open_count = len(check.line_ids.filtered(lambda one: not one.answer))
            check.share = 100 * len(kept) / len(lines) if lines else 0
            check.points = (
                100 * sum(kept.mapped("weight")) / weight if weight else check.share
            )

    @api.depends("study_id", "user_id", "team_id", "checked_at")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for check in self:
            parts = (
                check.study_id.name,
                check.user_id.name or check.team_id.name,
                check.checked_at and self.env.user._tell_day(check.checked_at, "short"),
            )
            check.display_name = join_words(self.env, parts)

    @api.constrains("user_id", "team_id", "checker_id")
    def _check_judged(self):
        for check in self:
            if not check.user_id and not check.team_id:
                raise ValidationError(
                    self.env._("Whose work is looked at? Choose a salesperson or team.")
                )
            if check.user_id == check.checker_id:
                raise ValidationError(self.env._("Nobody checks the own work."))

    @api.constrains("study_id", "company_id")
    def _check_study_id(self):
        for check in self:
            study = check.study_id
            if study.kind != "check":
                raise ValidationError(
                    self.env._("“%s” is no study of checks.", study.name)
                )
            if study.company_id and study.company_id != check.company_id:
                raise ValidationError(
                    self.env._("“%s” is of another company.", study.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            own = {name: False for name in ("response_id", "done_at")}
            own |= {"state": "draft", "checker_id": self.env.uid}
            vals_list = [vals | own for vals in vals_list]
        checks = super().create(vals_list)
        for check in checks.filtered(lambda one: not one.line_ids):
            check._list_standards()
        for name in COUNTED:  # whatever was given, or is a default of the context
            self.env.add_to_compute(self._fields[name], checks)
        return checks

    def write(self, vals):
        if not self.env.su:
            self._check_may_fill(vals)
        result = super().write(vals)
        if "study_id" in vals:
            for check in self:
                check.line_ids.unlink()
                check._list_standards()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts(self):
        if not self.env.su and any(check.state == "done" for check in self):
            raise UserError(
                self.env._("What was found stays: take the check up again instead.")
            )

    def _check_may_fill(self, vals):
        if DECIDED & set(vals):
            raise AccessError(self.env._("The result follows from the standards."))
        if any(check.state != "draft" for check in self):
            raise UserError(self.env._("This check is finished: take it up again."))
        if "checker_id" in vals:
            raise AccessError(self.env._("Who has checked stays."))

    def _list_standards(self):
        """Put the standards of the study on the list; those in use, in their order."""
        self.ensure_one()
        standards = self.study_id.factor_ids.filtered("is_standard")
        # Superuser: the list is that of the study, whoever fills it.
        self.env["crm.satisfaction.check.line"].sudo().create(
            [
                {
                    "check_id": self.id,
                    "factor_id": standard.id,
                    "name": standard.name,
                    "weight": standard.weight,
                    "sequence": place,
                }
                for place, standard in enumerate(standards)
            ]
        )
