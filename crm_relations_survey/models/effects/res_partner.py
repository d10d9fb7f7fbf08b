from odoo import api, fields, models


class ResPartner(models.Model):
    """How satisfied a customer is: what it has answered, and the last of it."""

    _inherit = "res.partner"

    satisfaction_count = fields.Integer(
        string="Surveys Answered", compute="_compute_satisfaction"
    )
    satisfaction_last = fields.Char(
        string="Last Satisfaction", compute="_compute_satisfaction"
    )

    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_satisfaction(self):
        """Two queries, whatever the number of customers."""
        customers = self.commercial_partner_id
        responses = self.env["crm.satisfaction.response"]
        domain = [("partner_id", "in", customers.ids), ("state", "=", "answered")]
        rows, last = [], {}
        if responses.has_access("read"):
            rows = responses._read_group(domain, ["partner_id"], ["__count"])
            last = {one.partner_id: one for one in responses._find_latest(domain)}
        counts = dict(rows)
        for partner in self:
            customer = partner.commercial_partner_id
            partner.satisfaction_count = counts.get(customer, 0)
            response = last.get(customer)
            partner.satisfaction_last = response._tell_short() if response else False

    def action_view_satisfaction(self):
        """Open what this customer has answered, as far as the caller may read it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_relations_survey.crm_satisfaction_response_action"
        )
        domain = [
            ("partner_id", "=", self.commercial_partner_id.id),
            ("state", "=", "answered"),
        ]
        return action | {"domain": domain, "context": {}}
