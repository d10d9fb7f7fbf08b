from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools.sentences import join_label


class CrmKeyAccountScheme(models.Model):
    """How a company finds its key accounts: criteria, each with a weight.

    A criterion gives 0 to 100 points, from data by a table or from the judgement of
    people. The score is their average by weight. What nobody has judged yet counts
    neither way, and the reason says so; what the data do not know gives 0.

    The customers are also lined up by what they bring, the greatest first: those who
    together bring the greater part are the core, the one that crosses the border
    included. Two customers, two schemes: each is judged by the one of its company,
    else by the one without a company.
    """

    _name = "crm.key.account.scheme"
    _description = "Criteria for key accounts"
    _inherit = ["crm.rule.preview"]
    _order = "company_id, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="Judge only the customers of this company. Empty: those of all companies "
        "that have no criteria of their own.",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency", compute="_compute_currency_id"
    )
    criterion_ids = fields.One2many(
        comodel_name="crm.key.account.criterion",
        inverse_name="scheme_id",
        string="Criteria",
        copy=True,
    )
    core_share = fields.Float(
        string="Core Customers Bring (%)",
        digits=(5, 1),
        required=True,
        default=80,
        help="Customers are lined up by their sales of 12 months. Those from the first "
        "on who together bring this share are the core of the 20/80 list; who crosses "
        "the border still is.",
    )
    floor = fields.Float(
        string="Floor of the Score",
        digits=(5, 1),
        default=40,
        help="A key account whose score stays below this for some time is proposed to "
        "be ended. Nobody is ended by the machine. 0: none is proposed.",
    )
    floor_months = fields.Integer(
        string="Below the Floor for (months)",
        default=6,
        help="So long does the score stay below the floor before it is proposed to "
        "end the key account.",
    )
    last_run_at = fields.Datetime(string="Scored On", readonly=True, copy=False)
    warning = fields.Char(compute="_compute_warning")

    _company_uniq = models.UniqueIndex(
        "(COALESCE(company_id, 0)) WHERE active",
        "These customers have criteria already: change those, or archive them.",
    )
    _ranges = models.Constraint(
        "CHECK(core_share > 0 AND core_share <= 100 AND floor BETWEEN 0 AND 100 "
        "AND floor_months BETWEEN 0 AND 120)",
        "The core brings up to 100 %, the floor lies between 0 and 100 points, and "
        "the time below it between 0 and 120 months.",
    )

    @api.depends("company_id")
    def _compute_currency_id(self):
        for scheme in self:
            scheme.currency_id = scheme._get_company().currency_id

    @api.depends("criterion_ids.problem", "criterion_ids.weight")
    @api.depends_context("lang")
    def _compute_warning(self):
        for scheme in self:
            broken = scheme.criterion_ids.filtered("problem")
            scheme.warning = " ".join(
                join_label(self.env, one.name, one.problem) for one in broken
            ) or (not scheme._get_weighed() and scheme._get_weightless_message())

    @api.constrains("criterion_ids")
    def _check_weights(self):
        for scheme in self:
            active = scheme.criterion_ids.filtered("active")
            if active and not any(active.mapped("weight")):
                raise ValidationError(scheme._get_weightless_message())

    @api.model
    def _get_weightless_message(self):
        return self.env._("All weights are 0: give at least one criterion a weight.")

    def action_run(self):
        """Score the customers of this scheme now."""
        self.ensure_one()
        self.check_access("write")
        # Superuser: nobody writes scores; the scheme decides.
        changed = self.sudo()._run()
        return self.env["crm.answer.summary"]._notify(
            self.env._("Customers with another score now: %s.", changed)
        )

    def action_open_list(self):
        """Open the 20/80 list of the customers of this scheme."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_key_account_candidate_action"
        )
        return action | {"domain": [("scheme_id", "=", self.id)]}

    def _get_company(self):
        """Return the company by whose day and currency the scheme counts."""
        # Superuser: the clock and the currency of a company are no secret.
        company = self.company_id.sudo()
        return company or self.env["res.company"]._get_relations_default()

    def _get_weighed(self):
        """Return the criteria that count, and can be measured or judged."""
        return self.criterion_ids.filtered(
            lambda one: one.active and one.weight > 0 and not one.problem
        )

    @api.model
    def _get_of(self, company):
        """Return the scheme that judges the customers of a company, if there is one."""
        # Superuser: what judges a customer, whoever looks at it.
        schemes = self.sudo().search(
            Domain("company_id", "in", (company.id, False)), order="company_id, id"
        )
        return schemes[:1]

    @api.model
    def _get_in_force(self):
        """Return all schemes; a handful of them."""
        # Superuser: they hold for all, whoever asks.
        return self.sudo().search([], order="id")  # pylint: disable=no-search-all
