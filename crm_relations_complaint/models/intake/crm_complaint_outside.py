from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import email_normalize


class CrmComplaint(models.Model):
    """Complaints that a customer registers himself: nobody of ours was asked, so who
    answers for the way in is the person asked first."""

    _inherit = "crm.complaint"

    @api.model
    def _register_from_outside(self, company, values, entrance=None, key=None):
        """Register what a customer wrote, as superuser: he has no rights here. What is
        kept of him was read and cut by the way in.

        :param values: of the complaint, without company and persons of ours; the
            customer is looked up by ``caller_email`` where ``partner_id`` is not given
        :param key: see ``source_key``; what is there already is returned as it is
        :return: the complaint, as superuser
        """
        complaints = self.with_user(SUPERUSER_ID).with_company(company)
        if key:
            found = complaints._find_by_source_keys(company, [key]).get(key)
            if found:
                return found
        entrance = entrance or complaints._get_first_entrance(company)
        asked = complaints._get_asked(entrance, company)
        vals = {
            **complaints._prepare_caller_vals(values, company),
            "company_id": company.id,
            "entrance_id": entrance.id,
            "source_key": key,
            "first_asked_id": asked.id,
            "user_id": asked.id,
        }
        if not vals.get("category_id"):
            vals["category_id"] = entrance.category_id.id
        complaint = complaints.with_context(mail_create_nosubscribe=True).create(vals)
        complaint = complaint.with_context(mail_create_nosubscribe=False)
        complaint._tell_asked()
        return complaint

    @api.model
    def _get_first_entrance(self, company):
        """Return the entrance that stands for its company: the first one."""
        # Superuser: who is outside reads no entrances.
        entrances = self.env["crm.complaint.entrance"].sudo()
        return entrances.search([("company_id", "=", company.id)], limit=1)

    @api.model
    def _get_asked(self, entrance, company):
        """Return who answers for what comes in here, nobody if he has left."""
        user = entrance.user_id
        works = user.active and not user.share and company <= user._get_open_companies()
        return user if works else user.browse()

    @api.model
    def _prepare_caller_vals(self, values, company):
        """Return the values with the customer in place of an address that is his."""
        vals = dict(values)
        if vals.get("partner_id") or not vals.get("caller_email"):
            return vals
        person = self._find_person(vals["caller_email"], company)
        if not person:
            return vals
        customer = person.commercial_partner_id
        vals["partner_id"] = customer.id
        vals["person_id"] = person.id if person != customer else False
        # Superuser: only to see whether it says more than what the customer has.
        known = person.sudo()._get_known_values()[person.id]
        if known["email_normalized"] == email_normalize(vals["caller_email"]):
            vals["caller_email"] = False
        return vals

    def _tell_asked(self):
        """Tell who answers for it that it has come in."""
        for complaint in self.filtered("user_id"):
            room = complaint._speak_to(complaint.user_id)
            room.message_notify(
                partner_ids=complaint.user_id.partner_id.ids,
                subject=room.display_name,
                body=room.env._(
                    "A customer has registered a complaint. You answer for it until "
                    "somebody accepts it."
                ),
            )

    def _acknowledge(self, lang=None):
        """Send the customer the number and the way to follow his complaint.

        Nothing of what he wrote is repeated: addresses can be invented, and nobody
        shall send letters through us.
        """
        template = self.env.ref(
            "crm_relations_complaint.mail_template_received", raise_if_not_found=False
        )
        headers = {
            "Auto-Submitted": "auto-replied",
            "X-Auto-Response-Suppress": "All",
        }
        for complaint in self if template else ():
            recipient = complaint._get_reachable()
            if recipient and complaint._may_acknowledge():
                told_in = lang or complaint.person_id.lang or complaint.partner_id.lang
                # Odoo would write to a customer it knows in the language of its card.
                template.with_context(
                    lang=told_in, template_preview_lang=told_in
                ).send_mail(
                    complaint.id,
                    email_values={"headers": repr(headers), **recipient},
                    email_layout_xmlid="mail.mail_notification_light",
                )

    def _get_reachable(self):
        """Return who gets an e-mail about it, as values of the mail; {} if nobody."""
        if self.caller_email:
            return {"email_to": self.caller_email, "recipient_ids": []}
        person = self.person_id or self.partner_id
        if person and person.has_email:
            command = fields.Command.link(person.id)
            return {"email_to": False, "recipient_ids": [command]}
        return {}

    def _may_acknowledge(self):
        """Return whether its sender is written to once more in this hour."""
        address = self.caller_email or (self.person_id or self.partner_id).id
        source = email_normalize(self.caller_email or "") or str(address)
        # Superuser: nobody has a right on the counters.
        times, _total = self.env["crm.public.try"].sudo()._count("mail", source)
        return times <= self.company_id.complaint_mails_per_hour
