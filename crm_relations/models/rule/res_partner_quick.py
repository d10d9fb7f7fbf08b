from odoo import api, models
from odoo.tools import ormcache

from .res_partner import DEFAULT, SUITE, is_ours
from .res_partner import ResPartner as Judge


class ResPartner(models.Model):
    """What Odoo does field by field, whenever any contact is read or created, is not
    done for ours as well.

    Known when all addons are loaded: where another one has a say in it, it is asked.
    """

    _inherit = "res.partner"

    # What has no default of ours is not asked for one, contact by contact.
    _may_lack_defaults = False

    @api.model
    def _post_model_setup__(self):
        result = super()._post_model_setup__()
        model = self.env.registry[self._name]
        judges = [one for one in model.__mro__ if "_has_field_access" in vars(one)]
        is_ours_alone = judges == [Judge, models.BaseModel]
        model._open_fields = frozenset(
            name
            for name, field in self._fields.items()
            if is_ours_alone and not is_ours(field)
        )
        # Whoever knows our fields comes after us, and may give them defaults.
        later = model.__mro__[: model.__mro__.index(ResPartner)]
        model._may_lack_defaults = not any(
            "default_get" in vars(one)
            for one in later
            if getattr(one, "_module", None) not in SUITE
        )
        return result

    @api.model
    @ormcache()
    def _get_fields_without_default(self):
        return frozenset(
            name
            for name, field in self._fields.items()
            if is_ours(field) and not field.default and not field.inherited
        )

    def _add_missing_default_values(self, values):
        names = self._get_fields_without_default()
        if not self._may_lack_defaults or self._has_other_defaults(names):
            return super()._add_missing_default_values(values)
        filled = super()._add_missing_default_values(dict.fromkeys(names) | values)
        return {
            name: value
            for name, value in filled.items()
            if name in values or name not in names
        }

    def _has_other_defaults(self, names):
        """Return whether somebody has chosen a default for one of these fields, or the
        action gives one."""
        chosen = self.env["ir.default"]._get_model_defaults(self._name)
        given = {
            key.removeprefix("default_") for key in self.env.context if DEFAULT(key)
        }
        return not (names.isdisjoint(chosen) and names.isdisjoint(given))
