from datetime import datetime, time

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.tact import to_utc

WATCHED = (
    *("state", "done_at", "result", "due_at", "first_due_at", "deadline_at"),
    *("missed_at", "channel", "escalated_at", "is_told", "touch_date"),
    *("dispatch_facts", "user_id"),
)
MORNING = time(9)


class CrmCareTask(models.Model):
    """Care is done, or put off, where it is seen, and that can be undone."""

    _inherit = "crm.care.task"

    has_phone = fields.Boolean(
        compute="_compute_has_phone", export_string_translation=False
    )

    @api.depends("partner_id.phone", "person_id.phone")
    def _compute_has_phone(self):
        for task in self:
            # A number that is hidden cannot be dialled.
            task.has_phone = bool(task.person_id.phone or task.partner_id.phone)

    def action_log_done(self):
        """Open the follow-up with which this care is done."""
        self.ensure_one()
        self._check_open()
        context = {
            "default_partner_id": (self.person_id or self.partner_id).id,
            "default_purpose": self.rule_id.name,
            "default_care_task_id": self.id,
            "default_done_activity_id": self.activity_id.id,
        }
        kind = self._get_followup_kind()
        if kind:
            context["default_kind_id"] = kind.id
        action = self.env["crm.followup"]._get_quick_action(context)
        return action | {"name": self.env._("Care is done")}

    def action_call_and_log(self):
        """Dial the number, and open the follow-up with which this care is done."""
        self.ensure_one()
        following = self.action_log_done()
        call = self.env["crm.followup.kind"]._get_for_channel("call")
        following["context"]["default_kind_id"] = call.id
        partner = self.person_id if self.person_id.phone else self.partner_id
        dialled = partner.action_call()
        dialled["params"]["following"] = following
        return dialled

    def action_put_off(self):
        """Ask until when this is put off."""
        self._check_open()
        return self.env["crm.postpone.wizard"]._open_for(self)

    def action_give(self):
        """Ask who does what nobody is to do."""
        self._check_open()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_care_wizard_action"
        )
        context = {"default_kind": "reassign", "default_task_ids": self.ids}
        return {**action, "context": context}

    def _check_open(self):
        self.check_access("write")
        if self - self._filter_open():
            raise UserError(self.env._("None of this care is still to be done."))

    def _check_is_of(self, customer):
        """Refuse a follow-up of another customer as the one that does this care."""
        # Superuser: whose care it is, whoever may read it.
        if self.sudo().partner_id != customer:
            raise UserError(self.env._("This is care of another customer."))

    def _get_followup_kind(self):
        """Return the kind of follow-up that this care most likely is."""
        if self.planned_channel == "callback":
            return self.env["crm.followup.kind"]._get_for_channel("call")
        return self.rule_id.activity_type_id.followup_kind_id

    def _put_off(self, day):
        """Put off to the morning of this day; return the act."""
        self._check_open()
        acts = self.env["crm.act"]
        before = acts._look_at(self._get_all_watched())
        self._postpone(self._get_morning(day))
        return acts._keep(self, before)

    def _get_morning(self, day):
        zone = self.env.user._get_relations_tz()
        return to_utc(datetime.combine(day, MORNING), zone)

    def _get_watched(self):
        """Hook: return what doing these, or putting them off, changes besides their
        activities, ``[(records, names)]``."""
        return [(self, WATCHED)]

    def _get_all_watched(self):
        # Superuser: what stands for care goes with it.
        tasks = self.sudo()
        others = tasks.filtered(lambda task: not task.activity_id)
        return [*tasks.activity_id._get_watched(), *others._get_watched()]
