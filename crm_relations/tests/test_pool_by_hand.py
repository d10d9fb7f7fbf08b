from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common.pool import PoolByHandCommon


@tagged("post_install", "-at_install")
class TestPoolByHand(PoolByHandCommon):
    """Release, assign, move, distribute and import, door by door, role by role."""

    def test_a_release_goes_into_the_territory_and_tells_why(self):
        person = self._create_person(self.owned)
        person.user_id = self.sally
        answers = self.owned.with_user(self.sally).pool_release("No need")
        self.assertEqual(self._codes(answers), ["ok"])
        self.assertIn("Leeds", answers[0]["message"])
        self.assertEqual(self.owned.pool_id, self.leeds)
        self.assertFalse(self.owned.user_id | person.user_id)
        change = self._get_change(self.owned)
        self.assertEqual(
            (change.kind, change.from_user_id), ("hand_release", self.sally)
        )
        self.assertEqual(
            (change.operator_id, change.to_pool_id), (self.sally, self.leeds)
        )
        self.assertIn("No need", change.reason)

    def test_the_most_specific_pool_wins_archived_ones_never(self):
        both = self.env["crm.pool"].create(
            {
                "name": "Leeds, England",
                "domain": "[('city', '=', 'Leeds')]",
                "country_ids": self.env.ref("base.uk").ids,
            }
        )
        self.owned.country_id = self.env.ref("base.uk")
        best = self.env["crm.pool"]._get_best_pools((self.owned | self.other).ids)
        self.assertEqual(best[self.owned.id], both.id)
        self.assertEqual(best[self.other.id], self.pool.id)
        both.active = False
        best = self.env["crm.pool"]._get_best_pools(self.owned.ids)
        self.assertEqual(best[self.owned.id], self.leeds.id)

    def test_who_may_release(self):
        for user, code in (
            (self.sam, "no_right"),
            (self.carl, "no_right"),
            (self.anna, "no_right"),
            (self.max, "ok"),
        ):
            answers = self.owned.with_user(user).pool_release("Because")
            self.assertEqual(self._codes(answers), [code], user.name)
        self.assertEqual(
            self._codes(self.other.with_user(self.rita).pool_release("Because")), ["ok"]
        )

    def test_bad_releases_are_answered_each(self):
        gone = self._create_customer("Gone", user_id=self.sally.id)
        gone_id = gone.id
        gone.unlink()
        archived = self.env["crm.pool"].create({"name": "Old", "active": False})
        mixed = (
            (self.other | self.pooled)
            .with_user(self.rita)
            .browse([self.pooled.id, gone_id, self.other.id])
        )
        answers = mixed.pool_release("Because")
        self.assertEqual(self._codes(answers), ["blocked", "missing", "ok"])
        mine = self.owned.with_user(self.sally)
        self.assertEqual(self._codes(mine.pool_release(" ")), ["blocked"])
        self.assertEqual(self._codes(mine.pool_release("X", archived.id)), ["blocked"])
        self.assertEqual(self._codes(mine.pool_release("X", 999999)), ["blocked"])
        self.assertEqual(self.owned.user_id, self.sally)
        self.assertFalse(
            self.env["crm.pool.batch"].search([("user_id", "=", self.sally.id)])
        )

    def test_an_open_matter_blocks_and_is_named(self):
        rule = self._create_pool_rule(domain=self._only(self.owned))
        rule.block_quotation = True
        self.owned._refresh_release_dates(self.owned.ids)
        self._create_order(self.owned, 10, confirm=False)
        answers = self.owned.with_user(self.sally).pool_release("Because")
        self.assertEqual(self._codes(answers), ["blocked"])
        self.assertIn("open quotation", answers[0]["message"])

    def test_assigning_by_those_who_run_the_pool(self):
        for user, code in (
            (self.sally, "no_right"),
            (self.sam, "no_right"),
            (self.carl, "no_right"),
        ):
            answers = self.pooled.with_user(user).pool_assign(self.sally.id)
            self.assertEqual(self._codes(answers), [code], user.name)
        manager = self.pooled.with_user(self.max)
        self.assertEqual(self._codes(manager.pool_assign(self.sam.id)), ["not_member"])
        self.assertEqual(self._codes(manager.pool_assign(self.carl.id)), ["blocked"])
        self.assertEqual(self._codes(manager.pool_assign(0)), ["blocked"])
        self.assertEqual(self._codes(manager.pool_assign(self.sally.id)), ["ok"])
        self.assertEqual(self.pooled.user_id, self.sally)
        self.assertFalse(self.pooled.pool_id)
        change = self._get_change(self.pooled)
        self.assertEqual((change.kind, change.from_pool_id), ("assign", self.leeds))
        self.assertEqual(self._codes(manager.pool_assign(self.sally.id)), ["taken"])
        stray = self._create_customer("Stray").with_user(self.rita)
        self.assertEqual(self._codes(stray.pool_assign(self.sally.id)), ["not_in_pool"])

    def test_assigning_obeys_the_cap(self):
        self._create_quota()
        answers = self.pooled.with_user(self.max).pool_assign(self.sally.id)
        self.assertEqual(self._codes(answers), ["cap_reached"])
        self.assertFalse(self.pooled.user_id)

    def test_moving_between_pools(self):
        manager = self.pooled.with_user(self.max)
        self.assertEqual(
            self._codes(self.pooled.with_user(self.sally).pool_move(self.pool.id)),
            ["no_right"],
        )
        self.assertEqual(self._codes(manager.pool_move()), ["blocked"], "it is there")
        self.assertEqual(self._codes(manager.pool_move(self.pool.id, "Why")), ["ok"])
        self.assertEqual(self.pooled.pool_id, self.pool)
        change = self._get_change(self.pooled)
        self.assertEqual((change.kind, change.from_pool_id), ("move", self.leeds))
        self.assertEqual(self._codes(manager.pool_move(self.leeds.id)), ["no_right"])
        stray = self._create_customer("Stray", city="Leeds")
        self.assertEqual(
            self._codes(stray.with_user(self.max).pool_move()), ["not_in_pool"]
        )
        self.assertEqual(self._codes(stray.with_user(self.rita).pool_move()), ["ok"])
        self.assertEqual(stray.pool_id, self.leeds)
        self.assertEqual(
            self._codes(self.owned.with_user(self.rita).pool_move()), ["taken"]
        )

    def test_another_company(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        pool = self.env["crm.pool"].create(
            {"name": "Elsewhere", "company_id": company.id}
        )
        answers = self.owned.with_user(self.sally).pool_release("X", pool.id)
        self.assertEqual(self._codes(answers), ["blocked"])
        foreign = self._create_customer("Foreign", company_id=company.id)
        foreign.pool_id = pool
        pool.manager_ids = self.max
        answers = foreign.with_user(self.max).pool_assign(self.sally.id)
        self.assertEqual(self._codes(answers), ["no_right"])
        self.assertNotIn(pool, self.env["crm.pool"].with_user(self.max)._get_of_user())

    def test_who_sees_which_pool(self):
        found = self.env["res.partner"].with_user(self.sam)
        self.assertNotIn(self.pooled, found.search([("is_in_my_pool", "=", True)]))
        for user in (self.sally, self.max, self.rita):
            found = self.env["res.partner"].with_user(user)
            self.assertIn(self.pooled, found.search([("is_in_my_pool", "=", True)]))
        self.assertTrue(self.pooled.is_in_pool)
        self.assertFalse(self.owned.is_in_pool)
        found = self.env["res.partner"].search([("is_in_pool", "=", False)])
        self.assertIn(self.owned, found)
        self.assertNotIn(self.pooled, found)
        answers = self.pooled.with_user(self.sam).pool_claim()
        self.assertEqual(self._codes(answers), ["not_member"])

    def test_an_owner_ends_the_stay_in_the_pool(self):
        self.pooled.user_id = self.sally
        self.env.flush_all()
        self.assertFalse(self.pooled.pool_id)

    def test_importing_into_a_pool(self):
        partners = self.env["res.partner"].with_user(self.max)
        self.max.group_ids += self.env.ref("base.group_partner_manager")
        found = partners.load(
            ["name", "is_company", "join_pool_id"], [["New 1", "1", "Leeds"]]
        )
        self.assertFalse(found["messages"])
        new = partners.browse(found["ids"])
        self.assertEqual((new.pool_id, new.is_managed_customer), (self.leeds, True))
        change = self._get_change(new)
        self.assertEqual((change.kind, change.batch_id.kind), ("import", "import"))
        found = partners.load(["name", "pool_id"], [["New 2", "Leeds"]])
        self.assertFalse(found["messages"])

    def test_bad_rows_of_an_import_say_so(self):
        self.max.group_ids += self.env.ref("base.group_partner_manager")
        partners = self.env["res.partner"].with_user(self.max)
        rows = [
            ["Good", "Leeds", ""],
            ["No such pool", "Nowhere", ""],
            ["Not mine", self.pool.name, ""],
            ["Owned", "Leeds", self.sally.name],
        ]
        found = partners.load(["name", "join_pool_id", "user_id"], rows)
        self.assertFalse(found["ids"])
        messages = {m["rows"]["from"]: m["message"] for m in found["messages"]}
        self.assertEqual(set(messages), {1, 2, 3}, messages)
        self.assertIn("Nowhere", messages[1])
        self.assertIn("managers", messages[2])
        self.assertIn("salesperson", messages[3])
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Good")]))

    def test_nothing_is_imported_into_an_archived_pool(self):
        new = self._create_customer("New")
        self.leeds.active = False
        with self.assertRefused("is archived"):
            new.with_user(self.rita).join_pool_id = self.leeds
        self.assertFalse(new.pool_id)

    def test_nobody_writes_the_pool_itself(self):
        for user in (self.sally, self.max, self.rita):
            with self.assertRaises(AccessError):
                self.pooled.with_user(user).pool_id = self.pool
        with self.assertRaises(AccessError):
            self.pooled.with_user(self.sally).join_pool_id = self.pool

    def test_distribution_shows_before_it_gives(self):
        self.leeds.member_ids += self.sam
        many = self._create_pooled(5)
        wizard = self._open_distribution(many)
        wizard.write({"user_ids": [(6, 0, (self.sally | self.sam).ids)]})
        wizard.action_preview()
        self.assertFalse(many.user_id, "nothing is given yet")
        counts = sorted(len(g) for g in wizard.line_ids.grouped("user_id").values())
        self.assertEqual(counts, [2, 3])
        wizard.line_ids[0].user_id = False
        given = {line.partner_id: line.user_id for line in wizard.line_ids}
        wizard.action_apply()
        self.assertEqual({partner: partner.user_id for partner in many}, given)
        change = self._get_change(many.filtered("user_id")[:1])
        self.assertEqual(change.kind, "distribute")

    def _open_distribution(self, partners):
        action = partners.with_user(self.max).action_pool_distribute()
        return (
            self.env[action["res_model"]].with_user(self.max).browse(action["res_id"])
        )

    def test_as_many_statements_for_many_as_for_few(self):
        many = self._create_pooled(60)
        warm, few, rest = many[:1], many[1:4], many[4:]
        for method, args in (
            ("pool_move", (self.pool.id, "Why")),
            ("pool_move", (self.leeds.id, "Why")),
            ("pool_assign", (self.sally.id,)),
            ("pool_release", ("Why",)),
        ):
            self._count_calling(warm, method, args)
            first = self._count_calling(few, method, args)
            self.assertEqual(self._count_calling(rest, method, args), first, method)

    def _count_calling(self, partners, method, args):
        partners = partners.with_user(self.rita)
        self.env.invalidate_all()
        statements = self._count_statements(
            lambda: self.assertEqual(
                set(self._codes(getattr(partners, method)(*args))), {"ok"}
            )
        )
        return statements
