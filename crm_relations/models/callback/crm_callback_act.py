from odoo import fields, models

CALL = ("state", "outcome_id", "attempt_count", "next_at", "done_at")
ATTEMPT = ("outcome_id", "note", "is_number_invalid", "number", "followup_id")
FOLLOWUP = ("partner_id", "purpose", "content", "date", "next_step")


class CrmCallback(models.Model):
    """The outcome of a call can be taken back for some seconds: by the agent who saved
    it, unless somebody else has the call by then."""

    _inherit = "crm.callback"

    def _look_before(self, outcome, person_id):
        """Return what stands here before an outcome is saved, see ``crm.act``."""
        self._check_is_agent()
        calls = self.sudo()
        listed = self.env["phone.blacklist"].sudo()
        if outcome.consequence == "opt_out":
            # Superuser: whose number it is, and all calls to it.
            number, _owner = calls._read_person(person_id)
            if number:
                calls |= calls._find_open_calls(number)
                listed = self._find_listed(number)
        tasks = calls.care_task_id
        return self.env["crm.act"]._look_at(
            [(calls, CALL), *tasks._get_all_watched(), (listed, ["active"])]
        )

    def _find_listed(self, number):
        # Superuser: agents do not manage the list.
        listed = self.env["phone.blacklist"].sudo().with_context(active_test=False)
        return listed.search([("number", "=", number)])

    def _keep_attempt(self, before, attempt_id):
        """Remember the attempt just saved; return the act, none where it had been
        saved before."""
        acts = self.env["crm.act"]
        # Superuser: an attempt of the caller's.
        attempt = self.env["crm.callback.attempt"].sudo().browse(attempt_id)
        [known] = [rows for model, _names, rows in before if model == self._name][:1]
        if known[str(self.id)]["attempt_count"] == attempt.callback_id.attempt_count:
            return acts
        made = [(attempt, ATTEMPT), (attempt.followup_id, FOLLOWUP)]
        was_listed = any(model == "phone.blacklist" for model, *_rest in before)
        if attempt.outcome_id.consequence == "opt_out" and not was_listed:
            number = attempt._get_dialled().get(attempt.id)
            made.append((self._find_listed(number), ["active"]))
        return acts._keep(self, before, made, right="_filter_outcome_undoable")

    def _filter_outcome_undoable(self):
        """Return those that the caller may call, and nobody else has open."""
        if not self._is_agent():
            return self.browse()
        now = fields.Datetime.now()
        readable = self._filtered_access("read")
        # Superuser: who has the call.
        return readable.filtered(
            lambda call: (
                (call.sudo().agent_id or self.env.user) == self.env.user
                and (
                    call.sudo().reserved_by_id in (self.env.user, self.env["res.users"])
                    or (call.sudo().reserved_until or now) < now
                )
            )
        )
