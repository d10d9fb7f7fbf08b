from odoo import api, fields, models
from odoo.tools import SQL


class CrmDecisionPreview(models.TransientModel):
    """What a rule would do now, one line a customer, for the user who asked."""

    _name = "crm.decision.preview"
    _description = "Preview of a rule"
    _order = "owner_id, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        index="btree_not_null",
    )
    owner_id = fields.Many2one(
        comodel_name="res.users", readonly=True, index="btree_not_null"
    )
    rule_model = fields.Char(readonly=True, export_string_translation=False)
    rule_id = fields.Many2oneReference(model_field="rule_model", readonly=True)
    old_value = fields.Char(readonly=True, export_string_translation=False)
    new_value = fields.Char(readonly=True, export_string_translation=False)
    change = fields.Char(readonly=True, export_string_translation=False)
    old_name = fields.Char(string="Now", compute="_compute_names")
    new_name = fields.Char(string="Then", compute="_compute_names")
    facts = fields.Json(readonly=True)
    reason = fields.Char(compute="_compute_names")

    @api.depends("facts", "old_value", "new_value")
    @api.depends_context("lang")
    def _compute_names(self):
        for model, lines in self.grouped("rule_model").items():
            rows = [
                {
                    "partner_id": line.partner_id.id,
                    "old": line.old_value,
                    "new": line.new_value,
                    "facts": line.facts,
                }
                for line in lines
            ]
            named = self.env[model]._name_decisions(rows)
            for line, row in zip(lines, named, strict=True):
                line.old_name = row["old"]
                line.new_name = row["new"]
                line.reason = row["reason"]

    def action_open_customer(self):
        self.ensure_one()
        return self.partner_id.action_open_customer()

    @api.model
    def _open(self, rule, limit=10000):
        """Fill a fresh preview of ``rule`` and return the action that shows it."""
        changed = self._fill(rule, limit)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_decision_preview_action"
        )
        return {
            **action,
            "display_name": self.env._(
                "%(total)s would change: %(rule)s",
                rule=rule.display_name,
                total=rule._tell_total(changed),
            ),
            "context": {f"search_default_{rule._get_preview_grouping()}": 1},
            "domain": [
                ("create_uid", "=", self.env.uid),
                ("rule_model", "=", rule._name),
                ("rule_id", "=", rule.id),
            ],
        }

    @api.model
    def _fill(self, rule, limit):
        """Write the caller's lines anew; one statement for all customers, one for what
        changes into what.

        :return: how many would change; ``limit`` lines are written at most
        """
        mine = SQL(
            "create_uid = %s AND rule_model = %s AND rule_id = %s",
            self.env.uid,
            rule._name,
            rule.id,
        )
        [(changed,)] = self.env.execute_query(
            SQL(
                """
                WITH gone AS (DELETE FROM crm_decision_preview WHERE %(mine)s),
                     decision AS MATERIALIZED (%(decisions)s),
                     filled AS (
                INSERT INTO crm_decision_preview (partner_id, owner_id, rule_model,
                       rule_id, old_value, new_value, facts,
                       create_uid, create_date, write_uid, write_date)
                SELECT decision.partner_id, partner.user_id, %(model)s, %(rule)s,
                       decision.old::text, decision.new::text, decision.facts,
                       %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM decision
                  JOIN res_partner AS partner ON partner.id = decision.partner_id
              ORDER BY decision.partner_id
                 LIMIT %(limit)s
             RETURNING id)
                SELECT count(*) FROM decision
                """,
                mine=mine,
                model=rule._name,
                rule=rule.id,
                uid=self.env.uid,
                now=fields.Datetime.now(),
                decisions=rule._get_visible_preview_sql(),
                limit=limit,
            )
        )
        self.invalidate_model()
        if rule._get_preview_grouping() == "by_change":
            self._name_changes(rule, mine)
        return changed

    @api.model
    def _name_changes(self, rule, mine):
        """Write what changes into what, in the caller's language, to group by."""
        pairs = self.env.execute_query_dict(
            SQL(
                "SELECT DISTINCT old_value AS old, new_value AS new"
                " FROM crm_decision_preview WHERE %s",
                mine,
            )
        )
        if not pairs:
            return
        names = rule._get_value_names(pairs)
        rows = SQL(", ").join(
            SQL(
                "(%s, %s, %s)",
                pair["old"],
                pair["new"],
                " → ".join(
                    names.get((side, pair[side])) or "–" for side in ("old", "new")
                ),
            )
            for pair in pairs
        )
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_decision_preview AS line
                   SET change = pair.name
                  FROM (VALUES %s) AS pair (old, new, name)
                 WHERE line.old_value IS NOT DISTINCT FROM pair.old
                   AND line.new_value IS NOT DISTINCT FROM pair.new AND %s
             RETURNING line.id
                """,
                rows,
                mine,
            )
        )
