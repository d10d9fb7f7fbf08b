from odoo import api, models

DECIDED = ("state", "decided_by_id", "decided_at", "hold_until", "refusal_reason")
ASKED = ("state", "until", "hold_until", "decided_by_id")


class CrmPoolStay(models.Model):
    """Requests are decided where they are seen, and for some seconds the decision, or
    the request, can be taken back: who has been told is told of that too."""

    _inherit = "crm.pool.stay"

    def action_approve(self):
        return self._decide_where_seen(self.approve)

    def action_refuse(self):
        """Ask for the reason, and refuse."""
        refusals = self._get_stay_refusals("_may_decide", ("requested",))
        if refusals:
            return self._tell_result(self._get_stay_answers(refusals, self, ""))
        return self.env["crm.refusal.wizard"]._open_for(self)

    def _refuse_where_seen(self, reason):
        return self._decide_where_seen(self.refuse, reason)

    def _decide_where_seen(self, decide, *args):
        """Call ``decide``; where all went well, offer to undo it."""
        acts = self.env["crm.act"]
        before = acts._look_at([(self, DECIDED)])
        answers = decide(*args)
        if not answers or not all(answer["ok"] for answer in answers):
            return self._tell_result(answers)
        act = acts._keep(self, before, right="_may_decide", then="_decision_undone")
        done = {answer["message"] for answer in answers}.pop()
        # Superuser: whoever decided on them knows whose they are.
        names = self.sudo().partner_id._get_names_in_short()
        return act._tell(f"{done} {names}")

    def _decision_undone(self):
        # Superuser: the customers stay as long as their stays say.
        stays = self.sudo()
        stays.partner_id._stays_changed()
        for user, some in stays.grouped("requested_by_id").items():
            env = self.with_context(lang=user.lang).env
            subject = env._(
                "%(user)s takes the decision back, an answer is due again: "
                "%(customers)s",
                user=self.env.user.name,
                customers=some.partner_id.with_context(
                    lang=env.lang
                )._get_names_in_short(),
            )
            some.with_user(self.env.user).sudo()._tell(
                user, subject, "", "my-customers"
            )

    @api.model
    def _keep_asked(self, partners, known):
        """Remember requests that the caller has just made; return the act.

        :param known: the stays of these customers before
        """
        # Superuser: as with known.
        made = self.sudo().search([("partner_id", "in", partners.ids)]) - known
        asked = "requested" in made.mapped("state")
        then = "_request_undone" if asked else "_stays_undone"
        return self.env["crm.act"]._keep(
            partners, [], [(made, ASKED)], right="_filter_stay_askable", then=then
        )
