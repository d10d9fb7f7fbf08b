from datetime import datetime

from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models

ACTIVITY = "crm_relations_complaint.mail_activity_type_escalation"


class CrmComplaintEscalation(models.Model):
    """How people are told: an activity on the complaint, and a message in the inbox, or
    by mail where somebody has chosen so. Customers are told nothing."""

    _inherit = "crm.complaint.escalation"

    def _deliver(self):
        """Tell these, as superuser; the number of statements does not depend on how
        many they are."""
        told = self.filtered("user_id")
        if not told:
            return
        texts = {one: one._get_texts() for one in told}
        told._make_activities(texts)
        told._send_messages(texts)

    def _tell_again(self):
        """Give people back what they were to see to, as superuser: without a message,
        they had one."""
        told = self.filtered(
            lambda one: one.user_id and one.deadline_at == one.clock_id.deadline_at
        )
        if told:
            told._make_activities({one: one._get_texts() for one in told})

    def _get_texts(self):
        """Return ``(summary, body)`` in the language of who is told."""
        one = self.with_context(lang=self.user_id.lang)
        clock = one.clock_id
        values = {
            "clock": clock.display_name,
            "standing": clock.standing,
            "whose": clock.user_id.name or one.env._("nobody"),
        }
        summary = one.env._("%(clock)s: %(standing)s (%(whose)s)", **values)
        lines = [one.complaint_id.display_name, summary]
        if one.answer_by_at:
            until = one.user_id._tell_moment(one.answer_by_at, "short")
            lines.append(one.env._("Please see to it until %(until)s.", until=until))
        body = Markup("<br/>").join(lines)
        return summary, body

    def _make_activities(self, texts):
        activity_type = self.env.ref(ACTIVITY)
        # Odoo would mail every single assignment; the message below is enough.
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        model_id = self.env["ir.model"]._get_id("crm.complaint")
        made = activities.create(
            [
                {
                    "res_model_id": model_id,
                    "res_id": one.complaint_id.id,
                    "activity_type_id": activity_type.id,
                    "summary": texts[one][0],
                    "note": texts[one][1],
                    "date_deadline": one.user_id._get_relations_today(),
                    "user_id": one.user_id.id,
                }
                for one in self
            ]
        )
        for one, activity in zip(self, made, strict=True):
            one.activity_id = activity

    def _send_messages(self, texts):
        messages = self.env["mail.message"].create(
            [one._prepare_message_vals(*texts[one]) for one in self]
        )
        pairs = list(zip(self, messages, strict=True))
        self.env["mail.notification"].create(
            [one._prepare_notification_vals(message) for one, message in pairs]
        )
        self.env["mail.mail"].create(
            [
                one._prepare_mail_vals(message)
                for one, message in pairs
                if one._is_told_by_mail()
            ]
        )

    def _is_told_by_mail(self):
        return self.user_id.notification_type == "email"

    @api.model
    def _get_author(self):
        return self.env["res.users"].browse(SUPERUSER_ID).partner_id

    def _prepare_message_vals(self, summary, body):
        author = self._get_author()
        sender = author.email_formatted or ""
        # By its number: ``ref`` would ask for each whether it is still there.
        note = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note")
        return {
            "model": "crm.complaint",
            "res_id": self.complaint_id.id,
            "record_name": self.complaint_id.display_name,
            "message_type": "user_notification",
            "subtype_id": note,
            "subject": summary,
            "body": body,
            "author_id": author.id,
            "email_from": sender,
            "reply_to": sender,
        }

    def _prepare_notification_vals(self, message):
        by_mail = self._is_told_by_mail()
        return {
            "mail_message_id": message.id,
            "res_partner_id": self.user_id.partner_id.id,
            "author_id": self._get_author().id,
            "notification_type": "email" if by_mail else "inbox",
            "notification_status": "ready" if by_mail else "sent",
        }

    def _prepare_mail_vals(self, message):
        return {
            "mail_message_id": message.id,
            "recipient_ids": [fields.Command.link(self.user_id.partner_id.id)],
            "body_html": message.body,
            "is_notification": True,
            "auto_delete": True,
        }

    @api.model
    def _close_of(self, ended):
        """What has been told of clocks that have stopped needs nobody any more.

        :param ended: ``{clock id: moment}``
        """
        waiting = self.search(
            [("clock_id", "in", list(ended)), ("answered_at", "=", False)]
        )
        for at, some in waiting.grouped(lambda one: ended[one.clock_id.id]).items():
            some.answered_at = at
        waiting.activity_id.unlink()

    @api.model
    def _withdraw_of(self, deadlines):
        """What has been told of a deadline that lies later now waits for nobody: people
        are told again.

        :param deadlines: ``{clock id: moment}``, None where it is not known
        """
        told = self.search(
            [("clock_id", "in", list(deadlines)), ("activity_id", "!=", False)]
        )
        earlier = told.filtered(
            lambda one: one.deadline_at < (deadlines[one.clock_id.id] or datetime.min)
        )
        earlier.activity_id.unlink()
