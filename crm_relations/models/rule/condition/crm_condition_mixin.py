from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_list, ormcache

from ....tools.suite import is_ours


class CrmConditionMixin(models.AbstractModel):
    """What rules name: tags, teams, tiers ...

    A rule for some would be a rule for everybody without them. So they count while they
    are archived, and whatever a rule names is not deleted: such lists are restricted in
    the database, and here it is said in words.
    """

    _name = "crm.condition.mixin"
    _description = "Named by rules"

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_named(self):
        found = self._find_rules_that_name_them()
        if not found:
            return
        # Superuser: a rule that the caller does not see holds as well.
        rules = [
            f"{self.env['ir.model']._get(model).sudo().name} “{rule.display_name}”"
            for model, ids in found.items()
            for rule in self.env[model].sudo().browse(ids)
        ]
        raise UserError(
            self.env._(
                "%(named)s decides for whom this is meant: %(rules)s. More would be "
                "meant without it. Take it out there first, or archive it.",
                named=format_list(self.env, self.mapped("display_name")),
                rules=format_list(self.env, rules),
            )
        )

    def _find_rules_that_name_them(self):
        """Return ``{model: ids}`` of what names one of these, or what goes with them;
        one statement."""
        going = self.with_context(active_test=False)
        if self._parent_store:
            # Superuser: the database takes along what the caller does not see.
            going = going.sudo().search([("id", "child_of", self.ids)])
        parts = [
            SQL(
                "SELECT %s, %s FROM %s WHERE %s = ANY(%s)",
                model,
                SQL.identifier(own),
                SQL.identifier(table),
                SQL.identifier(other),
                list(going.ids),
            )
            for model, table, own, other in self._get_conditions()
        ]
        found = {}
        self.env.flush_all()
        for model, number in self.env.execute_query(SQL(" UNION ").join(parts)):
            found.setdefault(model, []).append(number)
        return found

    @api.model
    @ormcache(cache="stable")
    def _get_conditions(self):
        """Return ``[(model, table, column of the rule, column of what it names)]`` of
        the lists of this model that narrow a rule."""
        return [
            (name, field.relation, field.column1, field.column2)
            for name, model in self.env.registry.items()
            if model._auto and not model._abstract and not model._transient
            for field in model._fields.values()
            if field.type == "many2many" and field.store and is_ours(field)
            if field.ondelete == "restrict" and field.comodel_name == self._name
        ]
