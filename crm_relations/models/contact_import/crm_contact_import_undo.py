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
        left = lines._take_out()
        # Not by what was decided: that can be written at any time.
        made = lines.filtered("is_made").partner_id
        persons = made.filtered(lambda one: not one.is_company)
        kept = persons._delete_imported()
        companies = (made - persons) | lines.made_company_id
        kept |= companies._delete_imported()
        self.state = "undone"
        return self._tell_undone(kept, left)

    def _tell_undone(self, kept, left):
        """Return the message of what is left.

        :param kept: contacts that stay
        :param left: lines whose contacts others work on
        """
        words = []
        if kept:
            words.append(
                self.env._(
                    "Contacts that stay, as others have worked with them: %(count)s. "
                    "%(names)s",
                    count=len(kept),
                    names=join_words(self.env, kept[:NAMED].mapped("display_name")),
                )
            )
        if left:
            words.append(
                self.env._(
                    "Contacts that keep what was filled in, as others work with them: "
                    "%(count)s. %(names)s",
                    count=len(left),
                    names=join_words(self.env, left[:NAMED].mapped("name")),
                )
            )
        message = "\n".join(words) or self.env._("All of it has been taken back.")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if words else "success",
                "sticky": bool(words),
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
