from datetime import timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common.claim import ClaimCommon
from .common.pool import PoolByHandCommon
from .common.relations import RelationsCommon
from .common.stay import StayCommon


def create_company(env, zone):
    calendar = env["resource.calendar"].create({"name": zone, "tz": zone})
    return env["res.company"].create(
        {"name": zone, "resource_calendar_id": calendar.id}
    )


@tagged("post_install", "-at_install")
class TestReviewHandover(RelationsCommon):
    def test_a_merged_share_tells_why_it_ended(self):
        kept = self._create_customer("Kept", user_id=self.sally.id)
        gone = self._create_customer("Gone", user_id=self.sally.id)
        for customer in kept | gone:
            customer.with_user(self.sally).share_with(self.sam.id)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((gone | kept).ids, kept)
        ended = kept.share_history_ids.filtered(lambda share: not share.active)
        self.assertTrue(ended.ending)

    @freeze_time("2026-03-10 18:00:00")
    def test_the_last_day_is_a_day_of_the_customers_company(self):
        """It is the 10th in Los Angeles, the 11th in Shanghai."""
        self.company.resource_calendar_id.tz = "America/Los_Angeles"
        east = create_company(self.env, "Asia/Shanghai")
        (self.sally | self.sam | self.max).company_ids |= east
        far = self._create_customer("Far", user_id=self.sally.id)
        near = self._create_customer("Near", user_id=self.sally.id)
        far.relation_company_id = east
        both = (near | far).with_user(self.sally)
        answers = both.share_with(self.sam.id, "2026-03-10")
        self.assertEqual([a["code"] for a in answers], ["ok", "blocked"])
        answers = both.pool_transfer(self.max.id, "Moves", "2026-03-10")
        self.assertEqual([a["code"] for a in answers], ["ok", "blocked"])

    @freeze_time("2026-03-10 18:00:00")
    def test_nor_is_a_good_day_refused_where_it_is_earlier(self):
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        west = create_company(self.env, "America/Los_Angeles")
        (self.sally | self.sam).company_ids |= west
        far = self._create_customer("Far", user_id=self.sally.id)
        far.relation_company_id = west
        wizard = self.env["crm.share.wizard"].with_user(self.sally)
        wizard = wizard.create(
            {"partner_ids": far.ids, "user_id": self.sam.id, "until": "2026-03-10"}
        )
        wizard.action_apply()
        self.assertEqual(far.share_ids.user_id, self.sam)

    def test_a_quotation_is_of_its_local_day(self):
        self.sally.tz = "Asia/Shanghai"
        customer = self._create_customer("Quoted", user_id=self.sally.id)
        order = self._create_order(customer, 10, confirm=False)
        order.write({"user_id": self.sally.id, "date_order": "2026-03-10 18:00:00"})
        wizards = self.env["crm.handover.wizard"].with_user(self.sally)
        action = wizards._open_for(customer.with_user(self.sally))
        items = wizards.browse(action["res_id"]).item_ids
        self.assertEqual(items.mapped("detail"), ["2026-03-11"])

    def test_who_has_never_bought_is_dealt_last(self):
        ann = self._create_user("ann", "group_sales_user")
        poor = self._create_customer("Poor", user_id=self.sally.id)
        rich = self._create_customer("Rich", user_id=self.sally.id)
        rich.sales_12_months = 100
        self.assertEqual(poor.sales_12_months, 0)
        wizard = self.env["crm.leaver.wizard"].with_user(self.rita)
        wizard = wizard.create(
            {
                "leaver_ids": self.sally.ids,
                "rule": "capacity",
                "receiver_ids": [Command.create({"user_id": ann.id, "capacity": 1})],
            }
        )
        preview = self.env["crm.handover.wizard"].browse(
            wizard.action_preview()["res_id"]
        )
        given = preview.line_ids.filtered("to_user_id").partner_id
        self.assertEqual(given, rich)


