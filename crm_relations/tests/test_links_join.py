from odoo.tests import tagged
from odoo.tools import SQL

from .common.links import LinksCommon

# Beside the ledgers: what was granted on a customer, told of it and counted for it; and
# what is found by its own name.
CLOSED_HISTORY = {
    "crm.archive.upkeep",
    *("crm.duplicate.pair", "crm.name.key"),
    *("crm.contact.escalation", "crm.customer.share", "crm.handover.item"),
    *(
        "crm.account.team.member",
        "crm.archive.loan",
        "crm.customer.turn",
        "crm.account.return",
        "crm.gift.year",
        "crm.not.now",
        "crm.pool.aside",
        "crm.playbook.run",
        "crm.pool.seat",
        "crm.pool.stay",
        "crm.pool.view",
        "crm.pool.wave",
    ),
}


@tagged("post_install", "-at_install")
class TestLinksJoin(LinksCommon):
    """A customer becomes a contact of another one, or leaves it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.links = cls.env["crm.partner.link"]
        cls.house = cls._create_customer("House", user_id=cls.sally.id)
        cls.branch = cls._create_customer("Branch", user_id=cls.sam.id)
        cls.branch.is_company = False
        cls.env.flush_all()
        # What every customer has: it would stand in the way of rows made here.
        cls.env.cr.execute("DELETE FROM crm_name_key")
        cls.env.cr.execute("DELETE FROM crm_archive_upkeep")

    def _join(self):
        self.branch.parent_id = self.house
        self.env.flush_all()
        self.env.invalidate_all()

    def test_every_row_follows_or_is_closed_history(self):
        rows = {}
        for model, column in self.links._get_customer_columns().items():
            rows[model] = self._insert(model, 3, column, **{column: self.branch.id})
        self.env.invalidate_all()
        self._join()
        moving = self.links._get_moving_columns()
        told = {
            ledger["model"]
            for ledger in self.env["res.partner"]._get_history_ledgers().values()
        }
        self.assertIn("crm.followup", moving)
        self.assertNotIn("crm.tier.change", moving)
        for model, number in rows.items():
            column = self.links._get_customer_columns()[model]
            found = self.env.execute_query(
                SQL(
                    "SELECT %s FROM %s WHERE id = %s",
                    SQL.identifier(column),
                    SQL.identifier(self.env[model]._table),
                    number,
                )
            )
            if model in moving:
                self.assertEqual(found, [(self.house.id,)], model)
            elif model in told:
                self.assertEqual(found, [(self.branch.id,)], model)

    def test_what_was_granted_and_told_stays_with_whom_it_was_made_for(self):
        ledger = self.env.registry["crm.decision.mixin"]
        columns = self.links._get_customer_columns()
        stays = {
            model
            for model in columns.keys() - self.links._get_moving_columns().keys()
            if not isinstance(self.env[model], ledger)
        }
        self.assertEqual(stays, CLOSED_HISTORY)
        rows = {
            model: self._insert(model, 3, columns[model], **{columns[model]: number})
            for model in sorted(stays)
            for number in self.branch.ids
        }
        self.env.invalidate_all()
        self._join()
        for model, number in rows.items():
            row = self.env[model].with_context(active_test=False).browse(number)
            if row.exists():  # a seat ends with the customer's place
                with self.subTest(model):
                    self.assertEqual(row[columns[model]], self.branch)

    def test_closed_history_stands_in_the_timeline_of_the_new_customer(self):
        self._join()
        lines = self.house.get_history(["owner"])["lines"]
        self.assertEqual(
            [line["label"] for line in lines if "Branch" in line["label"]],
            ["Salesperson (Branch)"] * 2,
        )
        self.assertTrue(any("contact of House" in line["text"] for line in lines))

    def test_follow_ups_and_dates_go_along(self):
        followup = self._create_followup(self.branch, days_ago=2)
        self.assertFalse(self.house.last_followup_at)
        self._join()
        self.assertEqual(followup.customer_id, self.house)
        self.assertEqual(followup.partner_id, self.branch)
        self.assertEqual(self.house.last_followup_at, followup.date)
        self.assertFalse(self.branch.last_followup_at)

    def test_sales_go_along(self):
        self._create_order(self.branch, 700)
        self.env["res.partner"]._refresh_sales_figures()
        self._join()
        self.assertEqual(self.house.sales_total, 700)
        self.assertEqual(self.house.confirmed_order_count, 1)

    def test_a_contact_is_judged_and_owned_with_its_customer(self):
        self.branch.write({"tier_id": self.tier_a.id, "lifecycle": "dormant"})
        self.branch.with_user(self.sam).share_with(self.max.id)
        self._join()
        self.assertRecordValues(
            self.branch,
            [
                {
                    "is_managed_customer": False,
                    "user_id": self.sally.id,
                    "tier_id": False,
                    "lifecycle": False,
                    "owner_since": False,
                    "pool_release_date": False,
                }
            ],
        )
        self.assertFalse(self.branch.share_ids.filtered("active"))

    def test_out_of_a_pool_it_is_nobody_s_pool_customer_any_more(self):
        pooled = self._create_customer("Pooled")
        pooled.pool_id = self.pool
        pooled.write({"is_company": False, "parent_id": self.house.id})
        self.assertFalse(pooled.pool_id)
        self.assertEqual(pooled.user_id, self.sally)

    def test_of_two_calls_about_one_occasion_one_stays_with_its_attempts(self):
        rule = self.env["crm.callback.rule"].create(
            {"name": "Visited", "trigger": "visit", "purpose": "How was it?"}
        )
        calls = self.env["crm.callback"].create(
            [
                {
                    "partner_id": partner.id,
                    "rule_id": rule.id,
                    "occasion": "visit-1",
                    "own_purpose": "How was it?",
                    "deadline_at": "2036-03-02 17:00:00",
                }
                for partner in (self.house, self.branch)
            ]
        )
        self._join()
        self.assertEqual(len(calls.exists()), 1)
        self.assertEqual(calls.exists().partner_id, self.house)

    def test_a_mistake_can_be_taken_back(self):
        before = self._create_followup(self.branch, days_ago=2)
        self._join()
        between = self._create_followup(self.branch, days_ago=1)
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "UPDATE crm_followup SET create_date = create_date + interval '1 hour'"
                " WHERE id = %s RETURNING id",
                between.id,
            )
        )
        self.env.invalidate_all()
        self.branch.parent_id = False
        self.assertEqual(before.customer_id, self.branch)
        self.assertEqual(between.customer_id, self.house)
        self.assertEqual(self.branch.last_followup_at, before.date)
        self.assertEqual(self.house.last_followup_at, between.date)

    def test_what_was_discussed_with_a_contact_stays_with_its_customer(self):
        person = self._create_person(self.house, "Li Wei")
        followup = self._create_followup(person)
        person.parent_id = False
        self.assertEqual(followup.customer_id, self.house)
        self.assertEqual(self.house.last_followup_at, followup.date)
