"""Two customers bring each other at the same time; run by ``scratch.Workers``."""

import gate


def fill(env):
    """Make four customers; of these A has brought B, and C has brought D."""
    a, b, c, d = env["res.partner"].create(
        [
            {"name": name, "is_company": True, "is_managed_customer": True}
            for name in "ABCD"
        ]
    )
    env["crm.referral"]._bring_in(a, b)
    env["crm.referral"]._bring_in(c, d)


def bring(env, referrer, referred):
    """Register one of the two that would close a circle together."""
    partners = env["res.partner"]
    one, other = (
        partners.search([("name", "=", name), ("is_managed_customer", "=", True)])
        for name in (referrer, referred)
    )
    gate.act(env, lambda: other.register_referral(one.id))
