from odoo import api, models
from odoo.tools import SQL

CHANGED = "crm_relations_complaint.calendars_changed"


class ResourceCalendar(models.Model):
    """Deadlines follow the calendar, at the end of the transaction that changes it."""

    _inherit = "resource.calendar"

    def _working_days_changed(self):
        result = super()._working_days_changed()
        if self:
            self._note_clocks()
        return result

    def unlink(self):
        """What counted by a calendar that goes counts by that of the company."""
        # Superuser: clocks follow, whoever deletes a calendar.
        clocks = self.env["crm.complaint.clock"].sudo()
        running = clocks.search(
            [("calendar_id", "in", self.ids), ("result", "in", ("running", "paused"))]
        )
        result = super().unlink()
        if running:
            running.invalidate_recordset(["calendar_id"])
            clocks._mark_outdated(SQL("id = ANY(%s)", list(running.ids)))
        return result

    def _note_clocks(self):
        precommit = self.env.cr.precommit
        if CHANGED not in precommit.data:
            precommit.data[CHANGED] = set()
            precommit.add(self.browse()._plan_changed_clocks)
        precommit.data[CHANGED].update(self.ids)

    @api.model
    def _plan_changed_clocks(self):
        changed = self.env.cr.precommit.data.pop(CHANGED, None)
        if changed:
            # Superuser: as above.
            self.env["crm.complaint.clock"].sudo()._mark_outdated(
                SQL("calendar_id = ANY(%s)", list(changed))
            )
