from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.arguments import Id, Values
from ..rule.crm_act import OFFERED_SECONDS

QUEUE = 30
DIGITS = 9


class CrmCallbackDesk(models.AbstractModel):
    """The agent's screen: the queue, the call that is open, the outcomes."""

    _name = "crm.callback.desk"
    _description = "Callback screen"

    @api.model
    def open_desk(self, callback_id: Id = None):
        """Reserve a call for the caller and return the screen.

        :param callback_id: this one; without it, or when it is gone, the most urgent
        :return: ``{"user", "call", "queue", "count", "outcomes", "keep_seconds"}``;
            ``call`` is False when nothing is to be called
        :raise AccessError: the caller is no callback agent
        """
        calls = self.env["crm.callback"]
        calls._check_is_agent()
        taken = False
        if callback_id:
            asked = calls.browse(callback_id).exists()
            taken = asked and asked.take()
        call = calls.browse(taken or calls.take_next() or [])
        # Superuser: a setting, not looked up with the rights of an agent.
        minutes = self.env.company.sudo().callback_reservation_minutes or 15
        queue, count = self._get_queue()
        return {
            "user": self.env.uid,
            "call": call._get_card() if call else False,
            "refused": bool(callback_id and not taken),
            "queue": queue,
            "count": count,
            "outcomes": self._get_outcomes(),
            "keep_seconds": minutes * 20,  # three times before it ends
        }

    @api.model
    def save_call(self, callback_id: Id, outcome_id: Id, values: Values):
        """Save how a call ended, and return the screen with the next one.

        :param values: the keyword arguments of ``crm.callback.record``
        :return: as ``open_desk``, and ``message``, ``act`` (to be undone, or False) and
            ``act_seconds``, how long that is offered
        """
        call = self.env["crm.callback"].browse(callback_id).exists()
        if not call:
            raise UserError(self.env._("This callback has been deleted."))
        allowed = ("note", "call_again_at", "seconds", "token", "person")
        values = {name: values.get(name) for name in allowed}
        outcome = call._read_outcome(outcome_id)
        before = call._look_before(outcome, values["person"])
        answer = call.record(outcome_id, **values)
        act = call._keep_attempt(before, answer["attempt_id"])
        return {
            **self.open_desk(),
            "message": answer["message"],
            "act": act.id,
            "act_seconds": OFFERED_SECONDS,
        }

    @api.model
    def _get_outcomes(self):
        outcomes = self.env["crm.callback.outcome"].search([("active", "=", True)])
        return [
            {
                "id": outcome.id,
                "name": outcome.name,
                "digit": number if number <= DIGITS else False,
                "colour": outcome.colour,
                "asks_time": outcome.consequence == "appointment",
                "question": outcome._get_question(),
            }
            for number, outcome in enumerate(outcomes, start=1)
        ]

    @api.model
    def _get_queue(self):
        """Return the calls the caller may make now, the most urgent first, and how many
        there are in all; two queries."""
        self.env.flush_all()
        rows = self.env.execute_query_dict(self._get_queue_sql())
        # Superuser: names of the customers the caller is to ring.
        found = self.env["crm.callback"].sudo().browse([row["id"] for row in rows])
        lines = [
            self._prepare_queue_line(row, call)
            for row, call in zip(rows, found, strict=True)
        ]
        return lines, rows[0]["count"] if rows else 0

    @api.model
    def _get_queue_sql(self):
        """Return a SELECT of the first calls, each with the ``count`` of all."""
        calls = self.env["crm.callback"]
        return SQL(
            """
            SELECT call.id, call.deadline_at, call.priority,
                   call.deadline_at < %(now)s AS is_late,
                   call.agent_id IS NOT NULL AS is_own,
                   COUNT(*) OVER () AS count
              %(desk)s
          ORDER BY (call.reserved_by_id = %(uid)s) IS TRUE DESC,
                   call.agent_id IS NULL, call.priority DESC, call.deadline_at,
                   call.id
             LIMIT %(limit)s
            """,
            now=fields.Datetime.now(),
            desk=calls._get_desk_sql(),
            uid=self.env.uid,
            limit=QUEUE,
        )

    @api.model
    def _prepare_queue_line(self, row, call):
        return {
            **{name: row[name] for name in ("id", "is_late", "is_own")},
            "priority": int(row["priority"]),
            "name": call.partner_id.display_name,
            "person": call.person_id.name or "",
            "purpose": call.purpose or "",
            "deadline_at": fields.Datetime.to_string(row["deadline_at"]),
        }
