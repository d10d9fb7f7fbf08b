from odoo import fields, models
from odoo.fields import Domain

from ...tools.arguments import Answers, Id, Text
from ...tools.tally import Tally
from .crm_referral_reward import STANDING


class ResPartner(models.Model):
    """Customers bring customers."""

    _inherit = "res.partner"

    referral_reward_count = fields.Integer(
        string="Referral Rewards", compute="_compute_tallies"
    )

    def _get_tallies(self):
        counted = Domain("state", "!=", "refused")
        return super()._get_tallies() | {
            "referral_reward_count": Tally("crm.referral", "partner_id", counted),
        }

    def register_referral(self, referrer_id: Id, note: Text = "") -> Answers:
        """Register who brought these new customers; somebody else confirms it.

        Whoever works with the new customer may.

        :param referrer_id: a customer, or a person of one
        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (brought by itself, in a circle or by somebody
            else, no new customer, the same number or address, another company)
        """
        known = self.browse(dict.fromkeys(self.ids)).exists()
        missing = self.env._("It does not exist any more.")
        refusals = dict.fromkeys(set(self.ids) - set(known.ids), ("missing", missing))
        referrer = self.browse(referrer_id or []).exists()._filtered_access("read")
        for customer in known:
            problem = customer._register_referrer(referrer, note)
            if problem:
                refusals[customer.id] = problem
        word = self.env._("Registered: somebody else confirms it.")
        return self._get_transfer_answers(refusals, word)

    def _register_referrer(self, referrer, note):
        """Return why not, as (code, message), or None."""
        if not self.has_access("read") or not self._may_be_managed_in_club():
            return "no_right", self.env._(
                "Only who works with the customer registers who brought it."
            )
        if not referrer:
            return "blocked", self.env._("There is no such referrer.")
        # Superuser: whose contact somebody is, is no secret to who works with it.
        customer = self.sudo().commercial_partner_id.with_env(self.env)
        values = {"registered_by_id": self.env.uid, "note": note.strip() or False}
        referrals = self.env["crm.referral"]
        _referral, problem = referrals._bring_in(referrer, customer, **values)
        return ("blocked", problem) if problem else None

    def _has_referrals(self):
        """Return whether one of these was brought by somebody, and that counts."""
        # Superuser: whether there is one, whoever sells.
        referrals = self.env["crm.referral"].sudo()
        domain = [("referred_id", "in", self.ids), ("state", "in", STANDING)]
        return bool(self and referrals.search_count(domain, limit=1))

    def _refresh_purchases(self):
        result = super()._refresh_purchases()
        # Superuser: rewards follow from documents, whoever posts them.
        referrals = self.env["crm.referral"].sudo()
        if referrals._has_any():
            domain = [("referred_id", "in", self.ids), ("state", "in", STANDING)]
            referrals.search(domain)._settle()
        return result

    def action_view_referral_rewards(self):
        """Open what this customer has registered or is rewarded for."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_referral_action"
        )
        customer = self.commercial_partner_id
        return action | {
            "domain": [("partner_id", "=", customer.id), ("state", "!=", "refused")],
            "context": {},
        }

    def action_register_referral(self):
        """Open the dialog that asks who brought these customers."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who Brought This Customer?"),
            "res_model": "crm.referral.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_partner_ids": self.ids},
        }
