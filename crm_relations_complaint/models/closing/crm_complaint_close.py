from odoo import fields, models

from odoo.addons.crm_relations.tools.arguments import Answers, Text

from .crm_complaint_closing_code import BY_THEMSELVES

MANAGER = "crm_relations_complaint.group_complaint_manager"


class CrmComplaint(models.Model):
    """Closing: what has to be done is done, and the customer has confirmed it."""

    _inherit = "crm.complaint"

    def close(self, code: Text, reason: Text = "") -> Answers:
        """Close these solved complaints.

        The customer has confirmed it; or was not reached as often as the settings say,
        with a code of that kind; or a complaint manager who does not work on it gives
        the reason why it is closed all the same.

        :param code: of the closing code
        :param reason: for closing without confirmation; kept
        :return: answers; codes: ok, missing, no_right, blocked (not solved, not
            confirmed, actions or remedies are open, a code that does not fit)
        """
        codes = self.env["crm.complaint.closing.code"]
        known = code and codes.search([("code", "=", code)], limit=1)
        if not known:
            problem = self.env._("Choose a closing code.")
            return self._answer(dict.fromkeys(self.ids, ("blocked", problem)), "")
        refusals, taken = self._take(("solved",))
        problems = taken._get_closing_problems(known, reason.strip())
        refusals |= {number: ("blocked", why) for number, why in problems.items()}
        closed = taken.filtered(lambda complaint: complaint.id not in problems)
        now = fields.Datetime.now()
        for complaint in closed:
            unconfirmed = known.kind != "not_reached" and not complaint.is_confirmed
            complaint.write(
                {
                    "state": "closed",
                    "closed_at": now,
                    "closed_by_id": self.env.uid,
                    "closing_code_id": known.id,
                    "unconfirmed_reason": unconfirmed and reason.strip(),
                }
            )
        closed._record("closed", now, note=known.name)
        return self._answer(refusals, self.env._("Closed."))

    def _get_closing_problems(self, code, reason):
        """Return ``{id: why}`` of complaints that cannot be closed with this code."""
        problems = self._get_closing_blockers()
        for complaint in self:
            if complaint.id not in problems:
                why = complaint._get_code_problem(code) or (
                    complaint._get_unconfirmed_problem(code, reason)
                )
                if why:
                    problems[complaint.id] = why
        return problems

    def _get_code_problem(self, code):
        """Return why this code does not fit, "" where it does."""
        if code.kind in BY_THEMSELVES.values():
            return self.env._("Withdraw or merge the complaint: that closes it.")
        if code.kind == "monetary" and not self._has_monetary_relief():
            return self.env._(
                "No remedy worth money has been booked: choose another closing code."
            )
        tries = self.company_id.complaint_most_tries
        if code.kind != "not_reached":
            return ""
        if self.is_confirmed:
            return self.env._("The customer has been reached: choose another code.")
        if self.unreached_count < tries:
            return self.env._(
                "Attempts that did not reach the customer: %(count)s; it takes "
                "%(tries)s.",
                count=self.unreached_count,
                tries=tries,
            )
        return ""

    def _get_unconfirmed_problem(self, code, reason):
        """Return why it cannot be closed without confirmation, "" where it can."""
        if self.is_confirmed or code.kind == "not_reached":
            return ""
        if not self.env.user.has_group(MANAGER):
            return self.env._(
                "The customer has not confirmed yet: ask, or let a complaint manager "
                "close it with a reason."
            )
        if self.env.user in (self.user_id | self.solved_by_id):
            return self.env._(
                "You work on it yourself: another manager closes it without the "
                "customer's confirmation."
            )
        if not reason:
            return self.env._("Say why it is closed without confirmation.")
        return ""
