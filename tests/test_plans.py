"""PL-7: no statement goes through far more rows because the planner was told of few."""

import contextlib
from unittest.mock import patch

import plan_meter
import plan_world

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from odoo.addons.base.models.ir_cron import IrCron

# A customer, of one statement, whatever the planner believes.
MOST = 200


@tagged("post_install", "-at_install")
class TestPlans(TransactionCase):
    """All was filled after the planner had last looked at the tables."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.jobs = (
            cls.env["ir.cron"]
            .search([])
            .filtered(
                lambda job: job.get_external_id()[job.id].startswith("crm_relations")
            )
        )
        cls.startClassPatcher(
            patch.object(type(cls.jobs), "_commit_progress", lambda *_, **__: 600)
        )
        cls._analyze()
        plan_world.fill(cls.env)
        cls.customers = cls.env["res.partner"].search([("ref", "=like", "BENCH %")])

    @classmethod
    def _analyze(cls):
        """What is counted outlasts the transaction: of an empty table of days, which
        other tests fill, nothing is said."""
        cls.env.flush_all()
        for table in set(plan_world.TABLES) - {"crm_working_day"}:
            cls.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))

    @contextlib.contextmanager
    def _going_through_few_rows(self, customers=plan_world.CUSTOMERS):
        """Whatever is sent meanwhile goes through ``MOST`` rows a customer at most;
        nothing of it is kept."""
        with plan_meter.measuring() as visited, self.env.cr.savepoint() as savepoint:
            yield
            self.env.flush_all()
            savepoint.rollback()
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()
        self.assertTrue(visited)
        for text, rows in visited.items():
            with self.subTest(statement=text):
                self.assertLessEqual(rows, MOST * customers)

    def test_release_dates_of_what_has_just_come(self):
        """PO-2: as after an import, within its transaction."""
        with self._going_through_few_rows():
            self.customers._refresh_release_dates(self.customers.ids)

    def test_release_dates_count_days_by_the_index(self):
        rules = self.env["crm.pool.rule"].search([("day_kind", "=", "working")])
        self.assertEqual(set(rules.mapped("skip_leave")), {False, True})
        for rule in rules:
            with self.subTest(rule.name), self._going_through_few_rows():
                self.env.execute_query(rule._get_dates_sql())

    def test_hiding_a_few_reads_these_and_not_all_that_there_is(self):
        """PO-1: with true statistics, for the plans were wrong all the same."""
        pool = self.env.ref("crm_relations.crm_pool_public")
        with self.env.cr.savepoint() as savepoint:
            self.env.cr.execute(
                "UPDATE res_partner SET pool_id = %s, user_id = NULL, phone = '+1 555'"
                " WHERE id = ANY(%s)",
                [pool.id, self.customers.ids],
            )
            self._analyze()
            few = self.customers[:50]
            with self._going_through_few_rows(len(few)):
                self.env["crm.hidden.value"]._settle(few.ids)
            savepoint.rollback()
        self.env.invalidate_all()

    def test_jobs_look_at_what_has_grown_first(self):
        """A table of its own: the file of another has gaps left by other tests."""
        fill = "INSERT INTO plan_grown SELECT generate_series(1, %s)"
        self.env.cr.execute("CREATE TABLE plan_grown (number int)")
        self.env.cr.execute(fill, [20000])
        self.env.cr.execute("ANALYZE plan_grown")
        with patch.object(
            type(self.jobs), "_get_tables_of_suite", lambda _job: ["plan_grown", "none"]
        ):
            self.assertNotIn("plan_grown", self.jobs._get_outdated_tables())
            self.env.cr.execute(fill, [10000])
            self.assertIn("plan_grown", self.jobs._get_outdated_tables())

    def test_a_job_of_ours_looks_and_others_do_not(self):
        other = self.env.ref("base.autovacuum_job")
        for job, looks in ((self.jobs[0], True), (other, False)):
            with (
                self.subTest(job.cron_name),
                patch.object(type(job), "_analyze_outdated_tables") as look,
                patch.object(IrCron, "_callback") as run,
            ):
                job._callback(job.cron_name, job.ir_actions_server_id.id)
                self.assertEqual(look.called, looks)
                self.assertTrue(run.called)

    def test_no_job_explodes(self):
        """However little was known when it began."""
        self.assertGreater(len(self.jobs), 10)
        for job in self.jobs:
            with (
                self.subTest(job.cron_name),
                self._going_through_few_rows(),
                patch.object(
                    type(job), "_get_outdated_tables", lambda _job: plan_world.TABLES
                ),
            ):
                job._analyze_outdated_tables()
                job.ir_actions_server_id.with_user(job.user_id).run()
