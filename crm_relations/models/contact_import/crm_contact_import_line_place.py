from odoo import models
from odoo.fields import Command
from odoo.tools import plaintext2html

# As people write countries: neither their name in Odoo nor their code.
OTHER_NAMES = {
    "USA": "US",
    "United States of America": "US",
    "UK": "GB",
    "England": "GB",
    "P.R. China": "CN",
    "PR of China": "CN",
    "People's Republic of China": "CN",
    "中国": "CN",
    "中华人民共和国": "CN",
}


class CrmContactImportLine(models.Model):
    """What of a card becomes which field of a contact; what has no field of its own
    goes into the notes, so that nothing of the card is lost."""

    _inherit = "crm.contact.import.line"

    def _prepare_partner_vals(self, places):
        """Return the values of the contact that a card makes.

        :param places: see ``_get_places``
        """
        self.ensure_one()
        card = self.card or {}
        address, left = self._prepare_address_vals(card.get("address") or {}, places)
        return {
            "name": self.name,
            "is_company": self.is_company,
            "function": self.function,
            "phone": self.phone,
            "email": self.email,
            "website": card.get("website") or False,
            "comment": self._get_notes(card, left),
            "image_1920": self.photo,
            **address,
        }

    def _prepare_address_vals(self, address, places):
        """Return the values of an address, and what of it is not known here."""
        countries, states = places
        country, state = address.get("country"), address.get("state")
        country_id = countries.get(_key(country))
        state_id = states.get((country_id, _key(state)))
        vals = {
            name: address.get(name) for name in ("street", "street2", "city", "zip")
        }
        unknown = [
            text
            for text, known in ((state, state_id), (country, country_id))
            if text and not known
        ]
        vals |= {"country_id": country_id, "state_id": state_id}
        return {name: value or False for name, value in vals.items()}, unknown

    def _get_notes(self, card, left):
        rows = self._get_note_rows(card, left)
        lines = [
            self.env._("%(label)s: %(text)s", label=label, text=text)
            for label, text in rows
        ]
        text = "\n\n".join(filter(None, ["\n".join(lines), card.get("note") or ""]))
        return plaintext2html(text) if text else False

    def _get_note_rows(self, card, left):
        """Return ``[(label, text)]`` of what has no field here."""
        labels = self._get_labels()
        texts = {
            "department": filter(None, [card.get("department")]),
            "phone": card.get("phones") or (),
            "email": card.get("emails") or (),
            "address": left,
        }
        rows = [(labels[kind], text) for kind in texts for text in texts[kind]]
        others = [*(card.get("others") or ()), *self._get_lone_wedding(card)]
        return rows + [(labels.get(kind, kind), text) for kind, text in others]

    def _get_lone_wedding(self, card):
        """Return the wedding day of who names no spouse, with whom it would stand."""
        wedding = card.get("anniversary")
        return [("anniversary", wedding)] if wedding and not self._get_spouse() else []

    def _get_labels(self):
        return {
            "department": self.env._("Department"),
            "phone": self.env._("Phone"),
            "email": self.env._("E-mail"),
            "address": self.env._("Address"),
            "fax": self.env._("Fax"),
            "pager": self.env._("Pager"),
            "chat": self.env._("Chat"),
            "website": self.env._("Website"),
            "function": self.env._("Job Position"),
            "company": self.env._("Company"),
            "nickname": self.env._("Nickname"),
            "manager": self.env._("Manager"),
            "assistant": self.env._("Assistant"),
            "anniversary": self.env._("Wedding Day"),
            "category": self.env._("Category"),
            "birthday": self.env._("Birthday"),
        }

    def _get_country_id(self, countries):
        address = (self.card or {}).get("address") or {}
        return countries.get(_key(address.get("country")))

    def _get_places(self):
        """Return ``({name: country id}, {(country id, name): state id})`` with names in
        English and in the language of the caller, and codes."""
        # Superuser: the lists of countries and states are no secret.
        env = self.env(su=True)
        countries, states = {}, {}
        for lang in dict.fromkeys((env.lang or "en_US", "en_US")):
            coded = env["res.country"].with_context(lang=lang)
            for one in coded.search([("code", "!=", False)]):
                countries.setdefault(_key(one.name), one.id)
                countries.setdefault(_key(one.code), one.id)
        for spelling, code in OTHER_NAMES.items():
            countries.setdefault(_key(spelling), countries.get(_key(code)))
        named = {line._get_country_id(countries) for line in self} - {None}
        for one in env["res.country.state"].search([("country_id", "in", [*named])]):
            states.setdefault((one.country_id.id, _key(one.name)), one.id)
            states.setdefault((one.country_id.id, _key(one.code)), one.id)
        return countries, states

    def _prepare_birthday_vals(self):
        """Return the values of a profile that tell the birthday. A year that nobody
        living was born in is no reason to refuse the card."""
        birthday = (self.card or {}).get("birthday")
        if not birthday:
            return {}
        names = ("birth_year", "birth_month", "birth_day")
        vals = dict(zip(names, birthday, strict=True))
        profiles = self.env["crm.person.profile"]
        return {} if profiles.new(vals)._get_birthday_problem() else vals

    def _prepare_family_vals(self):
        """Return the values of a profile that tell whom the person is married to."""
        spouse = self._get_spouse()
        if not spouse:
            return {}
        member = {"name": spouse, "relation": "spouse"}
        if wedding := self.card.get("anniversary"):
            member["note"] = self.env._("Wedding day: %s", wedding)
        return {"family_member_ids": [Command.create(member)]}

    def _get_spouse(self):
        """Return whom this person is married to; a company is to nobody."""
        return "" if self.is_company else (self.card or {}).get("spouse") or ""


def _key(text):
    return "".join(filter(str.isalnum, text or "")).casefold()
