"""Two print the same letters at the same time; run by ``scratch.Workers``."""

import gate

from odoo.exceptions import UserError

LETTERS = 4


def fill(env):
    """Make letters that wait."""
    rule = env["crm.care.rule"].create(
        {
            "name": "Letter",
            "channel": "letter",
            "trigger": "broadcast",
            "letter_template_id": env.ref(
                "crm_relations.mail_template_letter_greeting"
            ).id,
        }
    )
    customers = env["res.partner"].create(
        [
            {
                **{"name": f"Customer {number}", "is_company": True},
                **{"is_managed_customer": True, "street": "1 Main St"},
                **{"city": "Austin", "zip": "78701"},
            }
            for number in range(LETTERS)
        ]
    )
    env["crm.care.task"].create(
        [
            {
                **{"rule_id": rule.id, "partner_id": customer.id, "occasion": "x"},
                **{"occasion_date": "2026-05-05", "due_at": "2026-05-05 10:00:00"},
                **{"state": "open", "channel": "letter"},
            }
            for customer in customers
        ]
    )


def print_letters(env, *_numbers):
    def act():
        tasks = env["crm.care.task"].search([("channel", "=", "letter")])
        env["crm.letter.run"]._print(tasks, env["crm.letter.sheet"], 1, False)

    gate.act(env, act, UserError)


def print_files(env, *waits):
    """Print all that wait, with letters and labels; then wait at the gate, if told so,
    before anything is committed."""
    tasks = env["crm.care.task"].search(
        [("channel", "=", "letter"), ("state", "=", "open")]
    )
    if tasks:
        sheet = env.ref("crm_relations.crm_letter_sheet_l7160")
        env["crm.letter.run"]._print(tasks, sheet, 1, True)
        env.flush_all()
    if waits:
        gate.come_to(env)
