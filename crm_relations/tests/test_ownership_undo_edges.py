from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.ownership.crm_ownership_change import KINDS
from .common.claim import ClaimCommon


@tagged("post_install", "-at_install")
class TestOwnershipUndoEdges(ClaimCommon):
    """PO-12: halves of a swap, what a batch counts, and what each line says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quota = cls._create_quota(1)
        cls.own = cls._create_customer("Own", user_id=cls.sally.id)

    def _swap(self):
        [answer] = self.one.with_user(self.sally).pool_swap(self.own.id)
        self.assertTrue(answer["ok"])
        return self._get_batch(self.one)

    def _get_batch(self, customer):
        return customer.ownership_change_ids.sorted("id")[-1].batch_id

    def _undo(self, batch, user):
        answers = batch.with_user(user).undo()
        return {answer["id"]: answer["code"] for answer in answers}

    def test_a_swap_goes_back_as_a_whole_also_where_only_one_has_room(self):
        for user in (self.rita, self.max):
            batch = self._swap()
            codes = self._undo(batch, user)
            with self.subTest(user.name):
                self.assertEqual(codes, {self.one.id: "ok", self.own.id: "ok"})
                self.assertEqual(self.own.user_id, self.sally)
                self.assertEqual(self.one.pool_id, self.pool)
                self.assertTrue(batch.undone_at)

    def test_where_somebody_has_the_other_half_a_swap_stays(self):
        batch = self._swap()
        self.assertClaim(self.own, ["ok"], self.sam)
        answers = batch.with_user(self.rita).undo()
        self.assertEqual([answer["code"] for answer in answers], ["touched"] * 2)
        for answer in answers:
            self.assertIn("goes back as a whole", answer["message"])
        self.assertEqual((self.one.user_id, self.own.user_id), (self.sally, self.sam))
        self.assertFalse(batch.undone_at)

    def test_a_swap_of_who_has_left_stays(self):
        batch = self._swap()
        self.sally.active = False
        self.assertEqual(
            self._undo(batch, self.rita),
            {self.one.id: "touched", self.own.id: "no_owner"},
        )
        self.assertFalse(self.own.user_id)

    def test_who_leads_others_undoes_no_swap(self):
        batch = self._swap()
        otto = self._create_user("otto", "group_sales_manager")
        self.assertEqual(self._undo(batch, otto), {})
        with self.assertRaises(AccessError):
            self._undo(batch, self.sam)

    def test_a_batch_counts_what_it_did_and_not_its_undoing(self):
        self.quota.max_customers = 5
        both = self.own | self._create_customer("Two", user_id=self.sally.id)
        both.with_user(self.sally).pool_transfer(self.sam.id, "Moves")
        batch = self._get_batch(self.own)
        self.assertEqual((batch.change_count, batch.item_count), (2, 0))
        lines = self.env["crm.ownership.change"]
        self.assertEqual(lines.search_count(batch.action_view_changes()["domain"]), 2)
        self.assertIn("Hand-over ", batch.display_name)
        params = batch.with_user(self.rita).action_undo()["params"]
        self.assertIn("Customers back with their salesperson: 2", params["message"])
        self.assertEqual(params["type"], "success")
        self.env.invalidate_all()
        self.assertEqual(batch.change_count, 2)
        params = batch.with_user(self.rita).action_undo()["params"]
        self.assertIn("undone already", params["message"])
        self.assertEqual(params["type"], "warning")

    def test_each_kind_says_where_its_customers_went(self):
        words = {
            "release": "salesperson",
            "hand_release": "salesperson",
            "leaver": "salesperson",
            "claim": "pool",
            "distribute": "pool",
            "move": "pool",
            "swap": "before",
            "import": "before",
        }
        for kind, where in words.items():
            batch = self.env["crm.pool.batch"].new({"kind": kind})
            with self.subTest(kind):
                self.assertRegex(batch._get_undone_message(3, 1), f"{where}: 3. .*: 1")

    def test_every_kind_of_change_has_a_sentence(self):
        """A release and an undoing say their own, by what was released or undone."""
        reasons, said = self.env["crm.reason"], {}
        for kind, _label in KINDS:
            code = {"release": "pool_released"}.get(kind, f"owner_{kind}")
            facts = {"code": code, "user": self.sally.id, "pool": self.pool.id}
            said[kind] = reasons._get_sentence({**facts, "note": "Far"})
        self.assertTrue(all(said.values()))
        for kind in ("transfer", "hand_release", "assign", "distribute", "move"):
            self.assertIn("Far", said[kind])
        sentence = reasons._get_sentence
        self.assertIn("removed by hand", sentence({"code": "owner_edit"}))
        self.assertIn("changed by hand", said["edit"])
        self.assertIn(
            "Undone: Claimed", sentence({"code": "owner_kind_undo", "kind": "claim"})
        )
        self.assertIn("Given up for another", sentence({"code": "owner_swap"}))
        self.assertIn("another customer given up", said["swap"])

    def test_without_salesperson_and_pool_before_it_is_so_again(self):
        stray = self._create_customer("Stray")
        stray.with_user(self.rita).pool_move(self.pool.id, "Pool")
        [answer] = self._get_batch(stray).with_user(self.rita).undo()
        self.assertEqual(answer["message"], "Without salesperson again.")
        self.assertFalse(stray.pool_id | self.env["crm.pool"])

    def test_a_pool_counts_and_opens_its_customers(self):
        pool = self.env["crm.pool"].create({"name": "Other"})
        self.two.pool_id = pool
        self.assertEqual(pool.partner_count, 1)
        action = pool.action_view_customers()
        self.assertEqual(self.env["res.partner"].search(action["domain"]), self.two)

    def test_ones_own_pools_are_those_one_is_a_member_of_in_the_own_company(self):
        east = self.env["res.company"].create({"name": "East"})
        pools = self.env["crm.pool"].create(
            [
                {"name": "Sam's", "member_ids": self.sam.ids},
                {"name": "East", "company_id": east.id, "member_ids": self.sally.ids},
                {"name": "Old", "active": False},
            ]
        )
        theirs = self.env["crm.pool"].with_user(self.sally)._get_of_user()
        self.assertEqual((pools | self.pool) & theirs, pools[2] | self.pool)
        theirs = self.env["crm.pool"].with_user(self.rita)._get_of_user()
        self.assertEqual((pools | self.pool) & theirs, pools - pools[1] | self.pool)
        self.one.pool_id = pools[0]
        mine = [("is_in_my_pool", "=", True), ("id", "in", (self.one | self.two).ids)]
        for user, found in ((self.sally, self.two), (self.sam, self.one | self.two)):
            partners = self.env["res.partner"].with_user(user)
            with self.subTest(user.name):
                self.assertEqual(partners.search(mine), found)
                self.assertEqual(
                    [p.is_in_my_pool for p in (self.one | self.two).with_user(user)],
                    [p in found for p in self.one | self.two],
                )

    def test_a_line_of_the_archive_is_deleted_by_who_may_change_it(self):
        line = self.env["crm.customer.competitor"].create(
            {"partner_id": self.own.id, "name": "Rival"}
        )
        otto = self._create_user("otto", "group_sales_manager")
        with self.assertRaises(UserError):
            line.with_user(otto).unlink()
        line.with_user(self.max).unlink()
        self.assertFalse(line.exists())

    def test_no_contact_of_ones_own_comes_to_the_customer_of_another(self):
        stray = self.env["res.partner"].create({"name": "Stray"})
        with self.assertRaises(UserError):
            stray.with_user(self.sam).parent_id = self.own
        stray.invalidate_recordset()
        stray.with_user(self.sally).parent_id = self.own
        self.assertEqual(stray.commercial_partner_id, self.own)
