"""People who wait for their daily digest, and the job that sends it; run by
``scratch.Workers``."""

import people

PEOPLE = 110  # more than two batches of the job


def fill(env):
    """Make people who work every day, each with one customer who is due."""
    env["res.company"].search([]).customers_are_owned = True
    env["res.company"].search([]).write(
        {"resource_calendar_id": False, "relations_digest_way": "both"}
    )
    env["ir.config_parameter"].set_param("crm_relations.digest_hour", 0)
    logins = [f"digest{number}" for number in range(PEOPLE)]
    sellers = people.create(env, logins, "crm_relations.group_sales_user")
    customers = env["res.partner"].create(
        [
            {
                "name": f"Customer of {person.name}",
                "is_managed_customer": True,
                "user_id": person.id,
            }
            for person in sellers
        ]
    )
    env.flush_all()
    env.cr.execute(
        "UPDATE res_partner SET contact_due_date = current_date - 1 WHERE id = ANY(%s)",
        [customers.ids],
    )


def send(env):
    """What the scheduled action runs: two hosts may do so at the same time."""
    env["crm.daily.digest"]._cron_send()
