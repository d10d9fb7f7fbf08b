from odoo import fields, models
from odoo.tools import SQL


class CrmEarningRule(models.Model):
    """Points for an answer, whatever it says; who answers without a name gets none."""

    _inherit = "crm.earning.rule"

    kind = fields.Selection(
        selection_add=[("survey", "Survey answered")], ondelete={"survey": "cascade"}
    )

    def _occasions_survey(self, first, last):
        """What was answered on these days: by the member, or by a person of the
        customer that is member where the person is none."""
        self.env["crm.satisfaction.response"].flush_model()
        return SQL(
            """
            SELECT DISTINCT ON (response.id) member.id AS membership_id,
                   response.answered_on AS day,
                   'survey-crm.satisfaction.response-' || response.id AS key
              FROM crm_satisfaction_response AS response
              JOIN res_partner AS customer ON customer.id = response.partner_id
              JOIN crm_club_membership AS member
                ON member.partner_id IN (COALESCE(response.person_id, customer.id),
                                         customer.commercial_partner_id)
             WHERE response.state = 'answered' AND member.club_id = %(club)s
               AND response.is_anonymous IS NOT TRUE
               AND response.answered_on BETWEEN %(first)s AND %(last)s
          ORDER BY response.id,
                   member.partner_id <> COALESCE(response.person_id, customer.id)
            """,
            club=self.club_id.id,
            first=first,
            last=last,
        )
