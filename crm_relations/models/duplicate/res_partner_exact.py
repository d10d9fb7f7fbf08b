from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ...tools.name_keys import get_tax_key

# What may bring a number or a tax ID to a customer, or a customer to them.
WATCHED = frozenset(
    (
        *("phone", "phone_sanitized", "phone_digits", "country_id", "vat"),
        *("active", "company_id", "parent_id", "is_company", "commercial_partner_id"),
    )
)
NAMED = 3
# Customers that are becoming one in this transaction: not of the client's making.
MERGING = "crm_relations.merging"


class Card(NamedTuple):
    """What decides whether a partner makes a second card."""

    customer_id: int
    company_id: int
    terms: tuple


class ResPartner(models.Model):
    """Where a company forbids it, no two customers have one number or tax ID.

    Asked of all records of a call at once, whoever calls, and after the values have
    been read as they are stored. What has been there before is left alone: refused is
    what a call makes a duplicate. Orders make customers without being asked.
    """

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        if self._forbids_duplicates():
            partners._refuse_duplicates(partners._get_cards())
        return partners

    def _check_write(self, vals):
        result = super()._check_write(vals)
        if vals.get("is_managed_customer") and self._forbids_duplicates():
            self._check_becoming_customers()
        return result

    def _before_write(self, vals):
        memory = super()._before_write(vals)
        if not WATCHED.isdisjoint(vals) and self._forbids_duplicates():
            memory["cards"] = self._get_cards()
        return memory

    def _after_write(self, vals, memory):
        result = super()._after_write(vals, memory)
        if "cards" in memory:
            before = memory["cards"]
            cards = self._get_cards().items()
            new = {one: card for one, card in cards if card != before.get(one)}
            self._refuse_duplicates(new)
        return result

    @api.model
    def _load_records(self, data_list, update=False):
        """Odoo tells the first refusal of many rows at the first row, then tries row by
        row: let it only try again, so that each row gets its own message."""
        if len(data_list) < 2 or not self._forbids_duplicates():
            return super()._load_records(data_list, update)
        try:
            return super()._load_records(data_list, update)
        except UserError as error:
            raise ValueError(str(error)) from error

    @api.model
    def _forbids_duplicates(self):
        return bool(self.env["res.company"]._get_ids_without_duplicates())

    def _check_becoming_customers(self):
        """Refuse to make customers of those who would be second cards, with their
        contacts.

        :raise ValidationError: another customer has their number or tax ID
        """
        if not self._forbids_duplicates():
            return
        # Superuser: whose contacts they are, whoever asks.
        new = self.sudo().commercial_partner_id.filtered(
            lambda one: not one.is_managed_customer
        )
        if new:
            family = new.search([("commercial_partner_id", "in", new.ids)]) | new
            self._refuse_duplicates(family._get_cards(new))

    def _get_cards(self, becoming=None):
        """Return ``{id: Card}`` of those of these who count: active, of a customer
        whose company forbids a second card, with a number or a tax ID.

        :param becoming: who counts as a customer although it is none yet
        """
        # Superuser: what is stored, whoever writes; nothing of it is told.
        partners = self.sudo()._filter_watched(becoming or ())
        kept = partners._get_partner_kept()
        cards = {}
        for partner in partners:
            hidden = (kept.get(partner.id) or {}).get("phone") or {}
            if terms := partner._get_exact_terms(hidden):
                customer_id = partner.commercial_partner_id.id
                cards[partner.id] = Card(customer_id, partner.company_id.id, terms)
        return cards

    def _filter_watched(self, becoming):
        """Return those who are active, of a customer whose company forbids a second
        card."""
        forbidding = self.env["res.company"]._get_ids_without_duplicates()
        default = self.env["res.company"]._get_relations_default_id()

        def is_watched(partner):
            customer = partner.commercial_partner_id
            is_customer = customer.is_managed_customer or customer in becoming
            return (
                partner.active
                and is_customer
                and customer._get_judging_company_id(default) in forbidding
            )

        return self.filtered(is_watched)

    def _get_exact_terms(self, hidden):
        """Return ``((column, value))`` of the number and the tax ID of this partner.

        :param hidden: ``{column: value}`` of a number that a pool hides
        """
        placed = self.phone_sanitized or hidden.get("phone_sanitized")
        number = placed or self.phone_digits or hidden.get("phone_digits")
        terms = self._get_number_terms(number, bool(placed)) if number else []
        tax = self == self.commercial_partner_id and get_tax_key(self.vat)
        return (*terms, *((("tax_key", tax),) if tax else ()))

    @api.model
    def _refuse_duplicates(self, cards):
        """Refuse partners whose number, or tax ID, is that of another customer.

        :param cards: ``{id: Card}``
        :raise ValidationError: names the first of them, and whose they are
        """
        asked = [
            (number, column, value)
            for number, card in cards.items()
            for column, value in card.terms
        ]
        if not asked:
            return
        # Superuser: the closed table.
        keys = self.env["crm.exact.key"].sudo()
        keys._hold([(column, value) for _number, column, value in asked])
        clashes = {}
        for number, kind, other in self._find_same(asked):
            if self._is_second_card(cards[number], other):
                clashes.setdefault((number, kind), other.commercial_partner_id)
        if clashes:
            raise ValidationError(self._get_clash_message(clashes))

    @api.model
    def _is_second_card(self, card, other):
        customer = other.commercial_partner_id
        is_customer = customer.is_managed_customer and customer.active and other.active
        if customer.id == card.customer_id or not is_customer:
            return False
        merging = self.env.cr.precommit.data.get(MERGING, ())
        if {customer.id, card.customer_id}.issubset(merging):
            return False
        return self._is_of_company(card, other)

    @api.model
    def _is_of_company(self, card, other):
        company = other.company_id
        if not company or company.id == card.company_id:
            return True
        open_to_caller = self.env.user._get_open_companies()
        return not card.company_id and company in open_to_caller

    @api.model
    def _get_clash_message(self, clashes):
        """Return what the caller reads; who is no colleague learns of no customer."""
        env = self.env
        # Superuser: the name of what the caller is about to save.
        partners = self.sudo()
        if not env.user._is_internal():
            return env._("Another customer has this telephone number or tax ID.")
        lines = []
        for (number, kind), customer in list(clashes.items())[:NAMED]:
            told = {
                "name": partners.browse(number).display_name,
                "other": self._tell_duplicate(customer),
            }
            lines.append(
                env._("The tax ID of “%(name)s” is that of %(other)s", **told)
                if kind == "tax"
                else env._("The number of “%(name)s” is that of %(other)s", **told)
            )
        return "\n".join(lines)
