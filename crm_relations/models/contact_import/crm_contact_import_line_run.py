from hashlib import sha256

from psycopg2 import DataError, IntegrityError

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, mute_logger

BATCH = 500
# What is filled in where it is empty; an address only as a whole.
COMPLETED = ("phone", "email", "website", "function", "image_1920")
ADDRESS = ("street", "street2", "city", "zip", "state_id", "country_id")
# What a value, a rule or the database says against a contact. What the database says
# of two at once is not among them: Odoo tries all anew.
REFUSALS = (UserError, AccessError, ValueError, DataError, IntegrityError)


class CrmContactImportLine(models.Model):
    """A card becomes a contact, or completes one. What Odoo refuses keeps its reason,
    and hinders no other. Contacts are written with the rights of the caller; what
    became of a card as superuser, see ``EDITABLE``."""

    _inherit = "crm.contact.import.line"

    def _create_contacts(self, places, is_customer):
        """Make the companies of their own first, then those that persons name and that
        are not here, then the persons."""
        companies = self.filtered("is_company")
        companies._create_cards(places, {}, is_customer)
        persons = self - companies
        known = persons._find_companies(is_customer)
        persons.filtered(lambda line: not line.error)._create_cards(
            places, known, is_customer
        )
        persons._create_profiles()

    def _create_cards(self, places, companies, is_customer):
        wanted = {}
        for line in self:
            vals = line._prepare_partner_vals(places)
            if parent := companies.get(line._get_company_key()):
                vals["parent_id"] = parent.id
            elif is_customer:
                vals["is_managed_customer"] = True
            wanted[line] = vals
        # Superuser, here and below: what became of a card, see ``EDITABLE``.
        for line, partner in self._create_partners(wanted):
            line.sudo().write({"partner_id": partner.id, "is_made": True})

    def _get_company_key(self):
        return "" if self.is_company else (self.company_name or "").strip().casefold()

    def _find_companies(self, is_customer):
        """Return ``{name: company}`` of those named on the cards; who is not here is
        made once, and kept with the first card that names it."""
        named = {}
        for line in self:
            if key := line._get_company_key():
                named.setdefault(key, line)
        found = self._get_named_companies() | self._get_matched_companies()
        missing = {
            line: line._prepare_company_vals(is_customer)
            for key, line in named.items()
            if key not in found
        }
        # Superuser: as above.
        for line, company in self._create_partners(missing):
            line.sudo().made_company_id = company
            found[line._get_company_key()] = company
        errors = {line._get_company_key(): line.error for line in missing if line.error}
        for line in self:
            line.sudo().error = errors.get(line._get_company_key())
        return found

    def _prepare_company_vals(self, is_customer):
        vals = {"name": self.company_name.strip(), "is_company": True}
        return vals | ({"is_managed_customer": True} if is_customer else {})

    def _get_named_companies(self):
        """Return ``{name: company}`` of those that are here under the name on a card,
        in capitals or not, the oldest of several."""
        names = {line.company_name.strip() for line in self if line._get_company_key()}
        if not names:
            return {}
        partners = self.env["res.partner"]
        partners.flush_model(["name"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM res_partner WHERE id IN %s"
                " AND lower(btrim(name)) = ANY(%s) ORDER BY id DESC",
                partners._search([("is_company", "=", True)]).subselect(),
                [name.lower() for name in names],
            )
        )
        known = partners.browse(number for (number,) in rows)
        return {company.name.strip().casefold(): company for company in known}

    def _get_matched_companies(self):
        """Return ``{name: company}`` of those that are here under another name than on
        their own card, whether that completes them or is left out."""
        lines = self.import_id.line_ids.filtered(
            lambda line: line.is_company and line.decision != "create"
        )
        return {
            line.name.strip().casefold(): line.match_id
            for line in lines
            if line.name and line.match_id
        }

    def _create_partners(self, wanted):
        """Give ``(line, partner)`` of those that can be made; the others get an error.

        :param wanted: ``{line: values}``
        """
        lines = list(wanted)
        for start in range(0, len(lines), BATCH):
            some = lines[start : start + BATCH]
            yield from self._create_some(some, [wanted[line] for line in some])

    def _create_some(self, lines, vals_list):
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                partners = self.env["res.partner"].create(vals_list)
                partners.flush_recordset()
        except REFUSALS as error:
            if len(lines) == 1:
                # Superuser: as above.
                lines[0].sudo().error = _get_text(error)
                return
            # Which of them it was is found by halves.
            half = len(lines) // 2
            yield from self._create_some(lines[:half], vals_list[:half])
            yield from self._create_some(lines[half:], vals_list[half:])
            return
        yield from zip(lines, partners, strict=True)

    def _create_profiles(self):
        """Keep the birthdays of those who are made, and whom they are married to."""
        made = self.filtered("partner_id")
        # Superuser: it stands on the card of a person whom the caller has just made;
        # the profile of a person is closed to most who may make one.
        profiles = self.env["crm.person.profile"].sudo()
        told = {
            line.partner_id.id: line._prepare_birthday_vals()
            | line._prepare_family_vals()
            for line in made
        }
        profiles.create(
            [{"partner_id": number, **vals} for number, vals in told.items() if vals]
        )

    def _complete_contacts(self, places):
        for line in self:
            # Superuser: as above.
            told, partner = line.sudo(), line.match_id
            if not partner:
                told.error = line._tell_nobody()
                continue
            try:
                with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                    missing = line._prepare_missing_vals(places)
                    partner.write(missing)
                    partner.flush_recordset()
            except REFUSALS as error:
                told.error = _get_text(error)
                continue
            told.partner_id = partner
            told.filled = {name: digest(partner[name]) for name in missing}

    def _tell_nobody(self):
        """Return why there is nobody whom this card could complete."""
        if self.kind == "known":
            return self.env._("You may not open who it is.")
        return self.env._("Nobody is here yet whom it could complete: create it.")

    def _prepare_missing_vals(self, places):
        """Return what the card tells and who it is has not."""
        partner, vals = self.match_id, self._prepare_partner_vals(places)
        # Superuser: whether a pool has moved a value out of sight, not which.
        hidden = partner.sudo()._get_partner_kept().get(partner.id) or {}
        missing = {
            name: vals[name]
            for name in COMPLETED
            if vals[name] and not partner[name] and name not in hidden
        }
        if not any(partner[name] for name in ADDRESS):
            missing |= {name: vals[name] for name in ADDRESS if vals[name]}
        return missing


def digest(value):
    """Return what tells whether a value is still the same, without keeping it."""
    return sha256(repr(getattr(value, "id", value)).encode()).hexdigest()


def _get_text(error):
    return " ".join(str(error.args[0] if error.args else error).split())
