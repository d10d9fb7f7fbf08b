from odoo import api, fields, models
from odoo.exceptions import UserError

WAYS = [
    ("face", "On this tablet, face to face"),
    ("link", "By a link or code that I hand over"),
    ("sms", "By text message"),
    ("email", "By e-mail"),
    ("callback", "By a call"),
]


class CrmSatisfactionAskWizard(models.TransientModel):
    """Ask customers: by which study, how, about what."""

    _name = "crm.satisfaction.ask.wizard"
    _description = "Ask for satisfaction"

    study_id = fields.Many2one(
        comodel_name="crm.satisfaction.study",
        index="btree_not_null",
        default=lambda self: self._default_study_id(),
        domain="[('id', 'in', study_ids)]",
    )
    study_ids = fields.Many2many(
        comodel_name="crm.satisfaction.study",
        string="Offered Studies",
        default=lambda self: self._get_studies(),
        export_string_translation=False,
    )
    channel = fields.Selection(selection=WAYS, required=True, default="link")
    partner_ids = fields.Many2many(
        comodel_name="res.partner", string="Customers", required=True
    )
    partner_count = fields.Integer(compute="_compute_partner_count")
    order_id = fields.Many2one(
        comodel_name="sale.order", string="About Order", index="btree_not_null"
    )
    callback_id = fields.Many2one(comodel_name="crm.callback", index="btree_not_null")
    response_id = fields.Many2one(
        comodel_name="crm.satisfaction.response", index="btree_not_null"
    )
    # As the caller: the key is given to who may hand it over.
    url = fields.Char(related="response_id.url", related_sudo=False, string="Link")
    qr_url = fields.Char(related="response_id.qr_url", related_sudo=False)

    @api.depends("partner_ids")
    def _compute_partner_count(self):
        for wizard in self:
            wizard.partner_count = len(wizard.partner_ids)

    @api.model
    def _get_studies(self):
        """Return the studies that ask customers of the companies chosen."""
        studies = self.env["crm.satisfaction.study"]
        # Superuser: whether the survey behind it is in use.
        return studies.search([("survey_id", "!=", False)]).filtered(
            lambda one: one.sudo()._can_ask()
        )

    @api.model
    def _default_study_id(self):
        return self._get_studies()[:1]

    def action_ask(self):
        """Ask; then show the link, hand over the tablet, open the call's survey, or
        say how it went."""
        self.ensure_one()
        if not self.study_id:
            raise UserError(
                self.env._("There is no study with a survey yet: set one up first.")
            )
        if self.channel == "callback" and self.callback_id:
            return self._begin_call()
        if self.channel in ("face", "link") and len(self.partner_ids) != 1:
            raise UserError(self.env._("Choose one customer to ask this way."))
        answers = self.partner_ids._ask_satisfaction(
            self.study_id, self.channel, **self._get_about()
        )
        if self.channel in ("face", "link") and answers[0]["ok"]:
            return self._hand_over(answers[0]["response_id"])
        title = self.env._("Ask for Satisfaction")
        return self.env["crm.answer.summary"]._open_or_refuse(answers, title)

    def _begin_call(self):
        call = self.callback_id
        call._check_is_agent()
        call.check_access("read")
        return call._begin_satisfaction(self.study_id)

    def _get_about(self):
        """Return what it is about: an order is an occasion of its own."""
        order = self.order_id
        if not order:
            return {}
        order.check_access("read")
        return {"occasion": f"order-{order.id}", "order_id": order.id}

    def _hand_over(self, response_id):
        response = self.env["crm.satisfaction.response"].browse(response_id)
        if self.channel == "face":
            return response.action_hand_over_tablet()
        self.response_id = response
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hand Over the Link"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
