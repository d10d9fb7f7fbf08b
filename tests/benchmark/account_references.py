"""What the night finds of key accounts, each in a plain hand-written statement."""

SCORE = """
    WITH lined AS (
         SELECT partner.id, COALESCE(sales_12_months, 0) AS sales,
                COALESCE(orders_12_months, 0) AS orders, 0 AS margin,
                row_number() OVER (ORDER BY sales_12_months DESC NULLS LAST, partner.id)
                    AS rank,
                COALESCE(sales_12_months, 0) / sum(sales_12_months) OVER () AS share,
                sum(COALESCE(sales_12_months, 0)) OVER (
                    ORDER BY sales_12_months DESC NULLS LAST, partner.id)
                    / sum(sales_12_months) OVER () AS cumulative
           FROM res_partner AS partner
          WHERE is_managed_customer AND partner.active)
    INSERT INTO crm_key_account_score (partner_id, scheme_id, sales, share, cumulative,
           rank, is_core, score, facts)
    SELECT id, %(scheme)s, sales, share, cumulative, rank, cumulative - share < 0.8,
           round((large * 3 + often) / 4.0, 1),
           jsonb_build_object('code', 'key_account', 'score', (large * 3 + often) / 4.0,
               'figures', ARRAY[sales, orders, margin], 'points', ARRAY[large, often])
      FROM lined
CROSS JOIN LATERAL (
           SELECT CASE WHEN sales >= 2000000 THEN 100 WHEN sales >= 500000 THEN 80
                       WHEN sales >= 100000 THEN 60 WHEN sales >= 20000 THEN 40
                       WHEN sales >= 5000 THEN 20 ELSE 0 END AS large,
                  CASE WHEN orders >= 12 THEN 100 WHEN orders >= 8 THEN 75
                       WHEN orders >= 4 THEN 50 WHEN orders >= 2 THEN 25
                       ELSE 0 END AS often) AS points
ON CONFLICT (partner_id) DO UPDATE
       SET sales = excluded.sales, share = excluded.share, rank = excluded.rank,
           cumulative = excluded.cumulative, is_core = excluded.is_core,
           score = excluded.score, facts = excluded.facts
"""
# Instead of "0 AS margin".
MARGIN = """COALESCE((
                SELECT sum(line.price_subtotal
                           - line.product_uom_qty
                           * (product.standard_price ->> '1')::numeric)
                  FROM sale_order AS o
                  JOIN sale_order_line AS line ON line.order_id = o.id
                  JOIN product_product AS product ON product.id = line.product_id
                 WHERE o.partner_id = partner.id AND o.state = 'sale'
                   AND o.date_order > current_date - interval '1 year'), 0) AS margin"""
PERIODS = """(VALUES
               ('months', 0, %(today)s::date - 364, %(today)s::date),
               ('year', 1, date_trunc('year', %(today)s::date)::date,
                %(today)s::date),
               ('year', 2, date_trunc('year', %(today)s::date)::date - 365,
                date_trunc('year', %(today)s::date)::date - 1))
               AS period (kind, year, first, last)"""
DOCUMENTS = """
         SELECT o.partner_id, o.id, o.date_order::date AS day,
                o.amount_untaxed AS revenue, 0 AS margin, 0 AS minutes
           FROM sale_order AS o WHERE o.state = 'sale' {orders}
      UNION ALL
         SELECT o.partner_id, o.id, o.date_order::date, 0, line.price_subtotal
                - line.product_uom_qty
                * (product.standard_price ->> '1')::numeric, 0
           FROM sale_order AS o
           JOIN sale_order_line AS line ON line.order_id = o.id
           JOIN product_product AS product ON product.id = line.product_id
          WHERE o.state = 'sale' {orders}
      UNION ALL
         SELECT followup.customer_id, followup.id, followup.date::date, 0, 0,
                followup.duration_minutes
           FROM crm_followup AS followup WHERE TRUE {followups}"""
KEYS = "(SELECT partner_id FROM crm_key_account_nomination WHERE state = 'approved')"
RETURN = f"""
    WITH doc AS ({
    DOCUMENTS.format(
        orders=f"AND o.partner_id IN {KEYS}",
        followups=f"AND followup.customer_id IN {KEYS}",
    )
})
    UPDATE crm_account_return AS kept
       SET revenue = found.revenue, margin = found.margin, minutes = found.minutes
      FROM (SELECT kept.id, sum(doc.revenue) AS revenue, sum(doc.margin) AS margin,
                   sum(doc.minutes) AS minutes, count(DISTINCT doc.id)
              FROM crm_account_return AS kept
              JOIN doc ON doc.partner_id = kept.partner_id
               AND doc.day BETWEEN kept.date_start AND kept.date_end
          GROUP BY kept.id) AS found
     WHERE found.id = kept.id
"""
TIER_AVERAGE = f"""
    SELECT partner.tier_id, period.kind, period.year, count(*), sum(doc.revenue),
           sum(doc.margin), sum(doc.minutes)
      FROM ({
    DOCUMENTS.format(
        orders="AND o.date_order > %(today)s::date - 730",
        followups="AND followup.date > %(today)s::date - 730",
    )
}) AS doc
      JOIN res_partner AS partner ON partner.id = doc.partner_id
      JOIN {PERIODS} ON doc.day BETWEEN period.first AND period.last
  GROUP BY 1, 2, 3
"""
# Both ladders read the contacts; what else they ask for, the customer itself says.
LADDER = """
    WITH judged AS (
         SELECT id, user_id, orders_12_months, relationship_level
           FROM res_partner AS partner
          WHERE is_managed_customer AND active AND user_id IS NOT NULL
            AND (NOT %(is_key)s OR id IN (
                 SELECT partner_id FROM crm_key_account_nomination
                  WHERE state = 'approved'))),
         contact AS (
         SELECT customer_id, count(DISTINCT (%(today)s::date - date::date) / 30)
                FILTER (WHERE date > %(today)s::date - 180) AS months,
                count(*) AS contacts, min(%(today)s::date - date::date) AS silent
           FROM crm_followup
          WHERE customer_id IN (SELECT id FROM judged)
            AND date > %(today)s::date - 365
       GROUP BY customer_id)
    INSERT INTO crm_account_standing AS kept (partner_id, ladder_id, level, since,
           facts)
    SELECT judged.id, ladder.id, CASE WHEN months >= 3 AND orders_12_months >= 1
           THEN 2 ELSE 1 END, %(today)s, jsonb_build_object('code', 'account_ladder',
               'ladder', ladder.id, 'figures', ARRAY[months, orders_12_months, silent])
      FROM judged
      JOIN crm_account_ladder AS ladder ON ladder.active
 LEFT JOIN contact ON contact.customer_id = judged.id
ON CONFLICT (partner_id, ladder_id) DO UPDATE
       SET level = excluded.level, facts = excluded.facts
     WHERE kept.level <> excluded.level
"""
