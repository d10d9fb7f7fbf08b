from odoo import api, fields, models

from ...models.closing.crm_complaint_confirmation import ACCEPTED, OUTCOMES, WAYS


class CrmComplaintActWizard(models.TransientModel):
    """Solve, confirm, close and reopen; what is confirmed can be closed at once."""

    _inherit = "crm.complaint.act.wizard"

    act = fields.Selection(
        selection_add=[
            ("solve", "Solve"),
            ("confirm", "What the Customer Says"),
            ("close", "Close"),
            ("reopen", "Reopen"),
        ],
        ondelete={name: "cascade" for name in ("solve", "confirm", "close", "reopen")},
    )
    outcome = fields.Selection(
        selection=OUTCOMES, string="The Customer Is", default="satisfied"
    )
    way = fields.Selection(
        selection=[way for way in WAYS if way[0] != "portal"],
        string="Asked Through",
        default="phone",
    )
    tells_customer = fields.Boolean(
        string="Ask the Customer by E-mail",
        default=True,
        help="Sends what was done, with links to confirm it and to rate the handling, "
        "where an address is known.",
    )
    closing_code_id = fields.Many2one(
        comodel_name="crm.complaint.closing.code",
        string="Close With",
        domain="[('kind', 'not in', ('withdrawn', 'duplicate'))]",
        help="Empty: it stays open, to be closed later.",
        index="btree_not_null",
    )
    is_confirmed = fields.Boolean(compute="_compute_is_confirmed")

    @api.depends("complaint_ids")
    def _compute_is_confirmed(self):
        for wizard in self:
            wizard.is_confirmed = all(wizard.complaint_ids.mapped("is_confirmed"))

    @api.model
    def _get_questions(self):
        return {
            **super()._get_questions(),
            "solve": self.env._("What was done for the customer?"),
            "confirm": self.env._("What did the customer say?"),
            "close": self.env._("Why is it closed without confirmation?"),
            "reopen": self.env._("Why is it taken up again?"),
        }

    def _get_values(self):
        text = self.text or ""
        values = {
            "solve": (text, int(self.tells_customer)),
            "confirm": (self.outcome, text, self.way),
            "close": (self.closing_code_id.code or "", text),
        }
        return values.get(self.act) or super()._get_values()

    def action_apply(self):
        """What is confirmed is closed at once, where the code is chosen already."""
        done = super().action_apply()
        accepted = self.act == "confirm" and self.outcome in ACCEPTED
        if accepted and self.closing_code_id:
            self.act = "close"
            return super().action_apply()
        return done
