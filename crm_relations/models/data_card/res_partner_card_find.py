from odoo import api, models

# Customers whose parts one statement reads.
CARDS = 50
MOST_DOCUMENTS = 6


class ResPartner(models.Model):
    """What stands on data cards: read for all of them at once, from where the first
    page of a customer has it."""

    _inherit = "res.partner"

    def _get_data_cards(self):
        """Return what the cards of these customers show, in their order, as far as the
        caller may read it; they are logged as printed.

        :raise UserError, AccessError: one is no customer, or closed
        """
        customers = self.commercial_partner_id
        rights = customers._check_may_print_cards()
        self.env["crm.confidential.access"]._note(customers, "printed")
        parts = customers._find_card_parts(rights)
        documents = customers._find_card_documents()
        sections = self._get_card_sections()
        return [
            customer._tell_card(
                parts[customer.id], documents.get(customer, []), sections
            )
            for customer in customers
        ]

    def _find_card_parts(self, rights):
        """Return ``{customer id: {section: lines}}``; a statement for fifty."""
        found = {}
        for start in range(0, len(self), CARDS):
            batch = self[start : start + CARDS]
            found |= self._find_parts(
                {one.id: one._get_card_parts(rights[one.id]) for one in batch}
            )
        return found

    def _get_card_parts(self, right):
        parts = self._get_overview_parts()
        if right == "loan":
            # Superuser: role and attitude stand on the card, and it is lent.
            parts = {**parts, "people": [self.sudo()._get_people_sql()]}
        return parts

    def _find_card_documents(self):
        """Return ``{customer: [(kind, status, last day)]}`` of the documents that the
        caller may read; not what they say."""
        documents = self.env["crm.customer.document"]
        if not documents.has_access("read"):
            return {}
        found = documents.search_fetch(
            [("customer_id", "in", self.ids)],
            ["customer_id", "kind_id", "expires_on", "is_complete", "remind_on"],
            order="customer_id, expires_on, id",
        )
        states = dict(documents._fields["state"]._description_selection(self.env))
        told = {}
        for document in found:
            lines = told.setdefault(self.browse(document.customer_id.id), [])
            if len(lines) < MOST_DOCUMENTS:
                day = self.env.user._tell_day(document.expires_on)
                lines.append((document.kind_id.name, states[document.state], day))
        return told

    @api.model
    def _get_card_sections(self):
        """Return [(title, [(label, name)])]: the fields that count, by section."""
        requirements = self.env["crm.archive.requirement"]
        titles = dict(requirements._fields["section"]._description_selection(self.env))
        found = {code: [] for code in titles}
        # Superuser: only administrators read ir.model.fields.
        for requirement in requirements.search_fetch(
            [], ["section", "field_id"], order="section, sequence, id"
        ).sudo():
            name = requirement.field_id.name
            if name in self._fields and name not in ("user_id", "name"):
                label = requirement.with_env(self.env).display_name
                found[requirement.section].append((label, name))
        return [(titles[code], lines) for code, lines in found.items() if lines]
