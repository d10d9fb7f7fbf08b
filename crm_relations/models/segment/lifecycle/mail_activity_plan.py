from odoo import fields, models


class MailActivityPlan(models.Model):
    """Whose plan is a playbook's: people without a role do not see it, see the rule."""

    _inherit = "mail.activity.plan"

    playbook_ids = fields.One2many(
        comodel_name="crm.playbook",
        inverse_name="plan_id",
        string="Playbooks",
        context={"active_test": False},
        groups="crm_relations.group_user",
    )
