from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 12:00:00")
class TestPoolBoardEdges(RelationsCommon):
    """The manager's board: first and last day, undone, archived, other companies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Acme", user_id=cls.sally.id)
        cls.claimed = cls._create_customer("Claimed")
        cls.east = cls.env["res.company"].create({"name": "East"})

    def _get_line(self, user=None):
        board = self.env["crm.pool.board"].with_user(self.rita)
        self.env.flush_all()
        self.env.invalidate_all()
        return board.search([("user_id", "=", (user or self.max).id)])

    def _log(self, kind, days_ago, seconds=0, **values):
        moment = fields.Datetime.now() - timedelta(days=days_ago, seconds=seconds)
        return self.env["crm.ownership.change"].create(
            {
                "partner_id": self.claimed.id,
                "kind": kind,
                "decided_at": moment,
                "facts": {"code": f"owner_{kind}"},
                **values,
            }
        )

    def _claim(self, days_ago=10, seconds=0, kind="claim", **values):
        return self._log(kind, days_ago, seconds, to_user_id=self.max.id, **values)

    def _get_claims(self):
        return self._get_line().claim_count

    def test_claims_count_for_thirty_days(self):
        self._claim(30)
        self.assertEqual(self._get_claims(), 1)
        self._claim(30, seconds=1)
        self.assertEqual(self._get_claims(), 1)

    def test_the_yield_is_of_ninety_days(self):
        self._claim(90, seconds=1)
        self.assertFalse(self._get_line())
        self._claim(90)
        self.assertEqual((self._get_claims(), self._get_line().claim_yield), (0, 0))
        self._create_order(self.claimed, 100)
        self.assertEqual(self._get_line().claim_yield, 100)

    def test_a_swap_is_a_claim_and_an_assignment_is_none(self):
        self._claim(kind="swap")
        self._claim(kind="assign")
        self.assertEqual(self._get_claims(), 1)

    def test_a_claim_that_was_undone_is_none(self):
        self._claim()
        self._claim(is_undone=True)
        self.assertEqual(self._get_claims(), 1)

    def test_claims_and_losses_of_another_company_are_not_told(self):
        self._claim()
        self._claim(company_id=self.east.id)
        self._claim(company_id=self.company.id)
        for company in (self.east, self.company):
            self._log("release", 3, from_user_id=self.max.id, company_id=company.id)
        line = self._get_line()
        self.assertEqual((line.claim_count, line.lost_count), (2, 1))

    def test_only_a_purchase_of_the_customer_or_its_contacts_is_a_yield(self):
        claim = self._claim()
        person = self._create_person(self.claimed)
        self._create_order(person, 100, confirm=False)
        self._create_order(self.customer, 100)
        self.assertEqual(self._get_line().claim_yield, 0)
        order = self._create_order(person, 100)
        order.date_order = claim.decided_at
        self.assertEqual(self._get_line().claim_yield, 100)

    def test_the_first_contact_is_the_first_that_counts_since_the_claim(self):
        claim = self._claim()
        for hours, kind in ((-5, self.call), (2, self.note), (6, self.call), (9, None)):
            self._create_followup(
                self.claimed,
                kind_id=(kind or self.call).id,
                date=claim.decided_at + timedelta(hours=hours),
                user_id=self.max.id,
            )
        self.assertEqual(self._get_line().first_contact_hours, 6)

    def test_losses_count_for_thirty_days(self):
        self._log("release", 30, from_user_id=self.max.id)
        self.assertEqual(self._get_line().lost_count, 1)
        self._log("release", 30, seconds=1, from_user_id=self.max.id)
        self._log("hand_release", 1, from_user_id=self.max.id)
        self.assertEqual(self._get_line().lost_count, 1)

    def test_archived_customers_and_other_contacts_are_not_held(self):
        for values in ({"active": False}, {"is_managed_customer": False}):
            self._create_customer("Not", user_id=self.sally.id, **values)
        self.assertEqual(self._get_line(self.sally).held_count, 1)

    def test_who_is_archived_is_on_it_as_long_as_customers_are_in_that_name(self):
        self._log("release", 1, from_user_id=self.max.id)
        (self.sally | self.max).active = False
        self.assertFalse(self._get_line(self.max))
        line = self._get_line(self.sally)
        self.assertEqual((line.has_left, line.held_count), (True, 1))
        self.assertEqual((line.counted, line.cap, line.load_rate), (0, 0, 0))
        action = line.with_user(self.rita).action_hand_over()
        wizard = self.env[action["res_model"]].with_user(self.rita)
        wizard = wizard.with_context(**action["context"]).create({})
        self.assertEqual(wizard.leaver_ids, self.sally)
        self.customer.sudo().user_id = self.rita
        self.assertFalse(self._get_line(self.sally))
        self.assertFalse(self._get_line(self.rita).has_left)

    def test_due_by_the_day_of_the_customers_company(self):
        """It is the 5th on Kiritimati, the 4th here."""
        calendar = self.env["resource.calendar"].create(
            {"name": "East", "tz": "Pacific/Kiritimati"}
        )
        self.east.resource_calendar_id = calendar
        self.rita.company_ids |= self.east
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET pool_release_date = '2026-03-06' WHERE id = %s",
            [self.customer.id],
        )
        self.assertEqual(self._get_line(self.sally).due_in_1, 0)
        self.customer.relation_company_id = self.east
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.cr.execute(
            "UPDATE res_partner SET pool_release_date = '2026-03-06' WHERE id = %s",
            [self.customer.id],
        )
        board = self.env["crm.pool.board"].with_user(self.rita)
        board = board.with_context(allowed_company_ids=(self.company | self.east).ids)
        line = board.search([("user_id", "=", self.sally.id)])
        self.assertEqual(line.due_in_1, 1)

    def test_a_figure_opens_those_whom_it_counts(self):
        today = self.company._get_relations_today()
        colleagues = self._create_customer("Sam's", user_id=self.sam.id)
        contact = self._create_customer(
            "Contact", user_id=self.sally.id, is_managed_customer=False
        )
        late = self._create_customer("Late", user_id=self.sally.id)
        self.env.flush_all()
        for partner, days in ((self.customer, 7), (late, 8), (colleagues, 1)):
            self.env.cr.execute(
                "UPDATE res_partner SET pool_release_date = %s WHERE id = %s",
                [today + timedelta(days=days), partner.id],
            )
        line = self._get_line(self.sally)
        self.assertEqual((line.due_in_7, line.held_count), (1, 2))
        partners = self.env["res.partner"]
        leaving = partners.search(line.action_view_leaving()["domain"])
        self.assertEqual(leaving, self.customer)
        held = partners.search(line.action_view_held()["domain"])
        self.assertEqual(held, self.customer | late)
        self.assertNotIn(contact, held)

    def test_the_load_is_what_counts_in_all_quotas_that_limit(self):
        for tier, most in ((self.tier_a, 4), (self.tier_b, 6)):
            self.env["crm.pool.quota"].create(
                {
                    "name": tier.name,
                    "tier_ids": tier.ids,
                    "user_ids": self.sally.ids,
                    "limit_customers": True,
                    "max_customers": most,
                }
            )
        self.customer.tier_id = self.tier_a
        self._create_customer("B", user_id=self.sally.id).tier_id = self.tier_b
        line = self._get_line(self.sally)
        self.assertEqual((line.cap, line.counted), (10, 2))
        self.assertEqual(line.load_rate, 20)

    def test_the_most_urgent_come_first(self):
        self.env.flush_all()
        today = self.company._get_relations_today()
        for user, days in ((self.sam, 6), (self.sally, 1)):
            customer = self._create_customer("Leaving", user_id=user.id)
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE res_partner SET pool_release_date = %s WHERE id = %s",
                [today + timedelta(days=days), customer.id],
            )
        self.env.invalidate_all()
        board = self.env["crm.pool.board"].with_user(self.rita)
        found = board.search([("user_id", "in", (self.sam | self.sally).ids)])
        self.assertEqual(found.user_id.ids, [self.sally.id, self.sam.id])

    def test_a_quota_of_claims_takes_the_place_of_no_cap(self):
        quotas = self.env["crm.pool.quota"]
        quotas.search([]).active = False
        quotas.create({"name": "Held", "limit_customers": True, "max_customers": 7})
        quotas.create(
            {"name": "Claims", "claims_per_day": 1, "user_ids": self.sally.ids}
        )
        self.assertEqual(self._get_line(self.sally).cap, 7)

    def test_a_quota_of_tiers_takes_the_place_of_one_of_no_other_tiers(self):
        quotas = self.env["crm.pool.quota"]
        a, b = self.tier_a, self.tier_b
        for wide, narrow, cap in (
            (a, a, 3),
            (a | b, a, 3),
            (a, a | b, 10),
            (a, b, 10),
        ):
            quotas.search([]).active = False
            limit = {"limit_customers": True}
            quotas.create(
                {"name": "All", "max_customers": 7, "tier_ids": narrow.ids, **limit}
            )
            self.env.flush_all()
            quotas.create(
                {
                    "name": "Hers",
                    "max_customers": 3,
                    "tier_ids": wide.ids,
                    "user_ids": self.sally.ids,
                    **limit,
                }
            )
            for tier in a | b:
                self._create_customer(user_id=self.sally.id, tier_id=tier.id)
            with self.subTest(wide=wide.mapped("name"), narrow=narrow.mapped("name")):
                self.assertEqual(self._get_line(self.sally).cap, cap)

    def test_what_the_next_one_did_is_not_the_doing_of_who_lost_it(self):
        self._claim(20)
        self._log("release", 15, from_user_id=self.max.id)
        self._log("claim", 10, to_user_id=self.sam.id)
        moment = fields.Datetime.now() - timedelta(days=9)
        self._create_followup(self.claimed, user_id=self.sam.id, date=moment)
        self._create_order(self.claimed, 100, days_ago=5)
        line = self._get_line()
        self.assertEqual((line.claim_count, line.claim_yield), (1, 0))
        self.assertFalse(line.first_contact_hours)
        theirs = self._get_line(self.sam)
        self.assertEqual((theirs.claim_yield, theirs.first_contact_hours), (100, 24))
