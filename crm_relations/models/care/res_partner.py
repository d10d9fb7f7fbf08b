from odoo import fields, models
from odoo.fields import Domain

from ...tools.tally import Tally
from .crm_care_task import OPEN_STATES


class ResPartner(models.Model):
    _inherit = "res.partner"

    care_task_ids = fields.One2many(
        comodel_name="crm.care.task", inverse_name="partner_id", string="Care"
    )
    care_task_count = fields.Integer(string="Care Tasks", compute="_compute_tallies")

    def _get_tallies(self):
        opened = Domain("state", "in", OPEN_STATES)
        tasks = Tally("crm.care.task", "partner_id", opened, "care_task_ids")
        return super()._get_tallies() | {"care_task_count": tasks}

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
        domain = [("partner_id", "=", self.commercial_partner_id.id)]
        # The figure counts what is not done yet; what was done is a click away.
        context = {"search_default_open": 1}
        return {**action, "domain": domain, "context": context}
