from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common.loop import LoopCommon


@tagged("post_install", "-at_install")
class TestEffects(LoopCommon):
    """What the customer's pages, My Day and the figures of work learn of answers."""

    def _get_cards(self, user):
        cards = {}
        day = self.env["crm.my.day"].with_user(user).get_day()
        for column in day["columns"]:
            cards |= {card["key"]: card for card in column["cards"]}
        return cards

    def test_the_button_counts_what_its_list_shows(self):
        early = self._answer(10, 10)
        self._answer(1, 1, occasion="b", partner=self.person)
        self._ask_for(occasion="open")
        for user in (self.sally, self.rita, self.sam):
            customer = self.customer.with_user(user)
            action = customer.action_view_satisfaction()
            found = self.responses.with_user(user).search(action["domain"])
            self.assertEqual(customer.satisfaction_count, len(found), user.login)
        self.assertEqual(self.customer.with_user(self.sally).satisfaction_count, 2)
        self.assertEqual(self.person.with_user(self.sally).satisfaction_count, 2)
        self.assertIn(
            "10 of 100", self.customer.with_user(self.sally).satisfaction_last
        )
        self.assertEqual(self.customer.with_user(self.sam).satisfaction_count, 0)
        # Asked before the other, answered after it.
        early.answered_at = fields.Datetime.add(early.answered_at, hours=1)
        self.customer.invalidate_recordset()
        self.assertIn(
            "100 of 100", self.customer.with_user(self.sally).satisfaction_last
        )

    def test_the_first_page_and_the_timeline_tell_it(self):
        self._answer(1, 1, remark="Nobody greeted me")
        customer = self.customer.with_user(self.sally)
        [line] = customer.get_overview()["satisfaction"]
        self.assertEqual((line["points"], line["is_low"]), (10, True))
        self.assertEqual(line["comment"], "Nobody greeted me")
        self.assertTrue(line["may_open"])
        history = customer.get_history(["satisfaction"])
        self.assertEqual(history["lines"][0]["text"], "Nobody greeted me")
        self.assertEqual(history["lines"][0]["title"], "Purchase: 10 of 100")
        found = customer.get_history(["satisfaction"], text="greeted")
        self.assertEqual(len(found["lines"]), 1)

    def test_others_are_told_nothing(self):
        self._answer(1, 1, remark="Nobody greeted me")
        customer = self.customer.with_user(self.sam)
        self.assertEqual(customer.get_overview()["satisfaction"], [])
        self.assertEqual(customer.get_history(["satisfaction"])["lines"], [])

    def _create_earning_rule(self, **values):
        club = self.env["crm.club"].create({"name": "Club"})
        rule = self.env["crm.earning.rule"].create(
            {
                **{"club_id": club.id, "name": "Thanks", "kind": "survey"},
                **{"points": 20, "start_date": False, **values},
            }
        )
        return club, rule

    def test_who_answers_earns_points_once(self):
        club, rule = self._create_earning_rule()
        member = club._take_in(self.customer, "active", self.env.uid)
        response = self._answer(9, 9)
        self.assertEqual(member.card_id.points, 20)
        response._answered()  # corrected
        self.assertEqual(member.card_id.points, 20)
        self._answer(1, 1, occasion="b")  # a low answer is worth as much
        self.assertEqual(member.card_id.points, 40)
        self.assertEqual(member.card_id.history_ids.mapped("kind"), ["survey"] * 2)
        self.assertEqual(rule.preview()["count"], 1)

    def test_a_person_who_is_member_earns_herself(self):
        club, _rule = self._create_earning_rule()
        customer, person = club._take_in(
            self.customer | self.person, "active", self.env.uid
        )
        self._answer(9, 9, partner=self.person)
        self.assertEqual((person.card_id.points, customer.card_id.points), (20, 0))

    def test_a_person_who_is_none_earns_for_the_customer(self):
        club, rule = self._create_earning_rule()
        self._answer(9, 9, partner=self.person)
        member = club._take_in(self.customer, "active", self.env.uid)
        # Answered before it joined: the preview of the rule tells it.
        self.assertEqual(rule.preview()["count"], 1)
        self._answer(9, 9, partner=self.person, occasion="b")
        self.assertEqual(member.card_id.points, 20)

    def test_two_answers_at_once_earn_twice(self):
        club, _rule = self._create_earning_rule()
        responses = self._answer(9, 9) | self._answer(9, 9, occasion="b")
        member = club._take_in(self.customer, "active", self.env.uid)
        responses._answered()
        self.assertEqual(member.card_id.points, 40)

    def test_who_answers_without_a_name_earns_nothing(self):
        club, _rule = self._create_earning_rule()
        club._take_in(self.customer, "active", self.env.uid)
        self.responses.create(
            {
                **{"study_id": self.study.id, "company_id": self.company.id},
                **{"channel": "link", "state": "answered"},
            }
        )._answered()
        self.assertFalse(club.membership_ids.card_id.history_ids)

    def test_low_answers_and_plans_stand_on_my_day(self):
        response = self._answer(1, 1, remark="Nobody greeted me")
        self.env["crm.satisfaction.plan"].create(
            {
                "factor_id": self.reception.id,
                "user_id": self.sally.id,
                "supervisor_id": self.max.id,
                "due_on": fields.Date.today() - timedelta(days=2),
            }
        )
        cards = self._get_cards(self.max)
        [line] = cards["satisfaction_low"]["lines"]
        self.assertEqual(line["name"], "Asked Customer")
        self.assertEqual(cards["satisfaction_plan_late"]["count"], 1)
        self.assertNotIn("satisfaction_plan", cards)
        sallys = self._get_cards(self.sally)
        self.assertEqual(sallys["satisfaction_plan"]["count"], 1)
        self.assertNotIn("satisfaction_low", sallys)
        response.with_user(self.max).settle("Called")
        self.assertNotIn("satisfaction_low", self._get_cards(self.max))

    def test_overdue_plans_are_told_once_a_day_not_each_by_itself(self):
        for number in range(5):
            self.env["crm.satisfaction.plan"].create(
                {
                    "name": f"Plan {number}",
                    "factor_id": self.reception.id,
                    "user_id": self.sally.id,
                    "supervisor_id": self.max.id,
                    "due_on": fields.Date.today() - timedelta(days=2),
                }
            )
        users = self.max | self.sally
        today = self.company._get_relations_today()
        digests = self.env["crm.my.day"]._read_by_user(users.sudo(), today)
        told = {
            user.login: [card["key"] for card in digests[user.id]] for user in users
        }
        self.assertIn("satisfaction_plan_late", told["max"])
        self.assertIn("satisfaction_plan", told["sally"])
        [card] = [
            card
            for card in digests[self.max.id]
            if card["key"] == "satisfaction_plan_late"
        ]
        self.assertEqual((card["count"], len(card["lines"])), (5, 3))

    def test_an_anonymous_one_has_a_name_on_my_day(self):
        entrance = self.env["crm.satisfaction.entrance"].create(
            {"name": "Showroom", "study_id": self.study.id, "team_id": self.north.id}
        )
        response = entrance._let_in()
        self._say(response, self.ask_reception, 0)
        response.user_input_id._mark_done()
        [line] = self._get_cards(self.max)["satisfaction_low"]["lines"]
        self.assertEqual(line["name"], "Anonymous")

    def _get_evidence(self):
        partners = self.env["res.partner"]
        sql = partners._get_satisfaction_evidence(self.customer.ids)
        return self.env.execute_query_dict(sql)

    def test_answers_are_evidence_of_a_relationship(self):
        self._answer(7, 7)
        self.assertEqual(self._get_evidence(), [])
        self._answer(10, 10, occasion="b")
        low = self._answer(1, 1, occasion="c")
        found = {row["kind"]: row for row in self._get_evidence()}
        self.assertEqual(set(found), {"satisfaction_high", "satisfaction_low"})
        self.assertEqual(found["satisfaction_low"]["factor"], 1)
        low.with_user(self.max).settle("Called")
        found = {row["kind"]: row for row in self._get_evidence()}
        self.assertEqual(found["satisfaction_low"]["factor"], 0.5)
        kinds = self.env["crm.relationship.evidence.kind"].search(
            [("source_model", "=", "crm.satisfaction.response")]
        )
        self.assertEqual(set(kinds.mapped("code")), set(found))

    def test_merging_customers_loses_nothing(self):
        other = self._create_customer("Twin", user_id=self.sally.id)
        answered = self._answer(1, 1, partner=other)
        begun = self._ask_for(partner=other, occasion="same")
        self._say(begun, self.ask_reception, 4)
        untouched = self._ask_for(occasion="same")
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((self.customer | other).ids, self.customer)
        self.env.invalidate_all()
        self.assertEqual(answered.partner_id, self.customer)
        self.assertEqual(answered.score_ids.partner_id, self.customer)
        self.assertEqual((begun.state, begun.partner_id), ("open", self.customer))
        self.assertEqual(untouched.state, "cancelled")

    def test_work_for_satisfaction_is_counted(self):
        self._ask_for(asked_by_id=self.sally.id)
        self._answer(1, 1, occasion="b").with_user(self.max).settle("Called")
        self.env.flush_all()
        rows = self.env["crm.workload.report"]._read_group(
            [("user_id", "in", (self.sally | self.max).ids)],
            ["user_id"],
            ["satisfaction_asked_count:sum", "satisfaction_settled_count:sum"],
        )
        found = {user.login: figures for user, *figures in rows}
        self.assertEqual(found["sally"][0], 1)
        self.assertEqual(found["max"][1], 1)

    def test_who_leaves_passes_on_what_was_to_do(self):
        self.study.user_id = self.spec.id
        response = self._answer(1, 1)
        plan = self.env["crm.satisfaction.plan"].create(
            {
                "factor_id": self.reception.id,
                "user_id": self.max.id,
                "supervisor_id": self.rita.id,
            }
        )
        over = plan.copy()
        over.state = "done"
        self.max.sudo().with_user(self.env.user).action_archive()
        self.assertEqual(over.user_id, self.max, "what is over was done by whom it was")
        self.assertEqual(response.loop_user_id, self.spec)
        self.assertEqual(response.loop_activity_id.user_id, self.spec)
        self.assertEqual(plan.user_id, self.rita)
        self.assertFalse(plan.supervisor_id)

    def test_the_same_statements_for_one_customer_and_for_many(self):
        customers = self.customer | self._create_customer("B", user_id=self.sally.id)
        for number, customer in enumerate(customers):
            self._answer(9, 9, partner=customer, occasion=str(number))

        def count(some):
            self.env.flush_all()
            self.env.invalidate_all()
            some.mapped("commercial_partner_id")
            before = self.cr.sql_log_count
            some.mapped("satisfaction_last")
            return self.cr.sql_log_count - before

        count(customers)
        self.assertEqual(count(self.customer), count(customers))
