from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from ...tools.sentences import join_words


class CrmColleagueMixin(models.AbstractModel):
    """Who is put in charge of something works here: neither archived nor a portal user.

    All links to users that people may write are checked, when they change, on every
    way: form, import or API. Whoever stands there already and leaves us hinders nobody
    from changing the rest. What machines write as superuser they decide themselves.
    """

    _name = "crm.colleague.mixin"
    _description = "In the charge of colleagues"

    @api.model
    @ormcache(cache="stable")
    def _get_colleague_fields(self):
        """Return the names of the links to users that people write."""
        return tuple(
            field.name
            for field in self._fields.values()
            if field.comodel_name == "res.users"
            and field.store
            and not field.readonly
            and field.name not in models.MAGIC_COLUMNS
            and self._is_colleague_field(field)
        )

    @api.model
    def _is_colleague_field(self, field):
        """Hook: return whether this link puts somebody in charge."""
        return True

    def _filter_in_charge_of_colleagues(self):
        """Hook: return the records that are to be in the charge of colleagues."""
        return self

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if not self.env.su:
            records._check_colleagues(self._get_colleague_fields(), {})
        return records

    def write(self, vals):
        names = [name for name in self._get_colleague_fields() if name in vals]
        if self.env.su or not names:
            return super().write(vals)
        before = {record.id: record._get_colleagues(names) for record in self}
        result = super().write(vals)
        self._check_colleagues(names, before)
        return result

    def _get_colleagues(self, names):
        # Superuser: who stands there, also for those who may not read users.
        record = self.sudo().with_context(active_test=False)
        users = record.env["res.users"]
        return users.union(*(record[name] for name in names))

    def _check_colleagues(self, names, before):
        """Refuse those who have been put in charge and do not work here.

        :param before: ``{id of the record: who stood there}``
        :raise ValidationError: names them
        """
        # Superuser: as in ``_get_colleagues``.
        nobody = self.env["res.users"].sudo()
        added = nobody.union(
            *(
                record._get_colleagues(names) - before.get(record.id, nobody)
                for record in self._filter_in_charge_of_colleagues()
            )
        )
        gone = added.filtered(lambda user: not user.active or user.share)
        if gone:
            raise ValidationError(
                self.env._(
                    "%(users)s cannot be put in charge: archived, or no colleague. "
                    "Choose somebody who works here.",
                    users=join_words(self.env, gone.mapped("name")),
                )
            )
