from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.crm_relations.tools.arguments import Day, Id, Text
from odoo.addons.crm_relations.tools.sentences import join_words

from ..register.crm_complaint_act import OFFICER
from .crm_complaint_action import HOLDING


class CrmComplaint(models.Model):
    """What the investigation has found, and what is done about it."""

    _inherit = "crm.complaint"

    finding_ids = fields.One2many(
        comodel_name="crm.complaint.finding",
        inverse_name="complaint_id",
        string="Causes Found",
        copy=False,
    )
    action_ids = fields.One2many(
        comodel_name="crm.complaint.action",
        inverse_name="complaint_id",
        string="Actions",
        copy=False,
    )
    shared_action_ids = fields.Many2many(
        comodel_name="crm.complaint.action",
        relation="crm_complaint_action_other_rel",
        column1="complaint_id",
        column2="action_id",
        string="Prevention With Others",
        copy=False,
        readonly=True,
    )
    root_cause = fields.Char(compute="_compute_root_cause")
    open_action_count = fields.Integer(
        string="Open Actions", compute="_compute_open_action_count"
    )

    @api.depends("finding_ids.is_root", "finding_ids.name")
    def _compute_root_cause(self):
        for complaint in self:
            complaint.root_cause = complaint.finding_ids.filtered("is_root")[:1].name

    @api.depends("action_ids.state", "action_ids.kind")
    def _compute_open_action_count(self):
        for complaint in self:
            complaint.open_action_count = len(
                complaint.action_ids.filtered(lambda action: action.state == "open")
            )

    @api.model
    def _get_written_fields(self):
        return super()._get_written_fields() | {"finding_ids", "action_ids"}

    def _causes_found(self):
        """Count these complaints under the causes that have been found."""
        # Superuser: causes are filled by the investigation, whoever leads it.
        for complaint in self.sudo():
            causes = complaint.finding_ids.cause_id
            if causes != complaint.cause_ids:
                complaint.cause_ids = causes

    def _is_answered_by(self, user):
        """Return whether a user answers for this complaint: who has it in hand, and the
        officers of its company."""
        self.ensure_one()
        works_there = self.company_id <= user._get_open_companies()
        in_hand = user in (self.user_id or self.first_asked_id)
        return works_there and (in_hand or user.has_group(OFFICER))

    def _get_closing_blockers(self):
        """Hook: return ``{id: why}`` of complaints that cannot be closed yet; what
        rooms add comes after what they found."""
        blockers = {}
        for complaint, parts in self._get_with_merged().items():
            open_ = parts.action_ids.filtered(
                lambda action: action.state == "open" and action.kind in HOLDING
            )
            if open_:
                blockers[complaint.id] = self.env._(
                    "%(count)s containment or corrective actions are open: %(names)s.",
                    count=len(open_),
                    names=join_words(self.env, open_[:3].mapped("name")),
                )
        return blockers

    def plan_prevention(self, name: Text, user_id: Id = None, due_on: Day = None):
        """Plan one preventive action that comes from all these complaints.

        :param user_id: who owns it; the caller where none is named
        :return: id of the action
        :raise UserError: nothing is said, or they are of several companies
        """
        self.check_access("read")
        if not name.strip():
            raise UserError(self.env._("Say what is to be done."))
        if len(self.company_id) != 1:
            raise UserError(
                self.env._("Choose complaints of one company to prevent the next one.")
            )
        first, causes = self[:1], [set(one.cause_ids.ids) for one in self]
        common = set.intersection(*causes)
        values = {
            "complaint_id": first.id,
            "other_complaint_ids": [fields.Command.set((self - first).ids)],
            "kind": "preventive",
            "name": name.strip(),
            "cause_id": min(common, default=False),
            "user_id": user_id or self.env.uid,
        }
        if due_on:
            values["due_on"] = due_on
        return self.env["crm.complaint.action"].create(values).id

    def action_plan_prevention(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan Prevention"),
            "res_model": "crm.complaint.prevention.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_complaint_ids": self.ids},
        }
