"""Due care sent out: seconds, statements of a batch, against Odoo's own create.

The reference writes the same rows by Odoo's ``create``, 1,000 at a time, without
judging anything: what dispatching costs beyond that is tact and exactly once.
"""

import logging

import customers
import stopwatch

from odoo import fields
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

BATCH = 1000
CHANNELS = ("activity", "sms", "email")


def run(env, size):
    """Return rows of what, seconds, seconds of the reference, ratio."""
    customers.fill(env, size)
    rows = []
    for channel in CHANNELS:
        rows += Dispatch(env, channel).measure()
        _logger.info("%s", rows)
    return rows


class Dispatch:
    def __init__(self, env, channel):
        self.env = env
        self.channel = channel
        company = env["res.company"]._get_relations_default()
        company.write(
            {
                "relations_sms_provider": "log",
                "care_quiet_from": 0,
                "care_quiet_until": 0,
            }
        )
        self.rule = self._create_rule()

    def measure(self):
        count = self._plan()
        statements, seconds = [], 0.0
        while True:
            before = self.env.cr.sql_log_count
            done, spent = stopwatch.watch(self._dispatch_batch)
            seconds += spent
            if not done:
                break
            statements.append(self.env.cr.sql_log_count - before)
        self.env.invalidate_all()
        reference = self._create_plainly(min(count, BATCH)) * count / min(count, BATCH)
        label = f"dispatch {count} by {self.channel}"
        most = f"statements of a batch, {self.channel}: first, most after"
        return [
            stopwatch.row(label, seconds, reference),
            (most, statements[0], max(statements[1:], default=None), None),
        ]

    def _dispatch_batch(self):
        done = self.env["crm.care.dispatch"]._dispatch_batch(BATCH)
        self.env.cr.commit()
        return done

    def _create_rule(self):
        model = self.env["ir.model"]._get_id("res.partner")
        body = "Thank you, {{ object.name }}"
        sms = self.env["sms.template"].create(
            {"name": "B", "model_id": model, "body": body}
        )
        mail = self.env["mail.template"].create(
            {
                "name": "B",
                "model_id": model,
                "subject": body,
                "body_html": "<p>Thank you, <t t-out='object.name'/></p>",
            }
        )
        return self.env["crm.care.rule"].create(
            {
                "name": self.channel,
                "channel": self.channel,
                "sms_template_id": sms.id,
                "mail_template_id": mail.id,
                "is_touch": False,
            }
        )

    def _plan(self):
        """Plan a due task for every customer; return how many."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE res_partner AS customer
                   SET phone_sanitized = '+8613800138000',
                       email = 'a@example.com', email_normalized = 'a@example.com'
                 WHERE customer.ref LIKE 'BENCH %%'
                """
            )
        )
        now = fields.Datetime.now()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_care_task (rule_id, partner_id, occasion,
                       occasion_date, due_at, user_id, state, facts, create_date)
                SELECT %(rule)s, customer.id, 'bench', %(now)s::date, %(now)s,
                       customer.user_id, 'planned', '{}'::jsonb, %(now)s
                  FROM res_partner AS customer
                 WHERE customer.ref LIKE 'BENCH %%' AND customer.user_id IS NOT NULL
                """,
                rule=self.rule.id,
                now=now,
            )
        )
        count = self.env.cr.rowcount
        self.env.cr.execute("ANALYZE crm_care_task")
        self.env.cr.commit()
        self.env.invalidate_all()
        return count

    def _create_plainly(self, count):
        """Return the seconds in which Odoo creates as many of the same rows."""
        tasks = self.env["crm.care.task"].search(
            [("rule_id", "=", self.rule.id)], limit=count
        )
        models = {
            "activity": tasks.activity_id,
            "sms": self.env["sms.sms"].search(
                [("mail_message_id", "in", tasks.message_id.ids)]
            ),
            "email": self.env["mail.mail"].search(
                [("mail_message_id", "in", tasks.message_id.ids)]
            ),
        }
        records = models[self.channel]
        values = records.with_context(active_test=False).copy_data()
        messages = tasks.message_id.copy_data()
        self.env.invalidate_all()
        quick = records.with_context(mail_activity_quick_update=True)
        seconds = stopwatch.take(self._create_rows, quick, values, messages)
        self.env.cr.rollback()
        return seconds

    def _create_rows(self, records, values, messages):
        if self.channel == "sms":
            made = self.env["mail.message"].create(messages)
            for vals, message in zip(values, made, strict=False):
                vals["mail_message_id"] = message.id
        records.create(values)
        self.env.flush_all()
