from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged

from .common.account_team import AccountTeamCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")
class TestContactMap(AccountTeamCommon):
    """KA-3: persons by role and attitude, who of ours knows them, gaps at the top."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls._create_person(
            cls.big,
            "Boss",
            decision_role="decider",
            attitude="sceptic",
            influence="5",
            relationship="4",
            hobbies="Chess",
        )
        cls.buyer = cls._create_person(
            cls.big, "Buyer", decision_role="buyer", attitude="supporter"
        )

    def _get_map(self, user=None, customer=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return (customer or self.big).with_user(user or self.sally).get_contact_map()

    def _get_persons(self, *args, **values):
        return {
            person["name"]: person
            for level in self._get_map(*args, **values)["levels"]
            for person in level["persons"]
        }

    def _get_gaps(self, user=None):
        return [gap["text"] for gap in self._get_map(user)["gaps"]]

    def test_persons_stand_by_role_and_attitude(self):
        found = self._get_map()
        self.assertEqual(
            [
                (level["key"], [person["name"] for person in level["persons"]])
                for level in found["levels"]
            ],
            [("decider", ["Boss"]), ("influencer", []), ("buyer", ["Buyer"])],
        )
        boss = self._get_persons()["Boss"]
        self.assertEqual(
            (boss["attitude_key"], boss["stars"], boss["influence"]), ("sceptic", 4, 5)
        )
        self.assertEqual(found["persons"], 2)

    def test_who_of_ours_knows_a_person_and_since_when(self):
        self._create_followup(self.boss, 70, user_id=self.max.id)
        self._create_followup(self.boss, 9, user_id=self.sally.id)
        self._create_followup(self.boss, 20, user_id=self.sally.id)
        # A note is no contact, nor is one with nobody.
        self._create_followup(self.boss, 1, kind_id=self.note.id)
        self._create_followup(self.big, 1)
        boss = self._get_persons()["Boss"]
        self.assertEqual(
            [(one["name"], one["count"], one["days"]) for one in boss["known_by"]],
            [("Sally", 2, 9), ("Max", 1, 70)],
        )
        self.assertEqual((boss["days"], boss["is_silent"]), (9, False))
        self.assertEqual(self._get_map()["unnamed"], 1)

    def test_gaps_at_the_top_are_said_in_words(self):
        self._create_followup(self.boss, 61)
        gaps = self._get_gaps()
        self.assertEqual(
            gaps,
            [
                "Boss (Decision maker): the last contact was 61 days ago.",
                "Boss (Decision maker) is not on our side: Sceptic.",
                "Nobody is known who influences the decision.",
                "Persons not in touch for more than 60 days, or never: 2 of 2.",
            ],
        )
        self.assertTrue(self._get_map()["gaps"][0]["is_grave"])
        self._create_followup(self.boss, 60)
        self.assertNotIn("last contact", " ".join(self._get_gaps()))

    def test_the_days_of_silence_are_the_companys(self):
        self._create_followup(self.boss, 31)
        self.assertNotIn("31 days ago", " ".join(self._get_gaps()))
        self.company.map_silence_days = 30
        self.assertIn("31 days ago", " ".join(self._get_gaps()))

    def test_nobody_who_decides_is_the_first_gap(self):
        self.boss.profile_ids.decision_role = "user"
        self.assertEqual(self._get_gaps()[0], "Nobody is known who decides.")

    def test_high_influence_counts_as_the_top(self):
        self._create_person(self.big, "Aunt", influence="4")
        gaps = self._get_gaps()
        self.assertIn("Aunt: nobody of us has spoken with this person yet.", gaps)
        self.assertIn("Aunt: the attitude to us is not known.", gaps)

    def test_known_only_to_who_has_left(self):
        self._create_followup(self.boss, 3, user_id=self.sam.id)
        self.sam.active = False
        self.assertIn(
            "Boss (Decision maker) is known only to colleagues who have left us.",
            self._get_gaps(),
        )

    def test_without_access_there_is_neither_role_nor_attitude(self):
        found = self._get_map(self.sam)
        self.assertFalse(found["is_open"])
        for person in self._get_persons(self.sam).values():
            for name in ("role", "role_key", "attitude", "attitude_key"):
                self.assertEqual(person[name], "")
            self.assertEqual((person["influence"], person["stars"]), (0, 0))
        text = str(found)
        for word in ("Sceptic", "decides", "Decision maker)"):
            self.assertNotIn(word, text.replace("'attitudes'", "").split("levels")[1])

    def test_who_reads_no_follow_ups_is_told_nothing_of_contacts(self):
        """Neither that somebody was never contacted, which need not be true."""
        self._create_followup(self.boss, 2)
        found = self._get_map(new_test_user(self.env, "plain"))
        self.assertFalse(found["is_told"])
        self.assertFalse(found["gaps"])
        self.assertTrue(self._get_map()["is_told"])

    def test_who_is_in_the_team_sees_them_and_it_is_logged(self):
        self._appoint(self.tess, self.finance)
        found = self._get_map(self.tess)
        self.assertTrue(found["is_open"])
        self.assertEqual([one["name"] for one in found["team"]], ["Tess"])
        log = self.env["crm.confidential.access"].search(
            [("user_id", "=", self.tess.id)]
        )
        self.assertEqual(
            set(log.mapped("res_id")), set((self.boss | self.buyer).profile_ids.ids)
        )
        self.assertEqual(set(log.mapped("access_right")), {"shared"})

    def test_what_is_lent_is_drawn_as_long_as_it_is(self):
        until = fields.Date.today() + timedelta(days=2)
        own = self.big.with_user(self.sam)
        own.ask_for_access(["profiles"], "Visit", until)
        loan = self.env["crm.archive.loan"].search([])
        self.assertFalse(self._get_map(self.sam)["is_open"])
        loan.with_user(self.sally).approve()
        self.assertEqual(self._get_persons(self.sam)["Boss"]["attitude_key"], "sceptic")
        loan.with_user(self.sally).revoke("Over")
        self.assertFalse(self._get_map(self.sam)["is_open"])

    def test_what_is_lent_is_open_from_its_first_second_to_its_end(self):
        self.env["crm.person.profile"].search([]).unlink()
        since = fields.Date.today() + timedelta(days=2)
        own = self.big.with_user(self.sam)
        own.ask_for_access(["profiles"], "Visit", since, since=since)
        loan = self.env["crm.archive.loan"].search([])
        loan.with_user(self.sally).approve()
        second = timedelta(seconds=1)
        for moment, is_open in (
            (loan.starts_at - second, False),
            (loan.starts_at, True),
            (loan.ends_at - second, True),
            (loan.ends_at, False),
        ):
            with self.subTest(moment), freeze_time(moment):
                self.assertEqual(self._get_map(self.sam)["is_open"], is_open)

    def test_what_is_lent_is_open_also_where_there_is_no_profile(self):
        self.env["crm.person.profile"].search([]).unlink()
        own = self.big.with_user(self.sam)
        answers = own.ask_for_access(
            ["profiles"], "Visit", fields.Date.today() + timedelta(days=2)
        )
        self.assertAnswers(answers, "ok")
        loan = self.env["crm.archive.loan"].search([])
        self.assertFalse(self._get_map(self.sam)["is_open"])
        loan.with_user(self.sally).approve()
        self.assertTrue(self._get_map(self.sam)["is_open"])

    def test_neither_numbers_nor_what_else_a_profile_says(self):
        self.boss.write({"phone": "+86 199 0000 0211", "email": "boss@big.example.com"})
        text = str(self._get_map())
        for word in ("0211", "boss@", "Chess"):
            self.assertNotIn(word, text)

    def test_of_a_pool_only_its_readers_see_roles(self):
        self.big.with_user(self.rita).pool_release("No need", self.pool.id)
        for user, is_open in ((self.sally, False), (self.rita, True)):
            self.assertEqual(self._get_map(user)["is_open"], is_open)

    def test_a_contact_shows_the_map_of_its_customer(self):
        self.assertEqual(
            self._get_persons(customer=self.boss).keys(), {"Boss", "Buyer"}
        )
        action = self.boss.action_open_contact_map()
        self.assertEqual(action["res_id"], self.big.id)

    def test_nobody_there_is_no_gap(self):
        found = self._get_map(customer=self.mid)
        self.assertEqual((found["persons"], found["gaps"]), (0, []))

    def test_who_may_not_read_the_customer_gets_no_map(self):
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self._create_customer("Theirs", company_id=other.id)
        with self.assertRaises(AccessError):
            self._get_map(customer=theirs)

    def test_two_hundred_persons_take_as_many_statements_as_two(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            own = self.big.with_user(self.sally)
            before = self.env.cr.sql_log_count
            found = own.get_contact_map()
            return self.env.cr.sql_log_count - before, found["persons"]

        count()
        few, persons = count()
        self.assertEqual(persons, 2)
        partners = self.env["res.partner"].create(
            [
                {"name": f"P{number}", "parent_id": self.big.id, "type": "contact"}
                for number in range(198)
            ]
        )
        self.env["crm.person.profile"].create(
            [{"partner_id": person.id, "decision_role": "user"} for person in partners]
        )
        self.env["crm.followup"].create(
            [
                {
                    "partner_id": person.id,
                    "kind_id": self.call.id,
                    "purpose": "Called",
                    "user_id": user.id,
                }
                for person in partners
                for user in (self.sally, self.max)
            ]
        )
        count()
        many, persons = count()
        self.assertEqual(persons, 200)
        self.assertEqual(many, few)

    def test_what_is_lent_to_a_colleague_is_open_to_nobody_else(self):
        until = fields.Date.today() + timedelta(days=2)
        self.big.with_user(self.sam).ask_for_access(["profiles"], "Visit", until)
        self.env["crm.archive.loan"].search([]).with_user(self.sally).approve()
        other = self._create_user("other", "group_sales_user")
        self.assertTrue(self._get_map(self.sam)["is_open"])
        self.assertFalse(self._get_map(other)["is_open"])
