from odoo import fields, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """Not now is the judgement of one salesperson: the next one judges anew, and an
    undo brings it back."""

    _inherit = "res.partner"

    def _owner_changed(self, kind):
        result = super()._owner_changed(kind)
        if self and kind != "create":
            self._end_not_now_of_change()
        if self and kind == "undo":
            self._restore_not_now_of_change()
        return result

    def _end_not_now_of_change(self):
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_not_now AS line
                   SET active = FALSE, ended_at = %(now)s, ending = 'owner',
                       end_change_id = (SELECT max(change.id)
                                          FROM crm_ownership_change AS change
                                         WHERE change.partner_id = line.partner_id),
                       write_uid = %(uid)s, write_date = %(now)s
                  FROM res_partner AS partner
                 WHERE partner.id = line.partner_id AND line.active
                   AND line.partner_id = ANY(%(ids)s)
                   AND (line.user_id IS DISTINCT FROM partner.user_id
                        OR partner.is_managed_customer IS NOT TRUE)
             RETURNING line.id
                """,
                ids=self.ids,
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        self._forget_not_now()

    def _restore_not_now_of_change(self):
        """What the undone change of owner has ended goes on, until its day."""
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_not_now AS line
                   SET active = TRUE, ended_at = NULL, ending = NULL,
                       end_change_id = NULL, write_uid = %(uid)s, write_date = %(now)s
                  FROM (%(undone)s) AS undone
                 WHERE line.end_change_id = undone.id
                   AND line.partner_id = undone.partner_id
                   AND line.user_id = undone.to_user_id
                   AND NOT EXISTS (SELECT FROM crm_not_now AS twin
                                    WHERE twin.partner_id = line.partner_id
                                      AND twin.active)
             RETURNING line.id
                """,
                undone=self.env["crm.ownership.change"]._get_undone_sql(self.ids),
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        self._forget_not_now()

    def _forget_not_now(self):
        self.env["crm.not.now"].invalidate_model()
        self.invalidate_recordset(["not_now_ids"])

    def _get_models_of_closed_history(self):
        return super()._get_models_of_closed_history() | {"crm.not.now"}
