from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

# Ten years: beyond it a date means "never", and that is what no rule at all says.
LONGEST_DAYS = 3650


CLOCKS = [
    ("followup", "No follow-up"),
    ("opportunity", "No opportunity"),
    ("order", "No order"),
    ("repurchase", "No repurchase"),
    ("held", "Held at most"),
    ("date", "A date of any record"),
]
DAYS = [("calendar", "Calendar days"), ("working", "Working days")]
# A change of these alone does not make it another rule.
HARMLESS = frozenset(("name", "sequence", "start_date"))


class CrmPoolRule(models.Model):
    """When an owner loses a customer, and into which pool it goes.

    A rule has one clock. It starts with what the clock waits for (the last follow-up,
    opportunity, order), or when the customer came to its owner if that is later, and
    counts full days after that local day. The last of them is the release date. One
    rule judges a customer, the first in order of precedence.
    """

    _name = "crm.pool.rule"
    _description = "Recycling rule"
    _inherit = [
        *["crm.rule.mixin", "crm.record.date.mixin", "crm.ownership.off.mixin"],
    ]

    _keeps_runs = True

    clock = fields.Selection(
        selection=CLOCKS,
        required=True,
        default="followup",
        help="What keeps a customer with its salesperson. The time begins anew with "
        "each follow-up, opportunity or order, and when the customer comes to a "
        "salesperson. No opportunity: it stands still while one is open. No "
        "repurchase: only customers who have ordered. Held at most: nothing but a new "
        "salesperson begins it anew. A date of any record: the latest one of the "
        "customer, e.g. the end of its last contract; who has none is not judged.",
    )
    days = fields.Integer(
        string="Number of Days",
        required=True,
        default=30,
        help="So many days later the customer goes to the pool, in the night in which "
        "this day begins.",
    )
    day_kind = fields.Selection(
        selection=DAYS,
        string="Counted in",
        required=True,
        default="calendar",
        help="Working days are those of the company's working hours: without weekends "
        "and public holidays, with make-up workdays.",
    )
    skip_leave = fields.Boolean(
        string="Without the Salesperson's Leave",
        help="Days on which the salesperson is on leave at noon are not counted.",
    )
    field_id = fields.Many2one(
        help="The time begins with the latest one of the customer."
    )
    pool_id = fields.Many2one(
        comodel_name="crm.pool",
        string="Into Pool",
        required=True,
        default=lambda self: self._default_pool_id(),
        ondelete="restrict",
    )

    def _default_pool_id(self):
        return self.env["crm.pool"].search([], limit=1)

    @api.constrains("days")
    def _check_days(self):
        if not all(1 <= rule.days <= LONGEST_DAYS for rule in self):
            raise ValidationError(
                self.env._(
                    "A customer is kept for one day at least and for %(days)s days at "
                    "most.",
                    days=LONGEST_DAYS,
                )
            )

    @api.constrains("active", "pool_id", "company_id")
    def _check_pool_id(self):
        for rule in self:
            if not rule.pool_id.active and rule.active:
                raise ValidationError(
                    self.env._(
                        "The pool “%(pool)s” is archived.", pool=rule.pool_id.name
                    )
                )
            if rule.pool_id.company_id and rule.pool_id.company_id != rule.company_id:
                raise ValidationError(
                    self.env._(
                        "The pool “%(pool)s” belongs to %(company)s: choose the same "
                        "company for the rule.",
                        pool=rule.pool_id.name,
                        company=rule.pool_id.company_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._keep_days()
        if any(rules.mapped("active")):  # an archived one decides nothing
            rules._rules_changed()
        return rules

    def write(self, vals):
        """A rule that is changed acts as changed from tomorrow on, unless the caller
        says from when."""
        judging = set(vals) - HARMLESS
        running = self.browse()
        if judging and "start_date" not in vals:
            running = self.filtered(lambda rule: rule._get_started())
        result = super().write(vals)
        for rule in running:
            start = rule._default_start_date()
            super(CrmPoolRule, rule).write({"start_date": start})
        self._keep_days()
        self._rules_changed()
        return result

    def unlink(self):
        result = super().unlink()
        self._rules_changed()
        return result

    def _get_value_models(self):
        return {"old": "res.users", "new": "crm.pool"}

    def _get_preview_sql(self):
        """Return whom this rule would release if it acted today."""
        self.ensure_one()
        rules = (self._get_in_force() - self)._get_started() | self
        return SQL(
            """
            SELECT due.partner_id, partner.user_id AS old, %(pool)s AS new,
                   due.rule_id, due.facts
              FROM (%(dates)s) AS due
              JOIN res_partner AS partner ON partner.id = due.partner_id
              JOIN %(own)s
             WHERE due.rule_id = %(rule)s
               AND due.release_date <= own.today
            """,
            pool=self.pool_id.id,
            dates=rules._get_dates_sql(as_started=self),
            own=self.env["res.partner"]._get_company_of_sql("own", "partner"),
            rule=self.id,
        )
