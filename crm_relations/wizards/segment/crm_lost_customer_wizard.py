from odoo import api, fields, models


class CrmLostCustomerWizard(models.TransientModel):
    """Ask why customers were lost, register them, and list those that were not."""

    _name = "crm.lost.customer.wizard"
    _description = "Register customers as lost"

    partner_ids = fields.Many2many(
        comodel_name="res.partner", string="Customers", required=True
    )
    lost_on = fields.Date(compute="_compute_lost_on", store=True, readonly=False)
    reason_id = fields.Many2one(comodel_name="crm.churn.reason", required=True)
    asks_competitor = fields.Boolean(related="reason_id.asks_competitor")
    competitor = fields.Char(compute="_compute_competitor", store=True, readonly=False)
    is_single = fields.Boolean(compute="_compute_is_single")
    currency_id = fields.Many2one(
        comodel_name="res.currency", compute="_compute_is_single"
    )
    value_lost = fields.Monetary(
        compute="_compute_value_lost",
        store=True,
        readonly=False,
        help="Sales of the 12 months up to the last order, unless you know better. Of "
        "many customers each gets its own.",
    )
    note = fields.Text()
    wins_back = fields.Boolean(string="Plan a Win-back")
    win_back_on = fields.Date(string="Due On")
    win_back_note = fields.Char(string="What to Do")
    line_ids = fields.One2many(
        comodel_name="crm.lost.customer.wizard.line",
        inverse_name="wizard_id",
        string="Not Registered",
        readonly=True,
    )
    summary = fields.Char(readonly=True)

    @api.depends("partner_ids")
    def _compute_is_single(self):
        for wizard in self:
            wizard.is_single = len(wizard.partner_ids) == 1
            wizard.currency_id = wizard.partner_ids[:1].relation_currency_id

    @api.depends("partner_ids")
    def _compute_lost_on(self):
        for wizard in self:
            # Where the reader lives it may be tomorrow already, which is refused.
            companies = {each._get_relation_company() for each in wizard.partner_ids}
            today = [company._get_relations_today() for company in companies]
            wizard.lost_on = min(today, default=fields.Date.context_today(wizard))

    @api.depends("partner_ids", "reason_id")
    def _compute_competitor(self):
        for wizard in self:
            asked = wizard.is_single and wizard.asks_competitor
            known = wizard.partner_ids.competitor_ids[:1].name if asked else False
            wizard.competitor = known

    @api.depends("partner_ids")
    def _compute_value_lost(self):
        for wizard in self:
            partner = wizard.partner_ids._origin if wizard.is_single else None
            values = partner._get_sales_before_silence() if partner else {}
            wizard.value_lost = max(0, sum(values.values()))

    def action_apply(self):
        """Register; close when all went well, else list what did not."""
        self.ensure_one()
        if self.wins_back:
            self.env["crm.lost.customer"]._check_task_day(self.win_back_on)
        answers = self.partner_ids.register_lost(
            self.reason_id.id,
            lost_on=self.lost_on,
            competitor=self.competitor or None,
            note=self.note or None,
            value_lost=self.value_lost if self.is_single else None,
        )
        if self.wins_back:
            self._plan_win_backs(answers)
        refused = [answer for answer in answers if not answer["ok"]]
        self.summary = self.env._(
            "%(done)s registered as lost, %(left)s not.",
            done=len(answers) - len(refused),
            left=len(refused),
        )
        if refused:
            return self._show(refused)
        return self._close(
            self.env._("%(done)s registered as lost.", done=len(answers))
        )

    def _plan_win_backs(self, answers):
        registered = [answer["id"] for answer in answers if answer["ok"]]
        lost = self.env["crm.lost.customer"].search(
            [("partner_id", "in", registered), ("state", "=", "lost")]
        )
        lost.plan_win_back(self.win_back_on, self.win_back_note)

    def _show(self, refused):
        self.line_ids = [
            fields.Command.create(
                {"partner_id": answer["id"], "message": answer["message"]}
            )
            for answer in refused
        ]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Register as Lost"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _close(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "success",
                "next": {
                    "type": "ir.actions.client",
                    "tag": "soft_reload",
                },
            },
        }
