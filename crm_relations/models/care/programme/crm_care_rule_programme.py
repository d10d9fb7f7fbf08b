from odoo import fields, models


class CrmCareRule(models.Model):
    """The rule behind a line of the programme."""

    _inherit = "crm.care.rule"

    programme_line_ids = fields.One2many(
        comodel_name="crm.care.programme.line", inverse_name="rule_id"
    )

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(self._get_programme_fields()):
            # Superuser: the table says what the rule says, whoever has changed it.
            for rule in self.sudo():
                rule.programme_line_ids._follow(rule)
        return result

    def _get_programme_fields(self):
        """Return the names of the columns that a line of the programme shares with its
        rule, as far as rules have them."""
        names = [
            *["executor", "user_id", "supervisor", "supervisor_id", "channel"],
            *["limit_number", "limit_unit"],
        ]
        return [name for name in names if name in self._fields]

    def _accepts(self, name, value):
        """Return whether rules have this field and, of a selection, this value."""
        field = self._fields.get(name)
        if field is None:
            return False
        return field.type != "selection" or value in field.get_values(self.env)
