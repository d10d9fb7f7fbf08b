from odoo import models
from odoo.tools import SQL


class ResPartner(models.Model):
    """Care follows whoever is in charge of the customer."""

    _inherit = "res.partner"

    def _owner_changed(self, kind):
        """What is still to come is done by whoever is in charge by then; a handover
        says itself whether the work of the former owner goes along."""
        result = super()._owner_changed(kind)
        if self and kind != "create":
            self._give_planned_care(from_former=kind != "transfer")
        return result

    def _give_planned_care(self, from_former):
        """Give the planned care that goes by the salesperson to the one of now: care
        of nobody, and with ``from_former`` that of the salesperson before."""
        tasks = self.env["crm.care.task"]
        tasks.flush_model()
        self.env["crm.ownership.change"].flush_model()
        self.flush_model(["user_id"])
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE crm_care_task AS task
                   SET user_id = COALESCE(customer.user_id, stand_in.id)
                  FROM res_partner AS customer,
                       crm_care_rule AS rule
             LEFT JOIN res_users AS stand_in
                    ON stand_in.id = rule.user_id AND stand_in.active
                 WHERE customer.id = ANY(%(customers)s)
                   AND task.partner_id = customer.id AND rule.id = task.rule_id
                   AND rule.executor = 'owner' AND %(undispatched)s
                   AND task.user_id IS DISTINCT FROM
                       COALESCE(customer.user_id, stand_in.id)
                   AND (task.user_id IS NULL
                        OR %(from_former)s AND task.user_id = (
                           SELECT change.from_user_id
                             FROM crm_ownership_change AS change
                            WHERE change.partner_id = customer.id
                         ORDER BY change.id DESC LIMIT 1))
             RETURNING task.id
                """,
                customers=self.ids,
                undispatched=tasks._get_undispatched_sql("task"),
                from_former=from_former,
            )
        )
        if rows:
            tasks.invalidate_model(["user_id"])
            # Superuser: whoever changes the owner starts the work that waited for one.
            tasks.sudo().browse(number for (number,) in rows)._wake_up()
