"""KA-5, KA-6: what is counted, to the day."""

from datetime import datetime, timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common.account_ladder import AccountLadderCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-05 10:00:00")
class TestAccountLadderEvidence(AccountLadderCommon):
    def _meet(self, *days_ago, **values):
        for days in days_ago:
            self._create_followup(self.big, days, **values)

    def test_nothing_is_zero(self):
        kinds = self.env["crm.account.ladder.criterion"]._fields["evidence"]
        for kind, _label in kinds._description_selection(self.env):
            if kind in ("orders", "favours", "stars"):
                continue
            with self.subTest(kind):
                self.assertEqual(self._measure(kind), 0)

    def test_of_what_is_there_or_not_neither_number_nor_months_are_asked(self):
        talks = self._ask_for(self.middle, "contact_months", months=1)
        plan = self._ask_for(self.middle, "plan", 0, compare="most", months=3)
        self.assertEqual(plan._get_limit(), (1, False))
        self._meet(0)
        self.assertEqual(self._judge().step_id, self.ground)
        self.assertEqual((plan.is_flag, plan.has_months), (True, False))
        self.assertEqual((talks.is_flag, talks.has_months), (False, True))

    def test_months_are_asked_for_what_is_counted_in_them(self):
        talks = self._ask_for(self.middle, "contact_months", months=1)
        for kind, _label in talks._fields["evidence"]._description_selection(self.env):
            with self.subTest(kind=kind):
                talks.evidence = kind
                texts = {
                    str(self.ladder._get_evidence_sql(kind, months))
                    for months in (3, 40)
                }
                self.assertEqual(talks.has_months, len(texts) == 2)

    def test_stretches_with_a_contact(self):
        self._meet(0, 29)
        self.assertEqual(self._measure("contact_months", months=6), 1)
        self._meet(30, 59, 60)
        self.assertEqual(self._measure("contact_months", months=6), 3)
        self.assertEqual(self._measure("contact_months", months=2), 2)
        self._meet(179)
        self.assertEqual(self._measure("contact_months", months=6), 4)
        self.big.followup_ids.unlink()
        self._meet(180)
        self.assertEqual(self._measure("contact_months", months=6), 0)

    def test_contacts_keep_their_own_rhythm_up_to_one_and_a_half(self):
        # Every 20 days: 30 days of silence are one and a half, 31 are more.
        self._meet(30, 50, 70)
        self.assertEqual(self._measure("in_rhythm"), 1)
        self.big.followup_ids.unlink()
        self._meet(31, 51, 71)
        self.assertEqual(self._measure("in_rhythm"), 0)

    def test_two_contacts_are_no_rhythm_nor_many_on_a_day(self):
        self._meet(1, 5)
        self.assertEqual(self._measure("in_rhythm"), 0)
        self._meet(1, 5, 5)
        self.assertEqual(self._measure("in_rhythm"), 0)
        self._meet(9)
        self.assertEqual(self._measure("in_rhythm"), 1)

    def test_contacts_of_more_than_a_year_ago_make_no_rhythm(self):
        self._meet(1, 100, 365)
        self.assertEqual(self._measure("in_rhythm"), 0)
        self._meet(364)
        self.assertEqual(self._measure("in_rhythm"), 1)

    def test_notes_and_calls_that_nobody_took_are_no_contacts(self):
        for channel in ("note", "missed_call"):
            kind = self.env["crm.followup.kind"]._get_for_channel(channel)
            with self.subTest(channel):
                self._meet(1, 5, 9, kind_id=kind.id)
                self.assertEqual(self._measure("contact_months", months=1), 0)
                self.assertEqual(self._measure("in_rhythm"), 0)
        # What is a contact after all counts at once.
        self.big.followup_ids[0].kind_id = self.call
        self.assertEqual(self._measure("contact_months", months=1), 1)
        kind.counts_as_followup = True
        self.assertEqual(self._measure("in_rhythm"), 1)

    def _visit(self, day, result="verified", kind=None):
        self.env["crm.followup"].create(
            {
                "partner_id": self.big.id,
                "kind_id": (kind or self.call).id,
                "purpose": "Visit",
                "date": day,
                "user_id": self.sally.id,
            }
        ).sudo().visit_result = result

    def test_only_verified_visits_count_from_the_day_after_the_same_one(self):
        for day, counted in (
            ("2026-05-05 09:00:00", 1),
            ("2026-02-06 09:00:00", 2),
            ("2026-02-05 09:00:00", 2),
        ):
            self._visit(day)
            self.assertEqual(self._measure("visits", months=3), counted, day)
        self._visit("2026-05-01 09:00:00", "inaccurate")
        self._visit("2026-05-01 09:00:00", False)
        note = self.env["crm.followup.kind"]._get_for_channel("note")
        self._visit("2026-05-01 09:00:00", kind=note)
        self.assertEqual(self._measure("visits", months=3), 2)

    def test_the_day_is_that_of_the_company(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        # Until 16:00 UTC it is the fifth of February there.
        self._visit("2026-02-05 15:59:59")
        self.assertEqual(self._measure("visits", months=3), 0)
        self._visit("2026-02-05 16:00:00")
        self.assertEqual(self._measure("visits", months=3), 1)

    def test_decision_makers_known_and_on_our_side(self):
        self._create_person(self.big, "A", decision_role="decider")
        self._create_person(self.big, "B", decision_role="buyer", attitude="promoter")
        sceptic = self._create_person(
            self.big, "C", decision_role="decider", attitude="sceptic"
        )
        self.assertEqual(self._measure("deciders"), 1)
        self.assertEqual(self._measure("supporters"), 0)
        sceptic.profile_ids.attitude = "supporter"
        self.assertEqual(self._measure("supporters"), 1)
        sceptic.active = False
        self.assertEqual(self._measure("deciders"), 0)
        self.assertEqual(self._measure("supporters"), 0)

    def test_a_plan_is_in_force_from_its_first_day_to_its_last(self):
        day = {"date_start": "2026-05-05", "date_end": "2026-05-05"}
        plan = self._write_plan(**day, milestone_ids=[], action_ids=[])
        self.assertEqual(self._measure("plan"), 0)
        self._put_in_force(plan)
        self.assertEqual(self._measure("plan"), 1)
        for day in ("2026-05-04 10:00:00", "2026-05-06 10:00:00"):
            with freeze_time(day):
                self.assertEqual(self._measure("plan"), 0, day)

    def test_reviews_held_count(self):
        plan = self._put_in_force()
        review = plan.review_ids[0]
        self.assertEqual(self._measure("reviews", months=1), 0)
        review.with_user(self.sally).decisions = "Go on"
        self.assertAnswers(review.with_user(self.sally).hold(), "ok")
        self.assertEqual(self._measure("reviews", months=1), 1)
        with freeze_time("2026-06-04 10:00:00"):
            self.assertEqual(self._measure("reviews", months=1), 1)
        with freeze_time("2026-06-05 10:00:00"):
            self.assertEqual(self._measure("reviews", months=1), 0)

    def test_understanding_is_that_of_the_page(self):
        self._make_key()
        self.big.understood_business = "Freight"
        self.assertEqual(self._measure("understanding"), 20)

    def test_orders_and_stars_are_those_of_the_customer(self):
        self.assertEqual(self._measure("orders"), self.big.orders_12_months)
        self.big.sudo().relationship_level = "4"
        self.assertEqual(self._measure("stars"), 4)

    def test_opportunities_with_any_contact_of_the_customer(self):
        person = self._create_person(self.big)
        leads = self.env["crm.lead"].create(
            [
                {"name": "A", "partner_id": person.id, "type": "opportunity"},
                {"name": "B", "partner_id": self.big.id, "type": "opportunity"},
                {"name": "C", "partner_id": self.big.id, "type": "lead"},
                {"name": "D", "partner_id": self.mid.id, "type": "opportunity"},
            ]
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = %s WHERE id = ANY(%s)",
            [datetime(2026, 4, 6, 9), leads.ids],
        )
        self.assertEqual(self._measure("opportunities", months=1), 2)
        with freeze_time("2026-05-06 10:00:00"):
            self.assertEqual(self._measure("opportunities", months=1), 0)
        leads[0].active = False
        self.assertEqual(self._measure("opportunities", months=1), 2)

    def _owe(self, direction, weight):
        kind = self.env["crm.favour.kind"].search([], limit=1)
        self.env["crm.favour"].with_user(self.sally).create(
            {
                "partner_id": self.big.id,
                "direction": direction,
                "kind_id": kind.id,
                "name": "A favour",
                "weight": weight,
                "date": fields.Date.to_date("2026-05-01"),
            }
        )

    def test_a_favour_that_is_owed_speaks_against(self):
        self.assertEqual(self._measure("favours"), 1)
        self._owe("received", 3)
        self.assertEqual(self._measure("favours"), 0)
        self._owe("given", 3)
        self.assertEqual(self._measure("favours"), 1)

    def test_confirmed_referrals_count(self):
        referrals = self.env["crm.referral"].sudo()
        for state, counted in (
            *(("asked", 0), ("refused", 0)),
            *(("confirmed", 1), ("paid", 1)),
        ):
            one = referrals.create(
                {
                    "partner_id": self.big.id,
                    "referrer_id": self.big.id,
                    "registered_on": fields.Date.today() - timedelta(days=3),
                    "state": state,
                    "channel": "hand",
                }
            )
            with self.subTest(state):
                self.assertEqual(self._measure("referrals"), counted)
            one.unlink()
