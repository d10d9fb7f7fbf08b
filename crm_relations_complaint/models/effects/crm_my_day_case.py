from odoo import models
from odoo.fields import Domain

APPROVERS = (
    "crm_relations_complaint.group_complaint_approver",
    "crm_relations_complaint.group_complaint_manager",
)


class CrmMyDay(models.AbstractModel):
    """What is to be decided and done about complaints: remedies to approve, actions
    that are due, actions of which somebody has to say whether they helped."""

    _inherit = "crm.my.day"

    def _get_my_day_cards(self, users, today):
        cards = super()._get_my_day_cards(users, today)
        if not self.env["crm.complaint.action"].has_access("read"):
            return cards
        if any(map(self.env.user.has_group, APPROVERS)):
            cards = [*cards, self._prepare_remedy_card()]
        return [*cards, *self._prepare_action_cards(users, today)]

    def _prepare_remedy_card(self):
        """Of remedies asked for, those that the caller has nothing to do with: nobody
        approves what he has worked on, or works on by now."""
        mine = self.env.user.ids
        nobody = Domain("complaint_id.user_id", "=", False)
        return self._prepare_card(
            key="complaint_remedy",
            column="now",
            title=self.env._("Remedies to approve"),
            model="crm.complaint.remedy",
            domain=Domain("state", "=", "asked")
            & Domain("involved_ids", "not in", mine)
            & Domain("complaint_id.user_id", "not in", mine)
            & ~(nobody & Domain("complaint_id.first_asked_id", "in", mine)),
            order="severity DESC, asked_at, id",
            icon="fa-gift",
            action="crm_relations_complaint.crm_complaint_remedy_action",
            user="asked_by_id",
            asker="asked_by_id",
            partner="partner_id",
            detail="reason",
            opens_itself=True,
            keeps_archived=True,  # as the case
            is_optional=True,
            acts=[
                self._prepare_act("action_approve", self.env._("Approve"), "fa-check"),
                self._prepare_act("action_refuse", self.env._("Refuse"), "fa-times"),
            ],
        )

    def _prepare_action_cards(self, users, today):
        actions = self.env["crm.complaint.action"]
        return [
            self._prepare_action_card(
                actions._get_overdue_domain(users, today),
                key="complaint_action",
                title=self.env._("Actions due"),
                date="due_on",
                acts=[
                    self._prepare_act("action_finish", self.env._("Done"), "fa-check")
                ],
            ),
            self._prepare_action_card(
                actions._get_to_check_domain(users, today),
                key="complaint_check",
                title=self.env._("Actions to check"),
                user="checker_id",
                date="check_on",
                acts=[
                    self._prepare_act("action_check", self.env._("Check"), "fa-search")
                ],
            ),
        ]

    def _prepare_action_card(self, domain, date, **values):
        return self._prepare_card(
            model="crm.complaint.action",
            column="now",
            domain=Domain(domain),
            order=f"{date}, id",
            date=date,
            icon="fa-wrench",
            action="crm_relations_complaint.crm_complaint_action_action",
            label="name",
            opens_itself=True,
            in_digest=True,
            is_optional=True,
            **values,
        )
