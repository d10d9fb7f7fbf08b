from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, format_list


class CrmComplaintPolicy(models.Model):
    """Who is told when a clock of this policy runs out, level by level."""

    _inherit = "crm.complaint.policy"

    step_ids = fields.One2many(
        comodel_name="crm.complaint.escalation.step",
        inverse_name="policy_id",
        string="Escalation",
        copy=True,
    )
    ladder_policy_id = fields.Many2one(
        comodel_name="crm.complaint.policy",
        string="Escalates Like",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('id', '!=', id), ('ladder_policy_id', '=', False)]",
        help="Take the escalation of this policy, where this one has none of its own.",
    )

    @api.constrains("ladder_policy_id", "company_id")
    def _check_ladder_policy_id(self):
        for policy in self:
            other = policy.ladder_policy_id
            if other.ladder_policy_id:
                raise ValidationError(
                    self.env._(
                        "“%(policy)s” takes its escalation from another one itself.",
                        policy=other.name,
                    )
                )
            if other.company_id and other.company_id != policy.company_id:
                raise ValidationError(
                    self.env._("The escalation of another company is not taken.")
                )

    def write(self, vals):
        result = super().write(vals)
        if "ladder_policy_id" in vals:
            self._ladder_changed()
        return result

    def _get_steps(self):
        """Return the steps of this policy, those that it takes from another one."""
        self.ensure_one()
        return self.step_ids or self.ladder_policy_id.step_ids

    def _ladder_changed(self):
        """Have the clocks that run by this ladder find who is told when anew."""
        # Superuser: who is told follows, whoever changes the policy.
        policies = self.sudo()
        policies |= policies.with_context(active_test=False).search(
            [("ladder_policy_id", "in", self.ids)]
        )
        if policies:
            self.env["crm.complaint.clock"].sudo()._mark_outdated(
                SQL("policy_id = ANY(%s)", list(policies.ids))
            )

    def _get_sentence_words(self):
        return [*super()._get_sentence_words(), self._get_ladder_words()]

    @api.model
    def _get_worded_fields(self):
        return super()._get_worded_fields() | {"step_ids", "ladder_policy_id"}

    @api.model
    def _get_sentence_triggers(self):
        names = ("level", "minutes", "moment", "recipient", "user_id")
        return [
            *super()._get_sentence_triggers(),
            *(f"step_ids.{name}" for name in names),
        ]

    def _get_ladder_words(self):
        if self.step_ids:
            steps = self.step_ids.sorted("level")
            who = format_list(self.env, [step._tell() for step in steps])
            return self.env._("Told: %(who)s.", who=who)
        if self.ladder_policy_id:
            return self.env._(
                "It escalates like “%(policy)s”.", policy=self.ladder_policy_id.name
            )
        return self.env._("Nobody is told.")
