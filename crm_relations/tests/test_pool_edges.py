from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common.claim import ClaimCommon
from .common.pool import PoolByHandCommon


@tagged("post_install", "-at_install")
class TestPoolByHandEdges(PoolByHandCommon):
    """What is answered where nothing moves, and what is asked without saying all."""

    def test_a_release_of_nobody_leaves_no_batch(self):
        batches = self.env["crm.pool.batch"]
        before = batches.search_count([])
        with patch.object(type(batches), "_release_into", lambda *_args: []):
            answers = self.owned.with_user(self.sally).pool_release("No need")
        self.assertEqual(self._codes(answers), ["blocked"])
        self.assertIn("try again", answers[0]["message"])
        self.assertEqual(batches.search_count([]), before)

    def test_views_are_asked_for_without_options(self):
        partners = self.env["res.partner"].with_user(self.sally)
        self.assertIn("list", partners.get_views([(False, "list")])["views"])

    def test_for_nobody_no_dialog_opens(self):
        nobody = self.env["res.partner"].with_user(self.sally)
        with self.assertRefused("Choose customers first", UserError):
            nobody._open_pool_wizard("crm.pool.release.wizard", "Release")

    def test_pools_are_set_up_by_administrators_only(self):
        days = self.env["crm.pool.first.day"]
        days.with_user(self.adam).new({})._check_right()
        for user in (self.rita, self.max, self.sally):
            with self.assertRefused("Only administrators", AccessError):
                days.with_user(user).new({})._check_right()

    def test_what_was_installed_and_deleted_since_is_not_there(self):
        lines = self.env["crm.pool.setup.line"]
        for number, found in ((self.pool.id, self.pool), (2**30, self.pool.browse())):
            line = lines.new({"res_model": "crm.pool", "res_id": number})
            self.assertEqual(line._get_record(), found)

    def test_what_was_put_aside_and_is_gone_is_missing(self):
        gone = self.env["crm.pool.aside"].browse(2**30)
        answers = gone.with_user(self.max).take_back()
        self.assertEqual(self._codes(answers), ["missing"])


@tagged("post_install", "-at_install")
class TestPoolClaimEdges(ClaimCommon):
    def test_who_is_refused_takes_nobodys_place(self):
        self.env["crm.pool.quota"].search([]).active = False
        held = self.env["res.partner"].search_count([("user_id", "=", self.sally.id)])
        self.env["crm.pool.quota"].create(
            {
                "name": "Full",
                "limit_customers": True,
                "max_customers": held + 1,
                "user_ids": self.sally.ids,
            }
        )
        self.two.pool_id = False
        answers = (self.two | self.one).with_user(self.sally).pool_claim()
        codes = [answer["code"] for answer in answers]
        self.assertNotEqual(codes[0], "ok")
        self.assertEqual(codes[1], "ok")

    def test_who_is_archived_is_not_given_up_for_another(self):
        own, gone = (
            self._create_customer(name, user_id=self.sally.id)
            for name in ("Own", "Gone")
        )
        gone.active = False
        found = self.one.with_user(self.sally).sudo()._get_swappable()
        self.assertIn(own, found)
        self.assertNotIn(gone, found)
