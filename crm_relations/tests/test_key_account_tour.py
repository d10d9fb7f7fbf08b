from odoo.tests import HttpCase, tagged

from .common.account_plan import AccountPlanCommon


@tagged("post_install", "-at_install")
class TestKeyAccountTour(AccountPlanCommon, HttpCase):
    """Nominated, approved, planned, reviewed, seen in a browser."""

    def _show(self, tour, login, path):
        self.start_tour(path, f"crm_relations_{tour}", login=login, timeout=120)

    def test_a_customer_is_nominated_and_approved(self):
        """KA-1"""
        self.big.name = "Tour Big"
        nominations = self.env["crm.key.account.nomination"]
        self._show("key_account_nominate", "sally", "/odoo/key-account-nominations/new")
        one = nominations.search([("partner_id", "=", self.big.id)])
        self.assertEqual((one.state, one.judgement_ids.points), ("asked", 4))
        self._show("key_account_approve", "max", "/odoo/key-account-nominations")
        self.assertEqual(one.decided_by_id, self.max)

    def test_a_review_is_held_and_a_change_asked_for(self):
        """KA-2"""
        plan = self._put_in_force()
        self._show("account_plan_review", "sally", "/odoo/plan-reviews")
        self.assertTrue(plan.review_ids.filtered(lambda one: one.state == "held"))
        self.assertRecordValues(
            plan.change_ids, [{"kind": "budget", "new_amount": 2000, "state": "asked"}]
        )

    def test_a_colleague_is_appointed_and_the_map_opened(self):
        """KA-3"""
        self._make_key()
        self._create_person(
            self.big, "Tour Boss", decision_role="decider", attitude="neutral"
        )
        self._show("account_team", "sally", f"/odoo/shared-customers/{self.big.id}")
        member = self.env["crm.account.team.member"].search(
            [("partner_id", "=", self.big.id)]
        )
        self.assertRecordValues(
            member, [{"user_id": self.sam.id, "access": "write", "state": "open"}]
        )

    def test_the_return_of_a_plan_opens_what_it_sums_up(self):
        """KA-4"""
        self.big.name = "Tour Big"
        today = self.company._get_relations_today()
        self._write_plan(
            date_start=f"{today.year - 1}-01-01",
            date_end=f"{today.year + 1}-12-31",
            milestone_ids=[],
            action_ids=[],
        )
        self._create_followup(self.big, 3, duration_minutes=20, purpose="Tour call")
        self._create_followup(self.big, 2, kind_id=self.note.id, purpose="A note")
        self._show("account_return", "sally", "/odoo/plans")

    def test_what_is_known_of_a_key_account_counts(self):
        self.big.name = "Tour Big"
        self._make_key(self.big)
        self._show("understanding", "max", "/odoo/key-account-understanding")
        self.assertEqual(self.big.understood_business, "Freight over long distances")

    def test_where_a_key_account_stands_and_what_is_next(self):
        """KA-5, KA-6"""
        self.big.name = "Tour Big"
        self._make_key(self.big)
        shipped = self.env.ref("crm_relations.crm_account_ladder_manager")
        shipped.company_ids = self.company
        shipped._judge(self.big.ids)
        self._show("account_levels", "sally", "/odoo/account-levels")
