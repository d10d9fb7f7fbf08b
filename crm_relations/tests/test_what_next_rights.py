from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged

from .common.next import NextCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")
class TestWhatNextRights(NextCommon):
    """FU-11: whose customers stand in whose list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine = cls._create_next("Mine")
        cls.his = cls._create_next("His", user_id=cls.sam.id)

    def _read(self, user):
        self.env.flush_all()
        self.env.invalidate_all()
        customers = (self.mine | self.his).ids
        lines = self.env["crm.next.contact"].with_user(user)
        return lines.search([("partner_id", "in", customers)])

    def test_a_salesperson_reads_the_own_list(self):
        self.assertEqual(self._read(self.sally).partner_id, self.mine)
        self.assertEqual(self._read(self.sam).partner_id, self.his)

    def test_a_leader_reads_the_lists_of_the_team(self):
        self.assertEqual(self._read(self.max).partner_id, self.mine)

    def test_a_leader_without_the_role_reads_no_list_of_the_team(self):
        self.north.user_id = self.sam
        self.assertEqual(self._read(self.sam).partner_id, self.his)

    def test_the_menu_of_a_leader_opens_the_list_of_the_team(self):
        for user, mine in ((self.sally, True), (self.max, False), (self.rita, False)):
            lines = self.env["crm.next.contact"].with_user(user)
            action = lines._open_mine_first()
            with self.subTest(user=user.login):
                self.assertEqual("search_default_mine" in action["context"], mine)
        self._create_next("Own", user_id=self.rita.id)
        lines = self.env["crm.next.contact"].with_user(self.rita)
        self.assertIn("search_default_mine", lines._open_mine_first()["context"])

    def test_relations_managers_read_all(self):
        self.assertEqual(self._read(self.rita).partner_id, self.mine | self.his)

    def test_who_sells_nothing_has_no_list_and_no_card(self):
        for user in (self.carl, self.anna):
            with self.assertRaises(AccessError):
                self._read(user)
            day = self.env["crm.my.day"].with_user(user).get_day()
            keys = [
                card["key"] for column in day["columns"] for card in column["cards"]
            ]
            self.assertNotIn("what_next", keys)

    def test_a_shared_customer_is_in_both_lists(self):
        self.mine.share_with(self.sam.id)
        lines = self._read(self.sam)
        self.assertEqual(lines.partner_id, self.mine | self.his)
        shared = lines.filtered("is_shared")
        self.assertEqual((shared.partner_id, shared.user_id), (self.mine, self.sam))
        self.assertFalse(self._read(self.sally).is_shared)
        self.assertEqual(len(self._read(self.rita)), 3)
        self.mine.share_ids.action_end()
        self.assertEqual(self._read(self.sam).partner_id, self.his)

    def test_lines_are_found_by_their_ids(self):
        self.mine.share_with(self.sam.id)
        for line in self._read(self.sam):
            self.env.invalidate_all()
            again = self.env["crm.next.contact"].with_user(self.sam).browse(line.id)
            self.assertEqual(again.user_id, self.sam)
            self.assertEqual(again.action_not_now()["res_model"], "crm.not.now.wizard")

    def test_the_line_of_another_one_tells_nothing(self):
        line = self._read(self.sam)
        with self.assertRaises(AccessError):
            line.with_user(self.sally).read(["facts"])
        with self.assertRaises(AccessError):
            line.with_user(self.sally).action_log_followup()

    def test_nobodys_and_archived_customers_and_plain_contacts_are_in_no_list(self):
        pooled = self._create_next("Pooled")
        archived = self._create_next("Archived")
        plain = self._create_next("Plain")
        self.pool.hides_phone = True
        pooled.pool_release("Moves away")
        self.assertTrue(pooled.pool_id)
        archived.action_archive()
        plain.is_managed_customer = False
        self._create_person(self.mine)
        self.env.flush_all()
        lines = self.env["crm.next.contact"].sudo()
        gone = pooled | archived | plain | self.mine.child_ids
        self.assertFalse(lines.search([("partner_id", "in", gone.ids)]))

    def test_another_company_of_the_reader_is_left_out_until_it_is_entered(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.sally.company_ids |= company
        self.mine.company_id = company
        self.env.flush_all()
        for entered, found in ((self.company, self.mine[:0]), (company, self.mine)):
            lines = self.env["crm.next.contact"].with_user(self.sally)
            lines = lines.with_context(allowed_company_ids=entered.ids)
            self.assertEqual(lines.search([]).partner_id & self.mine, found)

    def test_what_a_company_without_weights_of_its_own_counts(self):
        """The weights are those of the company that judges the customer."""
        company = self.env["res.company"].create(
            {"name": "Elsewhere", "next_layer_percent": 0}
        )
        self.mine.relation_company_id = company
        self.assertEqual(self._read(self.sally).chance, 0)
        self.assertAlmostEqual(self._read(self.sam).chance, 0.1)

    def test_nobody_writes_a_line(self):
        line = self._read(self.sally)
        for action in (
            lambda: line.write({"score": 9}),
            line.unlink,
            lambda: line.create({"partner_id": self.mine.id}),
        ):
            with self.assertRaises(AccessError):
                action()

    def test_who_has_no_role_of_ours_reads_neither_lists_nor_what_was_put_off(self):
        outsider = new_test_user(self.env, "next_outsider")
        for model in ("crm.next.contact", "crm.not.now", "crm.usual.value"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(outsider).search([])
