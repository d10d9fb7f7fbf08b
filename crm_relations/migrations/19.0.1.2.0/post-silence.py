def migrate(cr, version):
    """Name each silence by the local day of the customer's company: what was served
    under the day of UTC is not served again."""
    cr.execute("SELECT id FROM res_company ORDER BY id LIMIT 1")
    (default,) = cr.fetchone()
    cr.execute(
        """
        WITH named AS (
             SELECT DISTINCT ON (task.rule_id, task.partner_id, local.name)
                    task.id, task.rule_id, task.partner_id, local.name
               FROM crm_care_task AS task
               JOIN crm_care_rule AS rule
                 ON rule.id = task.rule_id AND rule.trigger = 'silence'
               JOIN res_partner AS customer ON customer.id = task.partner_id
               JOIN res_company AS company
                 ON company.id = COALESCE(customer.company_id,
                                          customer.relation_company_id, %s)
               JOIN resource_calendar AS calendar
                 ON calendar.id = company.resource_calendar_id
         CROSS JOIN LATERAL (
                    SELECT 'silence-' || ((task.facts ->> 'since')::timestamp
                           AT TIME ZONE 'UTC' AT TIME ZONE calendar.tz)::date AS name)
                    AS local
              WHERE task.facts ->> 'since' IS NOT NULL
           ORDER BY task.rule_id, task.partner_id, local.name, task.id DESC)
        UPDATE crm_care_task AS task
           SET occasion = named.name
          FROM named
         WHERE task.id = named.id AND task.occasion <> named.name
           AND NOT EXISTS (
               SELECT FROM crm_care_task AS known
                WHERE known.rule_id = named.rule_id
                  AND known.partner_id = named.partner_id
                  AND known.occasion = named.name)
        """,
        [default],
    )
