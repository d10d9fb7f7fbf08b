from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.sentences import join_words

# A blocked customer is looked at again after so long: the next night at the latest,
# and not by every batch of the same night.
CHECK_AGAIN = "1 hour"


class ResPartner(models.Model):
    """What stands against releasing a customer that is due.

    Each night the due ones are looked at once, a batch by one statement. Those with an
    open matter that their rule respects stay, with what it is; the night after it is
    settled they go.
    """

    _inherit = "res.partner"

    pool_blocked_by = fields.Char(
        readonly=True,
        copy=False,
        export_string_translation=False,
        help="Codes of what kept the customer from being released last night.",
        written_by="decided",
    )
    pool_blocked_at = fields.Datetime(
        string="Release Looked at On",
        readonly=True,
        copy=False,
        written_by="decided",
    )
    pool_blocked_text = fields.Char(
        string="Blocked by", compute="_compute_pool_blocked_text"
    )

    @api.depends("pool_blocked_by", "pool_release_date")
    @api.depends_context("lang")
    def _compute_pool_blocked_text(self):
        labels = {
            blocker["code"]: blocker["label"]
            for blocker in self._get_release_blockers()
        }
        for partner in self:
            codes = (partner.pool_blocked_by or "").split(",")
            due = partner.pool_release_date and (
                partner.pool_release_date <= partner._get_relation_today()
            )
            found = [labels[code] for code in codes if due and code in labels]
            partner.pool_blocked_text = join_words(self.env, found)

    @api.model
    def _get_blocked_sql(self, customers):
        """Return a SELECT of partner_id and codes of the blocked ones, or None where no
        rule in force respects anything.

        :param customers: SELECT of id, user_id and rule_id
        """
        rules = self.env["crm.pool.rule"]._get_in_force()
        parts = []
        for blocker in self._get_release_blockers():
            respecting = rules.filtered(blocker["field"])
            if respecting:
                parts.append(
                    SQL(
                        "SELECT open.partner_id, %s AS code FROM (WITH customer AS ("
                        "SELECT id, user_id FROM due WHERE rule_id IN %s) %s) AS open",
                        blocker["code"],
                        tuple(respecting.ids),
                        blocker["rows"],
                    )
                )
        if not parts:
            return None
        return SQL(
            """
            WITH due AS MATERIALIZED (%s)
            SELECT partner_id, string_agg(DISTINCT code, ',') AS codes
              FROM (%s) AS matter
          GROUP BY partner_id
            """,
            customers,
            SQL(" UNION ALL ").join(parts),
        )

    def _get_blocking_matters(self):
        """Return ``{customer id: [label]}`` of what now stands against releasing these
        customers, as far as the rule that judges each of them respects it; one query.
        """
        blocked = self._get_blocked_sql(
            SQL(
                "SELECT id, user_id, pool_rule_id AS rule_id FROM res_partner"
                " WHERE id = ANY(%s)",
                self.ids,
            )
        )
        if not blocked:
            return {}
        self.env.flush_all()
        labels = {
            blocker["code"]: blocker["label"]
            for blocker in self._get_release_blockers()
        }
        return {
            number: [labels[code] for code in codes.split(",")]
            for number, codes in self.env.execute_query(blocked)
        }

    @api.model
    def _mark_blocked(self, due):
        """Note what blocks these due customers; one statement.

        :param due: SELECT of id, user_id, rule_id on ``res_partner AS partner``
        :return: ids of the free ones and number of the blocked ones; those that
            somebody is changing at this moment are neither
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH taken AS MATERIALIZED (%(due)s
                        FOR NO KEY UPDATE OF partner SKIP LOCKED),
                     blocked AS MATERIALIZED (%(blocked)s),
                     marked AS (
                     UPDATE res_partner AS partner
                        SET pool_blocked_by = blocked.codes, pool_blocked_at = %(now)s
                       FROM blocked
                      WHERE partner.id = blocked.partner_id)
                SELECT taken.id, blocked.codes
                  FROM taken
             LEFT JOIN blocked ON blocked.partner_id = taken.id
                """,
                due=due,
                blocked=self._get_blocked_sql(SQL("SELECT * FROM taken")),
                now=fields.Datetime.now(),
            )
        )
        free = [number for number, codes in rows if not codes]
        names = ["pool_blocked_by", "pool_blocked_at", "pool_blocked_text"]
        self.invalidate_model(names)
        return free, len(rows) - len(free)

    def action_view_recycling_rules(self):
        """Open which rules fit this customer and which of them decides."""
        self.ensure_one()
        return self.env["crm.pool.judgement"]._open_for_customers(self)
