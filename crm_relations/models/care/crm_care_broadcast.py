from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL


class CrmCareBroadcast(models.Model):
    """A message to everyone in a region or audience: bad weather, a recall.

    The rule says how it is done and by whom, the broadcast to whom and when. Its tasks
    are made by one statement, unique as all tasks are: pressed twice, or by two people
    at once, everyone still gets one.
    """

    _name = "crm.care.broadcast"
    _description = "Broadcast"
    _order = "id desc"

    name = fields.Char(
        string="Message",
        required=True,
        help="What it is about; stands in the reason of each task.",
    )
    rule_id = fields.Many2one(
        comodel_name="crm.care.rule",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self._default_rule_id(),
        domain="[('trigger', '=', 'broadcast')]",
        help="Says how and by whom; its audience narrows this broadcast further.",
    )
    company_id = fields.Many2one(
        related="rule_id.company_id", store=True, index="btree_not_null"
    )
    country_id = fields.Many2one(comodel_name="res.country", ondelete="restrict")
    state_ids = fields.Many2many(
        comodel_name="res.country.state",
        ondelete="restrict",
        context={"active_test": False},
        string="States",
        domain="[('country_id', '=?', country_id)]",
    )
    city = fields.Char(
        string="Cities", help="Several are separated by commas: Wuhan, Xiaogan."
    )
    domain = fields.Char(string="Conditions", default="[]")
    due_at = fields.Datetime(string="At", help="When the care is due. Empty: at once.")
    audience_count = fields.Integer(
        string="Customers", compute="_compute_audience_count"
    )
    state = fields.Selection(
        selection=[("draft", "Draft"), ("done", "Made"), ("cancelled", "Withdrawn")],
        required=True,
        string="Status",
        default="draft",
        readonly=True,
        copy=False,
    )
    made_at = fields.Datetime(readonly=True, copy=False)
    task_count = fields.Integer(string="Tasks", readonly=True, copy=False)

    def _default_rule_id(self):
        rules = self.env["crm.care.rule"]
        return rules.search([("trigger", "=", "broadcast")], limit=1)

    @api.depends("rule_id", "country_id", "state_ids", "city", "domain")
    def _compute_audience_count(self):
        partners = self.env["res.partner"]
        self.audience_count = 0
        # A new one has no rule yet where a company has none for broadcasts.
        for broadcast in self.filtered("rule_id"):
            try:
                broadcast.audience_count = partners.search_count(
                    broadcast._get_audience()
                )
            except ValidationError:
                broadcast.audience_count = 0

    @api.constrains("rule_id")
    def _check_rule_id(self):
        if any(broadcast.rule_id.trigger != "broadcast" for broadcast in self):
            raise ValidationError(
                self.env._("Choose a care rule whose occasion is a broadcast.")
            )

    @api.constrains("domain")
    def _check_domain(self):
        for broadcast in self:
            broadcast._parse_conditions()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_made(self):
        if any(broadcast.state == "done" for broadcast in self):
            raise UserError(
                self.env._("A broadcast that was made is kept. Withdraw it instead.")
            )

    def action_view_audience(self):
        """Show who will get it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_customer_action"
        )
        return {**action, "domain": list(self._get_audience()), "context": {}}

    def action_view_tasks(self):
        self.ensure_one()
        domain = [("occasion", "=", self._get_occasion())]
        return {**self.rule_id.action_view_tasks(), "domain": domain}

    def action_make_tasks(self):
        """Make a task for everyone in the audience."""
        self.check_access("write")
        for broadcast in self:
            broadcast._make_tasks()
        return True

    def action_withdraw(self):
        """Drop the tasks that nobody has begun."""
        self.check_access("write")
        for broadcast in self.filtered(lambda item: item.state == "done"):
            # Superuser: whose tasks they are is no matter to who called them off.
            tasks = self.env["crm.care.task"].sudo()
            tasks._withdraw(broadcast.rule_id, broadcast._get_occasion())
            broadcast.state = "cancelled"
        return True

    def _get_occasion(self):
        self.ensure_one()
        return f"broadcast-{self.id}"

    def _get_audience(self):
        self.ensure_one()
        # Superuser: whom a rule reaches, not whom the sender may see.
        audience = self.rule_id.sudo()._get_audience() & self._read_conditions()
        if self.country_id:
            audience &= Domain("country_id", "=", self.country_id.id)
        if self.state_ids:
            audience &= Domain("state_id", "in", self.state_ids.ids)
        typed = (self.city or "").replace("，", ",")
        cities = [city.strip() for city in typed.split(",")]
        if any(cities):
            audience &= Domain.OR(
                Domain("city", "=ilike", city) for city in cities if city
            )
        return audience

    def _read_conditions(self):
        """Return the same; nobody, if they cannot be read any more."""
        try:
            return self._parse_conditions()
        except ValidationError:
            return Domain.FALSE

    def _parse_conditions(self):
        """Return the typed conditions as a Domain, as those of a rule are read."""
        self.ensure_one()
        rule = self.env["crm.care.rule"].new({"name": self.name, "domain": self.domain})
        return rule._parse_domain()

    def _make_tasks(self):
        self.ensure_one()
        if self.state != "draft":
            raise UserError(
                self.env._("The tasks of “%(name)s” were made before.", name=self.name)
            )
        if not self.rule_id.active:
            raise UserError(
                self.env._("The rule “%(rule)s” is archived.", rule=self.rule_id.name)
            )
        self.env.flush_all()
        rows = self.env.execute_query(self._get_insert_sql())
        if not rows:
            raise UserError(self.env._("Nobody belongs to this audience."))
        self.env["crm.care.task"].invalidate_model()
        now = fields.Datetime.now()
        self.write({"state": "done", "made_at": now, "task_count": len(rows)})
        self.env["crm.care.dispatch"]._trigger_next()

    def _get_insert_sql(self):
        rule = self.rule_id.sudo()
        # Superuser: everyone in the region is warned, whoever looks after them.
        audience = self.env["res.partner"].sudo()._search(self._get_audience())
        now = fields.Datetime.now()
        return SQL(
            """
            INSERT INTO crm_care_task (rule_id, partner_id, company_id, occasion,
                   occasion_date, due_at, user_id, state, facts, res_model, res_id,
                   create_uid, create_date, write_uid, write_date)
            SELECT %(rule)s, customer.id,
                   %(own_company)s,
                   %(occasion)s, %(day)s, %(due_at)s, %(executor)s, 'planned',
                   jsonb_build_object('code', 'care_broadcast', 'broadcast', %(id)s,
                       'name', %(name)s), 'crm.care.broadcast', %(id)s,
                   %(uid)s, %(now)s, %(uid)s, %(now)s
              FROM res_partner AS customer
             WHERE customer.active AND customer.id IN (%(audience)s)
       ON CONFLICT DO NOTHING
         RETURNING id
            """,
            own_company=self.env["res.partner"]._get_own_company_sql("customer"),
            rule=rule.id,
            occasion=self._get_occasion(),
            day=self._get_day(self.due_at or now),
            due_at=self.due_at or now,
            executor=rule._get_executor_sql(),
            id=self.id,
            name=self.name,
            uid=self.env.uid,
            now=now,
            audience=audience.select(),
        )

    def _get_day(self, moment):
        """Return the day of a moment by the clock of the company of the rule."""
        # Superuser: the clock of a company is no secret.
        company = self.rule_id.sudo().company_id
        company = company or self.env["res.company"]._get_relations_default()
        zoned = self.with_context(tz=company._get_relations_tz())
        return fields.Datetime.context_timestamp(zoned, moment).date()
