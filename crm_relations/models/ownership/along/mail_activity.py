from odoo import api, models
from odoo.tools import SQL


class MailActivity(models.Model):
    """Planned activities move along with a customer; they are closed when nobody has
    it any more."""

    _name = "mail.activity"
    _inherit = ["mail.activity", "crm.handover.mixin"]

    _handover_kind = "activity"
    _handover_choice = "take_activities"
    _handover_sequence = 30
    _handover_hangs = True

    @api.model
    def _get_handover_label(self):
        return self.env._("Activity")

    @api.model
    def _get_handover_open_sql(self):
        return SQL("item.active")

    @api.model
    def _get_handover_rows_sql(self):
        """Those on the customer, on its contacts and on what moves with it."""
        return SQL(
            """
            SELECT place.customer_id, item.id AS res_id,
                   COALESCE(NULLIF(item.summary, ''), kind.name ->> %(lang)s,
                            kind.name ->> 'en_US') AS name,
                   item.date_deadline::text AS detail,
                   item.user_id AS from_user_id, NULL::int AS company_id,
                   NULL::int AS team_id
              FROM (SELECT customer.id AS customer_id, customer.owner_id,
                           'res.partner' AS res_model, contact.id AS res_id
                      FROM customer
                      JOIN res_partner AS contact
                        ON contact.commercial_partner_id = customer.id
                 UNION ALL
                    SELECT customer.id, customer.owner_id, along.res_model,
                           along.res_id
                      FROM customer
                      JOIN along ON along.customer_id = customer.id) AS place
              JOIN mail_activity AS item ON item.res_model = place.res_model
                                        AND item.res_id = place.res_id
         LEFT JOIN mail_activity_type AS kind ON kind.id = item.activity_type_id
             WHERE item.user_id = place.owner_id AND %(open)s
            """,
            lang=self.env.lang or "en_US",
            open=self._get_handover_open_sql(),
        )
