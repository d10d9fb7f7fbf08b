from odoo import fields, models

from odoo.addons.crm_relations.tools.arguments import Answers, Text

from .crm_complaint_confirmation import ACCEPTED, OUTCOMES, WAYS


class CrmComplaint(models.Model):
    """The customer confirms, or does not: the gate before closing."""

    _inherit = "crm.complaint"

    def confirm(self, outcome: Text, note: Text = "", way: Text = "phone") -> Answers:
        """Write down what the customer said to the solution.

        A customer who is not satisfied reopens the complaint: a new round begins.

        :param outcome: ``satisfied``, ``reserved`` (accepted with reservation),
            ``not_satisfied`` or ``not_reached``
        :param note: what the customer said; needed for reservation and dissatisfaction
        :param way: phone, in_person, email, message, letter, portal
        :return: answers; codes: ok, missing, no_right, blocked (not solved yet, or
            something is missing)
        """
        problem = self._get_confirmation_problem(outcome, note, way)
        if problem:
            return self._answer(dict.fromkeys(self.ids, ("blocked", problem)), "")
        refusals, taken = self._take(("solved",))
        taken._confirm(outcome, note.strip(), way)
        return self._answer(refusals, self._tell_confirmed(outcome))

    def _tell_confirmed(self, outcome):
        if outcome == "not_satisfied":
            return self.env._("Reopened: the customer is not satisfied.")
        if outcome == "not_reached":
            return self.env._("The try is kept.")
        return self.env._("Confirmed.")

    def _get_confirmation_problem(self, outcome, note, way):
        """Return what is wrong with an answer, in words."""
        if outcome not in dict(OUTCOMES) or way not in dict(WAYS):
            return self.env._("Choose what the customer said, and how.")
        if outcome in ("reserved", "not_satisfied") and not note.strip():
            return self.env._("Write what the customer is not content with.")
        return ""

    def _confirm(self, outcome, note, way, by_customer=False):
        """Keep the answer of the customers of these solved complaints, as superuser:
        who may was asked before.

        :param by_customer: the customer has answered online
        """
        now = fields.Datetime.now()
        # Superuser: the log is closed.
        self.sudo().env["crm.complaint.confirmation"].create(
            [
                {
                    "complaint_id": complaint.id,
                    "round": complaint.round,
                    "asked_at": now,
                    "user_id": not by_customer and self.env.uid,
                    "way": way,
                    "outcome": outcome,
                    "note": note,
                }
                for complaint in self.sudo()
            ]
        )
        self.sudo().write({"confirmation": outcome})
        if outcome in ACCEPTED:
            self._record("confirmed", now, note, by_customer)
        elif outcome == "not_reached":
            self._record("not_reached", now, note)
        else:
            self._record("disputed", now, note, by_customer)
            self._reopen(note, by_customer=by_customer)

    def _confirm_online(self, outcome, note=""):
        """Keep what the customer has answered on the page of the complaint; called as
        superuser by a controller that knows whose complaint it is. What is wrong is
        answered as by ``confirm``. A customer disputes also what is closed already.

        :return: an answer, ``{"id", "ok", "code", "message"}``
        """
        self.ensure_one()
        problem = self._get_confirmation_problem(outcome, note, "portal")
        if problem or outcome == "not_reached":
            problem = problem or self.env._("Choose what you want to say.")
            return self._answer({self.id: ("blocked", problem)}, "")[0]
        states = ("solved", "closed") if outcome == "not_satisfied" else ("solved",)
        refusals, taken = self._take(states)
        taken._confirm(outcome, note.strip(), "portal", by_customer=True)
        return self._answer(refusals, self.env._("Thank you, we have noted it."))[0]

    def reopen(self, reason: Text) -> Answers:
        """Take these complaints up again: a new round begins, with clocks of its own;
        what was before stays.

        :param reason: why
        :return: answers; codes: ok, missing, no_right, blocked (open already, merged)
        """
        self._check_reason(reason)
        refusals, taken = self._take(("solved", "closed", "withdrawn"))
        taken._reopen(reason.strip())
        return self._answer(refusals, self.env._("Reopened."))

    def _reopen(self, reason, by_customer=False):
        """Begin a new round of these complaints, as superuser."""
        for complaint in self.sudo():
            complaint.write(
                {
                    "state": "handling",
                    "round": complaint.round + 1,
                    "reopen_count": complaint.reopen_count + 1,
                    **dict.fromkeys(
                        (
                            "closed_at",
                            "closing_code_id",
                            "closed_by_id",
                            "confirmation",
                        ),
                        False,
                    ),
                    **dict.fromkeys(
                        ("solution", "solved_at", "solved_by_id", "unconfirmed_reason"),
                        False,
                    ),
                }
            )
        self._record("reopened", note=reason, by_customer=by_customer)
        self._tell_reopened(reason)

    def _tell_reopened(self, reason):
        """Tell who answers for these that they are open again."""
        # Superuser: addresses of colleagues.
        for complaint in self.sudo():
            person = complaint.user_id - self.env.user
            if person:
                room = complaint._speak_to(person)
                room.message_notify(
                    partner_ids=person.partner_id.ids,
                    subject=room.display_name,
                    body=room.env._("It was reopened: %(why)s", why=reason),
                )
