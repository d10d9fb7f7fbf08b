from odoo import models
from odoo.tools import SQL


class MailActivity(models.Model):
    """The care that an activity stands for goes where the activity goes."""

    _inherit = "mail.activity"

    def _items_given(self):
        result = super()._items_given()
        if self:
            self.env.execute_query(
                SQL(
                    """
                    UPDATE crm_care_task AS task SET user_id = activity.user_id
                      FROM mail_activity AS activity
                     WHERE activity.id = ANY(%s) AND task.activity_id = activity.id
                       AND task.state IN ('planned', 'open')
                 RETURNING task.id
                    """,
                    self.ids,
                )
            )
        return result

    def _items_closed(self):
        """Care whose activity is closed is not given any more."""
        result = super()._items_closed()
        self._set_care_states("open", "dropped")
        return result

    def _items_reopened(self):
        result = super()._items_reopened()
        self._set_care_states("dropped", "open")
        return result

    def _set_care_states(self, before, after):
        self.env["crm.care.task"].flush_model()
        self.env.execute_query(
            SQL(
                "UPDATE crm_care_task SET state = %s WHERE activity_id = ANY(%s)"
                " AND state = %s RETURNING id",
                after,
                self.ids,
                before,
            )
        )
        self.env["crm.care.task"].invalidate_model()
