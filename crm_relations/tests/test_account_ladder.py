"""KA-5, KA-6: on which step a customer stands, why, and what is next."""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common.account_ladder import AccountLadderCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-05 10:00:00")
class TestAccountLadder(AccountLadderCommon):
    def setUp(self):
        super().setUp()
        self.talks = self._ask_for(
            self.middle, "contact_months", 1, months=1, advice="Call them"
        )
        self.stars = self._ask_for(self.top, "stars", 4, advice="Make them loyal")

    def _talk(self, customer=None):
        return self._create_followup(customer or self.big)

    def test_what_is_shipped_judges_nobody_until_a_company_uses_it(self):
        self.ladder.company_ids = False
        shipped = self.ladders.search([("id", "!=", self.ladder.id)])
        self.assertEqual([len(one.step_ids) for one in shipped.sorted("kind")], [3, 5])
        self._make_key()
        self.assertFalse(self.ladders._get_used_ids())
        self.env["crm.segmentation"]._decide_account_ladders(self.big.ids)
        self.assertFalse(self.standings.search([]))
        self.assertFalse(self.big.account_steps)

    def test_off_costs_no_statement_on_a_customer(self):
        self.ladder.company_ids = False
        self.assertFalse(self.ladders._get_used_ids())
        self.big.invalidate_recordset()
        self.assertTrue(self.big.is_managed_customer)
        seen = self._count_statements(lambda: self.big.mapped("account_steps"))
        self.assertEqual(seen, 0)

    def test_each_step_needs_those_below_it(self):
        self.assertEqual(self._judge().step_id, self.ground)
        self.big.sudo().relationship_level = "5"
        self.assertEqual(self._judge().step_id, self.ground)
        self._talk()
        self.assertEqual(self._judge().step_id, self.top)
        self.stars.needed = 5
        self.assertEqual(self._judge().step_id, self.top)
        self.big.sudo().relationship_level = "4"
        self.assertEqual(self._judge().step_id, self.middle)

    def test_at_most_turns_it_round(self):
        self.talks.write({"compare": "most", "needed": 0})
        self.assertEqual(self._judge().step_id, self.middle)
        self._talk()
        self.assertEqual(self._judge().step_id, self.ground)

    def test_where_nobody_is_by_himself_there_may_be_no_step(self):
        self._ask_for(self.ground, "plan")
        standing = self._judge()
        self.assertFalse(standing.step_id)
        self.assertEqual((standing.level, standing.next_step_id), (0, self.ground))
        self.assertFalse(self.changes.search([("partner_id", "=", self.big.id)]))

    def test_the_ledger_tells_from_where_to_where_and_why(self):
        self._judge()
        self._talk()
        self._judge()
        self._judge()
        lines = self.changes.search([("partner_id", "=", self.big.id)], order="id")
        self.assertRecordValues(
            lines,
            [
                {"old_step_id": False, "new_step_id": self.ground.id},
                {"old_step_id": self.ground.id, "new_step_id": self.middle.id},
            ],
        )
        self.assertIn("Stretches of 30 days", lines[1].reason)
        kinds = {line["kind"] for line in self.big.get_history()["lines"]}
        self.assertIn("account_standing", kinds)

    def test_since_stays_while_only_the_figures_change(self):
        self._judge()
        with freeze_time("2026-05-09 10:00:00"):
            self.big.sudo().relationship_level = "2"
            standing = self._judge()
            self.assertEqual(str(standing.since), "2026-05-05")
            self.assertEqual(standing.facts["figures"], [0, 2])
            self._talk()
            self.assertEqual(str(self._judge().since), "2026-05-09")

    def test_judging_twice_writes_nothing(self):
        self.assertEqual(self.ladder._judge(self.big.ids), 1)
        self.assertEqual(self.ladder._judge(self.big.ids), 0)

    def test_the_next_step_says_what_to_do(self):
        standing = self._judge()
        self.assertEqual(standing.next_step_id, self.middle)
        self.assertEqual(standing.next_advice, "Call them")
        self.assertIn("0 of 1", standing.why["sentence"])
        self._talk()
        self.assertEqual(self._judge().next_advice, "Make them loyal")
        self.big.sudo().relationship_level = "4"
        standing = self._judge()
        self.assertFalse(standing.next_step_id)
        self.assertIn("highest", standing.why["sentence"])

    def test_who_is_judged(self):
        nobody = self._create_customer("Nobody's")
        self.ladder._judge()
        judged = self._find(self.big) + self._find(self.mid)
        self.assertEqual(len(judged), 2)
        self.assertFalse(self._find(nobody))
        self.ladder.audience = "key"
        self._make_key(self.mid)
        self.ladder._judge()
        self.assertEqual(self.standings.search([]).partner_id, self.mid)

    def test_who_is_judged_no_more_leaves_and_the_ledger_says_so(self):
        self._judge()
        self.big.user_id = False
        self.assertFalse(self._judge())
        line = self.changes.search([("partner_id", "=", self.big.id)], limit=1)
        self.assertEqual((line.old_step_id, line.new_step_id.id), (self.ground, False))
        self.assertIn("not judge", line.reason)

    def test_archived_customers_leave(self):
        self._judge()
        self.big.active = False
        self.ladder._judge()
        self.assertFalse(self._find())

    def test_switched_off_everybody_leaves_at_night(self):
        self._judge()
        self.ladder.company_ids = False
        self.ladders._judge_all()
        self.assertFalse(self.standings.search([]))

    def test_an_archived_ladder_lets_everybody_go_at_night(self):
        self._judge()
        self.ladder.active = False
        self.ladders.with_context(active_test=False)._judge_all()
        self.assertFalse(self.standings.search([]))
        line = self.changes.search([("partner_id", "=", self.big.id)], limit=1)
        self.assertEqual((line.old_step_id, line.new_step_id.id), (self.ground, False))
        self.assertIn("not judge", line.reason)
        self.ladder._judge()
        self.assertFalse(self.standings.search([]))

    def test_a_step_put_below_raises_who_stands_above_it(self):
        self._judge()
        lines = self.changes.search_count([])
        lowest = self.ground.create(
            {"name": "Cellar", "ladder_id": self.ladder.id, "sequence": -1}
        )
        standing = self._judge()
        self.assertEqual((standing.step_id, standing.level), (self.ground, 2))
        self.assertEqual(
            [line["is_here"] for line in standing._get_step_lines()],
            [False, False, True, False],
        )
        self.assertEqual(self.ladder._judge(self.big.ids), 0)
        lowest.unlink()
        self.assertEqual(self._judge().level, 1)
        self.assertEqual(self.changes.search_count([]), lines)

    def test_a_standing_follows_its_customer_to_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.ladder.company_ids += other
        self.sally.company_ids += other
        self._judge()
        self.big.company_id = other
        standing = self._judge()
        self.assertEqual(standing.company_id, other)
        self.assertFalse(standing.with_user(self.rita).search([]))
        self.assertEqual(self.ladder._judge(self.big.ids), 0)
        # It stands where it stood: the ledger has nothing to tell.
        lines = self.changes.search([("partner_id", "=", self.big.id)])
        self.assertEqual(len(lines), 1)

    def test_another_company_is_not_judged(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.ladder.company_ids = other
        self.ladder._judge()
        self.assertFalse(self.standings.search([]))
        self.big.write({"user_id": False, "company_id": other.id})
        self.ladder.audience = "key"
        self.nominations.sudo().create(
            {"partner_id": self.big.id, "reason": "So", "state": "approved"}
        )
        self.ladder._judge()
        self.assertEqual(self._find().company_id, other)
        self.assertFalse(self._find().with_user(self.rita).search([]))

    def test_a_company_uses_one_ladder_of_a_kind(self):
        with self.assertRaisesRegex(ValidationError, "used there already"):
            self.ladder.copy({"company_ids": self.company.ids})
        copy = self.ladder.copy()
        self.assertFalse(copy.company_ids)
        self.assertEqual(copy.step_ids.mapped("name"), ["Ground", "Middle", "Top"])
        self.assertEqual(
            copy.step_ids.criterion_ids.mapped("evidence"),
            [
                "contact_months",
                "stars",
            ],
        )

    def test_a_step_with_history_stays(self):
        self._judge()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.ground.unlink()

    def test_few_and_many_cost_the_same(self):
        def count(customers):
            self._talk(customers[0])
            return self._count_statements(
                lambda: self.ladder._judge(customers.ids), unread=True
            )

        count(self.big)
        few = count(self.mid)
        self.assertEqual(count(self.big + self.small), few)

    def test_the_preview_writes_nothing_and_works_before_it_is_used(self):
        self.ladder.company_ids = False
        preview = self.ladder.with_user(self.rita).preview()
        self.assertEqual((preview["count"], preview["judged"]), (3, 3))
        self.assertEqual({row["new"] for row in preview["rows"]}, {"Ground"})
        self.assertFalse(self.standings.search([]))
        with self.assertRaises(AccessError):
            self.ladder.with_user(self.sally).preview()

    def test_merged_customers_stand_once_by_joined_evidence(self):
        self._judge()
        self._talk(self.mid)
        self._judge(self.mid)
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((self.big + self.mid).ids, self.big)
        self.assertEqual(self._find().step_id, self.middle)
        self.assertFalse(self.mid.exists())

    def test_only_who_works_with_it_sees_where_it_stands(self):
        standing = self._judge()
        change = self.changes.search([("partner_id", "=", self.big.id)])
        for user in (self.sally, self.max, self.rita):
            with self.subTest(user.login):
                self.assertEqual(standing.with_user(user).search([]), standing)
                self.assertTrue(change.with_user(user).reason)
                big = self.big.with_user(user)
                big.invalidate_recordset()
                self.assertIn("Ground", big.account_steps)
                self.assertIn("Way", self._get_conclusions(user))
        for user in (self.sam, self.carl, self.anna):
            with self.subTest(user.login):
                big = self.big.with_user(user)
                big.invalidate_recordset()
                self.assertFalse(big.account_steps)
                self.assertNotIn("Way", self._get_conclusions(user))
        self.assertFalse(standing.with_user(self.sam).search([]))
        with self.assertRaises(AccessError):
            standing.with_user(self.carl).read(["facts"])
        self.sam.group_ids += self.env.ref("base.group_allow_export")
        with self.assertRaises(AccessError):
            standing.with_user(self.sam).export_data(["step_id", "next_advice"])

    def _get_conclusions(self, user):
        overview = self.big.with_user(user).get_overview()
        return {line["label"] for line in overview["conclusions"]}

    def test_nobody_types_where_a_customer_stands(self):
        standing = self._judge()
        change = self.changes.search([("partner_id", "=", self.big.id)])
        for user in (self.sally, self.max, self.rita, self.adam):
            one, line = standing.with_user(user), change.with_user(user)
            for act in (
                lambda one=one: one.write({"step_id": self.top.id}),
                lambda one=one: one.copy(),
                lambda one=one: one.unlink(),
                lambda line=line: line.write({"new_step_id": self.top.id}),
                lambda line=line: line.unlink(),
                lambda one=one: one.create(
                    {"partner_id": self.small.id, "ladder_id": self.ladder.id}
                ),
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    act()
            loaded = one.load(["partner_id", "ladder_id"], [["Small", "Way"]])
            self.assertFalse(loaded["ids"])

    def test_a_company_begins_and_stops_by_a_button(self):
        self.ladder.company_ids = False
        ladder = self.ladder.with_user(self.adam)
        ladder.action_use()
        self.assertTrue(ladder.is_used_here)
        self.assertEqual(self.ladders._get_used(), self.ladder)
        ladder.action_stop_using()
        self.assertFalse(ladder.is_used_here)
        self.assertFalse(self.ladders._get_used())
        with self.assertRaises(AccessError):
            self.ladder.with_user(self.rita).action_use()

    def test_only_administrators_change_ladders(self):
        self.ladder.with_user(self.adam).name = "Path"
        self.assertEqual(self.ladder.with_user(self.adam).run(), 3)
        for user in (self.sally, self.rita):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    self.ladder.with_user(user).company_ids = False
                with self.assertRaises(AccessError):
                    self.talks.with_user(user).needed = 0
                with self.assertRaises(AccessError):
                    self.middle.with_user(user).name = "Mine"
                with self.assertRaises(AccessError):
                    self.ladder.with_user(user).run()

    def test_where_it_stands_is_read_by_few_statements(self):
        self._judge()
        big = self.big.with_user(self.sally)
        self.assertTrue(big.account_steps)
        self.env.invalidate_all()
        self.assertTrue(big.is_managed_customer)
        seen = self._count_statements(lambda: big.mapped("account_steps"))
        self.assertLessEqual(seen, 8)

    def test_a_criterion_that_is_asked_for_no_more_is_not_named(self):
        criterion = self._ask_for(self.middle, "orders", 1000)
        facts = self._judge().facts
        reason = self.env["crm.reason"]
        self.assertIn(criterion, [one for one, _text in self._get_missing(facts)])
        criterion.unlink()
        self.env.invalidate_all()
        self.assertEqual(len(self._get_missing(facts)), 1)
        self.assertIn("Ground", reason._get_sentence(facts))

    def _get_missing(self, facts):
        return self.env["crm.reason"]._get_next_step(facts)[1]

    def test_what_is_met_already_is_not_asked_for(self):
        self._ask_for(self.middle, "orders", 1)
        facts = self._judge().facts
        missing = [one.evidence for one, _text in self._get_missing(facts)]
        self.assertNotIn("orders", missing)
        self.assertEqual(len(missing), 1)
        figures = dict(self.env["crm.reason"]._get_figures(facts))
        self.assertEqual(figures["Ground"], "✓")
        self.assertIn("✗", figures["Middle"])
