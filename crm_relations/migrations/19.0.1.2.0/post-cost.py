"""Fewer indexes on contacts: each is written whenever any indexed column changes."""

# Classes of a few values, and dates that another index leads to.
DROPPED = (
    *("customer_age_class", "is_managed_customer", "last_followup_at"),
    *("last_order_on", "lifecycle", "market_class", "nature_id"),
    *("next_order_expected_on", "pool_release_date", "relationship_level"),
    *("tier_id", "transaction_class"),
)


def migrate(cr, version):
    for column in DROPPED:
        cr.execute(f"DROP INDEX IF EXISTS res_partner__{column}_index")
