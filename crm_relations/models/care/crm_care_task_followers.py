from odoo import models
from odoo.tools import SQL


class CrmCareTask(models.Model):
    """Who does the care of a customer follows the customer, as Odoo has it for every
    activity."""

    _inherit = "crm.care.task"

    def _let_executors_follow(self):
        """Subscribe the executors by the default subtypes, in one statement; who
        follows already keeps the subtypes chosen.

        :return: the pairs (customer id, partner id) of who follows whom now
        """
        subtypes = self.env["mail.message.subtype"].default_subtypes("res.partner")
        all_default, _internal, external = subtypes
        self.env["mail.followers"].flush_model()
        self.env.execute_query(
            SQL(
                """
                WITH executor AS MATERIALIZED (%(executors)s),
                     added AS (
                     INSERT INTO mail_followers (res_model, res_id, partner_id)
                     SELECT 'res.partner', customer_id, id
                       FROM executor
                      -- In one order: of two at once none waits for the other.
                      ORDER BY customer_id, id
                ON CONFLICT DO NOTHING
                  RETURNING id, res_id, partner_id)
                INSERT INTO mail_followers_mail_message_subtype_rel
                       (mail_followers_id, mail_message_subtype_id)
                SELECT added.id, unnest(CASE WHEN executor.partner_share
                                        THEN %(external)s::int[]
                                        ELSE %(default)s::int[] END)
                  FROM added
                  JOIN executor ON executor.customer_id = added.res_id
                               AND executor.id = added.partner_id
             RETURNING mail_followers_id
                """,
                executors=self._get_executors_sql(),
                external=external.ids,
                default=all_default.ids,
            )
        )
        self.env["mail.followers"].invalidate_model()
        self.partner_id.invalidate_recordset(
            ["message_follower_ids", "message_partner_ids", "message_is_follower"]
        )
        return frozenset(
            (task.partner_id.id, task.user_id.partner_id.id) for task in self
        )

    def _get_executors_sql(self):
        """Return a SELECT of customer_id, id and partner_share of who does these."""
        return SQL(
            """
            SELECT DISTINCT task.partner_id AS customer_id, person.id,
                   person.partner_share
              FROM crm_care_task AS task
              JOIN res_users AS executor ON executor.id = task.user_id
              JOIN res_partner AS person
                ON person.id = executor.partner_id AND person.active
             WHERE task.id = ANY(%s)
            """,
            self.ids,
        )
