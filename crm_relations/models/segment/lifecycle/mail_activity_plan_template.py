from odoo import fields, models
from odoo.tools import plaintext2html


class MailActivityPlanTemplate(models.Model):
    """Texts in each language: Odoo's own ones of a plan stand in a single one."""

    _inherit = "mail.activity.plan.template"

    translated_summary = fields.Char(
        string="Summary in Each Language",
        translate=True,
        help="A playbook writes this, in the language of whoever is to do it. Empty: "
        "the summary.",
    )
    translated_note = fields.Text(
        string="Note in Each Language",
        translate=True,
        help="A playbook writes this, in the language of whoever is to do it. Empty: "
        "the note.",
    )

    def _get_playbook_doer(self):
        """Return the user named by the step, none for the salesperson: also when the
        one named has left."""
        named = self.responsible_type == "other"
        return self.responsible_id.filtered(lambda user: named and user.active)

    def _prepare_playbook_step(self, today):
        """Return (activity type id, user id or None for the salesperson, day, summary,
        note) of the activity that is made ``today``, in the language of the context."""
        self.ensure_one()
        note = self.translated_note and plaintext2html(self.translated_note)
        return (
            self.activity_type_id.id,
            self._get_playbook_doer().id or None,
            self._get_date_deadline(today),
            self.translated_summary or self.summary or None,
            str(note or self.note or "") or None,
        )
