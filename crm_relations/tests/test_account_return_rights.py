"""KA-4: who sees what a customer costs, and who what an hour of a colleague costs."""

from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged

from .common.account_return import AccountReturnCommon

SECRET = ("time_cost", "cost", "result", "result_share", "unpriced_count")
SECRET += ("tier_time_cost", "tier_result", "tier_result_share")
SECRET_OF_LINES = ("time_cost", "unpriced_count")


@tagged("post_install", "-at_install")
@freeze_time("2026-05-05 10:00:00")
class TestAccountReturnRights(AccountReturnCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_followup(cls.big, 2, duration_minutes=90, user_id=cls.max.id)
        cls.returns._count_for(cls.big)
        cls.one = cls.returns.search(
            [("partner_id", "=", cls.big.id), ("kind", "=", "months")]
        )

    def test_who_works_with_the_customer_sees_its_return(self):
        for user, seen in (
            *((self.sally, True), (self.max, True), (self.rita, True)),
            *((self.sam, False), (self.adam, True)),
        ):
            found = self.returns.with_user(user).search(
                [("partner_id", "=", self.big.id)]
            )
            self.assertEqual(bool(found), seen, user.name)
        for user in (self.sam, self.carl, self.anna):
            with self.assertRaises(AccessError, msg=user.name):
                self.big.with_user(user).action_view_account_return()
        self.big.with_user(self.sally).share_with(self.sam.id)
        self.big.with_user(self.sam).action_view_account_return()

    def test_who_reads_nothing_has_nothing_counted_or_opened(self):
        line = self.one.line_ids[:1]
        for record, method in (
            (self.one, "action_count_again"),
            (self.one, "action_open"),
            (line, "action_open_documents"),
        ):
            for user in (self.sam, self.carl):
                with self.assertRaises(AccessError):
                    getattr(record.with_user(user), method)()

    def test_nobody_writes_a_return(self):
        for user in (self.sally, self.rita, self.adam):
            for records in (self.one, self.one.line_ids[:1]):
                mine = records.with_user(user)
                with self.assertRaises(AccessError):
                    mine.write({"minutes": 1})
                with self.assertRaises(AccessError):
                    mine.unlink()
                with self.assertRaises(AccessError):
                    mine.create({})
                with self.assertRaises(AccessError):
                    mine.copy()

    def _attack(self, records, name):
        """Yield ways to read a field."""
        yield "read", lambda: records.read([name])
        yield "attribute", lambda: records[:1][name]
        yield "search_read", lambda: records.search_read([], [name])
        yield "domain", lambda: records.search([(name, "!=", 0)])
        yield "order", lambda: records.search([], order=f"{name} desc")
        yield "group", lambda: records.formatted_read_group([], [name], ["__count"])
        yield "export", lambda: records.export_data([name])
        yield "mapped", lambda: records.mapped(name)
        yield "web_read", lambda: records.web_read({name: {}})
        if records._fields[name].store:
            yield "sum", lambda: records.formatted_read_group([], [], [f"{name}:sum"])

    def test_what_time_costs_is_read_by_no_way(self):
        secret = {self.one: SECRET, self.one.line_ids: SECRET_OF_LINES}
        for user in (self.sally, self.max):
            user.group_ids += self.env.ref("base.group_allow_export")
            for records, names in secret.items():
                for name in names:
                    self._assert_unread(records.with_user(user), name)
        for records, names in secret.items():
            for name in names:
                records.with_user(self.rita).read([name])

    def _assert_unread(self, records, name):
        for way, read in self._attack(records, name):
            who = records.env.user.name
            with self.subTest(user=who, name=name, way=way):
                self.assertRaises(AccessError, read)

    def test_nor_over_other_models(self):
        plan = self._write_plan()
        plan.action_view_account_return()
        lines = self.env["crm.account.return.line"].with_user(self.sally)
        for domain in (
            [("return_id.time_cost", ">", 0)],
            [("return_id", "any", [("result", "<", 0)])],
        ):
            with self.assertRaises(AccessError):
                lines.search(domain)
        for spec in ({"return_id": {"fields": {"cost": {}}}},):
            with self.assertRaises(AccessError):
                lines.search([], limit=1).web_read(spec)
        self.sally.group_ids += self.env.ref("base.group_allow_export")
        with self.assertRaises(AccessError):
            lines.search([], limit=1).export_data(["return_id/time_cost"])

    def test_nor_by_a_measure_of_a_plan(self):
        measure = self.env["crm.account.measure"].create(
            {
                **{"name": "Left", "model_name": "crm.account.return"},
                **{"value_field": "result", "aggregation": "sum"},
            }
        )
        found, problem = measure._measure(
            self.big,
            self.one.date_start,
            self.one.date_end,
            self.sally,
            self.one.currency_id,
            self.company,
        )
        self.assertEqual(found, {})
        self.assertTrue(problem)

    def test_what_is_seen_holds_nothing_that_tells_a_rate(self):
        mine = self.one.with_user(self.sally)
        names = [
            name
            for name in mine._fields
            if mine._has_field_access(mine._fields[name], "read")
        ]
        before = mine.read(names), mine.line_ids.read()
        self.rates.search([]).amount = 777
        mine.action_count_again()
        self.env.invalidate_all()
        self.assertEqual(self.one.time_cost, 1165.5)
        self.assertEqual((mine.read(names), mine.line_ids.read()), before)

    def test_rates_are_seen_by_managers_and_set_by_administrators(self):
        rate = self.rates.search([], limit=1)
        for user in (self.sally, self.max, self.carl, self.anna):
            with self.assertRaises(AccessError):
                rate.with_user(user).read(["amount"])
        rate.with_user(self.rita).read(["amount"])
        with self.assertRaises(AccessError):
            rate.with_user(self.rita).amount = 1
        with Form(self.rates.with_user(self.adam)) as form:
            form.user_id = self.sally
            form.amount = 33
        with self.assertRaises(AccessError):
            self.env["crm.account.return.average"].with_user(self.max).search([])

    def test_another_company_sees_none_of_it(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.big.company_id = self.company
        self.returns._count_for(self.big)
        stranger = self._create_user(
            "stranger",
            "group_relations_manager",
            company_id=other.id,
            company_ids=other.ids,
        )
        for model in ("crm.account.return", "crm.account.return.line"):
            self.assertFalse(
                self.env[model]
                .with_user(stranger)
                .search_count(
                    []
                    if model == "crm.account.return"
                    else [("return_id", "in", self.one.ids)]
                )
            )
        self.assertFalse(self.rates.with_user(stranger).search([]))

    def test_the_customer_form_offers_it_to_who_sells_to_key_accounts(self):
        action = self.big.with_user(self.sally).action_view_account_return()
        found = self.returns.with_user(self.sally).search(action["domain"])
        self.assertEqual(
            found.mapped("display_name"),
            ["Big · 2026", "Big · Last 12 Months", "Big · 2025", "Big · 2024"],
        )
        with Form(found[1]) as form:
            self.assertEqual(form.minutes, 90)
