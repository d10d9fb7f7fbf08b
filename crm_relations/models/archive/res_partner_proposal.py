from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Of these types a value can be told, typed and compared in a line.
TYPES = frozenset(
    (
        *("char", "text", "selection", "many2one", "boolean"),
        *("integer", "float", "monetary", "date", "datetime"),
    )
)


class ResPartner(models.Model):
    """Which fields make the archive, and who changes it instead of proposing."""

    _inherit = "res.partner"

    may_change_archive = fields.Boolean(compute="_compute_may_change_archive")

    @api.depends("commercial_partner_id.user_id")
    @api.depends_context("uid")
    def _compute_may_change_archive(self):
        for partner in self:
            partner.may_change_archive = partner._may_change_archive()

    def _get_proposable_fields(self):
        """Return the fields of the archive that the caller may read, and for which a
        change can be proposed, by name."""
        return {
            name: self._fields[name]
            for name, answer in self._get_answers().items()
            if answer == "archive" and self._is_proposable(self._fields[name])
        }

    @api.model
    def _is_proposable(self, field):
        return (
            field.store
            and field.type in TYPES
            and not field.readonly
            and self._has_field_access(field, "read")
        )

    @api.model
    def _check_proposable(self, name):
        """Return the field of this name.

        :raise ValidationError: it is none of the archive, or not for the caller
        """
        field = isinstance(name, str) and self._get_proposable_fields().get(name)
        if not field:
            raise ValidationError(
                self.env._(
                    "“%(name)s” is no field of the archive that you may read: choose "
                    "one of the list.",
                    name=name,
                )
            )
        return field

    def _may_change_archive(self):
        """Tell whether the caller changes this archive himself, and so decides about
        what others propose. Rooms that know whose customer it is narrow it."""
        return self.has_access("write")

    def action_propose_change(self):
        """Open the archive as it stands, with a column for what should stand there."""
        self.ensure_one()
        wizard = self.env["crm.archive.proposal.wizard"]._open_for(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Propose a Change"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }
