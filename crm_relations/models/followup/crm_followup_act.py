from datetime import timedelta

from odoo import models

# Beyond that a record is not what the dialog has just made.
JUST_NOW = timedelta(seconds=60)
# What a person enters; an undo takes back no record that has been completed since.
ENTERED = (
    *("partner_id", "kind_id", "date", "duration_minutes", "user_id", "purpose"),
    *("content", "feedback", "next_step", "next_date", "opportunity_id", "order_id"),
)


class CrmFollowup(models.Model):
    """A follow-up that has just been logged can be taken back, with all that it has
    settled."""

    _inherit = "crm.followup"

    def action_saved(self):
        """Close the dialog in which this was logged, and offer to undo it."""
        self.ensure_one()
        act = self._get_act()
        if not act and self._is_just_logged() and not self._settles():
            act = self._keep_logged([], [])
        return act._tell(self._get_saved_message())

    def _get_saved_message(self):
        return self.env._("Logged: %(customer)s", customer=self.partner_id.display_name)

    def _get_act(self):
        """Return the act that this record was logged by, where it settled something."""
        return self.env["crm.act"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("create_uid", "=", self.env.uid),
                ("is_undone", "=", False),
            ],
            order="id desc",
            limit=1,
        )

    def _is_just_logged(self):
        # Odoo's clock: it has written the date of creation by it.
        is_new = self.create_date >= self.env.cr.now() - JUST_NOW
        return is_new and self.create_uid == self.env.user

    def _settles(self):
        """Hook: tell whether something was done by logging this."""
        return bool(self.done_activity_id)

    def _keep_logged(self, before, made):
        """Remember that this was logged.

        :param before: what it settled, see ``crm.act._look_at``
        :param made: what came of that, besides this record; None where it cannot be
            taken back
        """
        if made is None:
            return self.env["crm.act"]
        return self.env["crm.act"]._keep(self, before, [*made, (self, ENTERED)])
