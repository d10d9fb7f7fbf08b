from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.crm_relations.tools.arguments import Answers, Id, Text

from .crm_complaint import OPEN
from .crm_complaint_act import OFFICER


class CrmComplaint(models.Model):
    """First-asked responsibility: who was asked first answers for the complaint until
    somebody else has accepted it. Hand-overs are a log."""

    _inherit = "crm.complaint"

    def hand_over(self, user_id: Id, note: Text = "") -> Answers:
        """Ask somebody to take these complaints over; until it is accepted, who answers
        now stays answerable.

        :param user_id: an active colleague with a role in customer relations
        :return: answers; codes: ok, missing, no_right, blocked (closed, or the message
            says what is wrong with the receiver)
        """
        receiver = self.env["res.users"].browse(user_id or [])
        problem = self._get_receiver_problem(receiver)
        if problem:
            return self._answer(dict.fromkeys(self.ids, ("blocked", problem)), "")
        refusals, taken = self._take(OPEN)
        for complaint in taken:
            blocked = complaint._get_handover_problem(receiver)
            if blocked:
                refusals[complaint.id] = ("blocked", blocked)
                taken -= complaint
        taken._end_handovers("lapsed")
        taken._ask_to_accept(receiver, note)
        # Superuser: the name of a colleague is no secret.
        name = receiver.sudo().name
        return self._answer(
            refusals, self.env._("%(person)s has been asked.", person=name)
        )

    def _get_receiver_problem(self, receiver):
        # Superuser: who works here is no secret.
        receiver = receiver.sudo().exists()
        if not receiver or not receiver.active or receiver.share:
            return self.env._("Choose a colleague who works here.")
        if not receiver.has_group("crm_relations.group_user"):
            return self.env._(
                "%(person)s has no role in customer relations.", person=receiver.name
            )
        return None

    def _get_handover_problem(self, receiver):
        """Return why this complaint cannot be handed to somebody, or None."""
        # Superuser below: names of a colleague who may work elsewhere, and of where.
        if not self.company_id <= receiver._get_open_companies():
            return self.env._(
                "%(person)s does not work in %(company)s.",
                person=receiver.sudo().name,
                company=self.company_id.sudo().name,
            )
        if receiver == self.user_id:
            return self.env._(
                "%(person)s answers for it already.", person=receiver.sudo().name
            )
        return None

    def _ask_to_accept(self, receiver, note):
        now = fields.Datetime.now()
        # Superuser: hand-overs are made by this method only.
        self.env["crm.complaint.handover"].sudo().create(
            [
                {
                    "complaint_id": complaint.id,
                    "company_id": complaint.company_id.id,
                    "from_user_id": self.env.uid,
                    "to_user_id": receiver.id,
                    "asked_at": now,
                    "note": note,
                }
                for complaint in self
            ]
        )
        self.write({"waiting_for_id": receiver.id})
        for room in self._speak_to(receiver):
            room.message_notify(
                partner_ids=receiver.sudo().partner_id.ids,
                subject=room.display_name,
                body=room.env._(
                    "Please accept or decline this complaint. %(note)s", note=note
                ),
            )
        self._record("handed_over", now, note)

    def accept(self) -> Answers:
        """Take these complaints in hand: those one was asked to take over, those one
        was asked first, and, as officer, those nobody answers for.

        :return: answers; codes: ok, missing, no_right, blocked (closed, or taken in
            hand already)
        """
        refusals, taken = self._take(OPEN, may=type(self)._filter_acceptable)
        user = self.env.user
        for complaint in taken:
            if complaint.user_id == user and complaint.state != "new":
                refusals[complaint.id] = (
                    "blocked",
                    self.env._("You have taken it in hand already."),
                )
                taken -= complaint
        taken._end_handovers("accepted")
        taken.write({"user_id": user.id, "waiting_for_id": False})
        taken.filtered(lambda one: one.state == "new").state = "handling"
        taken._record("accepted")
        return self._answer(refusals, self.env._("You answer for it now."))

    def _filter_acceptable(self):
        """Return those of these that the caller may take in hand."""
        user = self.env.user
        officers = user.has_group(OFFICER)
        return self.filtered(
            lambda one: (
                one.waiting_for_id == user
                or (one.user_id == user and not one.waiting_for_id)
                or (officers and not one.user_id and not one.waiting_for_id)
            )
        )

    def decline(self, reason: Text) -> Answers:
        """Refuse to take these complaints over: who handed them over stays answerable.

        :param reason: why, in words
        :return: answers; codes: ok, missing, no_right (nobody asked), blocked
        """
        self._check_reason(reason)
        refusals, taken = self._take(OPEN, may=type(self)._filter_asked)
        askers = {
            waiting.complaint_id: waiting.from_user_id
            for waiting in taken.handover_ids
            if waiting.state == "waiting"
        }
        taken._end_handovers("declined", reason)
        for complaint in taken:
            asker = askers.get(complaint, complaint.user_id)
            complaint._tell_declined(complaint.user_id | asker, reason)
        taken.waiting_for_id = False
        taken._record("declined", note=reason)
        return self._answer(refusals, self.env._("Declined."))

    def _tell_declined(self, people, reason):
        """Tell these colleagues, as superuser, that the hand-over was declined."""
        for person in people - self.env.user:
            room = self._speak_to(person)
            room.message_notify(
                partner_ids=person.partner_id.ids,
                subject=room.display_name,
                body=room.env._("The hand-over was declined: %(why)s", why=reason),
            )

    def _filter_asked(self):
        return self.filtered(lambda one: one.waiting_for_id == self.env.user)

    def take_back(self) -> Answers:
        """Take a hand-over back that has not been answered yet.

        :return: answers; codes: ok, missing, no_right, blocked (nobody is asked)
        """
        refusals, taken = self._take(OPEN)
        for complaint in taken.filtered(lambda one: not one.waiting_for_id):
            blocked = self.env._("Nobody has been asked to take it over.")
            refusals[complaint.id] = ("blocked", blocked)
            taken -= complaint
        taken._end_handovers("taken_back")
        taken.waiting_for_id = False
        taken._record("taken_back")
        return self._answer(refusals, self.env._("Taken back."))

    def _end_handovers(self, state, reason=False):
        """Answer what waits of these complaints, as superuser."""
        waiting = self.handover_ids.filtered(lambda one: one.state == "waiting")
        waiting.write(
            {
                "state": state,
                "answered_at": fields.Datetime.now(),
                "reason": reason,
            }
        )
        self.env.flush_all()

    def _check_reason(self, reason):
        if not reason.strip():
            raise UserError(self.env._("Say why."))

    def action_ask(self):
        """Open the dialog of the act that a button names in its context."""
        act = self.env.context.get("complaint_act")
        wizard = self.env["crm.complaint.act.wizard"]
        if act not in wizard._fields["act"].get_values(self.env):
            raise UserError(self.env._("There is no such act."))
        return wizard._open(self, act)

    def action_accept(self):
        return self._do_seen("accept")

    def action_take_back(self):
        return self._do_seen("take_back")
