from odoo import api, models

ROLE = "team_role"


class CrmHandoverPreview(models.TransientModel):
    """The role of account manager goes along with who has the customer: nobody ticks
    it, so that it stands among what moves, and not among the choices."""

    _inherit = "crm.handover.preview"

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_kind_name(self):
        result = super()._compute_kind_name()
        for item in self:
            if item.kind == ROLE:
                item.kind_name = self.env._("Role in the team")
        return result

    @api.model
    def _fill(self, wizard, partner_ids):
        result = super()._fill(wizard, partner_ids)
        # Superuser: what moves along is shown whole, as all else of it.
        members = self.env["crm.account.team.member"].sudo()
        held = members.search(
            [
                *(("partner_id", "in", partner_ids), ("state", "=", "open")),
                ("is_manager", "=", True),
            ]
        )
        self.create(
            [
                {
                    **{"wizard_id": wizard.id, "partner_id": one.partner_id.id},
                    **{"kind": ROLE, "res_model": "res.partner"},
                    **{"res_id": one.partner_id.id, "name": one.role_id.name},
                    "detail": one.with_env(self.env)._tell_days(),
                }
                for one in held
                if one.standing != "over" and one.user_id == one.partner_id.user_id
            ]
        )
        return result
