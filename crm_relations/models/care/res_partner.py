from odoo import api, fields, models

from .crm_care_task import OPEN_STATES


class ResPartner(models.Model):
    _inherit = "res.partner"

    care_task_ids = fields.One2many(
        comodel_name="crm.care.task", inverse_name="partner_id", string="Care"
    )
    care_task_count = fields.Integer(
        string="Care Tasks", compute="_compute_care_task_count"
    )

    @api.depends("care_task_ids")
    def _compute_care_task_count(self):
        counts = dict(
            self.env["crm.care.task"]._read_group(
                [("partner_id", "in", self.ids), ("state", "in", OPEN_STATES)],
                ["partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.care_task_count = counts.get(partner, 0)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Nothing is left to do where the executors of a batch of care follow already:
        Odoo would ask five times for each of them."""
        followed = self.env.context.get("crm_care_followed", ())
        if followed and all(
            (customer_id, person_id) in followed
            for customer_id in self.ids
            for person_id in partner_ids or []
        ):
            return True
        return super().message_subscribe(partner_ids, subtype_ids)

    def action_view_care_tasks(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations.crm_care_task_action"
        )
        domain = [("partner_id", "=", self.id)]
        # The figure counts what is not done yet; what was done is a click away.
        context = {"search_default_open": 1}
        return {**action, "domain": domain, "context": context}
