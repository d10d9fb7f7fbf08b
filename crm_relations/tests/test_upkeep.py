from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common.relations import RelationsCommon


@tagged("post_install", "-at_install")
class TestUpkeep(RelationsCommon):
    """AR-8: who keeps an archive, when it was verified, by when it is reviewed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.custodian.rule"].search([]).active = False
        cls.tier_a.review_interval_days = 90
        cls.today = cls.company._get_relations_today()
        cls.customer = cls._create_customer(
            "Great Wall", user_id=cls.sally.id, tier_id=cls.tier_a.id, city="Suzhou"
        )
        cls.rule = cls._create_rule(cls.carl)

    @classmethod
    def _create_rule(cls, person, **values):
        return cls.env["crm.custodian.rule"].create(
            {
                **{"name": person.name, "custodian_id": person.id},
                **{"start_date": cls.today, **values},
            }
        )

    def _refresh(self, customers=None):
        ids = (customers or self.customer).ids
        return self.env["crm.archive.upkeep"]._refresh(ids)

    def _get_upkeep(self, customer=None):
        self._refresh(customer)
        return (customer or self.customer).upkeep_ids

    def test_the_first_rule_that_fits_names_the_custodian(self):
        self.assertEqual(self._get_upkeep().custodian_id, self.carl)
        north = self._create_rule(self.max, sequence=1, team_ids=self.north.ids)
        self.assertEqual(self._get_upkeep().custodian_id, self.max)
        north.domain = "[('city', '=', 'Beijing')]"
        self.assertEqual(self._get_upkeep().custodian_id, self.carl)
        self.rule.active = False
        self.assertFalse(self._get_upkeep().custodian_id)

    def test_nothing_is_written_where_nothing_changed(self):
        self._refresh()
        self.assertEqual(self._refresh(), 0)

    def test_what_is_decided_is_shown_before(self):
        self._refresh()
        rule = self._create_rule(self.max, sequence=1, team_ids=self.north.ids)
        self.assertEqual(self.customer.custodian_id, self.carl)
        preview = rule.with_user(self.rita).preview()
        [row] = [row for row in preview["rows"] if row["id"] == self.customer.id]
        self.assertEqual((row["old"], row["new"]), (self.carl.name, self.max.name))
        self.assertIn(rule.name, row["reason"])

    def test_a_review_is_due_by_the_standard_of_the_tier(self):
        upkeep = self._get_upkeep()
        self.assertEqual(upkeep.review_due, self.today + timedelta(days=90))
        self.tier_a.review_interval_days = 30
        self.assertEqual(self._get_upkeep().review_due, self.today + timedelta(days=30))
        self.tier_a.review_interval_days = 0
        self.assertFalse(self._get_upkeep().review_due)

    def test_a_new_owner_changes_the_custodian_at_once(self):
        self._create_rule(self.max, sequence=1, team_ids=self.south.ids)
        self._refresh()
        self.customer.user_id = self.sam
        self.env.invalidate_all()
        self.assertEqual(self.customer.custodian_id, self.max)

    def test_verifying_moves_the_day_on(self):
        upkeep = self._get_upkeep()
        self._age(upkeep, 100)
        self.assertTrue(upkeep.is_overdue)
        [answer] = self.customer.with_user(self.carl).verify_archive()
        self.assertEqual(answer["code"], "ok")
        self.assertFalse(upkeep.is_overdue)
        self.assertEqual(
            (upkeep.verified_on, upkeep.verified_by_id), (self.today, self.carl)
        )
        self.assertEqual(upkeep.review_due, self.today + timedelta(days=90))

    def _age(self, upkeep, days):
        """Let the row be as old as that."""
        upkeep.flush_recordset()
        self.env.cr.execute(
            "UPDATE crm_archive_upkeep SET since = %s WHERE id = ANY(%s)",
            [self.today - timedelta(days=days), upkeep.ids],
        )
        self.env.invalidate_all()
        self._refresh(upkeep.partner_id)

    def test_who_may_verify(self):
        other = self._create_customer("Sam's", user_id=self.sam.id)
        for user, code in (
            (self.sally, "ok"),
            (self.max, "ok"),
            (self.carl, "ok"),
            (self.rita, "ok"),
            (self.sam, "no_right"),
            (self.anna, "no_right"),
        ):
            [answer] = self.customer.with_user(user).verify_archive()
            self.assertEqual(answer["code"], code, user.login)
        answers = (other | self.customer).with_user(self.sam).verify_archive()
        self.assertEqual([one["code"] for one in answers], ["ok", "no_right"])
        self.rule.custodian_id = self.anna
        self._refresh()
        [answer] = self.customer.with_user(self.anna).verify_archive()
        self.assertEqual(answer["code"], "ok")

    def test_what_is_no_managed_customer_is_answered_in_words(self):
        person = self._create_person(self.customer)
        answers = person.with_user(self.carl).verify_archive()
        self.assertEqual(answers[0]["code"], "blocked")
        with self.assertRaises(UserError):
            person.with_user(self.carl).action_verify_archive()

    def test_nobody_types_it(self):
        upkeep = self._get_upkeep()
        for user in (self.carl, self.rita, self.adam, self.sally):
            with self.assertRaises(AccessError):
                upkeep.with_user(user).write({"verified_on": self.today})
            with self.assertRaises(AccessError):
                upkeep.with_user(user).unlink()

    def test_what_changed_since_is_counted_and_opened(self):
        self.env.cr.precommit.run()
        self.customer.with_user(self.carl).verify_archive()
        upkeep = self._get_upkeep()
        before = upkeep.change_count
        self.customer.with_user(self.sally).city = "Leeds"
        self.env.cr.precommit.run()
        self.env.invalidate_all()
        self.assertEqual(upkeep.change_count, before + 1)
        action = upkeep.action_view_changes()
        changes = self.env["crm.archive.change"].search(action["domain"])
        self.assertEqual(len(changes), upkeep.change_count)

    def test_my_day_of_the_custodian_tells_what_is_due(self):
        upkeep = self._get_upkeep()

        def get_card(user):
            day = self.env["crm.my.day"].with_user(user).get_day()
            cards = [card for column in day["columns"] for card in column["cards"]]
            return [card for card in cards if card["key"] == "reviews"]

        self.assertFalse(get_card(self.carl))
        self._age(upkeep, 100)
        [card] = get_card(self.carl)
        names = [line["name"] for line in card["lines"]]
        self.assertIn("Great Wall", names)
        self.assertFalse(get_card(self.sally))
        action = self.env["crm.my.day"].with_user(self.carl).open_card("reviews")
        found = self.env["crm.archive.upkeep"].search_count(action["domain"])
        self.assertEqual(found, card["count"])

    def test_a_late_review_is_planned_once_where_the_rule_says_so(self):
        upkeep = self._get_upkeep()
        self._age(upkeep, 100)
        self._run()
        self.assertFalse(upkeep.activity_id)
        self.rule.adds_activity = True
        self._run()
        activity = upkeep.activity_id
        self.assertEqual(activity.user_id, self.carl)
        self._run()
        found = [("res_id", "=", self.customer.id), ("user_id", "=", self.carl.id)]
        self.assertEqual(self.env["mail.activity"].search(found), activity)
        self.customer.with_user(self.carl).verify_archive()
        self.assertFalse(activity.exists())

    def _run(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            job = self.env.ref("crm_relations.ir_cron_archive_upkeep")
            job.method_direct_trigger()
        self.env.invalidate_all()

    def test_the_share_in_time_is_told_for_each_custodian(self):
        second = self._create_customer("Second", tier_id=self.tier_a.id)
        self._refresh(self.customer | second)
        self._age(second.upkeep_ids, 100)
        mine = [("custodian_id", "=", self.carl.id)]
        self.env.flush_all()
        lines = self.env["crm.archive.upkeep.report"].with_user(self.carl)
        [line] = lines.search(mine)
        upkeeps = self.env["crm.archive.upkeep"].search(
            [*mine, ("review_due", "!=", False)]
        )
        late = upkeeps.filtered("is_overdue")
        self.assertEqual(line.archive_count, len(upkeeps))
        self.assertEqual(line.overdue_count, len(late))
        self.assertEqual(
            line.in_time_rate, 100 * (len(upkeeps) - len(late)) // len(upkeeps)
        )
        action = line.action_open_reviews()
        self.assertEqual(
            self.env["crm.archive.upkeep"].search(action["domain"]), upkeeps
        )

    def test_searching_for_overdue_finds_what_shows_it(self):
        self._age(self._get_upkeep(), 100)
        rows = self.env["crm.archive.upkeep"].search([])
        for late in (True, False):
            found = rows.search([("is_overdue", "=", late)])
            self.assertEqual(found, rows.filtered(lambda r, v=late: r.is_overdue == v))

    def test_merged_customers_have_one_row_and_contacts_none(self):
        twin = self._create_customer("Twin", tier_id=self.tier_a.id)
        self._refresh(twin | self.customer)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (twin | self.customer).ids, self.customer, extra_checks=False
        )
        self.env.invalidate_all()
        self.assertEqual(len(self._get_upkeep()), 1)
        branch = self._create_customer("Branch")
        self._refresh(branch)
        branch.parent_id = self.customer
        branch.is_company = False
        self.env.flush_all()
        self._refresh(branch)
        self.assertFalse(branch.upkeep_ids)

    def test_statements_do_not_grow_with_customers(self):
        few = self._create_customers(3, tier_id=self.tier_a.id)
        many = self._create_customers(60, tier_id=self.tier_a.id)
        self._create_rule(self.max, sequence=1)
        self._refresh(self.customer)
        count = self._count_statements(lambda: self._refresh(few))
        self.assertEqual(self._count_statements(lambda: self._refresh(many)), count)
        self.assertEqual(set(many.mapped("custodian_id")), {self.max})
