from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import format_amount

from ...tools.arguments import read_id
from ...tools.field_texts import NoValue, parse_text, write_text

MOST_CHOICES = 300


class CrmArchiveProposal(models.Model):
    """Values of all types of fields, kept as texts: keys, ids and ISO dates, which are
    the same for every reader, and told in the reader's language."""

    _inherit = "crm.archive.proposal"

    @api.model
    def _get_text_of(self, partner, field):
        """Return what the caller reads in this field of ``partner``, as a text.

        :raise AccessError: it is not for the caller
        """
        partner.check_access("read")
        partner._check_field_access(field, "read")
        # Read as a client does: what is masked or hidden for the caller stays so.
        [row] = partner.read([field.name], load=None)
        return write_text(field.type, row[field.name])

    @api.model
    def _parse(self, partner, field, text):
        """Return the value that ``text`` stands for: what the client typed, a label, a
        name, or a text of ours.

        :raise ValidationError: none
        """
        text = str(text if text is not None and text is not False else "").strip()
        if not text:
            if field.required:
                raise ValidationError(
                    self.env._(
                        "“%(field)s” cannot be empty.", field=self._get_label(field)
                    )
                )
            return False
        if field.type in ("selection", "many2one"):
            return self._parse_choice(partner, field, text)
        try:
            return parse_text(field.type, text)
        except NoValue:
            raise ValidationError(
                self.env._(
                    "“%(value)s” cannot stand in “%(field)s”.",
                    value=text[:80],
                    field=self._get_label(field),
                )
            ) from None

    @api.model
    def _parse_choice(self, partner, field, text):
        choices = self._get_choices(partner, field)
        chosen = [key for key, label in choices or [] if text in (key, label)]
        if chosen:
            return int(chosen[0]) if field.type == "many2one" else chosen[0]
        found = self._find_named(field, text)
        if found and (choices is None or str(found.id) in dict(choices)):
            return found.id
        raise ValidationError(
            self.env._(
                "“%(value)s” is no choice of “%(field)s”.",
                value=text[:80],
                field=self._get_label(field),
            )
        )

    @api.model
    def _find_named(self, field, text):
        """Return the one record of this id or name that the caller may read."""
        if field.type != "many2one":
            return self.browse()
        records = self.env[field.comodel_name]
        if (number := read_id(text)) is not None:
            return records.search([("id", "=", number)])
        found = records.search([(records._rec_name or "id", "=ilike", text)], limit=2)
        return found if len(found) == 1 else records

    @api.model
    def _get_choices(self, partner, field):
        """Return ``[[text, label]]`` to choose from; None where anything is typed."""
        if field.type == "selection":
            return [list(c) for c in field._description_selection(self.env) if c[0]]
        if field.type == "boolean":
            return [["1", self.env._("Yes")]]
        if field.type != "many2one":
            return None
        found = self._get_linkable(partner, self.env[field.comodel_name])
        if len(found) > MOST_CHOICES:
            return None
        return [[str(record.id), record.display_name] for record in found]

    @api.model
    def _get_linkable(self, partner, records):
        """Return the records that the caller may choose; of partners, the persons of
        the customer are meant."""
        if not records.has_access("read"):
            return records
        if records._name != "res.partner":
            return records.search([], limit=MOST_CHOICES + 1)
        customer = partner.commercial_partner_id
        return records.search([("parent_id", "child_of", customer.id)]) - customer

    @api.model
    def _tell(self, partner, field, text):
        """Return a text of ours in the reader's words."""
        if not text or field.type in ("char", "text"):
            return text or ""
        try:
            value = parse_text(field.type, text)
        except NoValue:
            return text
        teller = getattr(self, f"_tell_{field.type}", None)
        return teller(partner, field, value) if teller else text

    def _tell_selection(self, partner, field, value):
        return str(dict(field._description_selection(self.env)).get(value, value))

    def _tell_many2one(self, partner, field, value):
        # Superuser: the name of what has been chosen is told with it.
        record = self.env[field.comodel_name].sudo().browse(value).exists()
        return record.display_name or ""

    def _tell_boolean(self, partner, field, value):
        return self.env._("Yes")

    def _tell_date(self, partner, field, value):
        return self.env.user._tell_day(value)

    def _tell_datetime(self, partner, field, value):
        return self.env.user._tell_moment(value)

    def _tell_monetary(self, partner, field, value):
        # Superuser: in which currency the customer is judged.
        return format_amount(self.env, value, partner.sudo().relation_currency_id)

    @api.model
    def _get_label(self, field):
        return field._description_string(self.env)
