from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, models

from ...tools.arguments import Answers, Text
from ...tools.retries import retry


class CrmKeyAccountNomination(models.Model):
    """A key account ends by hand, with the reason. Where its score has stayed below the
    floor for long, the night proposes to end it, and takes that back when the score
    recovers; it ends nobody."""

    _inherit = "crm.key.account.nomination"

    def end(self, reason: Text = "") -> Answers:
        """End these key accounts.

        The leader of the team of the salesperson, and relations managers; not the
        salesperson of the customer.

        :param reason: why; kept
        :return: as ``nominate``; blocked also without a reason
        """
        if not reason.strip():
            return self._refuse_all(self.env._("Give the reason."))
        refusals, taken = self._take(
            ("approved",), lambda known: known._get_no_enders()
        )
        taken._end(reason.strip(), by=self.env.user)
        return self._answer_each(refusals, self.env._("It is no key account any more."))

    def action_end(self):
        action = self.env["crm.refusal.wizard"]._open_for(self)
        return action | {"name": self.env._("End the Key Account")}

    def action_keep(self):
        """Look at a proposed end again only after it has been below the floor anew."""
        refusals, taken = self._take(
            ("approved",), lambda known: known._get_no_enders()
        )
        taken.end_proposed_on = False
        # Superuser: nobody writes scores; from now on the time begins anew.
        scores = self.env["crm.key.account.score"].sudo()
        below = scores.search(
            [("partner_id", "in", taken.partner_id.ids), ("below_since", "!=", False)]
        )
        for scheme, theirs in below.grouped("scheme_id").items():
            theirs.below_since = scheme._get_company()._get_relations_today()
        answers = self._answer_each(refusals, self.env._("It stays a key account."))
        return self._show_answers(answers)

    def _end(self, reason, by=None):
        self.write(
            {
                "state": "ended",
                "end_reason": reason,
                "ended_on": self.env.user._get_relations_today(),
                "ended_by_id": by and by.id,
                "end_proposed_on": False,
            }
        )

    @api.model
    def _propose_ends(self):
        """Each night: whom to look at. For jobs only: it commits."""
        for scheme in self.env["crm.key.account.scheme"]._get_in_force():
            retry(self.env, lambda scheme=scheme: self._propose_ends_of(scheme))
        self.env["ir.cron"]._commit_progress(0)

    @api.model
    def _propose_ends_of(self, scheme):
        # Superuser: it is proposed to whoever may decide, whatever a job reads.
        today = scheme._get_company()._get_relations_today()
        last = today - relativedelta(months=scheme.floor_months)
        scores = self.env["crm.key.account.score"].sudo()
        below = scores.search(
            [
                ("scheme_id", "=", scheme.id),
                ("below_since", "!=", False),
                ("below_since", "<", last + timedelta(days=1)),
            ]
        )
        ours = self.sudo().search(
            [
                ("state", "=", "approved"),
                ("partner_id", "in", below.partner_id.ids),
                ("end_proposed_on", "=", False),
            ]
        )
        ours.write({"end_proposed_on": today})
        recovered = self.sudo().search(
            [("state", "=", "approved"), ("end_proposed_on", "!=", False)]
        )
        scored = scores.search(
            [
                ("partner_id", "in", recovered.partner_id.ids),
                ("scheme_id", "=", scheme.id),
                ("below_since", "=", False),
            ]
        )
        recovered.filtered(lambda one: one.partner_id in scored.partner_id).write(
            {"end_proposed_on": False}
        )
