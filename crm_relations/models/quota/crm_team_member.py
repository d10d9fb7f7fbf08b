from odoo import api, models


class CrmTeamMember(models.Model):
    """Another team may have another quota."""

    _inherit = "crm.team.member"

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members._team_changed(members.user_id)
        return members

    def write(self, vals):
        users = self.user_id
        result = super().write(vals)
        if not {"user_id", "crm_team_id", "active"}.isdisjoint(vals):
            self._team_changed(users | self.user_id)
        return result

    def unlink(self):
        users = self.user_id
        result = super().unlink()
        self._team_changed(users)
        return result

    @api.model
    def _team_changed(self, users):
        limits = map(dict, self.env["crm.pool.quota"]._get_limits())
        if any(limit["teams"] for limit in limits):
            self.env["res.partner"]._recount_holdings(users.ids)
