from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common.pool import PoolByHandCommon


@tagged("post_install", "-at_install")
class TestPoolPreview(PoolByHandCommon):
    """What the wizards of a pool show before anything moves; a refusal afterwards does
    not make good what the preview left out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leeds.member_ids += cls.sam
        cls.public = cls._create_customer("Public")
        cls.public.pool_id = cls.pool

    def _open(self, door, partners, user, **values):
        action = getattr(partners.with_user(user), door)()
        wizard = self.env[action["res_model"]].with_user(user)
        wizard = wizard.browse(action["res_id"])
        wizard.write(values)
        return wizard

    def _distribute(self, partners, users, **values):
        values |= {"user_ids": [(6, 0, users.ids)]}
        wizard = self._open("action_pool_distribute", partners, self.max, **values)
        wizard.action_preview()
        return wizard

    def test_a_distribution_shows_who_cannot_be_given_and_why(self):
        wizard = self._distribute(
            self.pooled | self.owned | self.public, self.sally | self.sam
        )
        lines = {line.partner_id: line for line in wizard.line_ids}
        self.assertTrue(lines[self.pooled].user_id)
        self.assertFalse(lines[self.pooled].message)
        for partner, message in (
            (self.owned, "Sally has had it"),
            (self.public, "managers of its pool"),
        ):
            self.assertFalse(lines[partner].user_id)
            self.assertIn(message, lines[partner].message)

    def test_a_distribution_leaves_out_who_is_no_member_or_full(self):
        self.leeds.member_ids -= self.sam
        pooled = self._create_pooled(2)
        wizard = self._distribute(pooled, self.sam)
        self.assertFalse(wizard.line_ids.user_id)
        self.assertEqual(len(wizard.line_ids.filtered("message")), 2)
        self.env["crm.pool.quota"].create(
            {"name": "Two", "limit_customers": True, "max_customers": 2}
        )
        wizard = self._distribute(pooled, self.sally)
        self.assertEqual(len(wizard.line_ids.filtered("user_id")), 1)
        self.env["crm.pool.quota"].search([]).max_customers = 1
        wizard = self._distribute(pooled, self.sally)
        self.assertFalse(wizard.line_ids.user_id)

    def test_a_distribution_says_who_holds_how_many_and_would_get(self):
        wizard = self._distribute(self._create_pooled(2) | self.owned, self.sally)
        self.assertEqual(wizard.overview, "Sally: 1 + 2, nobody: 1")

    def test_an_archived_colleague_gets_nothing(self):
        self.sam.active = False
        wizard = self._distribute(self._create_pooled(2), self.sally | self.sam)
        self.assertEqual(wizard.line_ids.user_id, self.sally)

    def test_a_member_who_does_not_sell_gets_nothing(self):
        self.leeds.member_ids += self.carl
        wizard = self._distribute(self._create_pooled(2), self.sally | self.carl)
        self.assertEqual(wizard.line_ids.user_id, self.sally)

    def test_by_room_whoever_may_still_hold_most_gets_the_next_one(self):
        for user, most in ((self.sally, 3), (self.sam, 2)):
            self.env["crm.pool.quota"].create(
                {
                    "name": user.name,
                    "user_ids": user.ids,
                    "limit_customers": True,
                    "max_customers": most,
                }
            )
        # Sally has room for two, Sam for one.
        for count, given in ((2, [1, 1]), (3, [2, 1]), (4, [2, 1])):
            wizard = self._distribute(
                self._create_pooled(count), self.sam | self.sally, method="room"
            )
            lines = wizard.line_ids
            with self.subTest(count):
                self.assertEqual(
                    [
                        len(
                            lines.filtered(lambda line, user=user: line.user_id == user)
                        )
                        for user in (self.sally, self.sam)
                    ],
                    given,
                )

    def test_by_room_the_first_goes_to_whom_most_is_left(self):
        self.env["crm.pool.quota"].create(
            {
                "name": "Sam",
                "user_ids": self.sam.ids,
                "limit_customers": True,
                "max_customers": 2,
            }
        )
        wizard = self._distribute(
            self._create_pooled(3), self.sam | self.sally, method="room"
        )
        self.assertEqual(len(wizard.line_ids.filtered("user_id")), 3)

    def test_back_from_the_preview_nothing_is_kept(self):
        wizard = self._distribute(self._create_pooled(2), self.sally)
        wizard.action_back()
        self.assertEqual((wizard.state, len(wizard.line_ids)), ("draft", 0))
        with self.assertRefused("Nobody would get anything", UserError):
            wizard.action_apply()

    def test_all_to_one_is_one_person_and_an_assignment(self):
        with self.assertRefused("Choose the salesperson", ValidationError):
            self._distribute(self.pooled, self.sally | self.sam, method="one")
        wizard = self._distribute(self.pooled, self.sally, method="one")
        wizard.action_apply()
        self.assertEqual(self._get_change(self.pooled).kind, "assign")

    def test_the_preview_of_a_release_counts_those_that_stay(self):
        mixed = self.owned | self.other
        wizard = self._open("action_pool_release", mixed, self.sally)
        self.assertEqual(wizard.preview, "Leeds: 1, not possible: 1")
        self.assertIn("Only its salesperson", wizard.stays_because)
        self.leeds.domain = "[('city', '=', 'York')]"
        self.pool.domain = "[('city', '=', 'York')]"
        wizard = self._open("action_pool_release", mixed, self.sally)
        self.assertEqual(wizard.preview, "not possible: 2")

    def test_the_reason_of_a_release_is_kept_with_its_note(self):
        reason = self.env["crm.pool.reason"].create({"name": "No need"})
        wizard = self._open(
            "action_pool_release",
            self.owned,
            self.sally,
            reason_id=reason.id,
            note=" Closed ",
        )
        wizard.action_apply()
        self.assertIn("No need: Closed", self._get_change(self.owned).reason)

    def test_without_a_reason_the_dialog_of_a_release_stays_open(self):
        wizard = self._open("action_pool_release", self.owned, self.sally, note=" ")
        with self.assertRefused("Choose a reason", ValidationError):
            wizard.action_apply()
        with self.assertRefused("Choose customers first", UserError):
            self._open("action_pool_release", self.env["res.partner"], self.sally)

    def test_the_preview_of_a_move_counts_those_that_stay(self):
        mixed = self.pooled | self.public
        wizard = self._open(
            "action_pool_move", mixed, self.max, pool_id=self.pool.id, note="Too far"
        )
        self.assertEqual(wizard.preview, f"{self.pool.name}: 1, not possible: 1")
        wizard.action_apply()
        self.assertEqual(self.pooled.pool_id, self.pool)
        self.assertIn("Too far", self._get_change(self.pooled).reason)
        wizard = self._open("action_pool_move", self.public, self.rita)
        self.assertEqual(wizard.preview, "not possible: 1")
