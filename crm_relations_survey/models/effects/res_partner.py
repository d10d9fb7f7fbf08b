from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.crm_relations.tools.tally import Tally

ANSWERED = Domain("state", "=", "answered") & Domain("is_anonymous", "!=", True)


class ResPartner(models.Model):
    """How satisfied a customer is: what it has answered, and the last of it."""

    _inherit = "res.partner"

    satisfaction_count = fields.Integer(
        string="Surveys Answered", compute="_compute_tallies"
    )
    satisfaction_last = fields.Char(
        string="Last Satisfaction", compute="_compute_satisfaction_last"
    )

    def _get_tallies(self):
        answers = Tally("crm.satisfaction.response", "partner_id", ANSWERED)
        return super()._get_tallies() | {"satisfaction_count": answers}

    @api.depends("satisfaction_count")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_satisfaction_last(self):
        """Two queries, whatever the number of customers; none without answers."""
        answered = self.filtered("satisfaction_count").commercial_partner_id
        found = self.env["crm.satisfaction.response"]
        if answered:
            domain = Domain("partner_id", "in", answered.ids) & ANSWERED
            found = found._find_latest(domain)
        last = {one.partner_id: one for one in found}
        for partner in self:
            response = last.get(partner.commercial_partner_id)
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
