from odoo import api, models
from odoo.exceptions import AccessError

from ...tools.arguments import Values, is_id
from .res_partner_alike import SAME_SOUND

MOST = 8
LONGEST_TYPED = 200
# What of the name of somebody's opportunity is told to whom it is closed.
MASK = "***"
EXACT = 100
# A number that is the same only if dialled without its area.
PERHAPS = 70


class ResPartner(models.Model):
    """Before somebody makes a card: is there one already, and what can be done?"""

    _inherit = "res.partner"

    @api.model
    def find_duplicates(self, values: Values):
        """Return the customers, contacts and leads that may be who is being typed.

        Own ones, those of others, of pools and archived ones, in the companies the
        caller works in now. Hidden numbers and addresses are found by the whole of them
        only, and each wrong guess counts; no answer holds a number or an address. The
        statements do not grow with the customers.

        :param values: any of ``phone``, ``email``, ``vat``, ``name``; ``country_id`` of
            the number, else that of the company; ``id`` of the partner that is being
            changed and ``lead_id`` of the lead, which are left out
        :return: at most eight, the likeliest first::

            [{"model": "res.partner",   # or "crm.lead"
              "id": 7,                  # of the customer; False: one may not open it
              "name": "Acme",           # "A***" where one may not read it
              "person": "Li Wei",       # the contact that has the number, or ""
              "where": "pool",          # yours, shared, owner, pool, free, contact
                                        # (no customer), lead, archived
              "holder": "North",        # the pool, or the salesperson, or ""
              "why": ["phone", "name"], # of phone, email, tax, name, perhaps
              "score": 100,             # 100: the same; names: from 60 on
              "is_exact": True,         # may not be saved where that is forbidden
              "can": ["open", "claim"], # of open, claim, share
              "message": "Acme: in the pool North"}]

        :raise AccessError: the caller has no role in customer relations
        :raise UserError: too many guesses at hidden values within an hour
        """
        self._check_may_find_duplicates()
        typed = self._read_typed(values)
        found = self._find_typed(typed)
        visible = self.browse(c.id for c in found)._filtered_access("read")
        rows = [
            self._get_duplicate_row(customer, facts, customer.id in visible.ids)
            for customer, facts in found.items()
            if customer.id in visible.ids or self._is_told_of_closed(facts)
        ]
        rows += self.env["crm.lead"]._find_duplicate_rows(typed, found)
        rows.sort(key=lambda row: (-row["score"], not row["is_exact"]))
        return rows[:MOST]

    @api.model
    def _check_may_find_duplicates(self):
        user = self.env.user
        if not (self.env.su or user.has_group("crm_relations.group_user")):
            raise AccessError(
                self.env._("Only who has a role in customer relations may ask this.")
            )

    @api.model
    def _read_typed(self, values):
        """Return what came from a client as texts and ids, and as terms to look for."""
        typed = {
            name: str(value).strip()[:LONGEST_TYPED]
            for name in ("phone", "email", "vat", "name")
            if isinstance(value := values.get(name), (str, int))
            and not isinstance(value, bool)
        }
        ids = {
            name: values.get(name) if is_id(values.get(name)) else False
            for name in ("id", "lead_id", "country_id")
        }
        country = self._get_country_of_number(ids) if typed.get("phone") else None
        typed["terms"] = self._get_terms(
            *(typed.get(name) for name in ("phone", "email", "vat")), country
        )
        return typed | ids

    @api.model
    def _get_country_of_number(self, ids):
        """Return by whose rules a number is read; asking the company costs as much as
        to look for a name."""
        # Superuser: a country, to read a number.
        countries = self.env["res.country"].sudo()
        country = countries.browse(ids["country_id"] or []).exists()
        return country or self.env.company.sudo().country_id

    @api.model
    def _find_typed(self, typed):
        """Return ``{customer: {code: (score, partner)}}``, as superuser."""
        # Superuser: whose contact is being changed, to leave it out.
        own = self.sudo().browse(typed["id"] or []).exists().commercial_partner_id
        hits = own._get_others_with(typed["terms"])
        if "phone" not in {code for _partner, code, _score in hits}:
            perhaps = self._find_perhaps(typed.get("phone"))
            hits += [(partner, "perhaps", PERHAPS) for partner in perhaps]
        companies = self.env.companies._get_open()
        alike = self._find_alike(typed.get("name"), companies.ids)
        hits += [(customer, "name", score) for customer, score in alike]
        found = {}
        for partner, code, score in hits:
            if own._is_another(partner):
                codes = found.setdefault(partner.commercial_partner_id, {})
                codes.setdefault(code, (score, partner))
        return found

    def _get_others_with(self, terms):
        """Return ``[(partner, code, score)]`` of those of others with these values."""
        same = self._find_same([(0, column, value) for column, value in terms])
        return [
            (partner, code, EXACT)
            for _key, code, partner in same
            if self._is_another(partner)
        ]

    def _is_another(self, partner):
        """Return whether this is, or belongs to, a customer other than this one, in a
        company one works in."""
        customer = partner.commercial_partner_id
        is_other = customer not in (self, self.commercial_partner_id)
        return is_other and partner.company_id <= self.env.companies._get_open()

    @api.model
    def _find_perhaps(self, phone):
        """Return, as superuser, whose number it is if it was dialled without its area,
        as the telephone finds them; our own companies are nobody's duplicate."""
        if not phone:
            return self.browse()
        ours = self.env["res.company"]._get_all_for_relations().partner_id
        calls = self.env["crm.followup"]
        return (calls._read_number(phone, self.env.company)[1] - ours)[:MOST]

    @api.model
    def _is_told_of_closed(self, facts):
        """Return whether a customer that the caller may not read is told at all: by how
        much a name is alike it could be found out letter by letter."""
        return set(facts) != {"name"} or facts["name"][0] >= SAME_SOUND

    @api.model
    def _get_duplicate_row(self, customer, facts, is_open):
        """Return what the caller is told of one customer.

        :param customer: as superuser
        :param facts: ``{code: (score, partner)}``
        :param is_open: whether the caller may read it
        """
        if not is_open:
            facts = {
                code: fact for code, fact in facts.items() if code != "name"
            } or facts
        where, holder = self._get_whereabouts(customer)
        return {
            "model": "res.partner",
            "id": is_open and customer.id,
            "name": self._get_told_name(customer.name, is_open),
            "person": self._get_told_person(customer, facts) if is_open else "",
            "where": where,
            "holder": holder,
            "why": sorted(facts),
            "score": max(score for score, _partner in facts.values()),
            "is_exact": not {"phone", "tax"}.isdisjoint(facts),
            "can": self._get_what_can_be_done(customer, where) if is_open else [],
            "message": self._tell_duplicate(customer, is_open),
        }

    @api.model
    def _get_told_person(self, customer, facts):
        """Return the name of the contact that has what was typed, or ""."""
        persons = [one for _score, one in facts.values() if one != customer]
        person = customer.browse().union(*persons)[:1]
        return person.with_env(self.env)._filtered_access("read").name or ""

    @api.model
    def _get_told_name(self, name, is_open):
        return name or "" if is_open else (name or "")[:1] + MASK

    @api.model
    def _get_whereabouts(self, customer):
        """Return where a customer is, and the name of who has it."""
        if not (customer.active and customer.is_managed_customer):
            return ("contact", "") if customer.active else ("archived", "")
        if customer.pool_id:
            return "pool", customer.pool_id.name
        if not customer.user_id:
            return "free", ""
        if customer.user_id.id == self.env.uid:
            return "yours", customer.user_id.name
        is_shared = customer._is_helped_by(self.env.user)
        return ("shared" if is_shared else "owner"), customer.user_id.name

    @api.model
    def _get_what_can_be_done(self, customer, where):
        can = ["open"]
        if not self.env.user.has_group("crm_relations.group_sales_user"):
            return can
        pool = customer.pool_id
        if where == "pool" and (
            pool._has_member(self.env.user) or pool._has_manager(self.env.user)
        ):
            can += [] if customer._get_aside_until() else ["claim"]
        if where == "owner":
            can.append("share")
        return can

    @api.model
    def _tell_duplicate(self, customer, is_open=None):
        """Return a sentence on where a customer is, as superuser, for the caller.

        :param is_open: whether the caller may read it; asked if not given
        """
        if is_open is None:
            is_open = bool(customer.with_env(self.env)._filtered_access("read"))
        where, holder = self._get_whereabouts(customer)
        names = {
            "name": self._get_told_name(customer.name, is_open),
            "holder": holder,
        }
        return {
            "pool": self.env._("%(name)s: in the pool %(holder)s", **names),
            "owner": self.env._("%(name)s: held by %(holder)s", **names),
            "shared": self.env._("%(name)s: shared with you by %(holder)s", **names),
            "yours": self.env._("%(name)s: yours", **names),
            "free": self.env._("%(name)s: without salesperson", **names),
            "contact": self.env._("%(name)s: a contact, no customer yet", **names),
            "archived": self.env._("%(name)s: archived", **names),
        }[where]
