from odoo import fields, models
from odoo.fields import Domain


class CrmCallback(models.Model):
    """What follows from an outcome: a method ``_follow_<consequence>(outcome,
    again_at)`` each. Called as superuser, on a callback that is the agent's."""

    _inherit = "crm.callback"

    def _apply_outcome(self, outcome, again_at):
        """Let the consequence of the last attempt follow."""
        self.ensure_one()
        self.write({"outcome_id": outcome.id, "attempt_count": self.attempt_count + 1})
        getattr(self, f"_follow_{outcome.consequence}")(outcome, again_at)

    def _follow_complete(self, _outcome, _again_at):
        self._end("done")

    def _follow_close(self, _outcome, _again_at):
        self._end("failed")

    def _follow_retry(self, outcome, _again_at):
        company = self.company_id or self.env.company
        plan = company._get_hour_planner(
            self.rule_id.in_working_time, fields.Datetime.now()
        )
        self._call_again(outcome, plan(fields.Datetime.now(), outcome.retry_hours))

    def _follow_appointment(self, outcome, again_at):
        """The customer was promised this call: the attempts before do not count."""
        self._call_again(outcome, again_at, is_agreed=True)

    def _follow_invalid_number(self, outcome, _again_at):
        """Another number is tried at once; without one the callback is given up."""
        self._compute_number()
        if self.number_partner_id:
            self._call_again(outcome, fields.Datetime.now())
        else:
            self._end("failed")

    def _follow_opt_out(self, _outcome, _again_at):
        """Nobody calls this number again, for no reason."""
        self._end("failed")
        attempt = self.attempt_ids.sorted("id")[-1:]
        number = attempt._get_dialled().get(attempt.id)
        if number:
            # Superuser: the customer wants it, whatever the agent may write.
            self.env["phone.blacklist"].sudo()._add([number])
            self._find_open_calls(number)._end("dropped")

    def _find_open_calls(self, number):
        """Return all calls that are still to be made to this number."""
        found = self.env["crm.hidden.value"]._find_partners("phone", [number])
        return self.search(
            Domain("state", "=", "open")
            & (
                Domain("number", "=", number)
                | Domain("number_partner_id", "in", found.get(number, []))
            )
        )

    def _call_again(self, outcome, moment, is_agreed=False):
        """Plan the next attempt, or give up where a limit is reached; that of the rule
        does not break what was agreed with the customer."""
        alike = self.attempt_ids.filtered(lambda one: one.outcome_id == outcome)
        limits = [(len(alike), outcome.attempt_limit)]
        if not is_agreed:
            limits.append((self.attempt_count, self.rule_id.attempt_limit))
        if any(limit and count >= limit for count, limit in limits):
            self._end("failed")
        else:
            self.next_at = moment.replace(microsecond=0)
            self._free()
