from odoo import SUPERUSER_ID, fields, models

from ...tools.arguments import Answers, Text


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
        refusals, taken = self._take(("asked",), lambda known: known._get_no_deciders())
        early = taken.filtered(lambda referral: not referral.referred_id)
        word = self.env._("There is only a lead: make it a customer first.")
        refusals |= dict.fromkeys(early.ids, ("blocked", word))
        taken -= early
        circles = taken.filtered(
            lambda referral: (
                referral.referred_id in self._get_ancestors(referral.partner_id)
            )
        )
        word = self.env._("The referrer itself was brought by this customer.")
        refusals |= dict.fromkeys(circles.ids, ("blocked", word))
        taken -= circles
        taken._decide("confirmed")
        for referral in taken:
            # It speaks for the relationship with the referrer as well.
            referral.referred_id.referred_by_id = referral.partner_id
        taken._settle()
        return self._answer_each(refusals, self.env._("Confirmed."))

    def refuse(self, reason: Text = "") -> Answers:
        """Refuse these: nobody is rewarded for them.

        :param reason: why; kept
        :return: as ``confirm``; blocked also without a reason
        """
        if not reason.strip():
            return self._refuse_all(self.env._("Give the reason."))
        refusals, taken = self._take(("asked",), lambda known: known._get_no_deciders())
        taken._decide("refused", refusal_reason=reason.strip())
        return self._answer_each(refusals, self.env._("Refused."))

    def action_confirm(self):
        return self._show_answers(self.confirm())

    def action_refuse(self):
        return self.env["crm.refusal.wizard"]._open_for(self)

    def _refuse_where_seen(self, reason):
        """Called by the wizard that asks for the reason."""
        return self._show_answers(self.refuse(reason))

    def _decide(self, state, **values):
        self.write(
            {
                "state": state,
                "decided_at": fields.Datetime.now(),
                "decided_by_id": self.env.uid,
                **values,
            }
        )

    def _get_no_deciders(self):
        """Return ``{id: why}`` of those on which the caller does not decide."""
        user = self.env.user
        manages = user.has_group("crm_relations.group_relations_manager")
        denied = {}
        # Superuser: who leads whom, and whose customers they are.
        for referral in self.sudo():
            sellers = (referral.partner_id | referral.referred_id).user_id
            leads = any(seller._is_led_by(user) for seller in sellers)
            if user.id == SUPERUSER_ID or not (manages or leads):
                denied[referral.id] = self.env._(
                    "The leader of the team or a relations manager decides."
                )
            elif user in sellers | referral.registered_by_id:
                denied[referral.id] = self.env._(
                    "You have registered it, or one of the customers is yours: "
                    "somebody else decides."
                )
        return denied

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
