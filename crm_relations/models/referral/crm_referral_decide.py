from odoo import fields, models

from ...tools.arguments import Answers


class CrmReferral(models.Model):
    """Confirmed or refused, once, by somebody who has no part in it."""

    _inherit = "crm.referral"

    def confirm(self) -> Answers:
        """Confirm that these customers were brought by their referrers.

        The leader of the team of the salesperson, and relations managers; never who
        has registered it, nor the salesperson of either customer.

        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (decided already, or no customer yet)
        """
        return self._approve(self.env._("Confirmed."), state="confirmed")

    def action_confirm(self):
        return self._show_answers(self.confirm())

    def _get_hindrances(self):
        early = self.filtered(lambda referral: not referral.referred_id)
        circles = (self - early).filtered(
            lambda referral: (
                referral.referred_id in self._get_ancestors(referral.partner_id)
            )
        )
        no_customer = self.env._("There is only a lead: make it a customer first.")
        circle = self.env._("The referrer itself was brought by this customer.")
        return {
            **super()._get_hindrances(),
            **dict.fromkeys(early.ids, no_customer),
            **dict.fromkeys(circles.ids, circle),
        }

    def _follow_decision(self, state):
        if state == "confirmed":
            self._confirmed()
        return super()._follow_decision(state)

    def _confirmed(self):
        for referral in self:
            # It speaks for the relationship with the referrer as well.
            referral.referred_id.referred_by_id = referral.partner_id
        self._settle()

    def _get_sellers(self):
        return (self.partner_id | self.referred_id).user_id

    def _get_led(self):
        return super()._get_led() | self._get_sellers()

    def _get_involved(self):
        own = self._get_sellers() | self.registered_by_id
        return super()._get_involved() | own

    def _get_involved_word(self):
        return self.env._(
            "You have registered it, or one of the customers is yours: somebody else "
            "decides."
        )

    def _drop(self, reason):
        """These turn out to be none: what was given for them is taken back."""
        self._take_reward_back()
        self.write(
            {
                "state": "refused",
                "refusal_reason": reason,
                "decided_at": fields.Datetime.now(),
            }
        )
