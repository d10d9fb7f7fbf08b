from datetime import timedelta

from odoo import fields, models

CALL_WITHIN = timedelta(hours=24)


class CrmCareTask(models.Model):
    """Care by telephone: the callback agents make the call."""

    _inherit = "crm.care.task"

    callback_ids = fields.One2many(
        comodel_name="crm.callback", inverse_name="care_task_id"
    )

    def _dispatch_callback(self, outcomes):
        """Put these tasks on the agents' common list; a call that was given up comes
        up again, one that is still open is left alone.

        :param outcomes: ``{task id: {"deadline_at": …}}`` as the dispatcher knows it
        :return: ``{}``: nothing else is to be written on the tasks
        """
        # Superuser: calls are made by rules; nobody else writes them.
        calls = self.env["crm.callback"].sudo()
        known = calls.search([("care_task_id", "in", self.ids)])
        calls.create(
            [
                task._prepare_callback_vals(outcomes.get(task.id, {}))
                for task in self - known.care_task_id
            ]
        )
        for call in known.filtered(lambda call: call.state != "open"):
            task = call.care_task_id
            vals = task._prepare_callback_vals(outcomes.get(task.id, {}))
            moments = {name: vals[name] for name in ("due_at", "deadline_at")}
            call.write({**moments, "state": "open", "done_at": False})
        return {}

    def _prepare_callback_vals(self, outcome):
        self.ensure_one()
        now = fields.Datetime.now()
        deadline = outcome.get("deadline_at") or self.due_at + CALL_WITHIN
        return {
            "source": "care",
            "care_task_id": self.id,
            "partner_id": self.partner_id.id,
            "person_id": (self.person_id - self.partner_id).id,
            "own_purpose": self.rule_id.name,
            "occasion": f"care-{self.id}",
            "occurred_at": self.due_at,
            "due_at": now,
            "deadline_at": max(now, deadline),
            "facts": {"code": "callback_care", "source": self.rule_id.id},
        }

    def _close(self, state, **values):
        """Nobody needs to call any more, however the care has ended."""
        result = super()._close(state, **values)
        # Superuser: called for care, whose rights have been checked.
        calls = self.sudo().filtered(lambda task: task.channel == "callback")
        calls = calls.callback_ids.filtered(lambda call: call.state == "open")
        if calls:
            calls._end("dropped")
        return result

    def _postpone(self, until):
        """The call comes up when the care does."""
        result = super()._postpone(until)
        # Superuser: the right to the tasks has been checked.
        calls = self.sudo().callback_ids.filtered(lambda call: call.state == "open")
        if not calls:
            return result
        last = until + CALL_WITHIN
        calls.write({"due_at": until, "deadline_at": last})
        calls._free()
        for rule, tasks in calls.care_task_id.grouped("rule_id").items():
            missed = rule._get_missed_at(last)
            tasks.write({"deadline_at": last, "missed_at": missed})
        return result

    def _get_watched(self):
        names = ("state", "done_at", "due_at", "deadline_at", "next_at")
        # Superuser: the calls go with the care they stand for.
        return [*super()._get_watched(), (self.sudo().callback_ids, names)]

    def _get_lack(self, channel, recipient):
        """A call needs the number of anybody there."""
        if channel == "callback":
            contacts = recipient | self.partner_id | self.partner_id.child_ids
            return "" if any(contacts.mapped("has_phone")) else "number"
        return super()._get_lack(channel, recipient)
