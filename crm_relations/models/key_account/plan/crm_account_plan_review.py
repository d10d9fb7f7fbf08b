from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ....tools.arguments import Answers
from ....tools.terms import get_end_of_term

QUARTER = 3
WRITTEN = frozenset(("decisions", "next_steps"))


class CrmAccountPlanReview(models.Model):
    """A look at the plan, each quarter and each year: what was planned, what was
    measured on that day, how far behind, what was decided. The figures of the day are
    kept; what is measured later does not change them."""

    _name = "crm.account.plan.review"
    _description = "Review of a plan"
    _inherit = ["crm.step.mixin"]
    _order = "due, id"
    _decided = ("state", "due", "kind", "facts", "held_on", "held_by_id")

    plan_id = fields.Many2one(
        comodel_name="crm.account.plan",
        string="Account Plan",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="plan_id.company_id", export_string_translation=False
    )
    partner_id = fields.Many2one(related="plan_id.partner_id")
    user_id = fields.Many2one(related="plan_id.user_id", string="Plan Owner")
    kind = fields.Selection(
        selection=[("quarter", "Quarterly"), ("year", "Yearly")],
        required=True,
        readonly=True,
        default="quarter",
    )
    due = fields.Date(string="Review Day", required=True, readonly=True, index=True)
    state = fields.Selection(
        selection=[("due", "To Hold"), ("held", "Review Held")],
        string="Status",
        required=True,
        readonly=True,
        default="due",
        copy=False,
    )
    decisions = fields.Text(help="What was decided in this review.")
    next_steps = fields.Text(help="What is done next, by whom.")
    facts = fields.Json(readonly=True, copy=False, export_string_translation=False)
    figures = fields.Html(
        string="Planned and Reached", compute="_compute_figures", sanitize=False
    )
    held_on = fields.Date(readonly=True, copy=False)
    held_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, copy=False, index="btree_not_null"
    )

    may_hold = fields.Boolean(compute="_compute_may_hold")

    _due_uniq = models.Constraint(
        "UNIQUE(plan_id, due)", "A plan has one review on a day."
    )

    @api.depends("plan_id", "due")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for one in self:
            day = self.env.user._tell_day(one.due)
            name = one.plan_id.display_name or ""
            one.display_name = f"{name} · {kinds.get(one.kind, '')} {day}"

    @api.depends("state", "plan_id.state")
    @api.depends_context("uid")
    def _compute_may_hold(self):
        others = self._get_not_mine()
        for one in self:
            one.may_hold = one.state == "due" and one.id not in others

    @api.depends("facts", "state")
    @api.depends_context("lang")
    def _compute_figures(self):
        for one in self:
            facts = one.facts or (one.plan_id and one._get_facts(one._get_day()))
            one.figures = one._draw(facts or {})

    def write(self, vals):
        if not self.env.su:
            self.plan_id._check_worked_on()
            if set(vals) - WRITTEN:
                raise AccessError(
                    self.env._(
                        "Decisions and next steps are written; the rest follows."
                    )
                )
            if any(one.state != "due" for one in self.sudo()):
                # Superuser: as it is now.
                raise UserError(self.env._("What was held stays as it is."))
        return super().write(vals)

    def hold(self) -> Answers:
        """Close these reviews: what is measured today is kept. Whoever works with the
        customer may.

        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (held already, or nothing was decided)
        """
        refusals, taken = self._take(("due",), lambda known: known._get_not_mine())
        silent = taken.filtered(lambda one: not (one.decisions or "").strip())
        word = self.env._("Write down what was decided.")
        taken = taken._leave_out(refusals, dict.fromkeys(silent.ids, word))
        for one in taken:
            today = one.plan_id._get_today()
            one.write(
                {
                    "state": "held",
                    "facts": one._get_facts(today),
                    "held_on": today,
                    "held_by_id": self.env.uid,
                }
            )
        return self._answer_each(refusals, self.env._("The review is kept."))

    def action_hold(self):
        return self._show_answers(self.hold())

    def action_open_plan(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.account.plan",
            "views": [(False, "form")],
            "res_id": self.plan_id.id,
        }

    def _get_not_mine(self):
        others = self.plan_id._get_not_mine()
        return {
            one.id: others[one.plan_id.id] for one in self if one.plan_id.id in others
        }

    def _get_day(self):
        return self.held_on or self.plan_id._get_today()

    @api.model
    def _plan_for(self, plan):
        """Date the reviews of this plan, as superuser: each quarter of its period, each
        fourth and the last one of the year; those held stay."""
        days = self._get_days(plan.date_start, plan.date_end)
        waiting = plan.review_ids.filtered(lambda one: one.state == "due")
        waiting.filtered(lambda one: one.due not in days).unlink()
        for one in waiting.exists():
            one.kind = days[one.due]
        known = plan.review_ids.exists().mapped("due")
        self.create(
            [
                {"plan_id": plan.id, "due": day, "kind": kind}
                for day, kind in days.items()
                if day not in known
            ]
        )

    @api.model
    def _get_days(self, start, end):
        """Return ``{day: kind}`` of the reviews of a period."""
        days, number = {}, 1
        while True:
            day = get_end_of_term(start, QUARTER * number)
            if day >= end:
                days[end] = "year"
                return days
            days[day] = "year" if number % 4 == 0 else "quarter"
            number += 1

    def _get_facts(self, day):
        """Return what is planned and measured on this day."""
        plan = self.plan_id.sudo()  # Superuser: measured by the measures' own rights
        found = plan.objective_ids._measure(day)
        return {
            "elapsed": plan._get_elapsed(day),
            "budget": plan.budget,
            "spent": plan.spent,
            "currency": plan.currency_id.id,
            "objectives": [
                [
                    *(one.name, one.direction, one.target, found[one][0]),
                    *(one.unit or "", one._get_progress(found[one][0])),
                    found[one][1],
                ]
                for one in plan.objective_ids
            ],
            "milestones": [
                [
                    *(one.name, str(one.planned_on or one.due)),
                    *(str(one.done_on or ""), one._get_slippage(day)),
                ]
                for one in plan.milestone_ids
            ],
        }

    def _draw(self, facts):
        if not facts:
            return ""
        return self.env["ir.qweb"]._render(
            "crm_relations.crm_account_plan_review_figures",
            {"facts": facts, "review": self},
        )

    def _tell_money(self, amount, currency_id):
        return self.env["crm.reason"]._format_money(amount, currency_id)

    def _tell_figure(self, figure):
        language = self.env["res.lang"]._lang_get(self.env.lang or "en_US")
        return language.format("%.2f", figure, grouping=True)

    def _tell_share(self, share):
        return f"{100 * share:.0f} %"

    def _tell_day(self, text):
        return self.env["crm.reason"]._format_day(text)
