from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestSegmentCounts(RelationsCommon):
    """Which quotations, opportunities, payments and layers count, each kind alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._get_relations_today()
        cls.customer = cls._create_customer(user_id=cls.sally.id)

    def _get_class(self):
        self.env["res.partner"]._refresh_classes(self.customer.ids)
        return self.customer.transaction_class

    def test_a_quotation_makes_a_customer_upcoming_until_it_is_cancelled(self):
        order = self._create_order(self.customer, 10, confirm=False)
        for state, expected in (
            ("draft", "upcoming"),
            ("sent", "upcoming"),
            ("cancel", False),
        ):
            order.state = state
            with self.subTest(state):
                self.assertEqual(self._get_class(), expected)

    def test_an_opportunity_makes_a_customer_upcoming_while_it_is_open(self):
        lead = self.env["crm.lead"].create(
            {"name": "Deal", "type": "lead", "partner_id": self.customer.id}
        )
        self.assertFalse(self._get_class())
        lead.type = "opportunity"
        self.assertEqual(self._get_class(), "upcoming")
        lead.active = False
        self.assertFalse(self._get_class())
        lead.active = True
        self.assertEqual(self._get_class(), "upcoming")
        lead.action_set_won()
        self.assertFalse(self._get_class())

    def _get_paid(self):
        """Return the (day, amount) that count as paid by the customer."""
        partners = self.env["res.partner"]
        self.env.flush_all()
        rows = self.env.execute_query_dict(partners._get_payments_sql())
        return sorted(
            (row["day"], float(row["amount"]))
            for row in rows
            if row["partner_id"] == self.customer.id
        )

    def _book(self, journal_type, amount, post=True, **values):
        """Book an amount that lessens what the customer owes."""
        journal = self.env["account.journal"].search(
            [("type", "=", journal_type), ("company_id", "=", self.company.id)], limit=1
        )
        journal = journal or journal.create(
            {"name": journal_type, "type": journal_type, "code": journal_type[:5]}
        )
        receivable = self.customer.property_account_receivable_id
        other = self.env["account.account"].search(
            [
                ("account_type", "=", "income"),
                ("company_ids", "in", self.company.ids),
            ],
            limit=1,
        )
        move = self.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": journal.id,
                "date": self.today,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "partner_id": self.customer.id,
                            "balance": balance,
                        }
                    )
                    for account, balance in ((receivable, -amount), (other, amount))
                ],
            }
            | values
        )
        if post:
            move.action_post()
        return move

    def test_what_bank_and_cash_have_posted_is_paid_and_nothing_else(self):
        for journal_type, post, expected in (
            ("bank", True, [50]),
            ("cash", True, [50]),
            ("bank", False, []),
            ("general", True, []),
        ):
            move = self._book(journal_type, 50, post)
            with self.subTest(journal_type=journal_type, post=post):
                paid = [(self.today, amount) for amount in expected]
                self.assertEqual(self._get_paid(), paid)
            if post:
                move.button_draft()
            move.button_cancel()

    def test_a_payment_that_waits_for_the_bank_is_paid_by_a_customer_only(self):
        """One without entry, as where Odoo keeps the accounts."""
        day = self.today - timedelta(days=3)
        payment = self.env["account.payment"].create(
            {
                "partner_id": self.customer.id,
                "amount": 70,
                "date": day,
                "payment_type": "inbound",
                "partner_type": "customer",
            }
        )
        self.assertFalse(payment.move_id)
        paid = [(day, 70)]
        for state, partner_type, expected in (
            ("draft", "customer", []),
            ("in_process", "customer", paid),
            ("paid", "customer", paid),
            ("canceled", "customer", []),
            ("paid", "supplier", []),
        ):
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE account_payment SET state = %s, partner_type = %s"
                " WHERE id = %s",
                [state, partner_type, payment.id],
            )
            self.env.invalidate_all()
            with self.subTest(state=state, partner_type=partner_type):
                self.assertEqual(self._get_paid(), expected)

    def test_the_bell_counts_what_is_due_by_the_day_of_each(self):
        """As Odoo does: today and before, not tomorrow."""
        sent = []

        def send(user, kind, message):
            sent.append((user, kind, message["count_diff"]))

        self.patch(type(self.sally), "_bus_send", send)
        self.sally.tz, self.sam.tz = "Pacific/Kiritimati", "Pacific/Pago_Pago"
        east, west = self.sally._get_relations_today(), self.sam._get_relations_today()
        day = timedelta(days=1)
        rows = [
            *((1, self.sally.id, east + step * day) for step in (-1, 0, 1)),
            (1, self.sam.id, west + day),
        ]
        self.env["crm.playbook.run"]._tell_users(rows)
        self.assertEqual(sent, [(self.sally, "mail.activity/updated", 2)])

    def test_the_last_entry_of_a_customer_starts_its_playbook(self):
        now = fields.Datetime.now()
        second = timedelta(seconds=1)
        layers = {"new": now - second, "dormant": now, "loyal": now - 2 * second}
        self.env["crm.lifecycle.change"].create(
            [
                {
                    "partner_id": self.customer.id,
                    "old_layer": "mature",
                    "new_layer": layer,
                    "decided_at": moment,
                }
                for layer, moment in layers.items()
            ]
        )
        self.env["crm.playbook"]._insert_runs(self.customer.ids)
        self.assertEqual(self.customer.playbook_run_ids.layer, "dormant")

    def test_an_archived_scheme_stands_in_nobodys_way(self):
        """In force beside another one it may be, in use it may not."""
        first = self._create_scheme(domain=self._only(self.customer))
        first.active = False
        self._create_scheme(domain=self._only(self.customer))
        first.is_in_force = False
        first.is_in_force = True
        with self.assertRefused("in force for the same customers"):
            first.active = True

    def test_a_tier_that_nobody_has_had_is_deleted(self):
        [was, became, never] = self.env["crm.tier"].create(
            [{"name": name} for name in ("Was", "Became", "Never")]
        )
        self.env["crm.tier.change"].create(
            {
                "partner_id": self.customer.id,
                "old_tier_id": was.id,
                "new_tier_id": became.id,
            }
        )
        for tier in (was, became):
            with self.assertRefused("Archive it instead", UserError):
                tier.unlink()
        never.unlink()
        self.assertFalse(never.exists())

    def _get_activity_model(self):
        """The night makes it; before the first there is none."""
        models = self.env["crm.activity.model"]
        models._create_missing()
        return models.search([("company_id", "=", self.company.id)])

    def test_the_night_finds_also_what_no_order_and_no_rule_leads_to(self):
        """Who was won back, whose tier by hand has ended, and the usual rhythm."""
        order = self._create_order(self.customer, 10, days_ago=1)
        reason = self.env["crm.churn.reason"].search(
            [("asks_competitor", "=", False)], limit=1
        )
        self.customer.register_lost(reason.id)
        expired = self._create_customer("Expired")
        expired.write(
            {
                "tier_id": self.tier_b.id,
                "tier_override_id": self.tier_b.id,
                "tier_override_until": self.today - timedelta(days=2),
            }
        )
        model = self._get_activity_model()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET date_order = now() AT TIME ZONE 'UTC'"
            " + interval '1 minute' WHERE id = %s",
            [order.id],
        )
        self.env.cr.execute(
            "UPDATE crm_activity_model SET usual_interval_days = 999 WHERE id = %s",
            [model.id],
        )
        self.env.invalidate_all()
        with self.enter_registry_test_mode():
            self.env.ref("crm_relations.ir_cron_segments").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.customer.lost_customer_ids.state, "won_back")
        self.assertFalse(expired.tier_id)
        self.assertNotEqual(model.usual_interval_days, 999)

    def test_the_bounds_of_the_parameters_of_the_model(self):
        model = self._get_activity_model()
        names = ("r", "alpha", "a", "b")
        for value in (1e-6, 1e6):
            model.write(dict.fromkeys(names, value))
        for name in names:
            for value in (0, 1e6 + 1):
                with self.subTest((name, value)), self.assertRefused("all four"):
                    model.write({name: value})
