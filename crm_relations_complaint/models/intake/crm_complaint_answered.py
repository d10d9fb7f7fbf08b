from datetime import timedelta

from odoo import SUPERUSER_ID, fields, models
from odoo.tools import plaintext2html
from odoo.tools.mail import formataddr

NOTE = 2_000  # characters that are kept of an answer beside the message itself


class CrmComplaint(models.Model):
    """What the customer does himself, by e-mail, in the portal or on his page."""

    _inherit = "crm.complaint"

    def _takes_answers(self):
        """Return whether an answer belongs to this complaint: it is open, or was closed
        so lately that the matter is the same."""
        if self.is_open:
            return True
        since = fields.Datetime.now() - timedelta(
            days=self.company_id.complaint_reopen_days
        )
        return self.state == "closed" and bool(self.closed_at >= since)

    def _take_answer(self, text):
        """Write down that the customer answered: what waits for him goes on, what was
        closed is taken up again."""
        for complaint in self.with_user(SUPERUSER_ID):
            if complaint.is_open:
                complaint._record("answered", note=text[:NOTE], by_customer=True)
                complaint._customer_answered()
            elif complaint._takes_answers():
                why = text[:NOTE] or self.env._("The customer has written again.")
                complaint._reopen(why, by_customer=True)

    def _confirm_of_customer(self, text):
        """Keep that the solution is accepted; return whether it is."""
        outcome = "reserved" if text else "satisfied"
        answer = self.with_user(SUPERUSER_ID)._confirm_online(outcome, text[:NOTE])
        return answer["ok"]

    def _dispute_of_customer(self, text, files=()):
        """Keep that it is not, and why; return whether it could be."""
        complaint = self.with_user(SUPERUSER_ID)
        why = text[:NOTE] or self.env._("See the files.")
        answer = complaint._confirm_online("not_satisfied", why)
        if answer["ok"]:
            complaint._post_of_customer(text, files)
        return answer["ok"]

    def _may_dispute(self):
        """Return whether the customer may say that it is not settled."""
        return self.state == "solved" or (
            self.state == "closed" and self._takes_answers()
        )

    def _post_of_customer(self, text, files=()):
        """Post what the customer wrote on a page, as text whatever he typed.

        :param files: ``[(name, content)]``, looked at already
        """
        complaint = self.with_user(SUPERUSER_ID)
        author = complaint.person_id or complaint.partner_id
        return complaint.message_post(
            body=plaintext2html(text) if text else "",
            author_id=author.id,
            email_from=author.email_formatted or complaint._get_sender(),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachments=list(files),
        )

    def _get_sender(self):
        """Return as whom somebody writes who has no card: his name, our address."""
        name = self.caller_name or self.env._("Customer")
        address = self.caller_email or self.env.user.email_normalized
        return formataddr((name, address or "customer@localhost"))
