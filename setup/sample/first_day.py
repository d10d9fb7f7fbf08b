"""The first day of the sample: notices, requests that wait, calls that were made."""

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


def call(env):
    """Have the agent make the first calls of the day."""
    agent = env["res.users"].search([("login", "=", "agent")])
    calls = env["crm.callback"].with_user(agent)
    for name, note in CALLS:
        outcome = env.ref(f"crm_relations.crm_callback_outcome_{name}")
        if number := calls.take_next():
            calls.browse(number).record(outcome.id, note=note, seconds=95)
