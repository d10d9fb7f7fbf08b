from odoo import api, fields, models

# What is done in which state, on the way from the first contact to the closing.
STEPS = {
    "new": (
        *("record_contact", "tell_plan", "solve", "hand_over", "pause"),
        *("tell_decision", "promise", "merge_into", "withdraw"),
    ),
    "handling": (
        *("record_contact", "solve", "tell_plan", "tell_decision", "pause"),
        *("promise", "hand_over", "merge_into", "withdraw"),
    ),
    "solved": ("confirm", "close", "record_contact", "promise", "reopen"),
    "closed": ("reopen",),
    "withdrawn": ("reopen",),
}
ICONS = {
    "record_contact": "fa-comments-o",
    "tell_plan": "fa-list-ol",
    "tell_decision": "fa-gavel",
    "solve": "fa-check-circle-o",
    "confirm": "fa-smile-o",
    "close": "fa-archive",
    "reopen": "fa-repeat",
    "pause": "fa-pause",
    "promise": "fa-calendar-check-o",
    "hand_over": "fa-handshake-o",
    "decline": "fa-times",
    "merge_into": "fa-compress",
    "withdraw": "fa-times",
}
HOTKEYS = {
    "accept": "a",
    "record_contact": "l",
    "hand_over": "h",
    "solve": "v",
    "confirm": "u",
}


class CrmComplaint(models.Model):
    """What can be done with a complaint where it is seen, by state and person."""

    _inherit = "crm.complaint"

    acts = fields.Json(compute="_compute_acts", export_string_translation=False)

    @api.depends("state", "user_id", "waiting_for_id", "confirmation", "next_clock_id")
    @api.depends("pause_ids.ended_at")
    @api.depends_context("uid", "lang")
    def _compute_acts(self):
        for complaint in self:
            # Superuser: by which clock the acts are sorted.
            clock = complaint.sudo().next_clock_id
            saved = complaint._origin
            complaint.acts = saved._sort_desk_acts(clock) if saved else []

    def _get_desk_acts(self):
        """Hook: return what the caller can do with this complaint now, the next step
        first: ``[{"key", "label", "icon", "hotkey", "method", "act"}]``. ``method`` is
        public and takes no argument; ``act`` is the dialog of ``action_ask``, or False.
        """
        self.ensure_one()
        if self.waiting_for_id == self.env.user:
            return [
                self._prepare_desk_act("accept", self.env._("Accept"), "fa-check"),
                self._prepare_desk_question("decline"),
            ]
        if self.state not in STEPS or not self._filter_workable():
            return []
        if self.waiting_for_id:
            return self._get_acts_while_waiting()
        if not self.user_id or (self.state == "new" and self.user_id == self.env.user):
            return [
                self._prepare_desk_act(
                    "accept", self.env._("Take in hand"), "fa-check"
                ),
                *self._get_acts_in_hand(),
            ]
        return self._get_acts_in_hand()

    def _get_acts_while_waiting(self):
        back = self._prepare_desk_act("take_back", self.env._("Take back"), "fa-undo")
        return [*self._get_acts_in_hand(), back]

    def _get_acts_in_hand(self):
        """Return the acts of who answers for it; they ask for one text at most."""
        if self.is_paused:
            go_on = self._prepare_desk_act("resume", self.env._("Go on"), "fa-play")
            return [go_on, *self._get_questions(("record_contact", "withdraw"))]
        idle = {
            "hand_over": self.waiting_for_id,
            "confirm": self.is_confirmed,
        }
        keys = [key for key in STEPS[self.state] if not idle.get(key)]
        return self._get_questions(keys)

    def _get_questions(self, keys):
        """Return the acts that ask one question, those that there are."""
        known = self.env["crm.complaint.act.wizard"]._fields["act"].get_values(self.env)
        return [self._prepare_desk_question(key) for key in keys if key in known]

    def _prepare_desk_act(self, key, label, icon):
        return {
            "key": key,
            "label": label,
            "icon": icon,
            "hotkey": HOTKEYS.get(key, ""),
            "method": f"action_{key}",
            "act": False,
        }

    def _prepare_desk_question(self, act):
        """Return an act that asks one question first."""
        kinds = self.env["crm.complaint.act.wizard"]._fields["act"]
        labels = dict(kinds._description_selection(self.env))
        return {
            "key": act,
            "label": labels[act],
            "icon": ICONS[act],
            "hotkey": HOTKEYS.get(act, ""),
            "method": "action_ask",
            "act": act,
        }
