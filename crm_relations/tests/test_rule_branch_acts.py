from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..tools.suite import is_ours
from .common.relations import RelationsCommon

PHONE = "+86 138 1234 5678"


@tagged("post_install", "-at_install")
class TestRuleBranchActs(RelationsCommon):
    """Customers of a company are looked after by people of a branch, who may not enter
    the company itself: Odoo shows them its contacts, and here they work with them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = cls.env["res.company"]
        cls.branch = companies.create({"name": "Branch", "parent_id": cls.company.id})
        cls.away = companies.create({"name": "Away"})
        roles = {
            "bea": "group_sales_user",
            "ben": "group_sales_user",
            "lea": "group_sales_manager",
            "rob": "group_relations_manager",
            "kim": "group_custodian",
            "amy": "group_callback_agent",
        }
        cls.people = cls._create_users(cls._work_in(cls.branch), **roles)
        for user in cls.people:
            setattr(cls, user.login, user)
        cls.stranger = cls._create_user(
            "stranger", "group_sales_user", **cls._work_in(cls.away)
        )
        cls.env["crm.team"].create(
            {
                "name": "Branch",
                "company_id": cls.branch.id,
                "user_id": cls.lea.id,
                "member_ids": (cls.bea | cls.ben).ids,
            }
        )
        cls.pool.company_id = cls.company
        own = {"company_id": cls.company.id}
        cls.customer = cls._create_customer(
            "Acme", user_id=cls.bea.id, phone=PHONE, **own
        )
        cls.person = cls._create_person(cls.customer, "Bob")
        cls.pooled = cls._create_customer("Pooled", **own)
        cls.pooled.pool_id = cls.pool
        cls.env.flush_all()

    @classmethod
    def _work_in(cls, company):
        return {
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
        }

    def setUp(self):
        super().setUp()
        self.env.invalidate_all()

    def _as(self, user, record):
        """Return the record, or the model, as this person sees it at work."""
        record = self.env[record] if isinstance(record, str) else record
        companies = user.company_ids.ids
        return record.with_user(user).with_context(allowed_company_ids=companies)

    def assertOk(self, answers):
        self.assertTrue(answers)
        self.assertTrue(all(answer["ok"] for answer in answers), answers)

    def test_a_follow_up_is_recorded_read_and_told(self):
        followup = self._as(self.bea, "crm.followup").create(
            {"partner_id": self.customer.id, "kind_id": self.call.id, "purpose": "Tea"}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(followup.company_id, self.company)
        self.assertEqual(followup.read(["purpose"])[0]["purpose"], "Tea")
        mine = self._as(self.bea, self.customer)
        self.assertIn("Tea", str(mine.get_history()))
        self.assertTrue(mine.get_overview())
        followup.write({"content": "Green"})
        followup.unlink()

    def test_a_customer_of_the_pool_is_seen_claimed_given_and_released(self):
        mine = self._as(self.ben, self.pooled)
        self.assertTrue(mine.is_in_my_pool)
        self.assertTrue(mine.get_pool_standing())
        self.assertOk(mine.pool_claim())
        self.assertOk(mine.pool_transfer(self.bea.id, "Leaves"))
        self.assertOk(self._as(self.bea, self.pooled).share_with(self.ben.id))
        self.assertOk(self._as(self.lea, self.pooled).pool_transfer(self.ben.id, "x"))
        self.assertOk(mine.pool_release("No need"))
        self.assertEqual(self.pooled.pool_id, self.pool)
        self.assertOk(self._as(self.rob, self.pooled).pool_assign(self.ben.id))
        self.assertEqual(self.pooled.user_id, self.ben)

    def test_a_stay_is_asked_for_and_decided(self):
        mine = self._as(self.bea, self.customer)
        self.assertOk(mine.pool_protect(3, "Tender"))
        stay = self._as(self.rob, "crm.pool.stay").search(
            [("partner_id", "=", mine.id)]
        )
        self.assertTrue(stay)
        if stay.state == "requested":
            self.assertOk(stay.approve())
        self.assertEqual(stay.state, "approved")
        self.assertOk(mine.pool_unprotect())

    def test_who_works_elsewhere_gets_none_and_is_told_why(self):
        self._as(self.lea, self.customer).user_id = self.ben
        self.assertEqual(self.customer.user_id, self.ben)
        with self.assertRaisesRegex(UserError, "may not enter the company"):
            self._as(self.rob, self.customer).user_id = self.stranger
        [answer] = self._as(self.rob, self.pooled).pool_assign(self.stranger.id)
        self.assertIn("may not enter the company", answer["message"])
        self.assertFalse(self.pool._has_member(self.stranger))

    def test_a_customer_of_the_branch_is_nothing_to_the_company_itself(self):
        self.pool.company_id = self.branch
        own = self._create_customer("Own", company_id=self.branch.id)
        own.pool_id = self.pool
        [answer] = self._as(self.rita, own).pool_assign(self.sally.id)
        self.assertFalse(answer["ok"])
        self.assertFalse(self.pool._has_member(self.sally))
        self.assertTrue(self.pool._has_member(self.ben))

    def _get_unreadable(self, user):
        """Return the fields of ours that this person cannot read of the customer."""
        partner, found = self._as(user, self.customer), set()
        for name in partner.fields_get(attributes=["type"]):
            if is_ours(partner._fields[name]):
                self.env.invalidate_all()
                try:
                    partner.web_read({name: {}})
                except AccessError:
                    found.add(name)
        return found

    def test_the_form_opens_and_each_field_is_read(self):
        for user in self.people:
            with self.subTest(user=user.login):
                there = self._get_unreadable(user)
                self.env.invalidate_all()
                with Form(self._as(user, self.customer), "base.view_partner_form"):
                    pass
                user.company_ids += self.company
                self.assertEqual(there, self._get_unreadable(user))

    def test_what_odoo_tells_of_the_company_is_read_too(self):
        """Odoo's form of a contact shows taxes by the country of the company."""
        self.company.account_fiscal_country_id = self.env.ref("base.cn")
        self.env.flush_all()
        self.env.invalidate_all()
        [told] = self._as(self.bea, self.customer).web_read(
            {"fiscal_country_codes": {}, "fiscal_country_group_codes": {}}
        )
        self.assertIn("CN", told["fiscal_country_codes"])

    def test_each_has_a_day(self):
        for user in self.people:
            with self.subTest(user=user.login):
                self.assertTrue(self._as(user, "crm.my.day").get_day())

    def _create_call(self):
        now = fields.Datetime.now()
        call = self.env["crm.callback"].create(
            {
                "partner_id": self.customer.id,
                "purpose": "Ring",
                "due_at": now - timedelta(hours=1),
                "deadline_at": now + timedelta(days=1),
                "agent_id": self.amy.id,
            }
        )
        self.env.flush_all()
        return call

    def test_a_call_is_kept_taken_and_becomes_an_opportunity_of_the_branch(self):
        call = self._create_call()
        self.env["crm.callback"]._return_to_list()
        self.assertEqual(call.agent_id, self.amy)
        mine = self._as(self.amy, call)
        self.assertEqual(mine.take(), call.id)
        self.assertTrue(mine.read(["partner_id", "came_of"]))
        wizard = self._as(self.amy, "crm.callback.lead.wizard").create(
            {"callback_id": call.id, "kind": "opportunity", "name": "Two machines"}
        )
        wizard.action_create()
        lead = self._as(self.bea, "crm.lead").search([("name", "=", "Two machines")])
        self.assertEqual(lead.user_id, self.bea)
        self.assertEqual(lead.company_id, self.branch)

    def test_agents_of_the_branch_are_given_calls_of_the_company(self):
        rules = self.env["crm.callback.rule"]
        able = rules._get_agents_of(self.amy | self.anna, self.company.id)
        self.assertEqual(able, self.amy | self.anna)
        able = rules._get_agents_of(self.amy | self.anna, self.branch.id)
        self.assertEqual(able, self.amy)

    def test_a_gift_is_asked_for_and_approved(self):
        item = self.env["crm.gift.item"].create(
            {"name": "Tea", "value": 20, "cost": 20, "company_id": self.company.id}
        )
        gift = self._as(self.bea, "crm.gift").create(
            {"partner_id": self.customer.id, "item_id": item.id}
        )
        self.assertOk(gift.ask())
        self.assertTrue(gift.read(["why", "currency_id"]))

    def test_the_archive_is_kept_and_lent(self):
        self._as(self.bea, self.customer).street = "Main Road 1"
        self._as(self.kim, self.person).function = "Head"
        until = fields.Datetime.now() + timedelta(days=1)
        mine = self._as(self.ben, self.customer)
        self.assertOk(mine.ask_for_access(["profiles"], "Meeting", until))
        loan = self._as(self.kim, "crm.archive.loan").search(
            [("partner_id", "=", self.customer.id)]
        )
        self.assertOk(loan.approve())
        self.assertEqual(self._as(self.ben, loan).state, "approved")

    def test_what_else_is_done_with_a_customer(self):
        mine = self._as(self.bea, self.customer)
        day = fields.Date.today() + timedelta(days=50)
        self.assertOk(mine.put_off(day, "later"))
        self.assertOk(mine.nominate_key_account("Big"))
        self.assertTrue(mine.get_contact_map())
        mine.get_documents()
        decided = self._as(self.rob, self.customer)
        decided.set_tier(self.tier_a.id, day, "Asked")
        self.assertEqual(decided.tier_id, self.tier_a)

    def test_it_is_found_by_its_number(self):
        typed = {"name": "Acme", "phone": PHONE}
        found = self._as(self.bea, "res.partner").find_duplicates(typed)
        self.assertIn(self.customer.id, [one["id"] for one in found])
        number = self._as(self.bea, "crm.followup").log_call(
            "+8613812345678", "in", fields.Datetime.now(), 10
        )
        followup = self.env["crm.followup"].browse(number)
        self.assertEqual(followup.customer_id, self.customer)

    def test_rules_of_the_company_are_previewed(self):
        self._create_pool_rule(company_id=self.company.id)
        for name in ("crm.tier.scheme", "crm.lifecycle.rule", "crm.pool.rule"):
            rule = self.env[name].with_context(active_test=False).search([], limit=1)
            with self.subTest(rule=name):
                self._as(self.rob, rule).preview()

    def test_who_leaves_hands_over_to_a_colleague_in_the_branch(self):
        wizard = self._as(self.rob, "crm.leaver.wizard").create(
            {
                "leaver_ids": [Command.set(self.bea.ids)],
                "receiver_ids": [Command.create({"user_id": self.ben.id})],
            }
        )
        offers = wizard._distribute(self._as(self.rob, self.customer))
        self.assertEqual(offers, {self.customer.id: self.ben.id})
