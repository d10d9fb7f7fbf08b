from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common.pool import PoolByHandCommon


@tagged("post_install", "-at_install")
class TestPoolTerritory(PoolByHandCommon):
    """Which pool a customer belongs into, and what the pool's preview shows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.uk = cls.env.ref("base.uk")
        cls.states = cls.env["res.country.state"].create(
            [
                {"name": name, "code": name, "country_id": cls.uk.id}
                for name in ("Yorkshire", "Kent")
            ]
        )

    def _get_best(self, *customers):
        ids = [customer.id for customer in customers]
        best = self.env["crm.pool"]._get_best_pools(ids)
        return [best.get(number) for number in ids]

    def test_a_pool_of_a_state_takes_that_state_only(self):
        york = self.env["crm.pool"].create(
            {"name": "York", "state_ids": self.states[0].ids}
        )
        self.owned.city = self.other.city = False
        self.owned.state_id, self.other.state_id = self.states
        self.assertEqual(
            self._get_best(self.owned, self.other), [york.id, self.pool.id]
        )

    def test_a_pool_of_a_country_takes_that_country_only(self):
        british = self.env["crm.pool"].create(
            {"name": "Britain", "country_ids": self.uk.ids}
        )
        self.owned.city = False
        self.owned.country_id, self.other.country_id = self.uk, self.env.ref("base.cn")
        self.assertEqual(
            self._get_best(self.owned, self.other), [british.id, self.pool.id]
        )

    def test_the_pool_of_its_company_comes_before_the_more_specific_one(self):
        east = self.env["res.company"].create({"name": "East"})
        pool = self.env["crm.pool"].create(
            {"name": "East", "company_id": east.id, "sequence": 99}
        )
        self.assertGreater(self.leeds.specificity, 0)
        self.owned.relation_company_id = east
        self.assertEqual(self._get_best(self.owned), [pool.id])

    def test_of_two_that_fit_alike_the_lower_sequence_then_the_older_one_wins(self):
        second = self.leeds.copy({"name": "Leeds too"})
        self.assertEqual(self._get_best(self.owned), [self.leeds.id])
        self.leeds.sequence, second.sequence = 20, 10
        self.assertEqual(self._get_best(self.owned), [second.id])

    def test_nobody_belongs_where_nobody_is_asked_or_no_pool_is(self):
        self.assertEqual(self.env["crm.pool"]._get_best_pools([]), {})
        self.env["crm.pool"].search([]).active = False
        self.assertEqual(self._get_best(self.owned), [None])

    def test_the_preview_shows_those_of_other_pools_who_belong_here(self):
        stray = self._create_customer("Stray", city="Leeds")
        settled = self._create_customer("Settled", city="York")
        (stray | settled).pool_id = self.pool
        owned = self._create_customer("Owned", city="Leeds", user_id=self.sally.id)
        preview = self.leeds.with_user(self.rita).preview()
        self.assertEqual(preview["count"], 1)
        [row] = preview["rows"]
        self.assertEqual(
            (row["id"], row["old"], row["new"]), (stray.id, self.pool.name, "Leeds")
        )
        self.assertFalse(owned.pool_id)
        self.assertEqual(stray.pool_id, self.pool)
        self.assertEqual(self.pool.with_user(self.rita).preview()["count"], 0)

    def test_an_archived_pool_has_nothing_to_show(self):
        self.pooled.city = "York"
        self.pool.active = False
        self.assertEqual(self.pool.with_user(self.rita).preview()["count"], 0)

    def test_whom_it_takes_in_is_said_in_words(self):
        self.assertIn("Takes in: ", self.leeds.sentence)

    def test_without_a_pool_that_takes_it_nobody_empties_the_salesperson(self):
        (self.leeds | self.pool).domain = "[('city', '=', 'York')]"
        with self.assertRefused("cannot be left without salesperson", ValidationError):
            self.owned.with_user(self.sally).user_id = False
        self.owned.invalidate_recordset()
        self.assertEqual(self.owned.user_id, self.sally)

    def test_whoever_empties_the_own_salesperson_releases_it(self):
        self.owned.with_user(self.sally).user_id = False
        self.assertEqual(self.owned.pool_id, self.leeds)
        self.assertEqual(self._get_change(self.owned).kind, "hand_release")

    def test_a_contact_without_salesperson_gives_its_customer_not_up(self):
        person = self._create_person(self.owned)
        self.assertEqual(person.user_id, self.sally)
        person.with_user(self.sally).user_id = False
        self.assertEqual(self.owned.user_id, self.sally)
        self.assertFalse(person.user_id | self.owned.pool_id.manager_ids)