@tagged("post_install", "-at_install")
class TestReviewClaims(ClaimCommon):
    def test_claims_of_another_company_use_up_nothing(self):
        east = self.env["res.company"].create({"name": "East"})
        self.sally.company_ids |= east
        self._create_quota(claims_per_day=1, company_id=east.id)
        three, four = self._create_pooled("Three"), self._create_pooled("Four")
        (three | four).relation_company_id = east
        self.env.flush_all()
        self.assertClaim(self.one | three | four, ["ok", "ok", "daily_limit"])

    def test_claims_of_another_company_use_up_nothing_later(self):
        east = self.env["res.company"].create({"name": "East"})
        self.sally.company_ids |= east
        self._create_quota(claims_per_day=1, company_id=east.id)
        three = self._create_pooled("Three")
        three.relation_company_id = east
        self.env.flush_all()
        self.assertClaim(self.one, ["ok"])
        self.assertClaim(three, ["ok"])

    def test_cards_of_another_company_use_up_nothing(self):
        east = self.env["res.company"].create({"name": "East"})
        self.sally.company_ids |= east
        self._create_quota(views_per_day=1, company_id=east.id)
        three, four = self._create_pooled("Three"), self._create_pooled("Four")
        (three | four).relation_company_id = east
        self.env.flush_all()
        for customer in (self.one, three, three, self.two):
            customer.with_user(self.sally).web_read({"city": {}})
        with self.assertRaises(UserError):
            four.with_user(self.sally).web_read({"city": {}})

    @freeze_time("2026-03-10 18:00:00")
    def test_followed_up_today_is_by_the_customers_day(self):
        """The 11th began at 16:00 in Shanghai, at 07:00 the 10th in Los Angeles."""
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        west = create_company(self.env, "America/Los_Angeles")
        self.sally.company_ids |= west
        own = self._create_customer("Own", user_id=self.sally.id)
        far = self._create_customer("Far", user_id=self.sally.id)
        far.relation_company_id = west
        for customer in own | far:
            customer.last_followup_at = "2026-03-10 12:00:00"
        suggested = self.one.with_user(self.sally).get_swap_suggestions()
        self.assertEqual([s["id"] for s in suggested], own.ids)


@tagged("post_install", "-at_install")
class TestReviewPool(PoolByHandCommon):
    def test_merging_into_an_owned_one_ends_what_was_put_aside(self):
        owned = self._create_customer("Owned", user_id=self.sally.id)
        until = self.company._get_relations_today() + timedelta(days=30)
        self.pooled.with_user(self.max).pool_put_aside(until, "Quiet")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.pooled | owned).ids, owned)
        lines = self.env["crm.pool.aside"].with_context(active_test=False)
        lines = lines.search([("partner_id", "=", owned.id)])
        self.assertEqual(lines.mapped("active"), [False])
        self.assertTrue(lines.ended_at)

    def test_an_archived_one_is_not_said_to_be_in_the_pool(self):
        gone = self._create_customer("Archived", active=False)
        with self.assertRaises(ValidationError):
            gone.join_pool_id = self.leeds
        self.assertFalse(gone.pool_id)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 12:00:00")
class TestReviewStay(StayCommon):
    def test_who_is_archived_takes_no_place_of_the_quota(self):
        self.customer.active = False
        self.assertEqual(self._protect(self.rita), ["blocked"])
        self.assertFalse(self._get_stays())

    def test_a_request_for_who_was_archived_cannot_be_approved(self):
        self._protect()
        self.customer.active = False
        stay = self._get_stays()
        self.assertEqual(self._codes(stay.with_user(self.max).approve()), ["blocked"])

    def test_nobody_is_asked_of_the_archived(self):
        self._protect()
        self.customer.active = False
        day = self.env["crm.my.day"].with_user(self.max).get_day()
        cards = [card for column in day["columns"] for card in column["cards"]]
        counts = {card["key"]: card["count"] for card in cards}
        self.assertFalse(counts.get("approvals"))

    def test_a_protection_of_the_archived_takes_no_place(self):
        self.company.pool_protection_quota = 1
        self._protect(self.rita)
        self.customer.active = False
        self.assertEqual(self._protect(self.rita, self.customers[1]), ["ok"])

    def test_a_request_that_nobody_answers_ends_with_its_day(self):
        self.company.pool_protection_quota = 1
        self._protect(days=5)
        stay = self._get_stays()
        with freeze_time("2026-03-08 12:00:00"):
            self.stays._end_due()
            self.assertEqual(stay.state, "requested")
        with freeze_time("2026-03-09 12:00:00"):
            self.assertEqual(self._protect(partners=self.customers[1]), ["ok"])
            self.stays._end_due()
            self.assertEqual((stay.state, stay.ending), ("ended", "unanswered"))
            self.assertFalse(stay.hold_until)
