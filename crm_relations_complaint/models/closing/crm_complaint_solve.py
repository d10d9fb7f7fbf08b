from odoo import fields, models

from odoo.addons.crm_relations.tools.arguments import Answers, Count, Text

TEMPLATE = "crm_relations_complaint.mail_template_complaint_solved"


class CrmComplaint(models.Model):
    """A solution is given, and the customer is asked whether it settles the matter."""

    _inherit = "crm.complaint"

    def solve(self, solution: Text, tell_customer: Count = 1) -> Answers:
        """Write down how these complaints were solved; clocks are judged at this
        moment, also of a complaint that was waiting. The customer is asked by e-mail to
        confirm it and to rate the handling, where the company asks so and an address
        is known.

        :param solution: what was done for the customer, in words for the customer
        :param tell_customer: 0: the customer is told by other ways
        :return: answers; codes: ok, missing, no_right, blocked
        """
        self._check_reason(solution)
        refusals, taken = self._take(("new", "handling"))
        taken._end_handovers("lapsed")
        now = fields.Datetime.now()
        taken.write(
            {
                "state": "solved",
                "solution": solution.strip(),
                "solved_at": now,
                "solved_by_id": self.env.uid,
                "confirmation": False,
                "waiting_for_id": False,
            }
        )
        taken._record("solved", now, note=solution.strip())
        if tell_customer:
            taken._ask_customers()
        return self._answer(refusals, self.env._("Solved: ask the customer now."))

    def _ask_customers(self):
        """Send the customers what was done, with the links to confirm and to rate; as
        superuser, whoever has solved it."""
        template = self.env.ref(TEMPLATE, raise_if_not_found=False)
        for complaint in self.sudo():
            asks = complaint.company_id.complaint_asks_by_mail
            if template and asks and complaint._get_customer_email():
                template.sudo().send_mail(
                    complaint.id, email_layout_xmlid="mail.mail_notification_light"
                )

    def _get_customer_partner(self):
        """Return the person who complains, else the customer."""
        self.ensure_one()
        return self.person_id or self.partner_id

    def _get_customer_email(self):
        """Return where the customer is written to, or a mask of it while a pool hides
        it: the mail arrives all the same."""
        partner = self._get_mail_partner()
        return partner.email or partner.hidden_email or self.caller_email or ""

    def _get_mail_partner(self):
        """Return who complains, else the customer, if an address is known, be it a
        hidden one; else nobody."""
        partner = self._get_customer_partner()
        return partner.filtered(lambda one: one.email or one.hidden_email)

    def _get_customer_name(self):
        return self._get_customer_partner().name or self.caller_name or ""

    def _get_customer_lang(self):
        """Return the language to write to the customer in."""
        partner = self._get_customer_partner()
        # Superuser: the company need not be one that the caller may enter.
        company = self.company_id.sudo()
        return partner.lang or company.partner_id.lang or self.env.lang
