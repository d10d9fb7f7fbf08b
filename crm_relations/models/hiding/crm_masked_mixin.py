from odoo import api, models
from odoo.exceptions import ValidationError

from ...tools.masking import MASKS, is_masked


class CrmMaskedMixin(models.AbstractModel):
    """Telephone numbers and addresses that a pool hides until a customer is claimed.

    What leaves the server for a user is masked: read, list, form, export. In SQL, a
    hidden value is no value: a search, a group or an order by it tells nothing. The
    cache and the superuser keep the true values, so that Odoo's own jobs and mails
    work on.

    Costs nothing where no pool hides anything from the user, else a fixed number of
    statements for any number of records.
    """

    _name = "crm.masked.mixin"
    _description = "Record with values that a pool may hide"

    @api.model
    def _get_masked_fields(self):
        """Return ``{field name: "phone" or "email"}``."""
        raise NotImplementedError

    @api.model
    def _get_masked_link(self):
        """Return the field that leads to the partner; None: it is the partner."""
        return "partner_id"

    def _get_masked_partner(self):
        link = self._get_masked_link()
        return self[link] if link else self

    @api.model
    def _get_hidden_fields(self):
        """Return those of the masked fields that some pool hides from the user."""
        if self.env.su:
            return {}
        masking = self.env["crm.pool"]._get_masking()
        if not masking:
            return {}
        hidden = frozenset().union(*masking.values())
        fields = self._get_masked_fields()
        return {name: kind for name, kind in fields.items() if kind in hidden}

    def _get_masked(self):
        """Return ``{id: what is hidden from the user}`` of these records, by whatever
        right they are being read; three statements at most."""
        masking = self.env["crm.pool"]._get_masking()
        if not masking:
            return {}
        masked = {}
        # Superuser: in which pool the customer of a record is.
        for record in self.sudo():
            partner = record._get_masked_partner()
            customer = partner.commercial_partner_id
            hidden = masking.get(customer.pool_id.id)
            itself = partner._origin == customer._origin
            if hidden and (itself or "contacts" in hidden):
                masked[record.id] = hidden
        return masked

    def _mask(self, name, value, masked):
        """Return how the user sees this value of this record."""
        kind = self._get_masked_fields()[name]
        if not value or kind not in masked.get(self.id, ()):
            return value
        if not isinstance(self.id, int) and not self._is_known(name, value):
            return value  # somebody is just typing it into a form
        return MASKS[kind](value)

    def _is_known(self, name, value):
        """Return whether a value in a form comes from the record or its partner."""
        # Superuser: the true values, to compare with.
        kind = self._get_masked_fields()[name]
        partner = self.sudo()._get_masked_partner()._origin
        fields = self.env["res.partner"]._get_masked_fields()
        known = {partner[field] for field, what in fields.items() if what == kind}
        return value in known | {self._origin.sudo()[name]}

    def _read_format(self, fnames, load="_classic_read"):
        result = super()._read_format(fnames, load)
        names = [name for name in self._get_hidden_fields() if name in fnames]
        if not names or not (masked := self._get_masked()):
            return result
        for vals in result:
            record = self.browse((vals["id"],))
            for name in names:
                vals[name] = record._mask(name, vals[name], masked)
        return result

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        hidden = self._get_hidden_fields()
        columns = [i for i, path in enumerate(fields) if path and path[0] in hidden]
        if not columns:
            return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)
        # A column of ids tells which line belongs to which record.
        lines = super()._export_rows(
            [*fields, [".id"]], _is_toplevel_call=_is_toplevel_call
        )
        masked = self._get_masked()
        for line in lines:
            if number := line.pop():
                record = self.browse(int(number))
                for i in columns:
                    line[i] = record._mask(fields[i][0], line[i], masked)
        return lines

    @api.model_create_multi
    def create(self, vals_list):
        names = self._get_masked_fields()
        shown = [
            {k: v for k, v in vals.items() if k not in names or not is_masked(v)}
            for vals in vals_list
        ]
        return super().create(shown)

    def write(self, vals):
        return super().write(self._without_masked_values(vals))

    def _without_masked_values(self, vals):
        """Leave out values that come back as they were shown, from a form or from an
        exported file: a mask never takes the place of what is true."""
        names = [
            name for name in self._get_masked_fields() if is_masked(vals.get(name))
        ]
        if not names or not self:
            return vals
        for name in names:
            mask = MASKS[self._get_masked_fields()[name]]
            # Superuser: the true value, to compare it.
            if any(mask(record[name]) != vals[name] for record in self.sudo()):
                raise ValidationError(
                    self.env._(
                        "“%(value)s” is not complete: part of it is hidden until "
                        "the customer is claimed. Type the whole value, or leave it.",
                        value=vals[name],
                    )
                )
        return {name: value for name, value in vals.items() if name not in names}

    def copy_data(self, default=None):
        copies = super().copy_data(default)
        names = [
            name for name in self._get_hidden_fields() if name not in (default or {})
        ]
        if names and (masked := self._get_masked()):
            for record, values in zip(self, copies, strict=True):
                for name in names:
                    if self._get_masked_fields()[name] in masked.get(record.id, ()):
                        values.pop(name, None)
        return copies
