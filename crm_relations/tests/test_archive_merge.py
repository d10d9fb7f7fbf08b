from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestArchiveMerge(RelationsCommon):
    """AR-12: merging two customers loses nothing of ours."""

    def _merge(self, lost, kept):
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (lost | kept).ids, kept, extra_checks=False
        )

    def test_logins_that_the_caller_may_not_read_count_as_well(self):
        """Against odoo/odoo 289455: two logins on one contact."""
        other = self.env["res.company"].create({"name": "Other"})
        cards = self._create_customers(2)
        users = self.env["res.users"].with_context(no_reset_password=True)
        portal = self.env.ref("base.group_portal")
        for card, company in zip(cards, self.company | other, strict=True):
            users.create(
                {
                    "login": f"login {card.id}",
                    "partner_id": card.id,
                    "company_id": company.id,
                    "company_ids": company.ids,
                    "group_ids": portal.ids,
                }
            )
        self.max.group_ids += self.env.ref("base.group_partner_manager")
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.max)
        self.env.flush_all()
        self.env.invalidate_all()
        logins = self.env["res.users"].with_user(self.max)
        logins = logins.search([("partner_id", "in", cards.ids)])
        self.assertEqual(len(logins), 1)
        with self.assertRaises(UserError):
            wizard._merge(cards.ids, cards[0])
        self.assertTrue(all(cards.mapped("user_ids")))
        self.assertEqual(len(cards.exists()), 2)

    def test_profiles_of_one_person_become_one(self):
        customer = self._create_customer()
        kept = self._create_person(customer, "Li Wei", attitude="supporter")
        lost = self._create_person(
            customer,
            "Li  Wei",
            attitude="sceptic",
            hobbies="Go",
            family_member_ids=[(0, 0, {"name": "Ming", "relation": "child"})],
        )
        self._merge(lost, kept)
        self.assertRecordValues(
            kept.profile_ids, [{"attitude": "supporter", "hobbies": "Go"}]
        )
        self.assertEqual(kept.profile_ids.family_member_ids.name, "Ming")

    def test_a_profile_moves_to_a_survivor_without_one(self):
        customer = self._create_customer()
        kept = self._create_person(customer, "Li Wei")
        lost = self._create_person(customer, "Li  Wei", hobbies="Go")
        self._merge(lost, kept)
        self.assertEqual(kept.profile_ids.hobbies, "Go")

    def test_a_birthday_is_taken_as_a_whole_or_not_at_all(self):
        customer = self._create_customer()
        kept = self._create_person(customer, "Li Wei", hobbies="Go")
        lost = self._create_person(
            customer, "Li  Wei", birth_calendar="lunar", birth_month=2, birth_day=30
        )
        self._merge(lost, kept)
        self.assertRecordValues(
            kept.profile_ids,
            [{"birth_calendar": "lunar", "birth_month": 2, "birth_day": 30}],
        )

    def test_one_follower_of_both_profiles_does_not_stop_the_merge(self):
        customer = self._create_customer(user_id=self.sally.id)
        kept = self._create_person(customer, "Li Wei", hobbies="Go")
        lost = self._create_person(customer, "Li  Wei", interests="Tea")
        (kept | lost).profile_ids.message_subscribe(self.sally.partner_id.ids)
        lost.profile_ids.message_post(body="Met at the fair")
        self._merge(lost, kept)
        self.assertIn(self.sally.partner_id, kept.profile_ids.message_partner_ids)
        self.assertIn(
            "Met at the fair", "".join(kept.profile_ids.message_ids.mapped("body"))
        )

    def test_the_survivor_keeps_its_owner_and_is_in_no_pool(self):
        """PO-1, PO-12"""
        kept = self._create_customer("Great Wall", user_id=self.sally.id)
        lost = self._create_customer("Great Wall Ltd")
        lost.pool_id = self.pool
        self._merge(lost, kept)
        self.assertRecordValues(kept, [{"user_id": self.sally.id, "pool_id": False}])

    def test_a_pool_customer_gets_the_owner_of_the_other_with_a_line(self):
        kept = self._create_customer("Great Wall")
        kept.pool_id = self.pool
        lost = self._create_customer("Great Wall Ltd", user_id=self.sam.id)
        self._merge(lost, kept)
        self.assertRecordValues(kept, [{"user_id": self.sam.id, "pool_id": False}])
        self.assertIn("merge", kept.ownership_change_ids.mapped("kind"))

    def test_merged_into_a_plain_contact_it_stays_managed(self):
        kept = self.env["res.partner"].create({"name": "Great Wall"})
        lost = self._create_customer("Great Wall Ltd", user_id=self.sam.id)
        self._merge(lost, kept)
        self.assertTrue(kept.is_managed_customer)
        self.assertEqual(kept.user_id, self.sam)

    def test_follow_ups_ledgers_and_lines_move_along(self):
        kept = self._create_customer("Great Wall", user_id=self.sally.id)
        lost = self._create_customer("Great Wall Ltd", user_id=self.sam.id)
        followup = self._create_followup(lost, days_ago=3)
        changes = lost.ownership_change_ids
        lost.competitor_ids = [(0, 0, {"name": "Acme"})]
        self._merge(lost, kept)
        self.assertEqual(followup.customer_id, kept)
        self.assertEqual(kept.last_followup_at, followup.date)
        self.assertLessEqual(changes, kept.ownership_change_ids)
        self.assertEqual(kept.competitor_ids.name, "Acme")

    def test_care_of_the_same_occasion_is_kept_once(self):
        rule = self.env["crm.care.rule"].create({"name": "Birthday"})
        customer = self._create_customer(user_id=self.sally.id)
        kept = self._create_person(customer, "Li Wei")
        lost = self._create_person(customer, "Li  Wei")
        tasks = self.env["crm.care.task"].create(
            [
                {
                    "rule_id": rule.id,
                    "partner_id": customer.id,
                    "person_id": person.id,
                    "occasion": "solar-2026",
                    "occasion_date": "2026-05-05",
                    "due_at": "2026-05-02 09:00:00",
                }
                for person in (kept, lost)
            ]
        )
        tasks[1]._close("done")
        self._merge(lost, kept)
        self.assertRecordValues(
            tasks.exists(), [{"person_id": kept.id, "state": "done"}]
        )
