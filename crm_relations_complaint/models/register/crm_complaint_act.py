from odoo import api, fields, models

from odoo.addons.crm_relations.tools.row_locks import lock_in

OFFICER = "crm_relations_complaint.group_complaint_officer"
MANAGER = "crm_relations.group_relations_manager"


class CrmComplaint(models.Model):
    """How methods take complaints: who may, what blocks, locked, an answer for each;
    and how they write down what happened."""

    _inherit = "crm.complaint"

    may_work = fields.Boolean(compute="_compute_may_work")

    @api.depends("user_id", "first_asked_id")
    @api.depends_context("uid")
    def _compute_may_work(self):
        workable = self._filter_workable()
        for complaint in self:
            complaint.may_work = complaint in workable

    def _take(self, states, may=None):
        """Return ``({id: (code, message)}, complaints)``: what refuses, and those
        locked for the act, as superuser: people write texts only, who may was asked
        here.

        :param states: in which the act is possible
        :param may: function of readable complaints that returns those on which the
            caller may act; default: who works on them
        """
        missing = self.env._("It does not exist any more.")
        refusals = dict.fromkeys(self.ids, ("missing", missing))
        existing = self.exists()
        readable = existing._filtered_access("read")
        allowed = (may or type(self)._filter_workable)(readable)
        no_right = self.env._(
            "Only who answers for this complaint, or a complaint officer, may."
        )
        refusals |= dict.fromkeys((existing - allowed).ids, ("no_right", no_right))
        taken = self.sudo().browse(lock_in(allowed, states, waits=True))
        for complaint in allowed:
            del refusals[complaint.id]
            if complaint.id not in taken._ids:
                # Superuser: read already, the state of this moment.
                blocked = complaint.sudo()._get_blocked(states)
                refusals[complaint.id] = ("blocked", blocked)
        return refusals, taken

    @api.model
    def _sees_all(self):
        """Return whether the caller reads every complaint of his companies, as the
        record rules say."""
        user = self.env.user
        return self.env.su or user.has_group(OFFICER) or user.has_group(MANAGER)

    def _filter_workable(self):
        """Return those of these on which the caller works."""
        if self.env.su or self.env.user.has_group(OFFICER):
            return self
        user = self.env.user
        return self.filtered(lambda one: user in (one.user_id, one.first_asked_id))

    def _get_blocked(self, states):
        """Return why an act that is possible in ``states`` is not now, in words."""
        label = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "This is not possible any more, or not yet: the complaint is “%(state)s”.",
            state=label[self.state],
        )

    def _answer(self, refusals, done):
        """Return an answer for each of these, in this order."""
        answers = []
        for number in self.ids:
            code, message = refusals.get(number, ("ok", done))
            answers.append(
                {"id": number, "ok": code == "ok", "code": code, "message": message}
            )
        return answers

    def _speak_to(self, user):
        """Return these in the language of who is told of them."""
        # Superuser: the language of a colleague.
        return self.with_context(lang=user.sudo().lang)

    def _do_seen(self, act, *values):
        """Hook: do an act where it is seen; return what shows what came of it.

        :param act: name of a public method that returns answers
        """
        return self._show_answers(getattr(self, act)(*values))

    def _show_answers(self, answers):
        """Return what a button shows of these answers.

        :raise UserError: the same stands against all of them
        """
        known = self.exists()._filtered_access("read")
        names = {complaint.id: complaint.name for complaint in known}
        customers = {complaint.id: complaint.partner_id.id for complaint in known}
        told = [
            {
                **{key: answer[key] for key in ("ok", "code")},
                "id": customers.get(answer["id"], False),
                "message": " ".join(
                    filter(
                        None,
                        (len(self) > 1 and names.get(answer["id"]), answer["message"]),
                    )
                ),
            }
            for answer in answers
        ]
        return self.env["crm.answer.summary"]._open_or_refuse(told)

    def _record(self, kind, at=None, note="", by_customer=False):
        """Write down that this happened to these complaints, and tell the rooms.

        :param kind: of ``crm.complaint.event``
        :param at: naive UTC moment, default now; clocks are judged at it
        :param by_customer: the customer did it, whoever the program runs as
        :return: the events
        """
        at = at or fields.Datetime.now()
        # Superuser: the ledger is closed; who may was asked before.
        events = (
            self.sudo()
            .env["crm.complaint.event"]
            .create(
                [
                    {
                        "complaint_id": complaint.id,
                        "company_id": complaint.company_id.id,
                        "kind": kind,
                        "at": at,
                        "user_id": not by_customer and self.env.uid,
                        "round": complaint.round,
                        "note": note,
                    }
                    for complaint in self.sudo()
                ]
            )
        )
        self.sudo()._recorded(kind, at)
        return events

    def _recorded(self, kind, at):
        """Hook: this has happened to these complaints, as superuser. Rooms extend it,
        ``super()`` first, in the order of the rooms."""
