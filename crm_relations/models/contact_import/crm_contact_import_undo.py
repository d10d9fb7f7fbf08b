from odoo import models

from ...tools.sentences import join_words

NAMED = 5


class CrmContactImport(models.Model):
    """Take an import back: who has been made goes again, unless somebody has worked
    with it since."""

    _inherit = "crm.contact.import"

    def action_undo(self):
        """Delete who was made and is as it was then; take out what was filled in and
        still stands there. Answers in a message what is left."""
        self.ensure_one()
        self.check_access("write")
        self._check_state("done")
        lines = self.line_ids
        lines._take_out()
        # Not by what was decided: that can be written at any time.
        made = lines.filtered("is_made").partner_id
        persons = made.filtered(lambda one: not one.is_company)
        kept = persons._delete_imported()
        companies = (made - persons) | lines.made_company_id
        kept |= companies._delete_imported()
        self.state = "undone"
        return self._tell_undone(kept)

    def _tell_undone(self, kept):
        message = self.env._("All of it has been taken back.")
        if kept:
            message = self.env._(
                "%(count)s contacts stay: they have been worked with since. %(names)s",
                count=len(kept),
                names=join_words(self.env, kept[:NAMED].mapped("display_name")),
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if kept else "success",
                "sticky": bool(kept),
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
