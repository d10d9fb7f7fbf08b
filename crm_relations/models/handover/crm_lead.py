from odoo import api, models
from odoo.tools import SQL


class CrmLead(models.Model):
    """Open opportunities move along with their customer."""

    _name = "crm.lead"
    _inherit = ["crm.lead", "crm.handover.mixin"]

    _handover_kind = "opportunity"
    _handover_choice = "take_opportunities"
    _handover_sequence = 10

    @api.model
    def _get_handover_label(self):
        return self.env._("Opportunity")

    @api.model
    def _get_handover_open_sql(self):
        return SQL("item.active AND item.won_status = 'pending'")

    @api.model
    def _get_handover_rows_sql(self):
        return SQL(
            """
            SELECT customer.id AS customer_id, item.id AS res_id, item.name,
                   COALESCE(stage.name ->> %(lang)s, stage.name ->> 'en_US') AS detail,
                   item.user_id AS from_user_id, item.company_id, item.team_id
              FROM customer
              JOIN res_partner AS contact ON contact.commercial_partner_id = customer.id
              JOIN crm_lead AS item ON item.partner_id = contact.id
         LEFT JOIN crm_stage AS stage ON stage.id = item.stage_id
             WHERE item.user_id = customer.owner_id AND %(open)s
            """,
            lang=self.env.lang or "en_US",
            open=self._get_handover_open_sql(),
        )
