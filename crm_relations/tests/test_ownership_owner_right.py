from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common.claim import ClaimCommon


@tagged("post_install", "-at_install")
class TestPoolOwnerRight(ClaimCommon):
    """PO-12: no way to write an owner goes around the rules."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls._create_customer("Own", user_id=cls.sally.id)
        cls.theirs = cls._create_customer("Theirs", user_id=cls.sam.id)
        cls.free = cls._create_customer("Free")

    def assertOwner(self, customer, user):
        customer.invalidate_recordset()
        self.assertEqual(customer.user_id, user)

    def test_a_pool_customer_is_not_taken_by_writing(self):
        with self.assertRefused("claim it there"):
            self.one.with_user(self.sally).user_id = self.sally
        self.assertOwner(self.one, self.env["res.users"])

    def test_nor_in_the_form(self):
        with self.assertRefused("claim it there"):
            view = "crm_relations.crm_customer_view_form"
            with Form(self.one.with_user(self.sally), view) as form:
                form.name = "Renamed"
                form.user_id = self.sally
        self.one.invalidate_recordset()
        self.assertEqual(self.one.name, "One")

    def test_nor_by_import(self):
        self.env["ir.model.data"].create(
            {
                "module": "test",
                "name": "one",
                "model": "res.partner",
                "res_id": self.one.id,
            }
        )
        result = (
            self.env["res.partner"]
            .with_user(self.sally)
            .load(["id", "name", "user_id/.id"], [["test.one", "X", self.sally.id]])
        )
        self.assertFalse(result["ids"])
        self.assertIn("claim it there", result["messages"][0]["message"])
        self.assertOwner(self.one, self.env["res.users"])

    def test_an_import_creates_as_many_as_the_cap_allows(self):
        quota = self._create_quota(2)
        names = ["name", "is_managed_customer", "user_id/.id"]
        rows = [[f"New {n}", "True", self.sally.id] for n in range(2)]
        partners = self.env["res.partner"].with_user(self.sally)
        result = partners.load(names, rows)
        self.assertFalse(result["ids"])
        self.assertIn("as many customers", result["messages"][0]["message"])
        self.assertFalse(partners.search([("name", "=like", "New _")]))
        self.assertTrue(partners.load(names, rows[:1])["ids"])
        self.assertEqual(self._get_held(self.sally, quota), 2)

    def test_nor_a_colleagues_customer(self):
        for user in (self.sally, self.max, self.carl, self.anna):
            with self.subTest(user.name), self.assertRefused("belongs to Sam"):
                customer = self.theirs.with_user(self.sally)
                customer._check_may_write({"user_id": user.id})

    def test_several_at_once_are_written_all_or_none(self):
        customers = (self.own | self.theirs).with_user(self.sally)
        with self.assertRefused("belongs to Sam"):
            customers.write({"user_id": self.max.id})
        self.assertOwner(self.own, self.sally)

    def test_an_own_one_is_given_to_who_may_have_it(self):
        own = self.own.with_user(self.sally)
        with self.assertRefused("no role in sales"):
            own.user_id = self.carl
        own.user_id = self.sam
        self.assertOwner(self.own, self.sam)

    def test_an_own_one_is_given_up_into_the_pool_of_its_territory(self):
        self.own.with_user(self.sally).user_id = False
        self.assertOwner(self.own, self.env["res.users"])
        self.assertEqual(self.own.pool_id, self.pool)
        change = self.own.ownership_change_ids.sorted("id")[-1]
        self.assertEqual(change.kind, "hand_release")

    def test_an_own_one_that_no_pool_takes_is_not_given_up(self):
        self.env["crm.pool"].search([]).domain = "[('id', '=', 0)]"
        with self.assertRefused("release it into a pool"):
            self.own.with_user(self.sally).user_id = False
        self.assertOwner(self.own, self.sally)

    def test_what_belongs_to_nobody_may_be_taken(self):
        self.free.with_user(self.sally).user_id = self.sally
        self.assertOwner(self.free, self.sally)

    def test_whoever_takes_by_writing_needs_room(self):
        self._create_quota(1)
        with self.assertRefused("as many customers as you may"):
            self.free.with_user(self.sally).user_id = self.sally

    def test_leaders_assign_within_the_own_team_but_not_to_themselves(self):
        self.own.with_user(self.max).user_id = self.sam
        self.one.with_user(self.max).user_id = self.sally
        self.assertOwner(self.one, self.sally)
        for heir in (self.max, self.sam):
            with self.assertRefused("claim it there"):
                self.two.with_user(self.max).user_id = heir

    def test_relations_managers_assign_within_the_caps(self):
        self._create_quota(2)
        self.theirs.with_user(self.rita).user_id = self.sally
        with self.assertRefused("Sally holds as many"):
            self.one.with_user(self.rita).user_id = self.sally

    def test_no_way_around_by_making_it_no_customer(self):
        for values in ({"is_managed_customer": False}, {"parent_id": self.own.id}):
            with self.subTest(values), self.assertRefused("stays a customer"):
                self.one.with_user(self.sally).write(values)
            with self.subTest(values), self.assertRefused("belongs to Sam"):
                self.theirs.with_user(self.sally).write(values)

    def test_no_way_around_by_archiving_and_restoring(self):
        quota = self._create_quota(1)
        self.own.with_user(self.sally).action_archive()
        self.assertClaim(self.one, ["ok"])
        with self.assertRefused("as many customers as you may"):
            self.own.with_user(self.sally).action_unarchive()
        self.own.action_unarchive()  # by nobody's hand: it is counted
        self.assertEqual(self._get_held(self.sally, quota), 2)

    def test_no_way_around_by_merging(self):
        self.sally.group_ids |= self.env.ref("base.group_partner_manager")
        for other in (self.one, self.theirs):
            wizard = self.env["base.partner.merge.automatic.wizard"]
            ids = (self.own | other).ids
            with self.assertRaises(UserError):
                wizard.with_user(self.sally)._merge(ids, self.own)
            self.assertTrue(other.exists())
        wizard._merge((self.own | self.one).ids, self.own)
        self.assertOwner(self.own, self.sally)

    def test_a_transfer_needs_room(self):
        self._create_quota(2)
        customers = self.theirs | self._create_customer("B", user_id=self.sam.id)
        answers = customers.with_user(self.sam).pool_transfer(self.sally.id, "Moves")
        codes = [answer["code"] for answer in answers]
        self.assertEqual(codes, ["ok", "cap_reached"])
        self.assertIn("Sally holds", answers[1]["message"])
        self.assertCounted()

    def test_a_deal_is_never_refused_for_a_cap(self):
        """Who trades with us becomes a customer, beyond the cap one of the pool."""
        quota = self._create_quota(1)
        partner = self.env["res.partner"].create(
            {"name": "Buyer", "user_id": self.sally.id}
        )
        self._create_order(partner, 10)
        self.assertTrue(partner.is_managed_customer)
        self.assertEqual(partner.pool_id, self.pool)
        self.assertEqual(self._get_held(self.sally, quota), 1)
        with self.assertRefused("as many customers as you may"):
            self.free.with_user(self.sally).user_id = self.sally

    def test_an_opportunity_won_obeys(self):
        self._create_quota(1)
        lead = self.env["crm.lead"].with_user(self.sally)
        lead = lead.create(
            {
                "name": "Deal",
                "type": "opportunity",
                "partner_id": self.one.id,
                "user_id": self.sally.id,
            }
        )
        lead.action_set_won()
        self.assertOwner(self.one, self.env["res.users"])
        self.assertEqual(self.one.pool_id, self.pool)

    def test_a_reception_does_not_fail_for_a_cap(self):
        self._create_quota(1)
        self.env["crm.reception.consultant"].search([]).unlink()
        self.env["crm.reception.consultant"].create(
            {"user_id": self.sally.id, "is_present": True}
        )
        visitor = self.env["crm.reception"].create(
            {"name": "Visitor", "partner_id": self.free.id}
        )
        visitor.action_hand_over()
        self.assertTrue(visitor.received_at)
        self.assertOwner(self.free, self.env["res.users"])
