"""Follow-ups for the sample: the owner called each customer after its last order."""

from odoo.tools import SQL


def load(env):
    """Log one call a customer, a week after its last order at the latest; once."""
    kind = env.ref("crm_relations.crm_followup_kind_call")
    purpose = env._("Thanked for the order")
    env.flush_all()
    env.cr.execute(
        SQL(
            """
            INSERT INTO crm_followup (partner_id, customer_id, kind_id, date, user_id,
                   purpose, duration_minutes, create_uid, create_date)
            SELECT partner.id, partner.id, %(kind)s,
                   LEAST(partner.last_order_on + (partner.id %% 7) * interval '1 day',
                         now() AT TIME ZONE 'UTC' - interval '1 hour'),
                   partner.user_id, %(purpose)s, 3 + partner.id %% 10,
                   partner.user_id, now() AT TIME ZONE 'UTC'
              FROM res_partner AS partner
             WHERE partner.ref LIKE %(reference)s AND partner.user_id IS NOT NULL
               AND partner.last_order_on IS NOT NULL
               AND NOT EXISTS (SELECT FROM crm_followup AS followup
                                WHERE followup.customer_id = partner.id)
            """,
            kind=kind.id,
            purpose=purpose,
            reference="CDNOW %",
        )
    )
    env.invalidate_all()
    customers = env["res.partner"].search([("ref", "=like", "CDNOW %")])
    env.add_to_compute(customers._fields["last_followup_at"], customers)
    env.flush_all()
