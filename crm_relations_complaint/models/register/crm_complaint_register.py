from collections import Counter

from odoo import api, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command

from odoo.addons.crm_relations.tools.arguments import (
    Day,
    Text,
    Values,
    WrongArgument,
    is_id,
)
from odoo.addons.crm_relations.tools.sentences import join_words

SUBJECT_LENGTH = 80


class CrmComplaint(models.Model):
    """Every way in is a registration: number, first asked person, first event."""

    _inherit = "crm.complaint"

    @api.model
    def register(self, values: Values):
        """Register a complaint; the caller is the person asked first.

        :param values: fields of the form by name; of links the id. ``partner_id`` may
            be a contact: its customer is taken, and it as the complainant. ``subject``
            may be left out where ``facts`` or ``demand`` are given. Needed: a customer,
            or ``caller_name``, ``caller_phone`` or ``caller_email``.
        :return: the id
        :raise ValidationError: names the value that is wrong, or missing
        :raise AccessError: the caller has no role in customer relations
        """
        if not self.env.user.has_group("crm_relations.group_user"):
            raise AccessError(
                self.env._("Only users of customer relations register complaints.")
            )
        unknown = sorted(set(values) - self._get_written_fields())
        if unknown:
            raise ValidationError(
                self.env._(
                    "A complaint is not registered with: %(names)s.",
                    names=join_words(self.env, unknown),
                )
            )
        return self.create(self._read_values(values)).id

    @api.model
    def _read_values(self, values):
        """Return values that can be stored.

        :raise ValidationError: names the value that cannot be, and its field in words
        """
        return {
            name: self._read_value(self._fields[name], value)
            for name, value in values.items()
        }

    def _read_value(self, field, value):
        if field.type in ("many2one", "many2many"):
            return self._read_links(field, value)
        if field.type == "selection":
            if value and value not in field.get_values(self.env):
                self._refuse_value(field, value)
            return value
        if field.type == "boolean":
            return bool(value)
        try:
            return {"date": Day}.get(field.type, Text).parse(value)
        except WrongArgument:
            self._refuse_value(field, value)

    def _read_links(self, field, value):
        if field.type == "many2one":
            self._check_links(field, [value or None], value)
            return value
        self._check_links(field, value, value)
        return [Command.set(value)]

    def _check_links(self, field, ids, value):
        """Raise unless these are ids of records that the caller may read."""
        if not isinstance(ids, (list, tuple)):
            self._refuse_value(field, value)
        ids = [number for number in ids if number is not None]
        if not all(map(is_id, ids)):
            self._refuse_value(field, value)
        linked = self.env[field.comodel_name].browse(ids)
        if linked.exists() != linked or not linked.has_access("read"):
            self._refuse_value(field, value)

    def _refuse_value(self, field, value):
        raise ValidationError(
            self.env._(
                "“%(value)s” cannot be the value of “%(field)s”.",
                value=str(value)[:SUBJECT_LENGTH],
                field=field._description_string(self.env),
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_written(vals)
        complaints = super().create(self._prepare_registrations(vals_list))
        complaints._mark_repeats()
        complaints._record("registered")
        return complaints

    @api.model
    def _prepare_registrations(self, vals_list):
        """Return the values as they are stored: customer and complainant, subject,
        number, the person asked first."""
        customers = self._get_customers(vals_list)
        prepared = []
        for vals, number in zip(vals_list, self._draw_numbers(vals_list), strict=True):
            vals = vals | {"name": number}
            partner_id = vals.get("partner_id")
            if type(partner_id) is int and partner_id in customers:
                vals["partner_id"] = customers[partner_id]
                vals.setdefault("person_id", partner_id)
            if not vals.get("subject"):
                vals["subject"] = self._get_subject(vals)
            if "first_asked_id" not in vals:
                vals["first_asked_id"] = self._get_first_asked()
            vals.setdefault("user_id", vals["first_asked_id"])
            # Named or not: a constraint looks only at what is given.
            vals.setdefault("caller_name", False)
            prepared.append(vals)
        return prepared

    @api.model
    def _get_customers(self, vals_list):
        """Return ``{contact id: id of its customer}``, of what is an id."""
        named = [vals.get("partner_id") for vals in vals_list]
        ids = {partner_id for partner_id in named if type(partner_id) is int}
        # Superuser: whose contact somebody is.
        partners = self.env["res.partner"].sudo().browse(ids).exists()
        return {
            partner.id: partner.commercial_partner_id.id
            for partner in partners
            if partner.commercial_partner_id != partner
        }

    @api.model
    def _get_first_asked(self):
        """Return who was asked first: the caller, if he works here."""
        user = self.env.user
        return user.id if user._is_internal() and not user._is_superuser() else False

    @api.model
    def _get_subject(self, vals):
        """Return the beginning of what was said."""
        said = (vals.get("demand") or vals.get("facts") or "").strip()
        if not said:
            raise ValidationError(self.env._("What is it about? Give a subject."))
        line = said.splitlines()[0]
        cut = line[:SUBJECT_LENGTH]
        return cut if cut == line else cut.rsplit(" ", 1)[0] + " …"

    @api.model
    def _draw_numbers(self, vals_list):
        """Return the number of each, in this order."""
        ids = [vals.get("company_id") or self.env.company.id for vals in vals_list]
        drawn = {
            company: iter(self._draw_numbers_of(company, count))
            for company, count in Counter(ids).items()
        }
        return [next(drawn[company]) for company in ids]

    @api.model
    def _draw_numbers_of(self, company_id, count):
        # Superuser: nobody needs a right on sequences to complain.
        sequence = self.env["ir.sequence"].sudo()
        sequence = sequence.search(
            [("code", "=", self._name), ("company_id", "in", [company_id, False])],
            order="company_id",
            limit=1,
        )
        return sequence._draw_many(count) if sequence else ["/"] * count
