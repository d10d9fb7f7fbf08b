from importlib.util import find_spec

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from ...tools.batches import BATCH
from ...tools.counted import tell_customers
from ...tools.likelihood import FitError
from ...tools.retries import retry

MOST_AT_ONCE = 10 * BATCH


class CrmFittedMixin(models.AbstractModel):
    """What a company's order history says about its customers, in a few parameters.

    One record a company, made by itself. The parameters are fitted on the company's own
    orders, each month where it is wished, or typed. A model names them in
    ``_parameters``, what only the machine writes besides in ``_measured``, and what a
    fit tells of itself in ``_told``; ``_find_parameters`` finds them.
    """

    _name = "crm.fitted.mixin"
    _description = "Parameters fitted on orders"
    _order = "company_id"

    _parameters = ()
    _largest_parameter = 0
    _measured = frozenset()
    _told = ("customer_count", "log_likelihood")

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        ondelete="cascade",
        help="Customers shared by all companies are judged by their relationship "
        "company, else by the first company.",
    )
    source = fields.Selection(
        selection=[("fitted", "Fitted"), ("typed", "Typed")],
        string="Parameters",
        readonly=True,
        help="Typed parameters stay until somebody fits.",
    )
    parameters_on = fields.Date(string="Parameters of", readonly=True)
    refits = fields.Boolean(
        string="Fit Every Month",
        default=True,
        help="Parameters that were typed are left alone.",
    )
    customer_count = fields.Integer(string="Customers Fitted", readonly=True)
    log_likelihood = fields.Float(digits=(16, 1), readonly=True)
    fit_problem = fields.Selection(
        selection=[
            ("scipy", "scipy is missing"),
            ("few", "Too few customers"),
            ("no_repeats", "No repeat order"),
            ("diverged", "No end found"),
        ],
        string="Last Fit",
        readonly=True,
    )
    notice = fields.Char(compute="_compute_notice")

    @api.depends("fit_problem", "source")
    @api.depends_context("lang")
    def _compute_notice(self):
        lacking = not self._can_fit()
        for model in self:
            problem = "scipy" if lacking else model.fit_problem
            model.notice = model._get_problem_words(problem or model._get_doubt())

    @api.constrains(lambda self: self._parameters)
    def _check_parameters(self):
        for model in self:
            values = [model[name] for name in self._parameters]
            if any(values) and not all(
                0 < value <= self._largest_parameter for value in values
            ):
                raise ValidationError(self._get_parameters_word())

    def write(self, vals):
        measured = {"company_id", "source", "parameters_on", "fit_problem"}
        measured |= self._measured | set(self._told)
        if measured & set(vals) and not self.env.su:
            raise AccessError(self.env._("Nobody types what has been measured."))
        if not set(self._parameters) & set(vals):
            return super().write(vals)
        if "source" not in vals:
            vals = vals | self._prepare_typed_vals(vals)
        result = super().write(vals)
        self._parameters_written()
        return result

    def _prepare_typed_vals(self, vals):
        given = any(vals.get(name, self[:1][name]) for name in self._parameters)
        return {
            "source": "typed" if given else False,
            "parameters_on": given and fields.Date.context_today(self),
            "fit_problem": False,
            **dict.fromkeys(self._told, 0),
        }

    def _parameters_written(self):
        """Hook: the parameters of these are others now."""

    def action_fit(self):
        """Fit now, and say what came of it.

        :raise UserError: the history allows no fit, or scipy is missing
        """
        self.ensure_one()
        self.check_access("write")
        # Superuser: parameters are fitted on all orders, and written by nobody.
        if problem := self.sudo()._fit():
            raise UserError(self._get_problem_words(problem))
        return self._notify(
            self.env._(
                "Fitted on %(customers)s. All follow tonight, or now by “Apply now”.",
                customers=tell_customers(self.env, self.customer_count),
            )
        )

    def action_refresh_customers(self):
        """Let the customers of all companies follow the parameters now: by the job, a
        page a transaction, where they are too many for somebody who waits."""
        self.check_access("write")
        if self._are_many_customers():
            # Superuser: who may write the parameters lets the job run.
            self.env.ref("crm_relations.ir_cron_follow_parameters").sudo()._trigger()
            return self._notify(
                self.env._(
                    "There are more than %s customers: they follow in the background, "
                    "within minutes.",
                    MOST_AT_ONCE,
                ),
                "info",
            )
        # Superuser: as the night does.
        changed = self.sudo()._refresh_customers()
        return self._notify(self.env._("Customers brought up to date: %s.", changed))

    @api.model
    def _are_many_customers(self):
        self.env["res.partner"].flush_model(["is_managed_customer"])
        [(count,)] = self.env.execute_query(
            SQL(
                "SELECT count(*) FROM (SELECT FROM res_partner"
                " WHERE is_managed_customer LIMIT %s) AS known",
                MOST_AT_ONCE + 1,
            )
        )
        return count > MOST_AT_ONCE

    def _notify(self, message, kind="success"):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": kind,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _create_missing(self):
        """Give each company its record."""
        companies = self.env["res.company"]._get_all_for_relations()
        # Superuser: a record a company, whoever opens the list.
        known = self.sudo().search([])  # pylint: disable=no-search-all
        missing = companies - known.company_id
        self.sudo().create([{"company_id": company.id} for company in missing])

    @api.model
    def _cron_fit(self):
        """Fit each company whose parameters were not typed; each commits."""
        self._create_missing()
        for model in self.search([("refits", "=", True), ("source", "!=", "typed")]):
            retry(self.env, model._fit)
            self.env["ir.cron"]._commit_progress(0)

    @api.model
    def _can_fit(self):
        return bool(find_spec("scipy"))

    def _fit(self):
        """Fit and write the parameters, or else only what was in the way.

        :return: "" or the code of the problem
        """
        self.ensure_one()
        try:
            found = self._find_parameters()
        except FitError as error:
            self.fit_problem = error.code
            return error.code
        self.write(
            {
                "source": "fitted",
                "parameters_on": self.company_id._get_relations_today(),
                "fit_problem": False,
                **found,
            }
        )
        return ""

    def _find_parameters(self):
        """Hook: return the parameters that fit the orders of the company best, and what
        the fit tells of itself.

        :raise FitError: there are none
        """
        raise FitError("few")

    @api.model
    def _refresh_customers(self):
        """Hook: let all customers follow the parameters; return how many changed."""
        return 0

    def _get_doubt(self):
        """Hook: return the code of what keeps the parameters from saying much, or
        ""."""
        return ""

    def _get_parameters_word(self):
        """Hook: return what is said where parameters are missing or no parameters."""
        return self.env._("Give all parameters, each greater than 0; or none of them.")

    def _get_problem_words(self, problem):
        """Return what a code of a problem means; "" where there is none."""
        return self._get_words_of_problems().get(problem, "")

    def _get_words_of_problems(self):
        """Hook: return ``{code: what it means}``."""
        return {
            "scipy": self.env._(
                "Parameters cannot be fitted here: the Python library scipy is not "
                "installed on the server. The present parameters stay in use; others "
                "can be typed."
            )
        }
