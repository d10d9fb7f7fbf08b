from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.sentences import join_words

NAMED = 5


class CrmLetterRun(models.Model):
    """Letters that were printed together, with the files.

    Files and care are written in one transaction: killed anywhere, the letters are
    printed and done, or neither. Printing again takes the same files: it counts as no
    second care.
    """

    _name = "crm.letter.run"
    _description = "Printed letters"
    _order = "id desc"

    name = fields.Char(required=True, readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Printed by",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user,
    )
    printed_at = fields.Datetime(
        string="Printed On",
        required=True,
        readonly=True,
        default=fields.Datetime.now,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    task_ids = fields.One2many(
        comodel_name="crm.care.task",
        inverse_name="letter_run_id",
        string="Care Done",
        readonly=True,
    )
    letter_count = fields.Integer(string="Letters", readonly=True)
    left_out = fields.Text(string="Not Printed", readonly=True)
    letters = fields.Binary(string="Letters (PDF)", attachment=True, readonly=True)
    letters_name = fields.Char(readonly=True)
    addresses = fields.Binary(string="Addresses (PDF)", attachment=True, readonly=True)
    addresses_name = fields.Char(readonly=True)
    post_list = fields.Binary(
        string="List for the Post", attachment=True, readonly=True
    )
    post_list_name = fields.Char(readonly=True)

    @api.model
    def _print(self, tasks, sheet, start, has_letters):
        """Print what can be printed of these letters; return the run.

        :param tasks: of which the caller has the right to write
        :param sheet: labels or envelope for the addresses, may be empty
        :param start: the first label that is free on the first sheet
        :raise UserError: none of them can be printed
        """
        tasks.check_access("write")
        company = self._get_company_of(tasks)
        # Who prints at the same time takes the others: each letter once.
        ready = tasks.try_lock_for_update()
        ready.invalidate_recordset()
        busy = tasks - ready
        problems = {task: task.letter_problem for task in ready}
        printed = ready.filtered(lambda task: not problems[task])
        if not printed:
            raise UserError(
                self.env._(
                    "Nothing can be printed.\n%(reasons)s",
                    reasons=self._tell_left_out(problems, busy),
                )
            )
        now = fields.Datetime.now()
        # Superuser: runs are written by printing alone, which has asked for the right
        # to the tasks; the user stays the one who prints.
        run = self.sudo().create(
            {
                "name": self.env._(
                    "Letters of %(day)s", day=self.env.user._tell_day(now)
                ),
                "company_id": company.id,
                "letter_count": len(printed),
                "left_out": self._tell_left_out(problems, busy),
            }
        )
        run._write_files(printed, sheet, start, has_letters)
        printed.sudo()._finish_letters(run)
        return run.sudo(self.env.su)

    @api.model
    def _get_company_of(self, tasks):
        """Return the company of these letters: who may read what was printed goes by
        it.

        :raise UserError: they are of several
        """
        companies = self.env["res.company"].union(*(t._get_company() for t in tasks))
        if len(companies) > 1:
            raise UserError(
                self.env._(
                    "These letters are of several companies, %(companies)s: print "
                    "those of each by themselves.",
                    companies=join_words(self.env, companies.mapped("name")),
                )
            )
        return companies

    @api.model
    def _tell_left_out(self, problems, busy):
        problems = {task: why for task, why in problems.items() if why}
        busy_why = self.env._("Somebody else is printing it.")
        rows = [*problems.items(), *((task, busy_why) for task in busy)]
        # Superuser: the name of a customer whose letter the caller may print.
        return "\n".join(
            self.env._(
                "%(name)s: %(why)s", name=task.sudo().partner_id.display_name, why=why
            )
            for task, why in rows
        )

    def action_open_letters(self):
        """Open the care that was done with these letters."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_care_task_action"
        )
        return action | {"domain": [("letter_run_id", "=", self.id)], "context": {}}
