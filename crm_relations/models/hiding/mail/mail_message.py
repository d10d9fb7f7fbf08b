from odoo import api, models
from odoo.tools.mail import email_normalize, email_split_tuples, formataddr

from ....tools.sentences import COMMA

HEADERS = ("incoming_email_to", "incoming_email_cc")


class MailMessage(models.Model):
    """A message keeps no hidden address, neither of who wrote it nor of who else got
    it."""

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env["crm.pool"]._hides_anything():
            return super().create(vals_list)
        messages = super().create(
            [self._without_hidden_addresses(vals) for vals in vals_list]
        )
        # Superuser: who wrote them, or else whose page it is, decides what is hidden.
        people = messages.sudo().author_id.filtered("partner_share")
        people |= people.browse(
            [
                message.res_id
                for message in messages.sudo()
                if message.model == "res.partner" and not message.author_id
            ]
        ).exists()
        customers = people.commercial_partner_id.filtered("pool_id")
        if customers:
            self.env["crm.hidden.value"].sudo()._hide_records(messages, customers)
        return messages

    def _without_hidden_addresses(self, vals):
        """Return the values with the names only of those whose address is hidden."""
        texts = {name: vals[name] for name in HEADERS if vals.get(name)}
        if not texts:
            return vals
        people = {name: email_split_tuples(text) for name, text in texts.items()}
        addresses = {
            email_normalize(address) for some in people.values() for _n, address in some
        }
        # Superuser: the closed table.
        hidden = self.env["crm.hidden.value"].sudo()._find_partners("email", addresses)
        if not hidden:
            return vals
        return vals | {
            name: self._join_addresses(some, hidden) for name, some in people.items()
        }

    def _join_addresses(self, people, hidden):
        return COMMA.join(
            formataddr((who, address))
            for who, address in people
            if email_normalize(address) not in hidden
        )
