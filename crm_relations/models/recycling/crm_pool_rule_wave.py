from odoo import api, models
from odoo.tools import SQL


class CrmPoolRule(models.Model):
    """Rules whose pool takes only so many customers a night."""

    _inherit = "crm.pool.rule"

    def _get_wave_sql(self, due_day, previewed):
        """Return the join, since when the customer is due and the night it was given;
        a preview tells who may leave, whenever that would be."""
        if previewed or not self.pool_id.most_per_night:
            return SQL(""), SQL("NULL::date"), SQL("NULL::date")
        self.env["crm.pool.wave"].flush_model()
        due = SQL("GREATEST(%s, partner.pool_kept_until)", due_day)
        join = SQL(
            "LEFT JOIN crm_pool_wave AS wave ON wave.partner_id = partner.id"
            " AND wave.pool_id = %s",
            self.pool_id.id,
        )
        return (
            join,
            due,
            SQL("CASE WHEN wave.due_on >= %s THEN wave.leaves_on END", due),
        )

    @api.model
    def _get_room_sql(self):
        """Return the condition that tonight has room for ``partner`` in its pool.

        The dates have been given so that there is: this keeps the word of the pool even
        if somebody has become due since."""
        rules = self._get_in_force().filtered("pool_id.most_per_night")
        if not rules:
            return SQL("")
        rows = self.env.execute_query(
            SQL(
                """
                WITH released AS MATERIALIZED (%(released)s)
                SELECT due.id
                  FROM (SELECT due.*, row_number() OVER (
                               PARTITION BY pool_id, today
                               ORDER BY release_date, id) AS place
                          FROM (%(due)s) AS due) AS due
                  JOIN crm_pool AS pool ON pool.id = due.pool_id
             LEFT JOIN released ON released.pool_id = due.pool_id
                               AND released.day = due.today
                 WHERE place <= pool.most_per_night - COALESCE(released.count, 0)
                """,
                released=self.env["crm.pool.wave"]._get_released_sql(rules.pool_id),
                due=self._get_due_sql(
                    SQL("AND partner.pool_rule_id = ANY(%s)", rules.ids)
                ),
            )
        )
        return SQL(
            "AND (partner.pool_rule_id <> ALL(%s) OR partner.id = ANY(%s))",
            rules.ids,
            [number for (number,) in rows],
        )
