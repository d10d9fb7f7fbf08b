from itertools import filterfalse
from operator import itemgetter

from odoo import api, models
from odoo.tools import ormcache

from ...tools.suite import SUITE, is_ours
from .res_partner import DEFAULT
from .res_partner import ResPartner as Judge

X2MANY = ("one2many", "many2many")
ROWS = {int, dict}
FIRST = itemgetter(0)


class ResPartner(models.Model):
    """What Odoo does field by field, whenever any contact is read or created, is not
    done for ours as well.

    Known when all addons are loaded: where another one has a say in it, it is asked.
    """

    _inherit = "res.partner"

    # What has no default of ours is not asked for one, contact by contact.
    _may_lack_defaults = False
    # Nobody else has a say in what is fetched together.
    _is_fetched_alike = False

    @api.model
    def _post_model_setup__(self):
        result = super()._post_model_setup__()
        model = self.env.registry[self._name]
        is_ours_alone = _find_sayers(model, "_has_field_access") == [
            Judge,
            models.BaseModel,
        ]
        model._open_fields = frozenset(
            name
            for name, field in self._fields.items()
            if is_ours_alone and not is_ours(field)
        )
        mine = [ResPartner, models.BaseModel]
        filling = _find_sayers(model, "_add_missing_default_values")
        # Whoever knows our fields comes after us, and may give them defaults.
        later = model.__mro__[: model.__mro__.index(ResPartner)]
        model._may_lack_defaults = filling == mine and all(
            getattr(one, "_module", None) in SUITE
            for one in _find_sayers(model, "default_get")
            if one in later
        )
        model._is_fetched_alike = _find_sayers(model, "_fetch_field") == mine
        return result

    def _fetch_field(self, field):
        """As Odoo's own, which looks through all fields, ours as well, for those that
        are fetched with this one, whenever one is not there yet."""
        is_single = not field.prefetch or not self.env.context.get(
            "prefetch_fields", True
        )
        if is_single or not self._is_fetched_alike:
            return super()._fetch_field(field)
        opened, asked = self._get_fetched_with(field.prefetch)
        readable = [
            name for name in asked if self._has_field_access(self._fields[name], "read")
        ]
        return self.fetch(list(dict.fromkeys((field.name, *opened, *readable))))

    @api.model
    @ormcache("group", cache="stable")
    def _get_fetched_with(self, group):
        """Return the names of the fields of a group: who may read the contact may read
        these, and those where it depends."""
        fields = [field for field in self._fields.values() if field.prefetch == group]
        opened = [
            field.name
            for field in fields
            if field.name in self._open_fields and not field.groups
        ]
        asked = [field.name for field in fields if field.name not in opened]
        return tuple(opened), tuple(asked)

    @api.model
    @ormcache(cache="stable")
    def _get_fields_without_default(self):
        return frozenset(
            name
            for name, field in self._fields.items()
            if is_ours(field) and not field.default and not field.inherited
        )

    @api.model
    @ormcache(cache="stable")
    def _get_fields_by_default(self):
        """Return the names of the fields that may have a default, of those that hold
        many records, and of properties."""
        lacking = self._get_fields_without_default()
        fields = [field for name, field in self._fields.items() if name not in lacking]
        return (
            tuple(field.name for field in fields),
            frozenset(field.name for field in fields if field.type in X2MANY),
            tuple(field.name for field in fields if field.type == "properties"),
        )

    def _add_missing_default_values(self, values):
        """As Odoo's own, which goes through all fields, ours as well, contact by
        contact."""
        lacking = self._get_fields_without_default()
        if not self._may_lack_defaults or self._has_other_defaults(lacking):
            return super()._add_missing_default_values(values)
        names, many, properties = self._get_fields_by_default()
        filled = self.default_get(list(filterfalse(values.__contains__, names)))
        first_lines = map(FIRST, filter(None, map(filled.get, many)))
        if not ROWS.isdisjoint(map(type, first_lines)):
            # Odoo turns ids and rows into commands.
            return super()._add_missing_default_values(values)
        filled.update(values)
        for name in properties:
            field = self._fields[name]
            filled[name] = field._add_default_values(self.env, filled)
        return filled

    def _has_other_defaults(self, names):
        """Return whether somebody has chosen a default for one of these fields, or the
        action gives one."""
        chosen = self.env["ir.default"]._get_model_defaults(self._name)
        given = {
            key.removeprefix("default_") for key in self.env.context if DEFAULT(key)
        }
        return not (names.isdisjoint(chosen) and names.isdisjoint(given))


def _find_sayers(model, method):
    """Return the classes that have a say in a method of a model, the last one first."""
    return [one for one in model.__mro__ if method in vars(one)]
