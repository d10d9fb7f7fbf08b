from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...tools.arguments import Given, Id, Text

LONGEST_SECONDS = 24 * 60 * 60
FURTHEST_APPOINTMENT = timedelta(days=366)


class CrmCallback(models.Model):
    """What an attempt changes: the outcome says whether the callback is done, comes up
    again, or is given up."""

    _inherit = "crm.callback"

    def record(
        self,
        outcome_id: Id,
        note: Text = "",
        call_again_at: Given = None,
        seconds: Given = 0,
        token: Text = "",
        person: Id = None,
    ):
        """Save how the call ended; return what follows.

        :param outcome_id: a ``crm.callback.outcome``
        :param call_again_at: naive UTC, for outcomes that agree on a time
        :param seconds: how long the call took
        :param token: any text that is unique to this call: sent again, nothing is
            saved twice and the same answer comes back
        :param person: id of the contact that was called, where it was another one
        :return: ``{"state", "next_at", "attempt_id", "followup_id", "message"}``
        :raise UserError: somebody else has the call, or it has ended
        :raise ValidationError: a bad value; nothing is saved
        """
        self.ensure_one()
        self._check_is_agent()
        attempts = self.env["crm.callback.attempt"].sudo()
        known = token and attempts.search(
            [("token", "=", token), ("callback_id", "=", self.id)], limit=1
        )
        if known:
            return self._get_record_answer(known)
        outcome = self._read_outcome(outcome_id)
        again_at = self._read_appointment(outcome, call_again_at)
        self._check_still_mine()
        number, owner = self._read_person(person)
        # Superuser: an agent may read callbacks, and change them only by calling.
        call = self.sudo()
        attempt = attempts.create(
            {
                **call._prepare_attempt_vals(outcome, number, owner),
                "note": note.strip(),
                "seconds": self._read_seconds(seconds),
                "token": token or False,
            }
        )
        if outcome.is_contact:
            attempt.followup_id = self._log_followup(attempt)
        call._apply_outcome(outcome, again_at)
        return self._get_record_answer(attempt)

    @api.model
    def _read_outcome(self, outcome_id):
        outcome = self.env["crm.callback.outcome"].browse(outcome_id).exists()
        if not outcome or not outcome.active:
            raise ValidationError(
                self.env._("How did the call end? Choose an outcome.")
            )
        return outcome

    @api.model
    def _read_appointment(self, outcome, call_again_at):
        if outcome.consequence != "appointment":
            return False
        try:
            moment = fields.Datetime.to_datetime(call_again_at)
        except (TypeError, ValueError):
            moment = None
        now = fields.Datetime.now()
        if not moment or not now < moment <= now + FURTHEST_APPOINTMENT:
            raise ValidationError(
                self.env._("When to call again? Give a time within the coming year.")
            )
        return moment

    @api.model
    def _read_seconds(self, seconds):
        try:
            return max(0, min(int(seconds or 0), LONGEST_SECONDS))
        except (TypeError, ValueError, OverflowError):
            return 0

    def _check_still_mine(self):
        """Take the row for this transaction; refuse when the call is not the agent's.

        :raise UserError: it ended, or somebody else has it on the screen
        """
        self.flush_recordset()
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE crm_callback AS call
                   SET reserved_by_id = %(uid)s
                 WHERE call.id = %(id)s AND %(mine)s
             RETURNING call.id
                """,
                uid=self.env.uid,
                id=self.id,
                mine=self._get_mine_sql(),
            )
        )
        self.invalidate_recordset()
        if rows:
            return
        # Superuser: why the call is not the agent's any more.
        call = self.sudo().exists()
        if call.state != "open":
            raise UserError(self.env._("This callback has ended already."))
        raise UserError(
            self.env._(
                "%(agent)s has this callback now.",
                agent=call.reserved_by_id.name or call.agent_id.name or "",
            )
        )

    def _read_person(self, person_id):
        """Return the number that was dialled and whose it is."""
        # Superuser: whose number was dialled; the call was checked to be the agent's.
        call = self.sudo()
        if person_id and person_id != call.number_partner_id.id:
            person = call.partner_id.browse(person_id).exists()
            if person.commercial_partner_id != call.partner_id:
                raise ValidationError(
                    self.env._("Who was called does not belong to this customer.")
                )
        else:
            person = call.number_partner_id
        return person._get_known_values().get(person.id, {}).get(
            "phone_sanitized", False
        ), person

    def _prepare_attempt_vals(self, outcome, number, owner):
        self.ensure_one()
        taken_by = owner.phone_taken_by_id or self.partner_id.user_id
        return {
            "callback_id": self.id,
            "rule_id": self.rule_id.id,
            "partner_id": self.partner_id.id,
            "person_id": owner.id,
            "company_id": self.company_id.id,
            "agent_id": self.env.uid,
            "outcome_id": outcome.id,
            "number": number,
            "number_taken_by_id": taken_by.id,
            "is_number_invalid": bool(number)
            and outcome.consequence == "invalid_number",
        }

    def _log_followup(self, attempt):
        """Log the contact as the agent's own; return the follow-up."""
        kinds = self.env["crm.followup.kind"]
        return self.env["crm.followup"].create(
            {
                "partner_id": (attempt.person_id or attempt.partner_id).id,
                "kind_id": kinds._get_for_channel("call").id,
                "purpose": self.purpose or self.env._("Callback"),
                "content": attempt.note,
                "date": attempt.called_at,
                "duration_minutes": -(-attempt.seconds // 60),
                "user_id": self.env.uid,
                "callback_id": self.id,
            }
        )

    def _get_record_answer(self, attempt):
        # Superuser: the callback may have gone out of the agent's sight by now.
        call = attempt.callback_id
        return {
            "state": call.state,
            "next_at": fields.Datetime.to_string(call.next_at),
            "attempt_id": attempt.id,
            "followup_id": attempt.followup_id.id,
            "message": self._get_record_message(attempt),
        }

    def _get_record_message(self, attempt):
        """Return what follows from this attempt, in words."""
        call, consequence = attempt.callback_id, attempt.outcome_id.consequence
        if consequence == "opt_out":
            return self.env._("Saved: this number is not called any more.")
        if consequence == "invalid_number":
            return self._get_number_message(call)
        if call.state == "open":
            moment = self.env.user._tell_moment(call.next_at, "short")
            return self.env._("Saved: call again from %(moment)s.", moment=moment)
        if call.state == "failed" and consequence != "close":
            return self.env._(
                "Saved: the callback is given up. Attempts: %s.",
                call.attempt_count,
            )
        messages = {
            "done": self.env._("Saved: the callback is done."),
            "failed": self.env._("Saved: the callback is given up."),
            "dropped": self.env._("Saved: the callback is dropped."),
        }
        return messages[call.state]

    def _get_number_message(self, call):
        if call.state != "open":
            return self.env._(
                "Saved: the number is wrong and there is no other one, the callback is "
                "given up."
            )
        return self.env._(
            "Saved: the number is wrong, now it tries the next contact: %(person)s.",
            person=call.number_partner_id.name or call.partner_id.name,
        )
