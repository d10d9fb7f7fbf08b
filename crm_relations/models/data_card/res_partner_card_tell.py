from odoo import fields, models
from odoo.tools import format_amount

from ...tools.card_texts import clip, fit
from ...tools.sentences import join_words

LONGEST_VALUE = 90
LONGEST_SAID = 150
MOST_PEOPLE = 6
MOST_CONTACTS = 4
MOST_STEPS = 4
# Of the sections, as the page is laid out.
ROWS = 40
VALUE_WIDTH = 40


class ResPartner(models.Model):
    """What a data card says: short enough for one page, whatever there is."""

    _inherit = "res.partner"

    def _tell_card(self, found, documents, sections):
        """Return what the template shows.

        :param found: the lines of its parts
        :param documents: as ``_find_card_documents`` returns them
        :param sections: as ``_get_card_sections`` returns them
        """
        told = self._tell_overview(found)
        people = told["people"]
        return {
            "customer": self,
            # Superuser: the name of the company that judges the customer.
            "company": self.sudo()._get_relation_company().name,
            "head": self._tell_card_head(),
            "sections": fit(self._tell_card_sections(sections), ROWS, VALUE_WIDTH),
            "people": people[:MOST_PEOPLE],
            "more_people": max((people or [{"count": 0}])[0]["count"] - MOST_PEOPLE, 0),
            "sales": told["sales"],
            "conclusions": [
                {**one, "why": clip(self._tell_card_why(one), LONGEST_SAID)}
                for one in told["conclusions"]
            ],
            "contacts": [
                {
                    **one,
                    "purpose": clip(one["purpose"], LONGEST_VALUE),
                    "said": clip(
                        " · ".join(filter(None, (one["content"], one["feedback"]))),
                        LONGEST_SAID,
                    ),
                }
                for one in told["contacts"][:MOST_CONTACTS]
            ],
            "steps": [
                {**one, "title": clip(one["title"], LONGEST_VALUE)}
                for one in told["steps"][:MOST_STEPS]
            ],
            "open": self._tell_card_open(),
            "documents": documents,
        }

    def _tell_card_why(self, conclusion):
        """Return why, without the value that stands before it on the card."""
        why, value = conclusion["why"] or "", conclusion["value"]
        for mark in (": ", "："):
            why = why.removeprefix(f"{value}{mark}")
        return why

    def _tell_card_head(self):
        """Return what stands under the name: owner, nature, place."""
        # Superuser: the names of the salesperson and the nature are no secret.
        known = self.sudo()
        owner = known.user_id.name or self.env._("In the public pool")
        return [
            part
            for part in (
                self.env._("Salesperson: %s", owner),
                known.nature_id.with_env(self.env).sudo().name,
                known.city,
            )
            if part
        ]

    def _tell_card_open(self):
        """Return [(label, figure)] of what is open, where there is any."""
        amounts = ("open_quotation_amount", "receivable_amount", "overdue_amount")
        return [
            (
                self._fields[name]._description_string(self.env),
                format_amount(self.env, self[name], self.relation_currency_id),
            )
            for name in amounts
            if self._has_field_access(self._fields[name], "read") and self[name]
        ]

    def _tell_card_sections(self, sections):
        return [
            (title, lines)
            for title, names in sections
            if (lines := self._tell_card_lines(names))
        ]

    def _tell_card_lines(self, names):
        """Return [(label, value)] of the fields that have one."""
        told = [(label, self._tell_card_value(name)) for label, name in names]
        return [(label, value) for label, value in told if value]

    def _tell_card_value(self, name):
        """Return what stands in a field in the reader's words; the mask of what a pool
        hides."""
        field = self._fields[name]
        if not self._has_field_access(field, "read"):
            return ""
        value = self[name]
        if not value:
            mask = self._get_masked_names().get(name)
            return (mask and self[mask]) or ""
        return clip(str(self._tell_card_field(field, value)), LONGEST_VALUE)

    def _tell_card_field(self, field, value):
        if field.relational:
            return join_words(self.env, [one.display_name or "" for one in value])
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value)
        if field.type == "date":
            return self.env.user._tell_day(value)
        if field.type == "monetary":
            currency = self[field.get_currency_field(self)]
            return format_amount(self.env, value, currency)
        return value

    def _get_card_printed(self):
        """Return who prints this, and when."""
        return self.env._(
            "Printed by %(user)s, %(moment)s",
            user=self.env.user.name,
            moment=self.env.user._tell_moment(fields.Datetime.now()),
        )
