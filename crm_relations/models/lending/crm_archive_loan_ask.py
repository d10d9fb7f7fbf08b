from odoo import api, fields, models

from ...tools.arguments import Answers, Given, Text
from .crm_archive_loan import PARTS


class CrmArchiveLoan(models.Model):
    """Asked for, and asked for anew: an extension is a loan of its own that begins the
    day after the one it extends, decided on like any other."""

    _inherit = "crm.archive.loan"

    def extend(self, until: Given, purpose: Text = "") -> Answers:
        """Ask that these loans of the caller go on; somebody else approves it.

        :param until: the new last day (date or ISO text)
        :param purpose: what for; empty: as before
        :return: ``[{"id", "ok", "code", "message"}]`` in the order given; codes: ok,
            missing, no_right (another one's loan), blocked (not in force, the day
            comes too early or too late, asked for already)
        """
        refusals, taken = self._take(
            ("approved",), lambda known: known._get_strangers()
        )
        partners = self.env["res.partner"]
        until = partners._read_last_day(until)
        for loan in taken:
            problem = loan._get_extension_refusal(until)
            if problem:
                refusals[loan.id] = ("blocked", problem)
        self._create_extensions(
            taken.filtered(lambda loan: loan.id not in refusals), until, purpose
        )
        done = self.env._("Asked for: it goes on once somebody else approves it.")
        return self._answer_each(refusals, done)

    def _get_strangers(self):
        """Return ``{id: why}`` of those that are not the caller's own."""
        message = self.env._("Only who has asked for it does this.")
        # Superuser: whose loan it is.
        return {
            loan.id: message for loan in self.sudo() if loan.user_id != self.env.user
        }

    def _get_extension_refusal(self, until):
        """Return why this cannot go on until that day, or None."""
        if self.standing == "over":
            return self.env._("It is over already: ask anew.")
        customer = self.partner_id
        since, today = self._get_day_after(), customer._get_relation_today()
        if problem := customer._get_loan_days_refusal(since, until, today):
            return problem
        loans = customer._find_open_loans(self.user_id)[customer.id]
        parts = self._get_lent_parts()
        return customer._get_overlap_refusal(loans, parts, since, until)

    def _get_day_after(self):
        return fields.Date.add(self.until, days=1)

    def _get_lent_parts(self):
        """Return the codes of what is lent."""
        return [code for code, name in PARTS.items() if self[name]]

    def _create_extensions(self, loans, until, purpose):
        extensions = self._create_loans(
            [
                {
                    **loan.partner_id._prepare_loan_vals(
                        loan._get_lent_parts(),
                        purpose.strip() or loan.purpose,
                        loan._get_day_after(),
                        until,
                    ),
                    "extended_id": loan.id,
                }
                for loan in loans
            ]
        )
        extensions._tell_deciders()

    @api.model
    def _create_loans(self, vals_list):
        """Write what is asked for; the database refuses two of one part in one day."""
        # Superuser: nobody writes loans; who may ask was decided before.
        loans = self.sudo().create(vals_list)
        self.env.flush_all()
        return loans

    def _tell_deciders(self):
        """Tell each who is asked first, in one message, in the own language. Where
        nobody owns the customer, custodians and relations managers find it."""
        for decider, loans in self.grouped(lambda loan: loan._get_asked()).items():
            if not decider:
                continue
            env = self.with_context(lang=decider.lang).env
            subject = env._(
                "%(user)s asks for access: %(customers)s",
                user=self.env.user.name,
                customers=loans.partner_id.with_context(
                    lang=env.lang
                )._get_names_in_short(),
            )
            loans._tell(decider, subject, loans[0].purpose)

    def _get_asked(self):
        """Return who is asked first: the owner, else who leads the owner's team."""
        owner = self.partner_id.user_id
        return ((owner | owner._get_leader()).filtered("active") - self.user_id)[:1]

    def _tell(self, user, subject, text):
        self.env["crm.pool.stay"]._tell_of(
            self.partner_id, user, subject, text or "", "customers-relations"
        )
