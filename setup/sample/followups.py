"""Follow-ups for the sample: the owner calls each customer after an order."""

from odoo import fields
from odoo.tools import SQL


def load(env):
    """Log one call a customer, a week after its last order at the latest, unless it
    has been called since; for thousands at once by one statement."""
    kind = env.ref("crm_relations.crm_followup_kind_call")
    env.flush_all()
    rows = env.execute_query(
        SQL(
            """
            INSERT INTO crm_followup (partner_id, customer_id, kind_id, date, user_id,
                   purpose, duration_minutes, create_uid, create_date)
            SELECT partner.id, partner.id, %(kind)s,
                   LEAST(partner.last_order_on + (partner.id %% 7) * interval '1 day'
                         + interval '9 hours', %(now)s - interval '1 hour'),
                   partner.user_id, %(purpose)s, 3 + partner.id %% 10,
                   partner.user_id, %(now)s
              FROM res_partner AS partner
             WHERE partner.ref LIKE %(reference)s AND partner.user_id IS NOT NULL
               AND partner.last_order_on IS NOT NULL
               AND NOT EXISTS (SELECT FROM crm_followup AS followup
                                WHERE followup.customer_id = partner.id
                                  AND followup.date >= partner.last_order_on)
         RETURNING partner_id
            """,
            kind=kind.id,
            purpose=env._("Thanked for the order"),
            now=fields.Datetime.now(),
            reference="CDNOW %",
        )
    )
    env.invalidate_all()
    customers = env["res.partner"].browse(number for (number,) in rows)
    env.add_to_compute(customers._fields["last_followup_at"], customers)
    env.flush_all()
