from odoo import api, models
from odoo.fields import Domain
from odoo.tools import consteq

TOLD_TYPES = ("comment", "email", "email_outgoing", "auto_comment")


class CrmComplaint(models.Model):
    """What the customer is told of his complaint, on the portal or on his secret page,
    and nothing else: no notes, severity, causes, nor who is to blame.

    Portal users have no right on complaints at all: pages show what is returned here,
    after ``_get_of_customer`` has let them in.
    """

    _inherit = "crm.complaint"

    def _compute_access_url(self):
        for complaint in self:
            complaint.access_url = f"/my/complaints/{complaint.id}"

    def _get_access_action(self, access_uid=None, force_website=False):
        """A link in an e-mail leads the customer to his page, with the key to it."""
        if force_website or self.env.user.share:
            # Superuser: who comes here with a link has its key, see portal.
            url = self.sudo().get_portal_url()
            return {"type": "ir.actions.act_url", "url": url, "target": "self"}
        return super()._get_access_action(
            access_uid=access_uid, force_website=force_website
        )

    @api.model
    def _get_thread_with_access(self, thread_id, *, mode="read", **kwargs):
        """The key opens the customer's page, not Odoo's ways to a conversation: those
        would neither count nor look at what is uploaded."""
        return super()._get_thread_with_access(thread_id, mode=mode)

    @api.model
    def _get_of_customer(self, complaint_id, user, token=None):
        """Return the complaint as superuser if the one who asks may follow it: he has
        its key, or is of the customer; else nothing."""
        # Superuser: asked here, in the place of rights.
        complaint = self.sudo().browse(complaint_id).exists()
        key = complaint.access_token
        if complaint and token and key and consteq(key, token):
            return complaint
        return complaint.filtered_domain(self._get_own_domain(user))

    @api.model
    def _get_own_domain(self, user):
        """Return which complaints a user follows in the portal: his customer's."""
        # Superuser: whose contact he is.
        customer = user.sudo().partner_id.commercial_partner_id
        if user._is_public() or not customer:
            return Domain.FALSE
        companies = Domain("company_id", "in", user._get_open_companies().ids)
        return Domain("partner_id", "=", customer.id) & companies

    def _get_told_state(self):
        """Return the state in the customer's words: ``(key, words)``, the key one of
        received, handling, solved, closed, gone."""
        words = {
            "new": ("received", self.env._("Received")),
            "handling": ("handling", self.env._("Being handled")),
            "solved": ("solved", self.env._("Solved: please confirm")),
            "closed": ("closed", self.env._("Closed")),
            "withdrawn": ("gone", self.env._("Withdrawn")),
            "merged": ("gone", self.env._("Continued with another report")),
        }
        return words[self.state]

    def _get_told_solution(self):
        """Return what was done, once it is."""
        if self.state not in ("solved", "closed"):
            return ""
        return self.event_ids.filtered(lambda event: event.kind == "solved")[:1].note

    def _get_told_messages(self):
        """Return the messages between the customer and us, oldest first."""
        comment = self.env.ref("mail.mt_comment")
        return self.env["mail.message"].search(
            Domain("model", "=", self._name)
            & Domain("res_id", "=", self.id)
            & Domain("message_type", "in", TOLD_TYPES)
            & Domain("subtype_id", "=", comment.id)
            & Domain("is_internal", "=", False),
            order="id",
        )

    def _read_told_messages(self):
        """Return what the page shows of the conversation."""
        return [
            {
                "is_ours": self._is_ours(message),
                "author": self._get_told_author(message),
                "date": message.date,
                "body": message.body,
                "files": message.attachment_ids.sorted("id"),
            }
            for message in self._get_told_messages()
            if message.attachment_ids or message.body
        ]

    def _is_ours(self, message):
        author = message.author_id
        return bool(author) and not author.partner_share

    def _get_told_author(self, message):
        """Return who wrote, for the customer: nobody of ours by name."""
        if self._is_ours(message):
            # Superuser: the name of the company that answers.
            return self.company_id.sudo().name
        return self.env._("You")

    def _get_told_file(self, attachment_id):
        """Return a file of the conversation, none if it is not of it."""
        files = self._get_told_messages().attachment_ids
        return files.filtered(lambda file: file.id == attachment_id)

    def _get_words_of_customer(self):
        """Return what the customer reported, as the first message between us."""
        parts = (self.facts, self.demand)
        return "\n\n".join(part for part in parts if part)
