from datetime import timedelta
from typing import NamedTuple

from odoo import models
from odoo.tools import SQL

from .crm_satisfaction_study import BY_MESSAGE

# Where we come to the customer he can refuse: face to face, and of a link that
# somebody hands over, he simply says no.
REFUSABLE = ("callback", *BY_MESSAGE)
# Where one of us hears or sees what is answered.
BEFORE_US = ("callback", "face")


class Known(NamedTuple):
    """What is known of all of them when one is judged."""

    channel: str
    asked: dict  # partner: what it is being asked already
    lately: dict  # customer id: when it was asked
    unwilling: set  # ids of customers and persons
    paused: set  # ids of customers


class CrmSatisfactionStudy(models.Model):
    """Who is left in peace, and why, in words."""

    _inherit = "crm.satisfaction.study"

    def _get_ask_refusals(self, partners, channel, occasion):
        """Return ``{id: (code, message)}`` of the customers, or persons, that are not
        asked now. A fixed number of statements.

        Codes: blocked (no customer, another company, refuses it, something serious is
        open), asked (about this already), too_soon, no_address.
        """
        self.ensure_one()
        # Superuser: whether somebody may be asked is no secret of the customer.
        study, partners = self.sudo(), partners.sudo()
        self.env.flush_all()
        known = Known(
            channel=channel,
            asked=study._find_open(partners, occasion),
            lately=study._get_lately_asked(partners),
            unwilling=study._get_unwilling(partners, channel),
            paused=study._get_paused(partners) if channel in REFUSABLE else set(),
        )
        judged = {
            partner.id: study._get_ask_refusal(partner, known) for partner in partners
        }
        return {number: refusal for number, refusal in judged.items() if refusal}

    def _get_ask_refusal(self, partner, known):
        """Return ``(code, message)`` of one that is not asked now, None of others."""
        customer = partner.commercial_partner_id
        words = self._get_block(partner, customer) or self._get_wish(partner, known)
        if words:
            return "blocked", words
        if known.asked.get(partner):
            return "asked", self.env._("It is being asked about this already.")
        if customer.id in known.lately:
            return "too_soon", self._get_too_soon_words(known.lately[customer.id])
        if words := self._get_lack(partner, known.channel):
            return "no_address", words
        return None

    def _get_wish(self, partner, known):
        """Return why it is to be left in peace, else ""."""
        customer = partner.commercial_partner_id
        if known.unwilling & {partner.id, customer.id}:
            return self._get_unwilling_words(known.channel)
        if customer.id in known.paused:
            return self.env._("It is left alone while something serious is open.")
        if self.is_anonymous and known.channel in BEFORE_US:
            return self._get_alone_words()
        return ""

    def _get_alone_words(self):
        return self.env._(
            "“%s” is anonymous: the customer answers alone, by a link or a code.",
            self.name,
        )

    def _get_block(self, partner, customer):
        if not (customer.active and partner.active and customer.is_managed_customer):
            return self.env._("It is archived, or no managed customer.")
        company = customer._get_own_company()
        if self.company_id and company and company != self.company_id:
            return self.env._(
                "The study “%(study)s” is of another company than the customer.",
                study=self.name,
            )
        return ""

    def _get_unwilling(self, partners, channel):
        """Return the ids of those who have said that they do not want it."""
        people = partners | partners.commercial_partner_id
        if channel not in REFUSABLE:
            return set()
        people.flush_model()
        refused = people._get_care_refusals_sql(channel)
        return self._get_found_ids(refused, people)

    def _get_unwilling_words(self, channel):
        return {
            "callback": self.env._("It refuses calls."),
            "email": self.env._("It refuses e-mails."),
            "sms": self.env._("It refuses text messages."),
        }[channel]

    def _get_paused(self, partners):
        pauses = partners._get_care_pauses_sql()
        return self._get_found_ids(pauses, partners.commercial_partner_id)

    def _get_found_ids(self, select, partners):
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM (%s) AS found (id) WHERE id = ANY(%s)",
                select,
                partners.ids,
            )
        )
        return {number for (number,) in rows}

    def _get_too_soon_words(self, asked_at):
        again = asked_at + timedelta(days=self.ask_again_days)
        user = self.env.user
        return self.env._(
            "It was asked on %(day)s; this study asks again from %(again)s on.",
            day=user._tell_day(asked_at, "short"),
            again=user._tell_day(again, "short"),
        )

    def _get_lack(self, partner, channel):
        """Return in words what a message cannot be sent without."""
        recipient = partner._get_asked_recipient(channel)
        if channel == "email" and not recipient.has_email:
            return self.env._("It has no e-mail address.")
        if channel == "callback" and not recipient.has_phone:
            return self.env._("It has no telephone number.")
        if channel == "sms":
            company = partner._get_relation_company()
            if company.relations_sms_provider == "none":
                return self.env._("This company sends no text messages.")
            if not recipient.has_phone:
                return self.env._("It has no telephone number.")
        return ""
