from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmLetterWizard(models.TransientModel):
    """What to print of the letters that were chosen."""

    _name = "crm.letter.wizard"
    _description = "Print letters"

    task_ids = fields.Many2many(comodel_name="crm.care.task", string="Letters")
    has_letters = fields.Boolean(string="Print the Letters", default=True)
    sheet_id = fields.Many2one(
        comodel_name="crm.letter.sheet",
        string="Addresses On",
        default=lambda self: self._default_sheet_id(),
        help="Labels or envelopes; empty: no addresses are printed, as for envelopes "
        "with a window.",
    )
    sheet_kind = fields.Selection(related="sheet_id.kind")
    start = fields.Integer(
        string="First Free Label",
        required=True,
        default=1,
        help="On a sheet of which some labels are used already: the first that is "
        "free, counted from the upper left, row by row.",
    )
    letter_count = fields.Integer(compute="_compute_letters")
    left_out = fields.Text(string="Not Printed", compute="_compute_letters")

    @api.model
    def _default_sheet_id(self):
        return self.env["crm.letter.sheet"].search([("kind", "=", "labels")], limit=1)

    @api.depends("task_ids")
    @api.depends_context("lang")
    def _compute_letters(self):
        runs = self.env["crm.letter.run"]
        for wizard in self:
            tasks = wizard.task_ids._origin
            problems = {task: task.letter_problem for task in tasks}
            wizard.letter_count = sum(not why for why in problems.values())
            wizard.left_out = runs._tell_left_out(problems, tasks.browse())

    @api.constrains("start", "sheet_id")
    def _check_start(self):
        for wizard in self:
            if wizard.sheet_kind != "labels":
                continue
            most = wizard.sheet_id._get_grid().size
            if not 1 <= wizard.start <= most:
                raise ValidationError(
                    self.env._(
                        "The first free label of this sheet lies between 1 and "
                        "%(most)s.",
                        most=most,
                    )
                )

    def action_print(self):
        """Print, and mark the care as done."""
        self.ensure_one()
        start = self.start if self.sheet_kind == "labels" else 1
        run = self.env["crm.letter.run"]._print(
            self.task_ids, self.sheet_id, start, self.has_letters
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Printed Letters"),
            "res_model": "crm.letter.run",
            "res_id": run.id,
            "views": [(False, "form")],
        }
