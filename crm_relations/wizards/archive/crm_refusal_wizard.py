from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmRefusalWizard(models.TransientModel):
    """Why something is refused; who has asked for it is told.

    For records of another model, add a field of them, name it in
    ``_get_refused_fields`` and give the model ``_refuse_where_seen(reason)``.
    """

    _name = "crm.refusal.wizard"
    _description = "Refuse"

    proposal_ids = fields.Many2many(
        comodel_name="crm.archive.proposal", string="Proposed Changes"
    )
    reason = fields.Char(
        required=True, help="Whoever has asked for it reads it in a message."
    )

    @api.model
    def _open_for(self, records):
        """Return the action that asks why these are refused.

        :raise UserError: nothing of this kind is refused
        """
        name = self._get_refused_fields().get(records._name)
        if not name:
            raise UserError(self.env._("It does not exist any more."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refuse"),
            "res_model": self._name,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {f"default_{name}": records.ids},
        }

    @api.model
    def _get_refused_fields(self):
        """Hook: return ``{model: name of the field with its records}``."""
        return {"crm.archive.proposal": "proposal_ids"}

    def action_apply(self):
        self.ensure_one()
        for name in self._get_refused_fields().values():
            if self[name]:
                return self[name]._refuse_where_seen(self.reason)
        raise UserError(self.env._("It does not exist any more."))
