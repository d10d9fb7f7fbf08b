from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.arguments import Text


class CrmCallback(models.Model):
    """What comes out of a call besides its outcome."""

    _inherit = "crm.callback"

    proposal_ids = fields.One2many(
        comodel_name="crm.archive.proposal", inverse_name="callback_id", readonly=True
    )
    lead_ids = fields.One2many(
        comodel_name="crm.lead",
        inverse_name="callback_id",
        string="Opportunities",
        readonly=True,
        groups="sales_team.group_sale_salesman",
    )

    def run_button(self, key: Text):
        """Return the action of one of the screen's buttons.

        :raise UserError: there is no such button
        """
        self.ensure_one()
        self._check_is_agent()
        self.check_access("read")
        buttons = {button["key"]: button for button in self._get_buttons()}
        if key not in buttons:
            raise UserError(self.env._("There is no such button any more."))
        return getattr(self, buttons[key]["method"])()

    def _get_buttons(self):
        """Hook: return the buttons beside the outcomes, ``[{"key", "label", "icon",
        "method"}]``; ``method`` returns an action. Another addon adds its own, as that
        of complaints does."""
        return [
            {
                "key": "proposal",
                "label": self.env._("Correct data"),
                "icon": "fa-pencil",
                "method": "_open_proposal",
            },
            {
                "key": "opportunity",
                "label": self.env._("Opportunity"),
                "icon": "fa-star-o",
                "method": "_open_opportunity",
            },
            {
                "key": "referral",
                "label": self.env._("Referral"),
                "icon": "fa-user-plus",
                "method": "_open_referral",
            },
        ]

    def _open_proposal(self):
        return self._prepare_dialog(
            self.env._("Propose a change of the archive"),
            "crm.archive.proposal",
            {"default_partner_id": (self.number_partner_id or self.partner_id).id},
        )

    def _open_opportunity(self):
        return self._prepare_dialog(
            self.env._("Opportunity from the call"),
            "crm.callback.lead.wizard",
            {"default_kind": "opportunity"},
        )

    def _open_referral(self):
        return self._prepare_dialog(
            self.env._("Referral from the call"),
            "crm.callback.lead.wizard",
            {"default_kind": "referral"},
        )

    def _prepare_dialog(self, name, model, context):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_callback_id": self.id, **context},
        }
