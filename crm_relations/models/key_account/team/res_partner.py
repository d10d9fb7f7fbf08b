from odoo import api, fields, models
from odoo.fields import Domain

from ....tools.tally import Tally


class ResPartner(models.Model):
    """The account team of a customer: counted, told, and what it opens."""

    _inherit = "res.partner"

    team_member_ids = fields.One2many(
        comodel_name="crm.account.team.member",
        inverse_name="partner_id",
        string="Account Team",
        readonly=True,
    )
    team_member_count = fields.Integer(
        string="Team Members", compute="_compute_tallies"
    )

    def _get_tallies(self):
        return super()._get_tallies() | {
            "team_member_count": Tally(
                "crm.account.team.member",
                "partner_id",
                Domain("state", "=", "open"),
                "team_member_ids",
            )
        }

    @api.model
    def _get_history_ledgers(self):
        return {
            **super()._get_history_ledgers(),
            "account_team": {
                "label": self.env._("Account team"),
                "icon": "fa-users",
                "model": "crm.account.team.member",
                "date": "appointed_at",
                "texts": ["note", "ending_reason"],
            },
        }

    def action_view_account_team(self):
        """Open the team of this customer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_account_team_member_action"
        )
        customer = self.commercial_partner_id
        return action | {
            "domain": [("partner_id", "=", customer.id), ("state", "=", "open")],
            "context": {},
        }

    def action_appoint(self):
        """Open the dialog that asks who gets which role in the team."""
        self.ensure_one()
        return self._open_team_wizard(self.env._("Appoint to the Team"))

    def _open_team_wizard(self, name, **context):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "crm.account.team.wizard",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_partner_id": self.commercial_partner_id.id,
                "default_user_id": False,
                **context,
            },
        }

    def _get_open_rights(self, user):
        """Who is in the team reads what is confidential."""
        rights = super()._get_open_rights(user)
        others = [number for number in self.ids if number not in rights]
        if not others:
            return rights
        now = fields.Datetime.now()
        # Superuser: whether the user is in the team.
        found = self.env["crm.account.team.member"].sudo()
        found = found.search_fetch(
            [
                ("partner_id", "in", others),
                ("user_id", "=", user.id),
                ("state", "=", "open"),
                ("starts_at", "<=", now),
                *("|", ("ends_at", "=", False), ("ends_at", ">", now)),
            ],
            ["partner_id"],
        )
        return rights | dict.fromkeys(found.partner_id.ids, "shared")
