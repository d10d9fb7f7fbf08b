from markupsafe import Markup

from odoo import fields, models

from odoo.addons.crm_relations.tools.arguments import Answers


class CrmComplaintRemedy(models.Model):
    """Asked, approved, refused: each decided once, by somebody else."""

    _inherit = "crm.complaint.remedy"

    def ask(self) -> Answers:
        """Ask for approval of these drafts. What costs nothing, and what stays within
        the sum that the company gives without asking, is approved at once.

        Who answers for the complaint and complaint officers may.

        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right, blocked (no draft any more, the complaint is over, or
            something is missing)
        """
        refusals, taken = self._take(
            ("draft",), lambda known: known._get_not_in_charge()
        )
        taken = taken._leave_out(refusals, taken._get_incomplete())
        now = fields.Datetime.now()
        for remedy in taken:
            complaint = remedy.complaint_id
            works = complaint.user_id or complaint.first_asked_id
            remedy._involve(works)
            remedy.write(
                {"state": "asked", "asked_at": now, "asked_by_id": self.env.uid}
            )
            if remedy._needs_no_approval():
                remedy.write({"state": "approved", "decided_at": now})
        return self._answer_each(refusals, self.env._("Asked for."))

    def take_back(self) -> Answers:
        """Make these drafts again, as long as nobody has decided.

        :return: as ``ask``; blocked: it has been decided
        """
        refusals, taken = self._take(
            ("asked",), lambda known: known._get_not_in_charge()
        )
        taken.write({"state": "draft", "asked_at": False})
        return self._answer_each(refusals, self.env._("It is a draft again."))

    def approve(self) -> Answers:
        """Approve these remedies.

        Approvers and complaint managers, up to the limit of their roles: the sum of
        all that is approved for the complaint counts. Never who has written it or asked
        for it, nor who works on the complaint.

        :return: as ``ask``; no_right also where it is above the limit
        """
        return self._approve(self.env._("Approved."))

    def _follow_decision(self, state):
        # Whoever decides at this moment on another remedy of the same complaint has
        # counted without this one: the row of the complaint is written here, so that
        # one of both starts again.
        self.complaint_id._granted_changed()
        self._tell_decision()
        return super()._follow_decision(state)

    def _tell_decision(self):
        """Tell who has asked, in the file of the complaint."""
        for remedy in self:
            asker = remedy.asked_by_id
            named = remedy.with_context(lang=asker.lang)
            words = {
                "approved": named.env._("Approved: %s", named.display_name),
                "refused": named.env._("Refused: %s", named.display_name),
            }
            told = [words[remedy.state], remedy.refusal_reason or ""]
            # Superuser: who decides need not work on the complaint.
            remedy.complaint_id.with_user(self.env.user).sudo().message_post(
                body=Markup("<br/>").join(filter(None, told)),
                partner_ids=asker.partner_id.ids,
                subtype_xmlid="mail.mt_note",
            )

    def _get_not_in_charge(self):
        """Return ``{id: why}`` of those whose complaint the caller does not answer
        for."""
        message = self.env._("Who answers for the complaint, or an officer, may.")
        # Superuser: who answers for a complaint.
        mine = self.filtered(
            lambda remedy: remedy.sudo().complaint_id._is_answered_by(self.env.user)
        )
        return dict.fromkeys((self - mine).ids, message)

    def _get_incomplete(self):
        """Return ``{id: what is missing}``."""
        lacks = {remedy.id: remedy._get_lack() for remedy in self}
        return {number: lack for number, lack in lacks.items() if lack}

    def _get_lack(self):
        """Return what is missing before this is asked for, else ""."""
        if self.complaint_id.state in ("closed", "withdrawn", "merged"):
            return self.env._("The complaint is over: reopen it first.")
        if self.has_amount and not self.amount:
            return self.env._("Say how much.")
        if self.books == "coupon" and not self.program_id:
            return self.env._("Choose the program of the coupon.")
        if self.books != "nothing" and not self.partner_id:
            return self.env._(
                "The complaint has no customer yet: choose the customer first."
            )
        return ""

    def _needs_no_approval(self):
        """Return whether this costs nothing, or the complaint stays within what the
        company gives without asking."""
        if not self.has_amount:
            return True
        free = self.company_id.complaint_free_amount
        complaint = self.complaint_id
        total = complaint._get_granted_of_all()[complaint] + self.company_amount
        currency = self.company_currency_id
        return bool(free) and currency.compare_amounts(total, free) <= 0
