from odoo import api, models
from odoo.fields import Domain

from ...tools.name_keys import get_name_key, get_sound

MOST = 50
LONGEST_WORD = 40


class CrmLead(models.Model):
    """Leads that may be who is being typed, those of others without telling of them."""

    _inherit = "crm.lead"

    @api.model
    def _find_duplicate_rows(self, typed, customers):
        """Return rows as ``find_duplicates`` does.

        :param typed: see ``res.partner._read_typed``
        :param customers: those that are told already; their leads add nothing
        """
        found = self._find_typed_leads(typed)
        # Superuser: a lead is found whoever has it; the row tells what may be told.
        leads = (
            self.sudo()
            .browse(found)
            .filtered(
                lambda lead: (
                    lead.id != typed["lead_id"]
                    and lead.partner_id.commercial_partner_id not in customers
                )
            )
        )
        visible = leads.with_env(self.env)._filtered_access("read")
        return [
            self._get_duplicate_row(lead, found[lead.id], lead.id in visible.ids)
            for lead in leads
        ]

    @api.model
    def _find_typed_leads(self, typed):
        """Return ``{lead id: {code: score}}`` of leads in the caller's companies."""
        values = {}
        for column, value in typed["terms"]:
            values.setdefault(column, []).append(value)
        name = typed.get("name") or ""
        key, sound = get_name_key(name), get_sound(name)
        domain = self._get_typed_domain(values, _get_telling_word(name, key))
        if domain.is_false():
            return {}
        companies = Domain("company_id", "in", [False, *self.env.companies.ids])
        # Superuser: see above.
        leads = self.sudo().search(domain & companies, limit=MOST)
        found = {lead.id: lead._get_typed_codes(values, key, sound) for lead in leads}
        return {number: codes for number, codes in found.items() if codes}

    @api.model
    def _get_typed_domain(self, values, word):
        same = ("phone_sanitized", "email_normalized")
        terms = [Domain(name, "in", values[name]) for name in same if name in values]
        if word:
            names = ("partner_name", "contact_name")
            terms += [Domain(name, "ilike", word) for name in names]
        return Domain.OR(terms)

    def _get_typed_codes(self, values, key, sound):
        codes = {}
        if self.phone_sanitized in values.get("phone_sanitized", ()):
            codes["phone"] = 100
        if self.email_normalized in values.get("email_normalized", ()):
            codes["email"] = 100
        for name in (self.partner_name, self.contact_name):
            if key and get_name_key(name) == key:
                codes["name"] = 100
            elif sound and get_sound(name) == sound:
                codes.setdefault("name", 95)
        return codes

    @api.model
    def _get_duplicate_row(self, lead, codes, is_open):
        partners = self.env["res.partner"]
        name = lead.partner_name or lead.contact_name or lead.name
        holder = lead.user_id.name or ""
        told = {"name": partners._get_told_name(name, is_open), "holder": holder}
        message = self.env._("%(name)s: a lead of nobody yet", **told)
        if lead.user_id.id == self.env.uid:
            message = self.env._("%(name)s: your lead", **told)
        elif holder:
            message = self.env._("%(name)s: a lead of %(holder)s", **told)
        return {
            "model": "crm.lead",
            "id": is_open and lead.id,
            "name": told["name"],
            "person": "",
            "where": "lead",
            "holder": holder,
            "why": sorted(codes),
            "score": max(codes.values()),
            "is_exact": False,
            "can": ["open"] if is_open else [],
            "message": message,
        }


def _get_telling_word(name, key):
    """Return what a name has to hold to say the same: all of it in Chinese, else its
    longest word."""
    if not key.isascii():
        return key[:LONGEST_WORD]
    return max(name.split(), key=len, default="").strip(".,")[:LONGEST_WORD]
