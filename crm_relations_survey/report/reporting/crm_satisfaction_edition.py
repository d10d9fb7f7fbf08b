from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Command
from odoo.tools import format_date

from .crm_satisfaction_mailing import PERIODS

FILE = "ir.attachment"


class CrmSatisfactionEdition(models.Model):
    """A report that has left: to whom, about which days, and its files."""

    _name = "crm.satisfaction.edition"
    _description = "Sent report of satisfaction"
    _order = "date_to desc, id desc"

    mailing_id = fields.Many2one(
        comodel_name="crm.satisfaction.mailing",
        string="Report",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    study_id = fields.Many2one(
        comodel_name="crm.satisfaction.study",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, index=True
    )
    period = fields.Selection(selection=PERIODS, required=True, readonly=True)
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="To", required=True, readonly=True)
    user_ids = fields.Many2many(
        comodel_name="res.users",
        relation="crm_satisfaction_edition_user_rel",
        column1="edition_id",
        column2="user_id",
        string="Sent To",
        readonly=True,
    )
    attachment_ids = fields.One2many(
        comodel_name="ir.attachment",
        inverse_name="res_id",
        string="Files",
        domain=[("res_model", "=", "crm.satisfaction.edition")],
        readonly=True,
    )

    _once = models.UniqueIndex(
        "(mailing_id, date_from, date_to)", "This report has been sent already."
    )

    @api.depends("study_id", "date_from", "date_to")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for edition in self:
            name = edition.study_id.name
            edition.display_name = f"{name}, {edition._tell_days()}"

    def _tell_days(self):
        # Each once, in their order: a text like 01/03/2027 has none of its own.
        days = dict.fromkeys((self.date_from, self.date_to))
        return " – ".join(format_date(self.env, day) for day in days)

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _deliver(self, users, now, before):
        """Write the mails to these people: what is in them is looked up and drawn once
        a language; they leave through Odoo's queue."""
        self.ensure_one()
        mails = []
        for lang, some in users.grouped(lambda user: user.lang or "en_US").items():
            edition = self._speak(lang)
            report = edition._get_report(now, before)
            subject = edition._get_subject()
            files = edition._create_files(subject, report)
            mails += [
                edition._prepare_mail(user, subject, report, files) for user in some
            ]
        machine = self.with_user(SUPERUSER_ID).env
        machine["mail.mail"].create(mails)

    def _speak(self, lang):
        """Return this edition in a language and a company, as its responsible reads
        it."""
        # Not as superuser: what the responsible may not read is in no report.
        return (
            self.with_user(self.mailing_id.user_id)
            .sudo(False)
            .with_context(lang=lang, allowed_company_ids=self.company_id.ids)
        )

    def _get_subject(self):
        # Superuser: the name of a study, in the language of the reader.
        name = self.sudo().study_id.name
        days = self._tell_days()
        if self.sudo().period == "day":
            return self.env._("%(study)s: answers of %(days)s", study=name, days=days)
        return self.env._("%(study)s: satisfaction %(days)s", study=name, days=days)

    def _create_files(self, subject, report):
        """Return the PDF as an attachment of this edition; a day has none."""
        # Superuser: a file of the machine; the edition says who reads it.
        files = self.sudo().env[FILE].with_user(SUPERUSER_ID)
        if self.sudo().period == "day":
            return files
        return files.create(
            {
                "name": f"{subject.replace('/', '-')}.pdf",
                "raw": self._print(report),
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _prepare_mail(self, user, subject, report, files):
        # Superuser: the company that sends.
        company = self.sudo().company_id
        sender = company.email_formatted or self.env.user.email_formatted
        return {
            "subject": subject,
            "body_html": self._render_mail(user, report),
            "email_from": sender,
            "reply_to": sender,
            "recipient_ids": [Command.link(user.partner_id.id)],
            "attachment_ids": [Command.set(files.ids)],
            "auto_delete": True,
        }

    def _render_mail(self, user, report):
        lang = self.env.context["lang"]
        values = {**report, "user": user, "base_url": self.get_base_url()}
        template = "crm_relations_survey.crm_satisfaction_edition_mail"
        return self.env["ir.qweb"]._render(template, values, lang=lang)
