from odoo import api, models

NAMED = 5
# So many rows may be asked of hidden values: an import is no way to guess.
MOST_HIDDEN = 20


class ResPartner(models.Model):
    """Who imports customers is told, at the test already, which of them are here."""

    _inherit = "res.partner"

    @api.model
    def load(self, fields, data):
        result = super().load(fields, data)
        # Odoo's own key of its import screen: others read what comes back.
        if result["ids"] and self.env.context.get("import_file"):
            self.browse(result["ids"])._tell_imported_duplicates()
        return result

    def _tell_imported_duplicates(self):
        """Tell the caller, if of a role of ours, which of these have the number, the
        address or tax ID of another customer; one question for all of them."""
        if not self.env.user.has_group("crm_relations.group_user"):
            return
        # Superuser: what has just been imported, as it is stored.
        asked = [
            (partner.id, column, value)
            for partner in self.sudo()
            for column, value in partner._get_stored_terms()
        ]
        rows = {number for number, _column, _value in asked}
        told = {}
        for number, _kind, other in self._find_same(asked, len(rows) <= MOST_HIDDEN):
            mine = self.sudo().browse(number)
            customer = other.commercial_partner_id
            if mine._is_another(customer):
                told.setdefault(mine, customer)
        if told:
            self._notify_duplicates(told)

    def _get_stored_terms(self):
        """Return ``((column, value))`` of the number, the address and the tax ID."""
        terms = self._get_exact_terms({})
        email = self.email_normalized
        return (*terms, *((("email_normalized", email),) if email else ()))

    def _notify_duplicates(self, told):
        lines = [
            self.env._(
                "“%(name)s” is like %(other)s",
                name=mine.name,
                other=self._tell_duplicate(customer),
            )
            for mine, customer in list(told.items())[:NAMED]
        ]
        if len(told) > NAMED:
            lines.append(self.env._("and %(count)s more", count=len(told) - NAMED))
        self.env.user._bus_send(
            "simple_notification",
            {
                "type": "warning",
                "sticky": True,
                "title": self.env._(
                    "Rows that are customers who are here already: %s",
                    len(told),
                ),
                "message": "\n".join(lines),
            },
        )
