from datetime import date

from odoo import api, fields, models

from ....tools.sentences import join_label


class CrmAccountPlanVersion(models.Model):
    """What was in force from a day on."""

    _name = "crm.account.plan.version"
    _description = "Version of a plan"
    _order = "plan_id, number desc"
    _rec_name = "number"

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
    number = fields.Integer(string="Version", readonly=True, aggregator=None)
    date = fields.Date(string="In Force From", readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Approved By",
        readonly=True,
        index="btree_not_null",
    )
    facts = fields.Json(readonly=True, export_string_translation=False)
    told = fields.Text(string="What Was Approved", compute="_compute_told")

    _number_uniq = models.Constraint(
        "UNIQUE(plan_id, number)", "Each version has a number of its own."
    )

    @api.depends("facts")
    @api.depends_context("lang")
    def _compute_told(self):
        for version in self:
            version.told = version._tell(version.facts or {})

    def _keep_of(self, plan):
        """Keep what is in force now of this plan, as superuser."""
        versions = plan.version_ids
        self.create(
            {
                "plan_id": plan.id,
                "number": max(versions.mapped("number"), default=0) + 1,
                "date": plan._get_today(),
                "user_id": self.env.uid,
                "facts": {
                    "start": str(plan.date_start),
                    "end": str(plan.date_end),
                    "budget": plan.budget,
                    "currency": plan.currency_id.id,
                    "strategy": plan.strategy or "",
                    "objectives": [
                        [one.name, one.direction, one.target, one.unit or ""]
                        for one in plan.objective_ids
                    ],
                    "milestones": [
                        [one.name, str(one.due)] for one in plan.milestone_ids
                    ],
                },
            }
        )

    def _tell(self, facts):
        """Return what stood then in words, a line each."""
        if not facts:
            return ""
        day = self.env.user._tell_day
        lines = [
            self.env._(
                "From %(start)s to %(end)s, budget %(budget)s",
                start=day(date.fromisoformat(facts["start"])),
                end=day(date.fromisoformat(facts["end"])),
                budget=self.env["crm.reason"]._format_money(
                    facts["budget"], facts["currency"]
                ),
            )
        ]
        words = {"up": self.env._("at least"), "down": self.env._("at most")}
        lines += [
            join_label(self.env, name, f"{words[way]} {target:,.2f} {unit}").strip()
            for name, way, target, unit in facts["objectives"]
        ]
        lines += [
            join_label(self.env, name, day(date.fromisoformat(due)))
            for name, due in facts["milestones"]
        ]
        return "\n".join([*lines, facts["strategy"]]).strip()
