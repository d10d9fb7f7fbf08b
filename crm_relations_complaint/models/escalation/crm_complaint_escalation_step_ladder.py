from odoo import api, models

MANAGERS = {
    "complaint_manager": "crm_relations_complaint.group_complaint_manager",
    "relations_manager": "crm_relations.group_relations_manager",
}


class CrmComplaintEscalationStep(models.Model):
    """Whom a step tells."""

    _inherit = "crm.complaint.escalation.step"

    def _get_recipients(self, clock, managers):
        """Return the users whom this step tells of a clock; the complaint managers if
        there is nobody else.

        :param managers: what ``_get_managers`` returned
        """
        self.ensure_one()
        company = clock.complaint_id.company_id
        users = self._find_recipients(clock, managers).filtered(
            lambda user: (
                user.active and not user.share and company <= user._get_open_companies()
            )
        )
        return users or managers["complaint_manager", company]

    def _find_recipients(self, clock, managers):
        complaint = clock.complaint_id
        if self.recipient in MANAGERS:
            return managers[self.recipient, complaint.company_id]
        answerable = clock.user_id or complaint.user_id
        return {
            "answerable": answerable,
            "first_asked": complaint.first_asked_id,
            "leader": answerable._get_leader(),
            "person": self.user_id,
        }[self.recipient]

    @api.model
    def _get_managers(self, companies):
        """Return ``{(role, company): users}``: those who have the role itself, rather
        than by a higher one; two queries, however many clocks are late."""
        # Superuser: a job; who has which role.
        users = self.env["res.users"].sudo()
        found = {}
        for role, name in MANAGERS.items():
            group = self.env.ref(name)
            holders = users.search(
                [
                    ("all_group_ids", "in", group.ids),
                    ("share", "=", False),
                    ("company_ids", "in", companies.ids),
                ]
            )
            for company in companies:
                there = holders.filtered(
                    lambda user, one=company: one in user.company_ids
                )
                own = there.filtered(lambda user, one=group: one in user.group_ids)
                found[role, company] = own or there
        return found
