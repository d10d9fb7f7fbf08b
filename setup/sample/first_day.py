"""First days of the sample: the pool is set up; on the day on which one begins to look
at it, notices, requests that wait, calls that were made."""

from datetime import timedelta

CALLS = (
    ("no_answer", ""),
    ("complete", "Satisfied with the visit, decides next week."),
    ("wrong_number", "A private person answers."),
    ("busy", ""),
    ("refused_soft", "In a meeting, no time."),
    ("complete", "Would like the new price list."),
)


def tell(env):
    """Send the digests of the day, which tell who is about to leave: the company of
    the sample has chosen to have them."""
    company = env["res.company"]._get_relations_default()
    company.relations_digest_way = "chat"
    env["crm.daily.digest"]._send_in(company, company._get_relations_today())


def ask_to_keep(env):
    """Have the salespeople ask for more time; one customer is protected."""
    for login in ("sales", "sales2"):
        user = env["res.users"].search([("login", "=", login)])
        customers = env["res.partner"].with_user(user)
        leaving = customers.search(
            [("user_id", "=", user.id), ("pool_release_date", "!=", False)],
            order="pool_release_date, id",
            limit=3,
        )
        leaving[:2].pool_extend(env._("The tender is decided next week"))
        leaving[2:].pool_protect(30, env._("Being handed to the new branch"))


def set_up(env):
    """Set the pool up by the wizard, as an administrator would."""
    wizards = env["crm.pool.first.day"].with_user(env.ref("base.user_admin"))
    wizard = wizards.create({})
    # The team of the demo data has a cap of its own, which goes before everybody's.
    quota = env.ref("crm_relations.crm_pool_quota_team_demo")
    quota.max_customers = wizard.max_customers
    wizard.action_preview()
    wizard._install()


def put_off(env):
    """Have the Chinese salesperson leave out whom it makes no sense to call."""
    user = env["res.users"].search([("login", "=", "sales")])
    company = env["res.company"]._get_relations_default()
    until = company._get_relations_today() + timedelta(days=14)
    own = [("user_id", "=", user.id), ("sales_12_months", ">", 0)]
    customers = env["res.partner"].with_user(user).search(own, limit=3, offset=5)
    for customer, reason in zip(customers, ("later", "away", "deciding"), strict=True):
        customer.put_off(until, reason)


def write_twice(env):
    """Have a colleague write a second card of some customers, and find them out."""
    user = env["res.users"].search([("login", "=", "sales2")])
    sales = env["res.users"].search([("login", "=", "sales")])
    known = env["res.partner"].search(
        [("user_id", "=", sales.id), ("ref", "=like", "CDNOW %")], order="id", limit=6
    )
    env["res.partner"].with_user(user).create(
        [
            {
                "name": customer.name,
                "city": customer.city,
                "phone": customer.phone,
                "is_managed_customer": True,
                "user_id": user.id,
                "comment": env._("Sample: written twice."),
            }
            for customer in known
        ]
    )
    env["crm.duplicate.pair"]._cron_find()


def call(env, count=None):
    """Have the agent make the first calls of the day."""
    agent = env["res.users"].search([("login", "=", "agent")])
    calls = env["crm.callback"].with_user(agent)
    for name, note in CALLS[:count]:
        outcome = env.ref(f"crm_relations.crm_callback_outcome_{name}")
        if number := calls.take_next():
            calls.browse(number).record(outcome.id, note=note, seconds=95)
