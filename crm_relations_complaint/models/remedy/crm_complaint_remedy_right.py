from odoo import SUPERUSER_ID, api, fields, models

from .crm_complaint_remedy_limit import NO_LIMIT

APPROVER = "crm_relations_complaint.group_complaint_approver"
MANAGER = "crm_relations_complaint.group_complaint_manager"


class CrmComplaintRemedy(models.Model):
    """Four eyes: who may approve what, and why not."""

    _inherit = "crm.complaint.remedy"

    granted_before = fields.Monetary(
        string="Granted So Far",
        currency_field="company_currency_id",
        compute="_compute_granted_before",
        help="What has been approved for this complaint, and for those merged into it, "
        "besides this one.",
    )

    @api.depends("company_amount", "complaint_id.user_id")
    def _compute_may_decide(self):
        return super()._compute_may_decide()

    @api.depends("state", "complaint_id.granted_amount")
    def _compute_granted_before(self):
        # Superuser: the sum is what an approver judges by.
        granted = self.sudo().complaint_id._get_granted_of_all()
        for remedy in self:
            complaint = remedy.sudo().complaint_id
            own = remedy.company_amount if remedy.state in ("approved", "booked") else 0
            remedy.granted_before = granted.get(complaint, 0) - own

    def _get_no_deciders(self):
        """Return ``{id: why}`` of those on which the caller does not decide at all."""
        user = self.env.user
        is_approver = user.has_group(APPROVER) or user.has_group(MANAGER)
        refused = {}
        for remedy in self:
            if user.id == SUPERUSER_ID or not is_approver:
                refused[remedy.id] = self.env._("Approvers of remedies decide.")
            elif user._is_among(remedy._get_involved()):
                refused[remedy.id] = self.env._(
                    "You have proposed it or work on the complaint: somebody else "
                    "decides."
                )
        return refused

    def _get_no_approvers(self):
        """Return ``{id: why}`` of those that the caller may not approve; what several
        of these sum up to counts in the order given."""
        refused = self._get_no_deciders()
        # Superuser: the sum of the complaint, whoever has approved its parts.
        granted = self.sudo().complaint_id._get_granted_of_all()
        limits, sums = {}, {}
        for remedy in self:
            complaint = remedy.sudo().complaint_id
            target = complaint._get_merged_target()
            company = complaint.company_id
            if company not in limits:
                limit = self.env["crm.complaint.remedy.limit"]
                limits[company] = limit._get_limit(self.env.user, company)
            total = sums.get(target, granted[complaint])
            total += remedy.company_amount
            told = self._tell_limit(limits[company], total, company.currency_id)
            if remedy.id not in refused and told:
                refused[remedy.id] = told
            elif remedy.id not in refused:
                sums[target] = total
        return refused

    def _tell_limit(self, limit, total, currency):
        """Return why a limit does not allow this sum, "" where it does."""
        if limit is None:
            return self.env._("No limit is set for your roles: ask who has one.")
        if limit == NO_LIMIT or currency.compare_amounts(total, limit) <= 0:
            return ""
        return self.env._(
            "With this the complaint comes to %(total)s; you approve up to %(limit)s. "
            "Ask who may approve more.",
            total=currency.format(total),
            limit=currency.format(limit),
        )

    def _get_involved(self):
        """Return who has written this, asked for it, or works on the complaint."""
        # Superuser: who that is, also where the caller may not read it.
        remedy = self.sudo()
        complaint = remedy.complaint_id
        works = complaint.user_id or complaint.first_asked_id
        return super(CrmComplaintRemedy, remedy)._get_involved() | works
