from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..rule.crm_act import lock_or_refuse

ADMINISTRATORS = "crm_relations.group_administrator"


class CrmPoolSetup(models.Model):
    """Undoing the first day, as long as nothing has happened since."""

    _inherit = "crm.pool.setup"

    def action_undo(self):
        """Put back what was changed and remove what was created; what somebody has
        changed since stays, and the list says so.

        :raise UserError: it is undone already, is not the last one of its pool, or
            customers have gone to the pool since
        """
        self.ensure_one()
        self._check_administrator()
        self.check_access("read")
        # Two at once: the second one is told to try again.
        lock_or_refuse(self.sudo())
        if self.state == "undone":
            raise UserError(self.env._("This has been undone already."))
        if self._is_followed():
            raise UserError(
                self.env._("A later first day builds on this one: undo that one first.")
            )
        if self.happened:
            raise UserError(self.happened)
        # Superuser: the list is written by this alone.
        setup = self.sudo()
        setup.line_ids._undo()
        setup.write({"state": "undone", "undone_at": fields.Datetime.now()})
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _is_followed(self):
        later = [
            ("company_id", "=", self.company_id.id),
            ("state", "=", "installed"),
            ("id", ">", self.id),
        ]
        return bool(self.search_count(later, limit=1))

    def _check_administrator(self):
        if not self.env.user.has_group(ADMINISTRATORS):
            raise AccessError(
                self.env._("Only administrators of Customer Relations set up pools.")
            )
