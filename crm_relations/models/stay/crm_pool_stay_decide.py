from odoo import fields, models
from odoo.tools import SQL

from ...tools.arguments import Text


class CrmPoolStay(models.Model):
    """Approve and refuse, many at once; each decision is made once."""

    _inherit = "crm.pool.stay"

    def approve(self):
        """Approve these requests; the customers stay until the day asked for.

        The leader of the salesperson's team and the managers of the pool may, unless
        the customer is their own; relations managers may for all.

        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (decided already, the customer is archived, the
            salesperson has changed since, its day has passed)
        """
        return self._decide("approved", self.env._("Approved."))

    def refuse(self, reason: Text = ""):
        """Refuse these requests: the customers leave when the rules say so.

        :param reason: why; kept, and told to who has asked
        :return: as ``approve``; blocked also where no reason is given
        """
        return self._decide("refused", self.env._("Refused."), reason.strip())

    def _decide(self, state, done, reason=None):
        refusals = self._get_stay_refusals("_may_decide", ("requested",))
        if reason == "":
            lack = ("blocked", self.env._("Give the reason."))
            refusals = dict.fromkeys(self.ids, lack) | refusals
        if state == "approved":
            refusals |= self._get_outdated(refusals)
        allowed = self.browse(number for number in self.ids if number not in refusals)
        # Superuser: nobody writes stays; who may was decided above.
        decided = allowed.sudo()._change_state(
            ("requested",),
            SQL(
                "state = %s, decided_by_id = %s, decided_at = %s, hold_until = NULL,"
                " refusal_reason = %s",
                *(state, self.env.uid, fields.Datetime.now(), reason),
            ),
        )
        decided._tell_decision(state)
        return self._get_stay_answers(refusals, decided, done)

    def _get_stay_refusals(self, right, states):
        """Return ``{id: (code, message)}`` of those that the caller cannot change.

        :param right: name of the method that returns those that the caller may
        :param states: in which one can be changed
        """
        missing = self.env._("It does not exist any more.")
        no_right = self.env._(
            "Only the leader of the salesperson's team, a manager of the pool or a "
            "relations manager decides, and not on an own customer."
        )
        blocked = self.env._("It has been decided or has ended already.")
        known = self.exists()
        # Fresh: somebody else may have decided since the caller has read it.
        known.invalidate_recordset(["state"])
        allowed = getattr(known, right)()
        refusals = {number: ("missing", missing) for number in set(self.ids)}
        for stay in known:
            del refusals[stay.id]
            if stay not in allowed:
                refusals[stay.id] = ("no_right", no_right)
            elif stay.state not in states:
                refusals[stay.id] = ("blocked", blocked)
        return refusals

    def _get_outdated(self, refusals):
        """Return refusals of requests that time or a new owner has overtaken."""
        # Superuser: who has the customer now decides; refusals tell who may.
        stays = self.browse(set(self.ids) - set(refusals)).sudo()
        messages = {stay.id: stay._get_outdated_message() for stay in stays}
        return {
            number: ("blocked", message)
            for number, message in messages.items()
            if message
        }

    def _get_outdated_message(self):
        """Return what has overtaken this request, None where nothing has."""
        partner = self.partner_id
        if not partner.active:
            return self.env._("It is archived, or no managed customer.")
        if partner.user_id != self.user_id or not partner.is_managed_customer:
            return self.env._("Its salesperson has changed since.")
        if self.until <= partner._get_relation_today():
            return self.env._("The day asked for has passed.")
        return None

    def _get_stay_answers(self, refusals, changed, done):
        busy = self.env._("Somebody is changing it at this moment: try again.")
        answers = []
        for number in self.ids:
            left = ("ok", done) if number in changed._ids else ("blocked", busy)
            code, message = refusals.get(number, left)
            answers.append(
                {"id": number, "ok": code == "ok", "code": code, "message": message}
            )
        return answers

    def _may_decide(self):
        """Return those that the caller may decide on."""
        if self.env.su:
            return self
        user = self.env.user
        # Superuser: who leads the team and who manages the pool.
        return self._filtered_access("read").filtered(
            lambda stay: self._may_decide_on(
                *(user, stay.sudo().user_id, stay.sudo().pool_id),
                stay.sudo().company_id,
            )
        )

    def _change_state(self, states, changes):
        """Change those of these that are still in one of these states, with the
        customers' rows locked; one statement.

        :return: the ones changed
        """
        if not self:
            return self
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH taken AS MATERIALIZED (
                     SELECT partner.id
                       FROM res_partner AS partner
                      WHERE partner.id IN (SELECT partner_id FROM crm_pool_stay
                                            WHERE id = ANY(%(ids)s))
                   ORDER BY partner.id
                        FOR NO KEY UPDATE SKIP LOCKED)
                UPDATE crm_pool_stay AS stay
                   SET %(changes)s, write_uid = %(uid)s, write_date = %(now)s
                  FROM taken
                 WHERE stay.partner_id = taken.id AND stay.id = ANY(%(ids)s)
                   AND stay.state IN %(states)s
             RETURNING stay.id, stay.partner_id
                """,
                ids=self.ids,
                changes=changes,
                states=states,
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        self.env["crm.pool.stay"].invalidate_model()
        self.env["res.partner"].browse(row[1] for row in rows)._stays_changed()
        return self.browse(row[0] for row in rows)

    def _tell_result(self, answers):
        """Say of each customer how it went."""
        readable = self.exists()._filtered_access("read")
        customers = {stay.id: stay.partner_id.id for stay in readable}
        answers = [
            {**answer, "id": customers.get(answer["id"], False)} for answer in answers
        ]
        return self.env["crm.answer.summary"]._open_or_refuse(answers)
