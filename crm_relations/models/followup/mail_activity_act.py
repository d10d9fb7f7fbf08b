from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import clean_context

from .crm_followup_act import ENTERED
from .mail_activity import LINK_TO

WATCHED = ("active", "date_done", "feedback", "date_deadline", "summary", "user_id")


class MailActivity(models.Model):
    """What is planned is done, or put off, where it is seen, and can be undone."""

    _inherit = "mail.activity"

    def action_do(self):
        """Mark as done, and offer to undo it."""
        self.check_access("write")
        if not all(activity.active for activity in self):
            raise UserError(self.env._("This has been done already."))
        acts = self.env["crm.act"]
        before = acts._look_at(self._get_watched())
        made = self._finish()
        act = acts if made is None else acts._keep(self, before, made)
        return act._tell(self._get_done_message())

    def action_log_done(self):
        """Open the follow-up that does what was planned."""
        self.ensure_one()
        partner = self._get_managed_partners().get(self.id)
        if not partner:
            return self.action_do()
        activity_type = self.activity_type_id
        context = {
            "default_partner_id": partner.id,
            "default_purpose": self.summary or activity_type.name,
            "default_done_activity_id": self.id,
        }
        if self.res_model in LINK_TO:
            context[f"default_{LINK_TO[self.res_model]}"] = self.res_id
        if activity_type.followup_kind_id:
            context["default_kind_id"] = activity_type.followup_kind_id.id
        return self.env["crm.followup"]._get_quick_action(context)

    def action_call_and_log(self):
        """Dial the number, and open the follow-up that does what was planned."""
        self.ensure_one()
        partner = self._get_managed_partners().get(self.id)
        if not partner:
            raise UserError(self.env._("This is about no customer."))
        dialled = partner.action_call()
        dialled["params"]["following"] = self.action_log_done()
        return dialled

    def action_put_off(self):
        """Ask until when this is put off."""
        self.check_access("write")
        return self.env["crm.postpone.wizard"]._open_for(self)

    def _put_off(self, day):
        """Let these be due on another day; return the act."""
        self.check_access("write")
        acts = self.env["crm.act"]
        before = acts._look_at(self._get_watched())
        self.date_deadline = day
        return acts._keep(self, before)

    def _get_watched(self):
        """Hook: return what marking these as done changes, ``[(records, names)]``."""
        return [(self, self._get_watched_names())]

    @api.model
    def _get_watched_names(self):
        return WATCHED

    def _finish(self, feedback=False):
        """Mark as done; return what that has made, ``[(records, names)]``: None where
        it cannot be taken back, because files have gone into the chatter."""
        # Superuser: what has been logged by itself, and files.
        logged = self.env["crm.followup"].sudo()
        own = [("done_activity_id", "in", self.ids)]
        before = logged.search(own)
        files = self.env["ir.attachment"].sudo()
        files = files.search_count(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)], limit=1
        )
        clean = self.with_env(self.env(context=clean_context(self.env.context)))
        messages, following = clean._action_done(feedback=feedback)
        if files:
            return None
        return [
            (messages, ["body"]),
            (following, WATCHED),
            (logged.search(own) - before, ENTERED),
        ]

    def _get_done_message(self):
        if len(self) > 1:
            return self.env._("Done: %(count)s", count=len(self))
        return self.env._("Done: %(what)s", what=self.summary or self.res_name or "")
