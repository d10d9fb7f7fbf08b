from odoo import api, fields, models
from odoo.exceptions import AccessError

from ....tools.retries import retry


class CrmCustomerShare(models.Model):
    """The access of who may change the archive in a team: it comes and goes with the
    role there, nobody changes or ends it here."""

    _inherit = "crm.customer.share"

    role = fields.Selection(
        selection_add=[("team", "Account team")], ondelete={"team": "set default"}
    )
    ending = fields.Selection(
        selection_add=[("team", "The role in the account team ended")],
        ondelete={"team": "set null"},
    )
    team_member_id = fields.Many2one(
        comodel_name="crm.account.team.member",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        export_string_translation=False,
    )

    def _check_may_change(self, vals):
        # Superuser: a link that the caller may not see.
        if self.sudo().team_member_id or vals.get("role") == "team":
            raise AccessError(
                self.env._(
                    "This access comes with a role in the account team: change the "
                    "role, and the access follows."
                )
            )
        return super()._check_may_change(vals)

    def _filter_endable(self):
        # Superuser: as above.
        return (
            super()
            ._filter_endable()
            .filtered(lambda share: not share.sudo().team_member_id)
        )

    def action_end(self):
        """Who has the access by a role as well gets it by that now."""
        result = super().action_end()
        # Superuser: what comes with a role was decided when it was given.
        self.sudo().partner_id._apply_team_access()
        return result

    @api.model
    def _cron_end_shares(self):
        """As above, of what has ended by its time."""
        result = super()._cron_end_shares()
        retry(self.env, self.env["res.partner"]._apply_all_team_access)
        return result
