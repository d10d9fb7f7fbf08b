from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

KEPT_DAYS = 400
IDLE_HOURS = 20


class CrmRuleRun(models.Model):
    """A run of a rule: when, how many customers it judged, how many it changed, and
    how long that took. What was nothing to do is a line as well."""

    _name = "crm.rule.run"
    _description = "Run of a rule"
    _order = "ran_at desc, id desc"
    _rec_name = "ran_at"
    _log_access = False

    rule_model = fields.Char(
        required=True, readonly=True, export_string_translation=False
    )
    rule_id = fields.Many2oneReference(
        model_field="rule_model", required=True, readonly=True
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    ran_at = fields.Datetime(string="When", required=True, readonly=True)
    judged_count = fields.Integer(
        string="Judged",
        readonly=True,
        help="Customers whom the rule means, as its button counts them.",
    )
    changed_count = fields.Integer(string="Changed", readonly=True)
    seconds = fields.Float(
        string="Took (seconds)",
        digits=(12, 1),
        readonly=True,
        help="Of the whole run; rules that decide together share one.",
    )

    _of_rule_idx = models.Index("(rule_model, rule_id, ran_at DESC)")

    @api.model
    def _note(self, rules, changed, seconds):
        """Keep a run of these rules.

        :param changed: ``{rule id: number of customers changed}``
        """
        now = fields.Datetime.now()
        idle = self._get_idle(rules)
        rules = rules.filtered(lambda rule: changed.get(rule.id) or rule.id not in idle)
        # Superuser: who is judged is a matter of the rule, not of who runs it.
        self.sudo().create(
            [
                {
                    "rule_model": rule._name,
                    "rule_id": rule.id,
                    "company_id": rule.company_id.id,
                    "ran_at": now,
                    "judged_count": rule.sudo()._count_judged_by_run(
                        changed.get(rule.id, 0)
                    ),
                    "changed_count": changed.get(rule.id, 0),
                    "seconds": seconds,
                }
                for rule in rules
            ]
        )
        self.env.flush_all()

    @api.model
    def _get_idle(self, rules):
        """Return the ids of those with a line of today already."""
        lately = fields.Datetime.now() - timedelta(hours=IDLE_HOURS)
        # Superuser: as above.
        runs = self.sudo().search_fetch(
            [
                ("rule_model", "=", rules._name),
                ("rule_id", "in", rules.ids),
                ("ran_at", ">", lately),
            ],
            ["rule_id"],
        )
        return set(runs.mapped("rule_id"))

    @api.autovacuum
    def _gc_runs(self):
        before = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.env.cr.execute(SQL("DELETE FROM crm_rule_run WHERE ran_at < %s", before))
