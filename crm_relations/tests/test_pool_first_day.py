from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common.first_day import FirstDayCase


@tagged("post_install", "-at_install")
class TestPoolFirstDay(FirstDayCase):
    """PO-1: what the first day proposes, shows, installs and takes back."""

    def test_members_and_managers_are_who_owns_and_who_leads(self):
        wizard = self._fill()
        self.assertEqual(wizard.member_ids, self.sally | self.sam)
        self.assertIn(self.max, wizard.manager_ids)
        self.assertNotIn(self.sam, wizard.manager_ids)

    def test_nobody_is_above_the_proposed_cap(self):
        self.tier_a.holding_weight = 3
        wizard = self._fill()
        self.assertEqual(wizard.max_customers, 20)  # 4 times 3 and 8
        self.assertIn("Sally holds most, 20", wizard.cap_reason)

    def test_where_nobody_has_customers_no_limit_is_proposed(self):
        """A cap of ten, made of nothing, would refuse the customers who come next."""
        (self.silent | self.kept).user_id = False
        wizard = self._fill()
        self.assertEqual((wizard.max_customers, wizard.most_per_night), (0, 0))
        self.assertFalse(wizard.cap_reason or wizard.wave_reason)
        wizard.action_preview()
        self.assertIn("No customer has a salesperson yet", wizard.overview)

    def test_customers_of_no_tier_have_a_line_with_a_name(self):
        wizard = self._fill()
        wizard.action_preview()
        names = [line.tier_name for line in wizard.tier_line_ids]
        self.assertEqual(names[-1], "All others")
        self.assertIn("Without a tier", wizard.tier_leaving_ids.mapped("tier_name"))

    def test_days_come_from_the_rhythm_of_a_tier_if_enough_show_one(self):
        many = self._create_customers(20, user_id=self.sam.id, tier_id=self.tier_b.id)
        many.order_interval_days = 42
        self.env.flush_all()
        lines = {line.tier_id: line for line in self._fill().tier_line_ids}
        self.assertEqual(lines[self.tier_b].days, 50)
        self.assertIn("every 42 days (median of 20)", lines[self.tier_b].reason)
        self.assertEqual(lines[self.tier_a].days, 60)
        self.assertIn("As shipped", lines[self.tier_a].reason)
        self.assertEqual(lines[self.tier_a].customer_count, 4)
        self.assertIn(self.env["crm.tier"], lines)

    def test_notices_are_proposed_as_they_are_in_force(self):
        wizard = self._fill()
        self.assertEqual(wizard._get_notices(), [7, 3, 1])

    def test_it_shows_who_would_leave_and_writes_nothing(self):
        before = self._get_world()
        wizard = self._fill(most_per_night=5, grace_days=7)
        wizard.action_preview()
        self.assertEqual(wizard.leaving_count, 12)
        self.assertEqual(wizard.customer_count, 13)
        owners = {line.user_id: line for line in wizard.owner_line_ids}
        self.assertEqual(owners[self.sally].leaving_count, 12)
        self.assertEqual(owners[self.sam].leaving_count, 0)
        tiers = {line.tier_id: line.leaving_count for line in wizard.tier_leaving_ids}
        self.assertEqual(tiers, {self.tier_a: 4, self.env["crm.tier"]: 8})
        self.assertIn("12 of 13 customers (92 %)", wizard.overview)
        self.assertIn("nights: 3", wizard.overview)
        self.assertEqual(self._get_world(), before)
        self.assertFalse(self.silent.filtered("pool_release_date"))

    def test_the_list_behind_the_figure_holds_as_many(self):
        wizard = self._fill()
        wizard.action_preview()
        action = wizard.action_view_leaving()
        found = self.env["res.partner"].search(action["domain"])
        self.assertEqual(found, self.silent)
        line = wizard.tier_leaving_ids.filtered(lambda line: line.tier_id)
        action = line.action_view_customers()
        self.assertEqual(
            self.env["res.partner"].search(action["domain"]), self.silent[:4]
        )

    def test_installed_the_customers_leave_in_waves_after_the_grace(self):
        setup = self._install(most_per_night=5, grace_days=7)
        self.assertTrue(self.company.customers_are_owned)
        nights = sorted(
            (customer.pool_release_date - self.today).days for customer in self.silent
        )
        self.assertEqual(nights, [7] * 5 + [8] * 5 + [9] * 2)
        self.assertEqual((self.kept.pool_release_date - self.today).days, 60)
        self.assertEqual(self.rule.active, True)
        self.assertEqual(self.pool.member_ids, self.sally | self.sam)
        done = {(line.kind, line.res_model) for line in setup.line_ids}
        self.assertEqual(
            done,
            {
                ("changed", "crm.pool"),
                ("changed", "crm.pool.rule"),
                ("created", "crm.pool.rule"),
                ("created", "crm.pool.quota"),
                ("changed", "res.company"),
            },
        )
        for line in setup.line_ids:
            self.assertTrue(line.words, line.name)
            self.assertEqual(line.action_open()["res_id"], line.res_id)

    def test_what_was_shown_is_what_leaves(self):
        """The preview and the nights agree on who and how many."""
        wizard = self._fill(most_per_night=0, grace_days=0)
        wizard.action_preview()
        shown = [customer for customer, *_rest in wizard._get_leaving()]
        self._install(most_per_night=0, grace_days=0)
        due = self.silent.filtered(lambda p: p.pool_release_date <= self.today)
        self.assertEqual(set(shown), set(due.ids))

    def test_a_rule_that_waited_acts_from_the_day_shown(self):
        """Its day is not put off because it was this day already."""
        for waits_from in (0, -30, 30):
            day = self.today + timedelta(days=waits_from)
            self.rule.write({"active": False, "start_date": day})
            setup = self._install(grace_days=0)
            self.assertEqual(self.rule.start_date, self.today)
            setup.with_user(self.adam).action_undo()
            self.assertEqual(self.rule.start_date, day)

    def test_a_second_run_doubles_nothing(self):
        self._install(most_per_night=5)
        world = self._get_world()
        again = self._fill()
        self.assertEqual(again.most_per_night, 5)
        again.action_preview()
        self.assertIn("The rules are in force already: 5 leave", again.overview)
        self.assertFalse(again._install())
        self.assertEqual(self._get_world(), world)
        self.assertEqual(again.action_install()["tag"], "display_notification")
        self.assertEqual(self.env["crm.pool.setup"].search_count([]), 1)

    def test_a_second_run_changes_what_differs(self):
        self._install(most_per_night=5)
        world = self._get_world()
        with self._open() as form:
            form.max_customers = 300
            with form.tier_line_ids.edit(0) as line:
                line.days = 33
        setup = form.record._install()
        self.assertEqual(
            sorted(setup.line_ids.mapped("res_model")),
            ["crm.pool.quota", "crm.pool.rule"],
        )
        for model, records in self._get_world().items():
            self.assertEqual(records.keys(), world[model].keys())

    def test_other_notices_are_the_companys_own(self):
        self._install(first_notice_days=14, second_notice_days=5, last_notice_days=2)
        steps = self.env["crm.pool.notice.step"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(sorted(steps.mapped("days")), [2, 5, 14])
        self.assertEqual(steps.filtered("to_leader").days, 2)
        self.assertEqual(self._fill()._get_notices(), [14, 5, 2])

    def test_undone_all_is_as_before(self):
        before = self._get_world()
        setup = self._install(most_per_night=5, last_notice_days=2)
        self.assertNotEqual(self._get_world(), before)
        setup.with_user(self.adam).action_undo()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self._get_world(), before)
        self.assertEqual(setup.state, "undone")
        self.assertEqual(set(setup.line_ids.mapped("result")), {"undone"})
        self.env["res.partner"]._refresh_release_dates(self.silent.ids)
        self.assertFalse(self.silent.filtered("pool_release_date"))

    def test_undone_what_somebody_changed_since_stays_and_is_named(self):
        setup = self._install(most_per_night=5)
        self.env["crm.pool.quota"].search([]).max_customers = 77
        setup.with_user(self.adam).action_undo()
        kept = setup.line_ids.filtered(lambda line: line.result == "kept")
        self.assertEqual(kept.res_model, "crm.pool.quota")
        self.assertEqual(self.env["crm.pool.quota"].search([]).max_customers, 77)

    def test_undone_a_pool_that_others_need_by_now_stays(self):
        self.pool.active = False
        setup = self._fill()._install()
        mine = self._create_pool_rule(90, pool_id=setup.pool_id.id, start_date=False)
        with mute_logger("odoo.sql_db"):
            setup.with_user(self.adam).action_undo()
        self.assertTrue(mine.exists())
        kept = setup.line_ids.filtered(lambda line: line.result == "kept")
        self.assertEqual(kept.res_model, "crm.pool")

    def test_once_customers_have_left_it_is_not_undone(self):
        setup = self._install(most_per_night=5, grace_days=0)
        self.env["crm.pool.rule"]._release_due()
        self.env.invalidate_all()
        self.assertIn("Gone to the pool since: 5 customers", setup.happened)
        with self.assertRefused("Undo these releases", UserError):
            setup.with_user(self.adam).action_undo()

    def test_the_last_one_is_undone_first_and_once(self):
        first = self._install(most_per_night=5)
        second = self._fill(max_customers=300)._install()
        with self.assertRefused("undo that one first", UserError):
            first.with_user(self.adam).action_undo()
        second.with_user(self.adam).action_undo()
        first.with_user(self.adam).action_undo()
        with self.assertRefused("undone already", UserError):
            first.with_user(self.adam).action_undo()

    def test_only_administrators_set_up_pools(self):
        """The right is asked on the server, in each step."""
        setup = self._install(most_per_night=5)
        for user in (self.rita, self.max, self.sally):
            with self.assertRaises(AccessError):
                self.env["crm.pool.first.day"].with_user(user).create({})
            wizard = self._fill().with_user(user)
            for method in ("action_preview", "action_install", "action_view_leaving"):
                with self.assertRaises(AccessError):
                    getattr(wizard, method)()
            with self.assertRaises(AccessError):
                setup.with_user(user).action_undo()

    def test_numbers_that_make_no_sense_are_refused(self):
        for values in (
            {"grace_days": -1},
            {"grace_days": 9999},
            {"most_per_night": -1},
            {"max_customers": -5},
            {"first_notice_days": 3},
            {"last_notice_days": -1},
        ):
            with self.assertRaises(ValidationError):
                self._fill(**values)

    def test_without_a_pool_it_makes_one(self):
        self.pool.active = False
        setup = self._fill()._install()
        pool = setup.pool_id
        self.assertNotEqual(pool, self.pool)
        setup.with_user(self.adam).action_undo()
        self.assertFalse(pool.exists())

    def test_a_second_company_is_set_up_for_itself(self):
        other = self.env["res.company"].create({"name": "Second"})
        other.customers_are_owned = False
        theirs = self._create_customers(
            3, user_id=self.max.id, company_id=other.id, tier_id=self.tier_a.id
        )
        self.adam.company_ids = [Command.link(other.id)]
        self._age_ownership(theirs, 100)
        wizards = self.env["crm.pool.first.day"].with_user(self.adam)
        with Form(wizards.with_company(other)) as form:
            form.most_per_night = 2
        form.record.action_preview()
        self.assertEqual(form.record.leaving_count, 3)
        setup = form.record._install()
        self.assertTrue(other.customers_are_owned)
        self.assertFalse(self.company.customers_are_owned)
        rules = self.env["crm.pool.rule"].search([])
        self.assertEqual(rules.company_id, other)
        everyone = theirs | self.silent
        everyone._refresh_release_dates(everyone.ids)
        self.env.invalidate_all()
        self.assertTrue(all(theirs.mapped("pool_release_date")))
        self.assertFalse(self.silent.filtered("pool_release_date"))
        self.adam.company_ids = [Command.unlink(other.id)]
        with self.assertRaises(AccessError):
            setup.with_user(self.adam).action_undo()
        with self.assertRaises(AccessError):
            form.record.action_preview()

    def test_beside_other_companies_the_default_one_is_for_those_of_none(self):
        """They are judged by it, and a rule that named it would leave them out."""
        other = self.env["res.company"].create({"name": "Second"})
        theirs = self._create_customer("T", user_id=self.max.id, company_id=other.id)
        self._age_ownership(theirs, 100)
        wizard = self._fill(most_per_night=5, grace_days=7)
        wizard.action_preview()
        self.assertEqual(wizard.leaving_count, 12)
        wizard._install()
        self.env["res.partner"]._refresh_release_dates(self.silent.ids)
        self.env.invalidate_all()
        self.assertTrue(all(self.silent.mapped("pool_release_date")))

    def test_made_by_a_program_it_proposes_the_same(self):
        wizard = self.env["crm.pool.first.day"].with_user(self.adam).create({})
        wizard.action_preview()
        form = self._fill()
        self.assertEqual(len(wizard.tier_line_ids), len(form.tier_line_ids))
        self.assertEqual(wizard.member_ids, form.member_ids)
        self.assertEqual(wizard.leaving_count, 12)
        wizard._install()
        rules = self.env["crm.pool.rule"].search([])
        self.assertEqual(len(rules), len(form.tier_line_ids))

    def test_the_preview_needs_no_more_statements_for_many(self):
        wizard = self._fill()
        wizard._get_leaving()
        few = self._count_statements(wizard._get_leaving)
        many = self._create_customers(60, user_id=self.sally.id)
        self._age_ownership(many, 90)
        self.env.flush_all()
        wizard._get_leaving()
        self.assertLessEqual(self._count_statements(wizard._get_leaving), few)
        self.assertEqual(len(wizard._get_leaving()), 72)

    def test_grace_begins_today(self):
        self._install(most_per_night=0, grace_days=10)
        first = min(self.silent.mapped("pool_release_date"))
        self.assertEqual(first, self.today + timedelta(days=10))
