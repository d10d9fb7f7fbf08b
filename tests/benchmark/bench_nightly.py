"""The nightly jobs against the same work in plain SQL and in a record loop (PL-7).

Every variant begins with the same rows: what it did is rolled back or restored, and
the tables are vacuumed. A reference is measured in the same run.
"""

import contextlib
import logging
import resource

import customers
import references
import stopwatch

from odoo import fields, sql_db
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

TABLES = (
    *("res_partner", "crm_tier_change", "crm_lifecycle_change"),
    *("crm_relationship_change", "crm_ownership_change", "crm_care_task"),
)
BATCH = 1000
LOOPED = 500


def run(env, size):
    """Return rows of what, seconds, seconds of the reference, ratio."""
    night = Night(env)
    filled, _made = stopwatch.begin(customers.fill, env, size)
    rows = [filled]
    for step in (
        *(night.measure_dates, night.measure_tiers, night.measure_ladder),
        *(night.measure_layers, lambda: night.measure_budget(size)),
        *(night.measure_activity, night.measure_release, night.measure_care),
        night.measure_completeness,
    ):
        rows += step()
        _logger.info("%s", rows)  # a run that is cut short has told what it knows
    rows.append(("peak memory of the process, MB", _peak_megabytes(), None, None))
    return rows


def _peak_megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Night:
    def __init__(self, env):
        self.env = env
        self.partners = env["res.partner"]
        # Seconds of ours and of plain SQL for dates, tiers and layers.
        self.together = []

    def measure_dates(self):
        rule = self.env.ref("crm_relations.crm_pool_rule_followup")
        values = {"days": rule.days, "rule": rule.id, "pool": rule.pool_id.id}
        plain = self._try(references.run, self.env, references.DATES, values)
        first = self._keep(self.partners._cron_refresh_release_dates)
        again = self._keep(self.partners._cron_refresh_release_dates)
        self.together.append((first, plain))
        return [
            stopwatch.row("release dates, all change", first, plain),
            stopwatch.row("release dates, none changes", again, plain),
            *self._measure_days(rule),
        ]

    def _measure_days(self, rule):
        """Working days, and leave left out, against the same rule in calendar days."""
        calendar = self._try(self._decide, rule, {})
        working = {"day_kind": "working", "start_date": rule.start_date}
        rows = [stopwatch.row("dates decided, calendar days", calendar)]
        for label, values in [
            ("dates decided, working days", working),
            ("dates decided, leave left out", working | {"skip_leave": True}),
        ]:
            rows.append(
                stopwatch.row(label, self._try(self._decide, rule, values), calendar)
            )
        return rows

    def _decide(self, rule, values):
        rule.write(values)
        dates = rule._get_dates_sql()
        self.env.execute_query(
            SQL("SELECT count(release_date), count(facts) FROM (%s) AS d", dates)
        )

    def measure_tiers(self):
        scheme = self.env.ref("crm_relations.crm_tier_scheme_revenue")
        values = references.tier_values(self.env, scheme)
        figures = self._keep(self.partners._refresh_sales_figures)
        plain, expected = self._try_tiers(values)
        first = self._keep(scheme.run)
        if self._count_tiers() != expected:
            raise AssertionError(f"{self._count_tiers()} is not {expected}")
        self._forget_some_tiers()
        plain_few, _expected = self._try_tiers(values)
        few = self._keep(scheme.run)
        self.together.append((first, plain))
        return [
            stopwatch.row("sales figures, all change", figures),
            stopwatch.row("tiers, all change; plain SQL", first, plain),
            stopwatch.row("tiers, 1 % change; plain SQL", few, plain_few),
        ]

    def measure_ladder(self):
        first = self._keep(self.partners._refresh_relationship)
        again = self._keep(self.partners._refresh_relationship)
        return [
            stopwatch.row("ladder, all change", first),
            stopwatch.row("ladder, none changes", again),
        ]

    def measure_layers(self):
        rules = self.env["crm.lifecycle.rule"]
        values = {"today": fields.Date.today()}
        plain = self._try(references.run, self.env, references.LAYERS, values)
        first = self._keep(rules.run)
        plain_again = self._try(references.run, self.env, references.LAYERS, values)
        again = self._keep(rules.run)
        self.together.append((first, plain))
        return [
            stopwatch.row("layers, all change", first, plain),
            stopwatch.row("layers, none changes", again, plain_again),
        ]

    def measure_budget(self, size):
        """Tiers, layers and release dates together, against a loop as well."""
        ours, plain = (sum(column) for column in zip(*self.together, strict=True))
        scheme = self.env.ref("crm_relations.crm_tier_scheme_revenue")
        values = references.tier_values(self.env, scheme)
        sample = self.partners.search([("ref", "=like", "BENCH %")], limit=LOOPED)
        loop = self._try(references.loop_over_records, self.env, sample, values)
        return [
            stopwatch.row("tiers, layers, dates, all change; plain SQL", ours, plain),
            (
                "tiers, layers, dates; times faster than a record loop",
                ours,
                loop * size / len(sample),
                loop * size / len(sample) / ours,
            ),
        ]

    def _try_tiers(self, values):
        """Return the seconds of the plain statement, and what came of it."""
        counts = []

        def decide():
            references.run(self.env, references.TIERS, values)
            counts.extend(self._count_tiers())

        return self._try(decide), counts

    def _count_tiers(self):
        self.env.cr.execute(
            "SELECT tier_id, count(*), sum(id) FROM res_partner GROUP BY tier_id"
            " ORDER BY tier_id"
        )
        return self.env.cr.fetchall()

    def _forget_some_tiers(self):
        self.env.cr.execute(
            "UPDATE res_partner SET tier_id = NULL WHERE tier_id IS NOT NULL"
            " AND id % 100 = 0"
        )
        self._settle()

    def measure_activity(self):
        """The figures and the rhythm are there by now."""
        company = self.env["res.company"]._get_relations_default()
        models = self.env["crm.activity.model"]
        models._create_missing()
        model = models.search([("company_id", "=", company.id)])
        parameters = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
        model.write(parameters)
        today = company._get_relations_today()
        values = {"model": model.id, "today": today, **parameters}
        self._settle()
        plain = self._try(references.run, self.env, references.ACTIVITY, values)
        first = self._keep(self._refresh_activity)
        plain_again = self._try(references.run, self.env, references.ACTIVITY, values)
        again = self._keep(self._refresh_activity)
        return [
            stopwatch.row("activity, all change", first, plain),
            stopwatch.row("activity, none changes", again, plain_again),
        ]

    def _refresh_activity(self):
        self.partners._for_pages_of_customers(self.partners._refresh_activity)

    def measure_release(self):
        batch = self.env["crm.pool.batch"]._get_of_today("release")
        pool = self.env.ref("crm_relations.crm_pool_public")
        self._settle()
        values = {"pool": pool.id, "batch": batch.id}
        plain = self._try(self._release_plainly, values)
        with self._snapshot_of_the_runner():
            counts, seconds = stopwatch.watch(self._release_in_batches)
        return [
            stopwatch.row(f"release, {len(counts)} batches", seconds, plain),
            ("statements of the first batch", counts[0], None, None),
            ("statements of the last batch", counts[-1], None, None),
        ]

    def _release_plainly(self, values):
        for statement in references.RELEASE:
            references.run(self.env, statement, values)

    def _release_in_batches(self):
        """Release all, committing as the job does; return statements a batch."""
        counts, released = [], BATCH
        while released:
            before = self.env.cr.sql_log_count
            released = self.env["crm.pool.rule"]._release_due(BATCH)
            counts.append(self.env.cr.sql_log_count - before)
            self.env["ir.cron"]._commit_progress(released)
        return counts[:-1]

    @contextlib.contextmanager
    def _snapshot_of_the_runner(self):
        """Odoo holds the lock of a running job in a transaction beside it: nothing
        that the job deletes is cleaned up meanwhile."""
        with sql_db.db_connect(self.env.cr.dbname).cursor() as runner:
            runner.execute("SELECT id FROM ir_cron LIMIT 1 FOR UPDATE")
            yield
            runner.rollback()

    def measure_care(self):
        rule = self.env.ref("crm_relations.crm_care_rule_birthday")
        self._settle()
        seconds = self._try(rule._create_tasks)
        rule._create_tasks()
        ids = self.env["crm.care.task"].search([]).partner_id.ids
        self.env.cr.rollback()
        values = {"rule": rule.id, "ids": ids}
        plain = self._try(references.run, self.env, references.CARE, values)
        return [stopwatch.row(f"care, {len(ids)} tasks", seconds, plain)]

    def measure_completeness(self):
        plain = self._try(references.run, self.env, references.COMPLETENESS)
        first = self._keep(self.partners._refresh_completeness)
        again = self._keep(self.partners._refresh_completeness)
        return [
            stopwatch.row("completeness, all change", first, plain),
            stopwatch.row("completeness, none changes", again, plain),
        ]

    def _try(self, step, *arguments):
        """Return the seconds of a step that is rolled back."""
        return stopwatch.take_settled(self.env, TABLES, step, *arguments, keeps=False)

    def _keep(self, step):
        return stopwatch.take_settled(self.env, TABLES, step)

    def _settle(self):
        stopwatch.settle(self.env, TABLES)
