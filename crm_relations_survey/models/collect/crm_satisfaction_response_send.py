import logging
import re

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.crm_relations.tools.batches import BATCH
from odoo.addons.crm_relations.tools.retries import retry
from odoo.addons.crm_relations.tools.tact import get_quiet_end
from odoo.addons.sms.tools.sms_tools import sms_content_to_rendered_html

from .crm_satisfaction_study import BY_MESSAGE
from .crm_satisfaction_study_refusal import Known

_logger = logging.getLogger(__name__)

ADDON = "crm_relations_survey"


class CrmSatisfactionResponse(models.Model):
    """Invitations that leave by e-mail or text message: written into Odoo's queues by a
    job, outside the quiet hours of the customer, each once."""

    _inherit = "crm.satisfaction.response"

    send_at = fields.Datetime(
        string="Send On",
        readonly=True,
        help="When the invitation leaves: not within the quiet hours of the customer.",
    )
    sent_at = fields.Datetime(string="Sent On", readonly=True)
    send_problem = fields.Char(
        string="Not Sent Because",
        readonly=True,
        help="Why the invitation did not leave.",
    )

    _to_send_idx = models.Index(
        "(send_at) WHERE state = 'open' AND sent_at IS NULL AND send_problem IS NULL"
    )

    def _asked(self):
        """Hook: these have just been asked, as superuser."""
        by_message = self.filtered(lambda response: response.channel in BY_MESSAGE)
        for response in by_message:
            response.send_at = response._leave_quiet_hours(fields.Datetime.now())
        by_message._trigger_sending()

    def _leave_quiet_hours(self, moment):
        """Return ``moment``, or the end of the quiet hours of the customer then."""
        self.ensure_one()
        company = self.company_id
        return get_quiet_end(
            moment, self._get_zone(), company.care_quiet_from, company.care_quiet_until
        )

    def _get_zone(self):
        known = set(self.env["crm.care.rule"]._get_time_zones())
        zones = (
            self.person_id.tz,
            self.partner_id.tz,
            self.user_id.partner_id.tz,
            self.company_id._get_relations_tz(),
        )
        return next((zone for zone in zones if zone in known), "UTC")

    def _trigger_sending(self):
        """Have the job started at the minutes at which these leave."""
        if not self:
            return
        # Superuser: whoever asks has it sent.
        job = self.env.ref(f"{ADDON}.ir_cron_satisfaction_send").sudo()
        now = fields.Datetime.now()
        job._trigger(at=sorted({max(now, moment) for moment in self.mapped("send_at")}))

    @api.model
    def _get_to_send_domain(self):
        return (
            Domain("state", "=", "open")
            & Domain("send_at", "<=", fields.Datetime.now())
            & Domain("sent_at", "=", False)
            & Domain("send_problem", "=", False)
        )

    @api.model
    def _cron_send(self):
        """Send the invitations that are due, a batch a transaction."""
        while done := retry(self.env, self._send_batch):
            left = self.search_count(self._get_to_send_domain(), limit=10 * BATCH)
            if not self.env["ir.cron"]._commit_progress(done, remaining=left):
                return

    @api.model
    def _send_batch(self, limit=BATCH):
        """Send at most ``limit`` invitations; return for how many something came of
        it."""
        due = self.search(self._get_to_send_domain(), limit=limit, order="send_at, id")
        taken = due.try_lock_for_update()
        going = taken._put_off_quiet()
        for (company, channel), some in going.grouped(
            lambda response: (response.company_id, response.channel)
        ).items():
            # The sender, and the provider, are those of the company.
            some.with_company(company)._send_by(channel)
        return len(taken)

    def _put_off_quiet(self):
        """Return those that may leave now; the others wait for their morning."""
        now = fields.Datetime.now()
        later = self.browse()
        for response in self:
            moment = response._leave_quiet_hours(now)
            if moment > now:
                response.send_at = moment
                later |= response
        later._trigger_sending()
        return self - later

    def _send_by(self, channel):
        """Send these; whom it must not reach any more, and what fails, keeps its
        reason and hinders no other."""
        refused = self._get_late_refusals(channel)
        for response in self:
            if response in refused:
                response._end_asking("cancelled")
                response.send_problem = refused[response]
                continue
            try:
                with self.env.cr.savepoint():
                    getattr(response, f"_send_by_{channel}")()
                    response.sent_at = fields.Datetime.now()
            except OperationalError:  # a conflict: the whole batch is tried again
                raise
            except Exception as error:  # pylint: disable=broad-except
                _logger.warning("Invitation %s was not sent: %s", response.id, error)
                response.send_problem = str(error).replace("\0", "")[:200] or repr(
                    error
                )

    def _get_late_refusals(self, channel):
        """Return ``{response: why}`` of those whose customer has said no meanwhile, is
        no customer any more, or has something serious open."""
        studies = self.env["crm.satisfaction.study"]
        people = self.person_id | self.partner_id
        known = Known(
            channel=channel,
            asked={},
            lately={},
            unwilling=studies._get_unwilling(people, channel),
            paused=studies._get_paused(people),
        )
        refusals = {response: response._get_late_refusal(known) for response in self}
        return {response: words for response, words in refusals.items() if words}

    def _get_late_refusal(self, known):
        study, customer = self.study_id, self.partner_id
        person = self.person_id or customer
        return study._get_block(person, customer) or study._get_wish(person, known)

    def _get_recipient(self):
        """Return whom the message reaches: the person, else the customer."""
        person = self.person_id or self.partner_id
        return person._get_asked_recipient(self.channel)

    def _send_by_email(self):
        template = self.study_id.mail_template_id or self.env.ref(
            f"{ADDON}.mail_template_ask"
        )
        recipient = self._get_recipient()
        if not recipient.has_email:
            raise UserError(self.env._("It has no e-mail address."))
        template.with_context(lang=recipient.lang).send_mail(
            self.user_input_id.id,
            email_values={
                "email_to": False,
                "recipient_ids": [fields.Command.link(recipient.id)],
            },
            email_layout_xmlid="mail.mail_notification_light",
        )

    def _send_by_sms(self):
        """Queue the text message; the chatter of who gets it shows it."""
        template = self.study_id.sms_template_id or self.env.ref(
            f"{ADDON}.sms_template_ask"
        )
        # Superuser: the company need not be one that the caller may enter.
        recipient, company = self._get_recipient(), self.company_id.sudo()
        if not recipient.has_phone:
            raise UserError(self.env._("It has no telephone number."))
        answer = self.user_input_id
        [body] = template._render_field("body", answer.ids, compute_lang=True).values()
        if not (body or "").strip():
            raise UserError(self.env._("The message is empty."))
        sender = company.email_formatted or self.env.user.email_formatted
        message = self.env["mail.message"].create(
            {
                "model": "res.partner",
                "res_id": recipient.id,
                "body": sms_content_to_rendered_html(self._hide_key(body)),
                "message_type": "sms",
                "subtype_id": self.env["ir.model.data"]._xmlid_to_res_id(
                    "mail.mt_note"
                ),
                "author_id": company.partner_id.id,
                "email_from": sender,
                "reply_to": sender,
                "is_internal": True,
                "record_company_id": company.id,
            }
        )
        self.env["sms.sms"].create(
            {
                "body": body,
                "number": recipient.phone_sanitized,
                "partner_id": recipient.id,
                "mail_message_id": message.id,
                "state": "outgoing",
            }
        )

    def _hide_key(self, body):
        """Return a message without the link: the chatter is read by whose work is
        judged, who does not answer in the customer's place."""
        key = re.escape(self.user_input_id.access_token)
        return re.sub(rf"\S*{key}\S*", "[…]", body)
