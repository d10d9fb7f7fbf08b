from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class CrmCallback(models.Model):
    """What came of a call: records that name it, counted and opened with the rights of
    who reads. What somebody has made is counted for its maker all the same: an agent
    who passes an opportunity on has no right to it any more, but knows of it."""

    _inherit = "crm.callback"

    followup_ids = fields.One2many(
        comodel_name="crm.followup",
        inverse_name="callback_id",
        string="Follow-ups",
        readonly=True,
    )
    followup_count = fields.Integer(
        string="Number of Follow-ups", compute="_compute_came_of"
    )
    proposal_count = fields.Integer(
        string="Changes Proposed", compute="_compute_came_of"
    )
    lead_count = fields.Integer(
        string="Number of Opportunities", compute="_compute_came_of"
    )
    came_of = fields.Char(
        string="What Came of It",
        compute="_compute_came_of",
        help="What was made from this call: a change proposed for the archive, an "
        "opportunity, a follow-up, another appointment.",
    )

    @api.model
    def _get_came_of(self):
        """Hook: return ``{count field: (model, label)}`` of what is made from a call
        and names it by ``callback_id``."""
        return {
            "lead_count": ("crm.lead", self.env._("Opportunities")),
            "proposal_count": ("crm.archive.proposal", self.env._("Changes proposed")),
            "followup_count": ("crm.followup", self.env._("Follow-ups")),
        }

    @api.depends("followup_ids", "proposal_ids", "outcome_id", "state", "next_at")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_came_of(self):
        """A query for each kind, whatever the number of calls."""
        kinds = self._get_came_of()
        counts = {
            name: self._count_came_of(model) for name, (model, _label) in kinds.items()
        }
        for call in self:
            words = []
            for name, (_model, label) in kinds.items():
                call[name] = counts[name].get(call._origin.id, 0)
                if call[name]:
                    words.append(f"{label} {call[name]}")
            call.came_of = " · ".join([*words, *call._tell_what_follows()])

    def _count_came_of(self, model):
        """Return ``{callback id: number}`` of what the caller may read or has made."""
        records = self.env[model].with_context(active_test=False)
        domain = Domain("callback_id", "in", self._origin.ids)
        if not records.has_access("read"):
            # Superuser: a number of what the caller has passed on.
            records = records.sudo()
            domain &= Domain("create_uid", "=", self.env.uid)
        rows = records._read_group(domain, ["callback_id"], ["__count"])
        return {call.id: count for call, count in rows}

    def _tell_what_follows(self):
        """Return in words what the last outcome has brought about by itself."""
        if self.state == "done" and self.care_task_id:
            return [self.env._("Care done")]
        agreed = self.outcome_id.consequence == "appointment"
        if self.state != "open" or not agreed or not self.next_at:
            return []
        moment = self.env.user._tell_moment(self.next_at, "short")
        return [self.env._("Call again at %(moment)s", moment=moment)]

    def action_view_leads(self):
        return self._open_came_of("lead_count")

    def action_view_proposals(self):
        return self._open_came_of("proposal_count")

    def action_view_followups(self):
        return self._open_came_of("followup_count")

    def _open_came_of(self, name):
        """Return the action that lists what was counted.

        :raise AccessError: the caller may read none of it
        """
        self.ensure_one()
        self.check_access("read")
        model, label = self._get_came_of()[name]
        if not self.env[model].has_access("read"):
            raise AccessError(
                self.env._("You have passed it on: it is in other hands now.")
            )
        return {
            "type": "ir.actions.act_window",
            "name": label,
            "res_model": model,
            "views": [(False, "list"), (False, "form")],
            "domain": [("callback_id", "=", self.id)],
            "context": {"active_test": False, "create": False},
        }
