from odoo import api, fields, models
from odoo.tools import SQL

LIMIT = 10000


class CrmPoolJudgement(models.TransientModel):
    """What each recycling rule says of a customer, and which of them decides; one line
    a customer and rule, for the user who asked."""

    _name = "crm.pool.judgement"
    _description = "Rules that fit a customer"
    _order = "partner_id, place, id"
    _rec_name = "rule_id"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        index="btree_not_null",
    )
    rule_id = fields.Many2one(
        comodel_name="crm.pool.rule", string="Recycling Rule", readonly=True
    )
    winner_id = fields.Many2one(comodel_name="crm.pool.rule", readonly=True)
    place = fields.Integer(readonly=True)
    state = fields.Selection(
        selection=[
            ("decides", "Decides"),
            ("behind", "Comes after"),
            ("later", "Not started"),
            ("exempt", "Leaves alone"),
        ],
        string="Result",
        readonly=True,
    )
    release_date = fields.Date(string="Would Leave On", readonly=True)
    facts = fields.Json(readonly=True)
    why = fields.Text(string="Because", compute="_compute_words")
    reason = fields.Text(compute="_compute_words")

    @api.depends("state", "facts")
    @api.depends_context("lang")
    def _compute_words(self):
        renderer = self.env["crm.reason"]
        renderer._look_ahead(self.mapped("facts"))
        for line in self:
            line.why = line._get_why()
            line.reason = renderer._get_sentence(line.facts)

    def _get_why(self):
        # Superuser: which rules there are is no secret to those whom they judge.
        rule, winner = self.sudo().rule_id, self.sudo().winner_id
        if self.state == "exempt":
            return rule._get_exemption_words(self.facts.get("exempt"))
        if self.state == "later":
            return self.env._(
                "It starts on %(day)s; until then the rules of today decide.",
                day=self.env.user._tell_day(rule.start_date),
            )
        if self.state == "behind":
            return winner._get_precedence_words(rule)
        if not self.release_date:
            return self.env._("It decides; its clock stands still, so nobody leaves.")
        others = self.facts.get("others")
        if not others:
            return self.env._("No other rule fits.")
        return rule._get_precedence_words(rule.browse(others).exists())

    @api.model
    def _open_for_customers(self, partners):
        """Return the action that shows all rules for these customers.

        :raise AccessError: the caller may not read them
        """
        partners.check_access("read")
        self._fill(partners.ids)
        return {
            **self._get_action(partners[:1].display_name),
            "context": {"one_customer": len(partners) == 1},
        }

    @api.model
    def _open_for_rule(self, rule):
        """Return the action that shows the customers of ``rule`` whom other rules fit
        as well."""
        rule.check_access("read")
        visible = rule._get_visible_sql()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner_id
                  FROM (%s) AS candidate
                 WHERE partner_id IN (%s)
              GROUP BY partner_id
                HAVING count(*) > 1 AND bool_or(rule_id = %s)
              ORDER BY partner_id LIMIT %s
                """,
                rule._get_in_force()._get_candidates_sql(None) or rule._get_no_one(),
                visible,
                rule.id,
                LIMIT,
            )
        )
        self._fill([number for (number,) in rows])
        return self._get_action(rule.display_name)

    def _get_action(self, name):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_pool_judgement_action"
        )
        return {
            **action,
            "display_name": self.env._("Recycling rules: %(name)s", name=name),
            "domain": [("create_uid", "=", self.env.uid)],
        }

    @api.model
    def _fill(self, partner_ids):
        """Write the lines of the caller anew; one statement."""
        # Superuser: rules judge whom they judge, whoever asks.
        rules = self.env["crm.pool.rule"].sudo()._get_in_force()
        candidates = rules._get_candidates_sql(partner_ids) or rules._get_no_one()
        self.env.execute_query(
            SQL(
                """
                WITH gone AS (
                     DELETE FROM crm_pool_judgement WHERE create_uid = %(uid)s),
                     candidate AS MATERIALIZED (%(candidates)s),
                     ranked AS MATERIALIZED (%(ranked)s),
                     line AS (%(lines)s)
                INSERT INTO crm_pool_judgement (partner_id, rule_id, winner_id, place,
                       state, release_date, facts, create_uid, create_date)
                SELECT line.partner_id, line.rule_id, winner.rule_id, line.place,
                       line.state, line.release_date, line.facts, %(uid)s,
                       %(now)s
                  FROM line
             LEFT JOIN ranked AS winner ON winner.partner_id = line.partner_id
                                       AND winner.choice = 1
             RETURNING id
                """,
                uid=self.env.uid,
                now=fields.Datetime.now(),
                candidates=candidates,
                ranked=rules._get_ranked_sql(SQL("SELECT * FROM candidate")),
                lines=self._get_lines_sql(rules._get_exempted_sql(partner_ids)),
            )
        )
        self.invalidate_model()

    @api.model
    def _get_lines_sql(self, exempt):
        """Return a SELECT of what each rule says of each customer: of the ``candidate``
        and ``ranked`` ones, and of those whom it leaves alone."""
        return SQL(
            """
            SELECT candidate.partner_id, candidate.rule_id, candidate.place,
                   leaving.release_date,
                   CASE WHEN ranked.choice = 1 THEN 'decides'
                        WHEN ranked.choice > 1 THEN 'behind'
                        ELSE 'later' END AS state,
                   candidate.facts || jsonb_build_object(
                       'release', leaving.release_date, 'due', candidate.due,
                       'wave', CASE WHEN candidate.wave > GREATEST(
                           candidate.release_date, candidate.kept)
                           THEN candidate.wave END, 'others', (
                       SELECT jsonb_agg(other.rule_id)
                         FROM ranked AS other
                        WHERE other.partner_id = candidate.partner_id
                          AND other.choice > 1)) AS facts
              FROM candidate
         LEFT JOIN ranked USING (partner_id, rule_id)
        CROSS JOIN LATERAL (
                   SELECT NULLIF(GREATEST(candidate.release_date, candidate.kept,
                                          candidate.wave), 'infinity')
                          AS release_date) AS leaving
         UNION ALL
            SELECT partner_id, rule_id, 1000000, NULL, 'exempt',
                   jsonb_build_object('exempt', jsonb_agg(code))
              FROM (%s) AS exempt
          GROUP BY partner_id, rule_id
            """,
            exempt,
        )
