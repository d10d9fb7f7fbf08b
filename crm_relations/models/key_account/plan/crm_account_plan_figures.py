from odoo import api, fields, models

from ....tools.sentences import join_sentences, join_words


class CrmAccountPlan(models.Model):
    """Where a plan stands: nobody types any of it."""

    _inherit = "crm.account.plan"

    progress = fields.Float(
        compute="_compute_figures",
        help="Average of its objectives, each counted up to 100 %.",
    )
    elapsed = fields.Float(
        string="Time Passed", compute="_compute_figures", help="Of the period."
    )
    spent = fields.Monetary(
        string="Spent So Far",
        compute="_compute_figures",
        help="What the documents of its resources cost.",
    )
    planned_cost = fields.Monetary(
        string="Planned",
        compute="_compute_figures",
        help="All resources, in the currency of the plan.",
    )
    slippage_days = fields.Integer(
        string="Behind (days)",
        compute="_compute_figures",
        help="Of the milestone that is furthest behind what was approved.",
    )
    next_review = fields.Date(compute="_compute_figures")
    warning = fields.Char(compute="_compute_warning")
    is_by_me = fields.Boolean(compute="_compute_may", export_string_translation=False)
    may_edit = fields.Boolean(compute="_compute_may")
    may_work = fields.Boolean(compute="_compute_may")

    @api.depends(
        *("objective_ids.target", "milestone_ids.slippage_days", "date_start"),
        *("date_end", "resource_ids.spent", "resource_ids.planned", "review_ids.due"),
    )
    def _compute_figures(self):
        for plan in self:
            reached = plan.objective_ids.filtered(lambda one: not one.problem)
            parts = [min(max(one.progress, 0), 1) for one in reached]
            plan.progress = sum(parts) / len(parts) if parts else 0
            plan.elapsed = plan._get_elapsed()
            plan.spent = sum(plan.resource_ids.mapped("spent"))
            plan.planned_cost = sum(plan.resource_ids.mapped("planned"))
            plan.slippage_days = max(
                plan.milestone_ids.mapped("slippage_days"), default=0
            )
            due = plan.review_ids.filtered(lambda one: one.state == "due")
            plan.next_review = min(due.mapped("due"), default=False)

    @api.depends("user_id", "spent", "planned_cost", "budget", "state", "progress")
    @api.depends_context("lang")
    def _compute_warning(self):
        # Superuser: whether a colleague still works here.
        for plan in self.sudo():
            words = []
            left = (plan.user_id | plan.action_ids.user_id).filtered(
                lambda user: not user.active
            )
            if left and plan.state in ("draft", "approved"):
                names = join_words(self.env, left.mapped("name"))
                words.append(
                    self.env._("%s does not work here any more: name others.", names)
                )
            words += filter(None, plan.objective_ids.mapped("problem"))
            if plan.budget and max(plan.spent, plan.planned_cost) > plan.budget:
                words.append(self.env._("The resources are above the budget."))
            plan.warning = join_sentences(words)

    @api.depends("user_id", "partner_id")
    def _compute_may_decide(self):
        return super()._compute_may_decide()

    @api.depends("state", "user_id", "partner_id")
    @api.depends_context("uid")
    def _compute_may(self):
        others = self._get_not_mine()
        for plan in self:
            works = not plan.id or plan.id not in others
            plan.is_by_me = works
            plan.may_edit = plan.state == "draft" and works
            plan.may_work = plan.state in ("draft", "approved") and works

    def _get_today(self):
        # Superuser: the clock of a company is no secret.
        return self.sudo().partner_id._get_relation_company()._get_relations_today()

    def _get_elapsed(self, day=None):
        """Return which part of the period has passed, 0 to 1."""
        if not self.date_start or not self.date_end:
            return 0
        days = (self.date_end - self.date_start).days + 1
        passed = ((day or self._get_today()) - self.date_start).days + 1
        return min(max(passed / days, 0), 1)

    def _get_facts(self):
        """Return what is planned and measured today, as a review keeps it."""
        return (
            self.env["crm.account.plan.review"]
            .new({"plan_id": self.id})
            ._get_facts(self._get_today())
        )

    def _get_label(self, name):
        return self._fields[name]._description_string(self.env)

    def _get_line_label(self, lines, name):
        return self[lines]._fields[name]._description_string(self.env)

    def _tell_printed(self):
        return self.env._(
            "Printed by %(user)s on %(day)s",
            user=self.env.user.name,
            day=self.env.user._tell_day(self.env.user._get_relations_today()),
        )
