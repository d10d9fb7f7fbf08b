from odoo import models

COLUMNS = {"phone": "phone", "email": "email_from"}


class CrmLead(models.Model):
    """An opportunity carries copies of its customer's number and address."""

    _name = "crm.lead"
    _inherit = ["crm.lead", "crm.hidden.mixin"]

    _hidden_triggers = frozenset(("partner_id", "phone", "email_from"))

    def _get_partner_email_update(self, force_void=True):
        if self._is_partner_hidden("email"):
            return False
        return super()._get_partner_email_update(force_void=force_void)

    def _get_partner_phone_update(self, force_void=True):
        if self._is_partner_hidden("phone"):
            return False
        return super()._get_partner_phone_update(force_void=force_void)

    def _merge_data(self, fnames=None):
        """Of several the first that has a value prevails, in sight or not."""
        data = super()._merge_data(fnames)
        for kind in self._get_prevailing_hidden():
            data.pop(COLUMNS[kind], None)
        return data

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        # Superuser: the closed table.
        hidden = self.env["crm.hidden.value"].sudo()
        for kind, lead in (self | opportunities)._get_prevailing_hidden().items():
            if lead != self:
                hidden._hand_on(kind, lead, self)
        return result

    def _get_prevailing_hidden(self):
        """Return ``{kind: lead}`` of whom a hidden number, or address, is the first."""
        # Superuser: the closed table.
        kept = self.env["crm.hidden.value"].sudo()._get_of_records(self)
        found = {}
        for kind, name in COLUMNS.items():
            for lead in self:
                if lead[name]:
                    break
                if (kept.get(lead.id, {}).get(kind) or {}).get(name):
                    found[kind] = lead
                    break
        return found

    def _is_partner_hidden(self, kind):
        """Return whether this of the customer is hidden: what stands in an opportunity
        never takes its place."""
        if not self.partner_id or not self.env["crm.pool"]._hides_anything():
            return False
        kept = self.partner_id._origin._get_partner_kept()
        return any(values[kind] for values in kept.values())
