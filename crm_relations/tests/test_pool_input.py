from odoo.exceptions import MissingError, UserError, ValidationError
from odoo.tests import tagged

from .common import RelationsCommon

NO_ID = ("7", "x", [7], {"a": 1}, True, None, -1, 2**40)
NO_DAY = (5, ["x"], True, "tomorrow", "2026-13-01", "2020-01-01")


@tagged("post_install", "-at_install")
class TestPoolInput(RelationsCommon):
    """FU-9: over the API anything may come, and each customer gets its answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Mine", user_id=cls.sally.id)
        cls.mine = cls.customer.with_user(cls.sally)

    def assertBlocked(self, answers):
        self.assertEqual([answer["code"] for answer in answers], ["blocked"])
        self.assertEqual(self.customer.user_id, self.sally)
        self.assertFalse(self.customer.share_ids)

    def test_the_id_of_a_colleague_is_an_id(self):
        for user_id in NO_ID:
            with self.subTest(user_id):
                self.assertBlocked(self.mine.pool_transfer(user_id, "Leaves"))
                self.assertBlocked(self.mine.share_with(user_id))

    def test_the_id_of_a_pool_is_an_id(self):
        """PO-9: what is none is no pool, and never the one of the territory."""
        pooled = self._create_customer("Pooled")
        pooled.pool_id = self.pool
        pooled.flush_recordset()
        rita = pooled.with_user(self.rita)
        for number in NO_ID:
            if number is None:
                continue
            with self.subTest(number):
                self.assertBlocked(self.mine.pool_release("Leaves", number))
                self.assertBlocked(rita.pool_move(number))
                self.assertBlocked(rita.pool_assign(number))
                [answer] = pooled.with_user(self.sally).pool_swap(number)
                self.assertIn(answer["code"], ("blocked", "missing"))
        self.assertEqual(pooled.pool_id, self.pool)
        self.assertBlocked(self.mine.pool_release(None))

    def test_a_day_is_a_day(self):
        for until in NO_DAY:
            with self.subTest(until):
                self.assertBlocked(self.mine.share_with(self.sam.id, until))
                self.assertBlocked(
                    self.mine.pool_transfer(self.sam.id, "Leaves", until)
                )

    def test_what_follows_a_day_is_not_looked_at(self):
        until = "2999-01-01 and some more"
        [answer] = self.mine.share_with(self.sam.id, until, purpose=5)
        self.assertTrue(answer["ok"])
        share = self.customer.share_ids
        self.assertEqual((share.until.year, share.purpose), (2999, "5"))

    def test_a_role_is_one_of_ours(self):
        for role in (["assist"], None, "boss"):
            with self.subTest(role), self.assertRaises(ValidationError):
                self.mine.share_with(self.sam.id, role=role)

    def test_a_reason_is_text(self):
        self.assertBlocked(self.mine.pool_transfer(self.sam.id, "  "))
        [answer] = self.mine.pool_transfer(self.sam.id, 5)
        self.assertTrue(answer["ok"])

    def test_nearby_are_those_shared_and_of_the_pools_that_are_open(self):
        """FU-5"""
        here = {"partner_latitude": 31.0, "partner_longitude": 121.0}
        closed = self.pool.copy({"name": "Closed", "member_ids": self.sam.ids})
        in_open, in_closed = (
            self._create_customer(pool.name, **here) for pool in (self.pool, closed)
        )
        in_open.pool_id, in_closed.pool_id = self.pool, closed
        of_sam = self._create_customer("Of Sam", user_id=self.sam.id, **here)
        self.customer.write(here)

        def near(user):
            partners = self.env["res.partner"].with_user(user)
            found = {row["id"] for row in partners.nearby(31.0, 121.0, 10)}
            return found.intersection(
                (in_open | in_closed | of_sam | self.customer).ids
            )

        self.customer.share_with(self.sam.id)
        mine = {self.customer.id}
        self.assertEqual(near(self.sally), mine | {in_open.id})
        self.assertEqual(near(self.sam), mine | {in_open.id, in_closed.id, of_sam.id})
        self.customer.share_ids.action_end()
        self.assertNotIn(self.customer.id, near(self.sam))

    def test_an_id_that_can_be_none_is_missing_and_one_given_thrice_answers_thrice(
        self,
    ):
        """PL-2: each row of the call gets its answer, in the order given."""
        number = self.customer.id
        mine = self.mine.browse([number, 2**40, number, number])
        answers = mine.pool_transfer(self.sam.id, "Moves")
        self.assertEqual([answer["id"] for answer in answers], list(mine._ids))
        codes = [answer["code"] for answer in answers]
        self.assertEqual(codes, ["ok", "missing", "ok", "ok"])

    def test_what_cannot_be_stored_is_said(self):
        with self.assertRefused("cannot be kept"):
            self.mine.pool_transfer(self.sam.id, "a\0b")

    def test_a_method_for_one_says_so(self):
        many = self.mine.browse([self.customer.id, self.customer.copy().id])
        for some in (many, many.browse()):
            with self.subTest(len(some)), self.assertRefused("exactly one", UserError):
                some.get_history()
        with self.assertRaises(MissingError):
            many.browse(2**40).get_history()
        twice = many.browse([self.customer.id] * 2)
        self.assertTrue(twice.get_history()["kinds"])
