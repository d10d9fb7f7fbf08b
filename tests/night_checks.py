"""What must hold of the night's work at any moment, as statements that find nothing.

Each RESET brings the world of ``night.fill`` back to the evening before.
"""

CUSTOMERS = 3000  # three batches of what is due, two nights of what is taken a night
DUE = CUSTOMERS - CUSTOMERS // 7  # see night.FRESH
PERSONS = CUSTOMERS // 2

RELEASED = "SELECT count(*) FROM crm_ownership_change WHERE kind = 'release'"
# Owned without a line, or in the pool with exactly one.
WRONG_CUSTOMERS = """
    SELECT customer.id, customer.user_id, customer.pool_id, count(change.id)
      FROM res_partner AS customer
 LEFT JOIN crm_ownership_change AS change
        ON change.partner_id = customer.id AND change.kind = 'release'
     WHERE customer.ref LIKE 'NIGHT %' AND customer.parent_id IS NULL
  GROUP BY customer.id
    HAVING count(change.id) <> (customer.user_id IS NULL)::int
        OR (customer.user_id IS NULL) <> (customer.pool_id IS NOT NULL)
"""
WRONG_CONTACTS = """
    SELECT contact.id, contact.function, contact.user_id, customer.user_id
      FROM res_partner AS contact
      JOIN res_partner AS customer ON customer.id = contact.parent_id
     WHERE customer.ref LIKE 'NIGHT %'
       AND CASE contact.function
           WHEN 'same' THEN contact.user_id IS DISTINCT FROM customer.user_id
           ELSE contact.user_id IS NULL END
"""
# In sight with a salesperson, away in the pool; never both, never neither.
WRONG_HIDDEN = """
    SELECT partner.id, customer.pool_id, partner.phone, partner.email, hidden.phones
      FROM res_partner AS customer
      JOIN res_partner AS partner ON partner.commercial_partner_id = customer.id
 LEFT JOIN crm_hidden_value AS hidden
        ON hidden.model = 'res.partner' AND hidden.res_id = partner.id
     WHERE customer.ref LIKE 'NIGHT %'
       AND CASE WHEN customer.pool_id IS NULL
           THEN (partner.phone, partner.email, hidden.id) IS DISTINCT FROM
                ('P' || partner.id, 'E' || partner.id, NULL)
           ELSE (partner.phone, partner.email, hidden.phones ->> 'phone',
                 hidden.emails ->> 'email') IS DISTINCT FROM
                (NULL, NULL, 'P' || partner.id, 'E' || partner.id) END
"""
WRONG_MOVES = """
    SELECT change.id
      FROM crm_ownership_change AS change
     WHERE change.kind = 'release'
       AND change.contact_ids_moved IS DISTINCT FROM (
           SELECT jsonb_agg(contact.id)
             FROM res_partner AS contact
            WHERE contact.parent_id = change.partner_id
              AND contact.function = 'same')
"""
BATCHES = """
    SELECT count(DISTINCT batch_id), count(*) FROM crm_ownership_change
     WHERE kind = 'release'
"""
# What a salesperson holds, by the counter, by its seats and by the customers.
WRONG_HOLDINGS = """
    SELECT owner.id, holding.held, seats.count, customers.count
      FROM res_users AS owner
      JOIN crm_pool_holding AS holding ON holding.user_id = owner.id
CROSS JOIN LATERAL (SELECT count(*) FROM crm_pool_seat AS seat
                     WHERE seat.user_id = owner.id) AS seats
CROSS JOIN LATERAL (SELECT count(*) FROM res_partner AS customer
                     WHERE customer.user_id = owner.id AND customer.active
                       AND customer.is_managed_customer) AS customers
     WHERE holding.held <> seats.count OR holding.held <> customers.count
"""
HOLDINGS = "SELECT count(*) FROM crm_pool_holding WHERE held > 0"
OWNERS = """
    UPDATE res_partner AS customer
       SET user_id = owner.id, pool_id = NULL, pool_since = NULL,
           owner_since = now() AT TIME ZONE 'UTC' - interval '1 day'
                       * CASE WHEN split_part(ref, ' ', 2)::int % 7 = 0
                         THEN 1 ELSE 100 END
      FROM res_users AS owner
     WHERE customer.ref LIKE 'NIGHT %' AND customer.parent_id IS NULL
       AND owner.login = 'owner';
    UPDATE res_partner AS contact
       SET user_id = owner.id
      FROM res_users AS owner
     WHERE owner.login = 'owner' AND contact.function = 'same';
    DELETE FROM crm_pool_seat;
    DELETE FROM crm_pool_holding;
    INSERT INTO crm_pool_seat (partner_id, user_id, quota_id, weight)
    SELECT customer.id, customer.user_id, quota.id, 1
      FROM res_partner AS customer, crm_pool_quota AS quota
     WHERE customer.is_managed_customer AND customer.user_id IS NOT NULL;
    INSERT INTO crm_pool_holding (user_id, quota_id, held, cap, ceiling, claims)
    SELECT user_id, quota_id, sum(weight), 10, sum(weight), 0
      FROM crm_pool_seat
  GROUP BY user_id, quota_id;
"""
RESET_RELEASE = f"""
    DELETE FROM crm_ownership_change;
    DELETE FROM crm_pool_batch;
    DELETE FROM ir_config_parameter WHERE key LIKE 'crm_relations.%';
    DELETE FROM crm_hidden_value;
    DELETE FROM crm_pool_wave;
    UPDATE crm_pool SET most_per_night = 0;
    UPDATE res_partner AS partner SET phone = 'P' || id, email = 'E' || id
     WHERE commercial_partner_id IN (
           SELECT id FROM res_partner WHERE ref LIKE 'NIGHT %');
    {OWNERS}
"""

