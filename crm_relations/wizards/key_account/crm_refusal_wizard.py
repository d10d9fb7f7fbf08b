from odoo import api, fields, models


class CrmRefusalWizard(models.TransientModel):
    _inherit = "crm.refusal.wizard"

    # Who has no access to them refuses other things, and the form reads all it has.
    nomination_ids = fields.Many2many(
        comodel_name="crm.key.account.nomination",
        relation="crm_refusal_wizard_nomination_rel",
        string="Nominations",
        groups="crm_relations.group_sales_user",
    )

    plan_ids = fields.Many2many(
        comodel_name="crm.account.plan",
        relation="crm_refusal_wizard_plan_rel",
        string="Plans",
        groups="crm_relations.group_sales_user",
    )
    plan_change_ids = fields.Many2many(
        comodel_name="crm.account.plan.change",
        relation="crm_refusal_wizard_plan_change_rel",
        string="Changes of Plans",
        groups="crm_relations.group_sales_user",
    )

    team_member_ids = fields.Many2many(
        comodel_name="crm.account.team.member",
        relation="crm_refusal_wizard_team_member_rel",
        string="Members of Teams",
    )

    @api.model
    def _get_refused_fields(self):
        return {
            **super()._get_refused_fields(),
            "crm.key.account.nomination": "nomination_ids",
            "crm.account.plan": "plan_ids",
            "crm.account.plan.change": "plan_change_ids",
            "crm.account.team.member": "team_member_ids",
        }
