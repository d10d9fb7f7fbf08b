from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import is_html_empty

from odoo.addons.sms.tools.sms_tools import sms_content_to_rendered_html

from .crm_care_rule_channel import TEMPLATE_MODELS

MAIL_FIELDS = (
    *("subject", "body_html", "email_from", "reply_to", "attachment_ids"),
    *("auto_delete", "mail_server_id"),
)


class CrmCareTask(models.Model):
    """Text messages and e-mails: rendered by Odoo's templates, put into its queues."""

    _inherit = "crm.care.task"

    def _mail_get_partners(self, introspect_fields=False):
        """A template made for care tasks speaks the language of who gets it."""
        return {task.id: task._get_recipient(task.rule_id.channel) for task in self}

    def _send_by_sms(self, outcomes):
        """Queue a text message for each; the chatter of who gets it shows it."""
        template = self.rule_id.sms_template_id
        bodies = self._render_by(
            template,
            "sms",
            lambda ids: template._render_field("body", ids, compute_lang=True),
        )
        vals_list = [
            task._prepare_message_vals(
                "sms", sms_content_to_rendered_html(bodies[task])
            )
            for task in self
        ]
        messages = self.env["mail.message"].create(vals_list)
        self.env["sms.sms"].create(
            [
                task._prepare_sms_vals(bodies[task], message)
                for task, message in zip(self, messages, strict=True)
            ]
        )
        return self._prepare_sent(messages, "sms", outcomes)

    def _send_by_email(self, outcomes):
        """Queue an e-mail for each; the chatter of who gets it shows it."""
        template = self.rule_id.mail_template_id
        rendered = self._render_by(
            template,
            "email",
            lambda ids: template._generate_template(ids, MAIL_FIELDS),
        )
        mails = self.env["mail.mail"].create(
            [task._prepare_mail_vals(template, rendered[task]) for task in self]
        )
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()
        return self._prepare_sent(mails.mail_message_id, "email", outcomes)

    def _render_by(self, template, channel, render):
        """Return ``{task: what is rendered for it}``, on the task or on who gets it."""
        if template.model not in TEMPLATE_MODELS:  # changed since it was chosen
            raise UserError(
                self.env._("A template of care is made for contacts or for care tasks.")
            )
        if template.model == self._name:
            rendered = render(self.ids)
            return {task: rendered[task.id] for task in self}
        recipients = {task: task._get_recipient(channel).id for task in self}
        rendered = render(list(set(recipients.values())))
        return {task: rendered[recipients[task]] for task in self}

    def _prepare_message_vals(self, channel, body):
        self.ensure_one()
        company = self._get_company()
        sender = company.email_formatted or self.env.user.email_formatted
        return {
            "model": "res.partner",
            "res_id": self._get_recipient(channel).id,
            "body": body,
            "message_type": channel,
            "subtype_id": self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note"),
            "author_id": company.partner_id.id,
            "email_from": sender,
            "is_internal": True,
            # Odoo would look for an alias of each customer, one by one.
            "reply_to": sender,
            "record_alias_domain_id": company.alias_domain_id.id,
            "record_company_id": company.id,
        }

    def _prepare_sms_vals(self, body, message):
        if not body or not body.strip():
            raise UserError(self.env._("The message is empty."))
        recipient = self._get_recipient("sms")
        return {
            "body": body,
            "number": recipient.phone_sanitized,
            "partner_id": recipient.id,
            "mail_message_id": message.id,
            "state": "outgoing",
        }

    def _prepare_mail_vals(self, template, rendered):
        body = rendered["body_html"]
        if is_html_empty(body):
            raise UserError(self.env._("The message is empty."))
        vals = self._prepare_message_vals("email", body)
        recipient = self._get_recipient("email")
        layout = template.email_layout_xmlid
        if layout:
            body = template.with_context(lang=recipient.lang)._render_encapsulate(
                layout,
                body,
                add_context={"company": self._get_company()},
                context_record=recipient,
            )
        vals |= {
            "body": body,
            "body_html": body,
            "subject": rendered["subject"],
            "is_internal": False,
            "is_notification": True,  # else the chatter forgets it once it is sent
            "auto_delete": rendered.get("auto_delete"),
            "mail_server_id": rendered.get("mail_server_id"),
            "recipient_ids": [Command.link(recipient.id)],
            "attachment_ids": [
                Command.link(number) for number in rendered.get("attachment_ids") or []
            ],
        }
        named = {name: rendered[name] for name in ("email_from", "reply_to")}
        return vals | {name: value for name, value in named.items() if value}

    def _prepare_sent(self, messages, channel, outcomes):
        return {
            task.id: {
                "state": "done",
                "done_at": outcomes[task.id]["dispatched_at"],
                "message_id": message.id,
                "recipient_id": task._get_recipient(channel).id,
            }
            for task, message in zip(self, messages, strict=True)
        }