# A night takes so many, however often its job is started, killed or doubled.
MOST = 1500
RESET_WAVES = f"""
    {RESET_RELEASE}
    UPDATE crm_pool SET most_per_night = {MOST};
"""
# What the customers say, the nights to come included.
WRONG_NIGHTS = f"""
    SELECT pool_release_date, count(*)
      FROM res_partner
     WHERE ref LIKE 'NIGHT %' AND user_id IS NOT NULL
       AND pool_release_date < now() AT TIME ZONE 'UTC' + interval '10 days'
  GROUP BY 1
    HAVING count(*) > {MOST} OR pool_release_date <= now() AT TIME ZONE 'UTC'
"""

TIERED = "SELECT count(*) FROM crm_tier_change"
# The tier is that of the only line, none without a line.
WRONG_TIERS = """
    SELECT customer.id, customer.tier_id, count(change.id)
      FROM res_partner AS customer
 LEFT JOIN crm_tier_change AS change ON change.partner_id = customer.id
  GROUP BY customer.id
    HAVING count(change.id) > 1
        OR customer.tier_id IS DISTINCT FROM max(change.new_tier_id)
"""
RESET_TIERS = """
    DELETE FROM crm_tier_change;
    UPDATE res_partner SET tier_id = NULL, tier_since = NULL, sales_total = NULL
     WHERE is_managed_customer;
"""

CARED = "SELECT count(*) FROM crm_care_task WHERE activity_id IS NOT NULL"
TASKS = "SELECT count(*), count(DISTINCT person_id) FROM crm_care_task"
# Every activity of care belongs to one task, and no customer has two.
WRONG_ACTIVITIES = """
    SELECT activity.res_id, count(DISTINCT activity.id), count(task.id)
      FROM mail_activity AS activity
 LEFT JOIN crm_care_task AS task ON task.activity_id = activity.id
     WHERE activity.activity_type_id IN (
           SELECT activity_type_id FROM crm_care_rule)
  GROUP BY activity.res_id
    HAVING count(DISTINCT activity.id) <> 1 OR count(task.id) <> 1
"""
RESET_CARE = f"""
    DELETE FROM crm_care_task;
    DELETE FROM mail_activity;
    UPDATE crm_care_rule SET channel = 'activity', is_touch = FALSE,
           active = active AND name ->> 'en_US' <> 'Also';
    {OWNERS}
"""

TOUCHED = "SELECT count(*) FROM crm_care_task WHERE touch_date IS NOT NULL"
# A task that is done has one text message of its own, no other has any.
WRONG_MESSAGES = """
    SELECT task.id, task.state, count(sms.id)
      FROM crm_care_task AS task
 LEFT JOIN mail_message AS message ON message.id = task.message_id
 LEFT JOIN sms_sms AS sms ON sms.mail_message_id = message.id
  GROUP BY task.id
    HAVING count(sms.id) <> (task.state = 'done')::int
        OR (task.state = 'done') <> (task.touch_date IS NOT NULL)
"""
LOST_MESSAGES = """
    SELECT sms.id FROM sms_sms AS sms
     WHERE NOT EXISTS (SELECT FROM crm_care_task AS task
                        WHERE task.message_id = sms.mail_message_id)
"""
# Who got the less important one today.
WRONG_WINNERS = """
    SELECT task.id FROM crm_care_task AS task
      JOIN crm_care_rule AS rule ON rule.id = task.rule_id
     WHERE (task.state = 'done') <> (rule.importance = '2')
"""
RESET_MESSAGES = f"""
    DELETE FROM sms_sms;
    DELETE FROM crm_care_task;
    DELETE FROM mail_activity;
    UPDATE crm_care_rule SET channel = 'sms', is_touch = TRUE, keep_days = 100,
           active = TRUE WHERE trigger = 'birthday';
    UPDATE res_company SET relations_sms_provider = 'log', care_quiet_from = 0,
           care_quiet_until = 0;
    UPDATE res_partner SET phone_sanitized = '+8613800138000'
     WHERE phone_sanitized IS NULL;
    {OWNERS}
"""
