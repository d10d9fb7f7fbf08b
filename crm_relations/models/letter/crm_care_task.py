from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty


class CrmCareTask(models.Model):
    """A letter waits until it is printed; printed, its care is done, once."""

    _inherit = "crm.care.task"

    letter_run_id = fields.Many2one(
        comodel_name="crm.letter.run",
        string="Printed With",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    letter_problem = fields.Char(
        string="Why It Cannot Be Printed", compute="_compute_letter_problem"
    )

    @api.depends_context("lang")
    def _compute_letter_problem(self):
        """Say why a letter cannot be printed; whoever asks, of what he may read."""
        recipients = self.env["res.partner"].browse(
            {task.person_id.id or task.partner_id.id for task in self} - {False}
        )
        readable = recipients._filtered_access("read")
        paused = self._find_paused()
        for task in self:
            recipient = task.person_id or task.partner_id
            problem = task._get_letter_problem(recipient in readable)
            if not problem and task.partner_id.id in paused:
                problem = self.env._("Something serious is open with it: no care now.")
            task.letter_problem = problem

    def _find_paused(self):
        """Return the ids of the customers who get no care for now."""
        # Superuser: whether there is something, not what.
        customers = self.sudo().partner_id
        pauses = customers._get_care_pauses_sql()
        return self.env["crm.care.dispatch"].sudo()._get_ids(pauses, customers)

    def _get_letter_problem(self, is_readable):
        self.ensure_one()
        if self.state != "open" or self.channel != "letter":
            return self.env._("No letter waits here any more.")
        if not is_readable:
            return self.env._("You may not open who gets it.")
        return self._get_recipient_problem() or self._get_text_problem()

    def _get_recipient_problem(self):
        recipient = self._get_letter_recipient()
        if not (recipient.active and self.partner_id.active):
            return self.env._("It is archived.")
        if self._refuses_letters():
            return self.env._("No letters are wanted.")
        if not recipient._get_letter_address().is_complete:
            return self.env._("The address is incomplete: street and town are needed.")
        return False

    def _get_text_problem(self):
        # Superuser: whether there is a text, whoever prints.
        template = self.rule_id.sudo().letter_template_id
        if not template or is_html_empty(template.body_html):
            return self.env._("The rule has no text for the letter.")
        return False

    def _get_letter_recipient(self):
        return self.person_id or self.partner_id

    def _refuses_letters(self):
        """Return whether they have refused since it has come up."""
        # Superuser: what is wanted counts, whoever prints.
        task = self.sudo()
        # One by one: each knows the others of its kind, and all are read at once.
        some = (task.person_id, task.partner_id, task.partner_id.commercial_partner_id)
        return any(one.care_opt_out or one.care_letter_opt_out for one in some)

    def _send_by_letter(self, outcomes):
        """Let it wait for the next printing."""
        return {
            task.id: {"state": "open", "recipient_id": task._get_letter_recipient().id}
            for task in self
        }

    def _render_letters(self):
        """Return ``{task: (subject, text)}`` in the language of each recipient.

        :raise UserError: a template of letters holds no text
        """
        found = {}
        by_text = self.grouped(
            lambda task: (task.rule_id, task._get_letter_recipient().lang)
        )
        for (rule, lang), tasks in by_text.items():
            # Superuser: a template speaks for the company, whoever prints.
            template = rule.sudo().letter_template_id.with_context(lang=lang)
            rendered = tasks.sudo()._render_by(
                template,
                "letter",
                lambda ids, template=template: template._generate_template(
                    ids, ("subject", "body_html")
                ),
            )
            for task in tasks:
                text = rendered[task.sudo()]
                if is_html_empty(text["body_html"]):
                    raise UserError(self.env._("The letter is empty."))
                found[task] = text["subject"] or "", text["body_html"]
        return found

    def _finish_letters(self, run):
        """Mark what was printed as done; by the machine, once it is printed."""
        activities = self.activity_id
        self.write({"letter_run_id": run.id})
        self._close("done")
        activities.unlink()

    def action_print_letters(self):
        """Choose what to print of these letters."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Print Letters"),
            "res_model": "crm.letter.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_task_ids": self.ids},
        }
