from odoo import fields, models
from odoo.fields import Domain

from ...tools.arguments import Answers, Id
from ...tools.tally import Tally


class ResPartner(models.Model):
    """Customers and their persons join clubs."""

    _inherit = "res.partner"

    club_membership_ids = fields.One2many(
        comodel_name="crm.club.membership",
        inverse_name="customer_id",
        string="Club Memberships",
    )
    club_membership_count = fields.Integer(compute="_compute_tallies")

    def _get_tallies(self):
        current = Domain("state", "!=", "ended")
        members = Tally(
            "crm.club.membership", "customer_id", current, "club_membership_ids"
        )
        return super()._get_tallies() | {"club_membership_count": members}

    def _may_be_managed_in_club(self):
        """Return whether the caller works with this customer (one record)."""
        user = self.env.user
        if not user.has_group("crm_relations.group_sales_user"):
            return False
        # Superuser: whose customer it is decides, whoever may read that.
        customer = self.sudo().commercial_partner_id
        guarded = customer.with_env(self.env)._filter_guarded()
        return not guarded or "move" in guarded._get_rights()

    def club_invite(self, club_id: Id) -> Answers:
        """Invite these customers or persons to a club.

        Whoever works with the customer may.

        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (in the club already, no managed customer,
            another company, or no such club)
        """
        return self._enter_club(club_id, "invited", self.env._("Invited."))

    def club_join(self, club_id: Id) -> Answers:
        """Let these customers or persons be members of a club, invited before or not.

        :return: as ``club_invite``
        """
        return self._enter_club(club_id, "active", self.env._("Member now."))

    def _enter_club(self, club_id, state, done):
        club = self.env["crm.club"].browse(club_id or []).exists()
        club = club._filtered_access("read").filtered("active")
        refusals = self._get_club_refusals(club, state)
        entering = self.browse(dict.fromkeys(self.ids)).filtered(
            lambda partner: partner.id not in refusals
        )
        if entering:
            # Superuser: nobody writes memberships; who may was decided above.
            club.sudo()._take_in(entering.sudo(), state, self.env.uid)
        return self._get_transfer_answers(refusals, done)

    def _get_club_refusals(self, club, state):
        """Return ``{id: (code, message)}`` of those that cannot enter."""
        known = self.browse(dict.fromkeys(self.ids)).exists()
        missing = self.env._("It does not exist any more.")
        refusals = dict.fromkeys(set(self.ids) - set(known.ids), ("missing", missing))
        # Superuser: a membership that the caller does not see counts as well.
        members = self.env["crm.club.membership"].sudo()
        members = members.search(
            [("club_id", "=", club.id), ("partner_id", "in", known.ids)]
        )
        taken = {
            member.partner_id.id
            for member in members
            if member.state in ("active", "suspended")
            or (member.state == "invited" and state == "invited")
        }
        for partner in known:
            if refusal := partner._get_club_refusal(club, partner.id in taken):
                refusals[partner.id] = refusal
        return refusals

    def _get_club_refusal(self, club, is_taken):
        if not self.has_access("read") or not self._may_be_managed_in_club():
            return "no_right", self.env._(
                "Only who works with the customer takes it into a club."
            )
        if words := self._get_club_block(club):
            return "blocked", words
        if is_taken:
            return "blocked", self.env._("It is in the club, or invited, already.")
        return None

    def _get_club_block(self, club):
        """Return why this cannot be in the club at all, else ""."""
        if not club:
            return self.env._("There is no such club.")
        # Superuser: the company of a customer is no secret to who works with it.
        customer = self.sudo().commercial_partner_id
        if not customer.is_managed_customer:
            return self.env._("It is no customer.")
        company = customer.company_id
        if club.company_id and company and company != club.company_id:
            return self.env._("The club is of another company.")
        return ""

    def action_view_club_memberships(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_club_membership_action"
        )
        return {
            **action,
            "domain": [("customer_id", "=", self.commercial_partner_id.id)],
            "context": {"search_default_current": 1},
        }

    def action_invite_to_club(self):
        """Open the dialog that asks to which club."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invite to a Club"),
            "res_model": "crm.club.invite.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_partner_ids": self.ids},
        }
