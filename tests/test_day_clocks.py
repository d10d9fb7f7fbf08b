"""Which clock a day goes by: that of the company to which a record belongs, or that of
who looks, types or works; never that of the company that somebody happens to be in, of
the job or of Greenwich.

Each clock is moved by a day while the others stand: what is computed, proposed or
written then changes by the clock that ``clock_answers`` names for it, and by no other.
"""

from unittest.mock import patch

from archived_world import ArchivedWorld
from clock_answers import COMPUTED, DEFAULTS, TYPED, WRITTEN
from suite_parts import (
    SUITE,
    create_all_rounder,
    get_acts,
    get_needed,
    get_tables,
    is_ours,
)

from odoo.fields import Command
from odoo.tests import TransactionCase, freeze_time, tagged
from odoo.tools import SQL, mute_logger

# Half past midnight on the 6th in Kiritimati and on the 5th in Honolulu; the 4th still
# for the reader.
NOW = "2026-05-05 10:30:00"
CLOCKS = {
    "record": ("Pacific/Kiritimati", "UTC"),
    "current": ("Pacific/Honolulu", "Etc/GMT+12"),
    "reader": ("Etc/GMT+12", "UTC"),
    "job": ("Etc/GMT+12", "UTC"),
}
DAYS = (-400, -2, -1, 0, 1, 4, 30)
CUSTOMERS = 4 * len(DAYS)
SIMPLE = (
    "boolean",
    "integer",
    "float",
    "char",
    "text",
    "selection",
    "date",
    "datetime",
)
# Acts are tried on these rows: of yesterday and of today.
TRIED = (8, 12)


@tagged("post_install", "-at_install")
class TestDayClocks(TransactionCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enterClassContext(freeze_time(NOW))
        cls.default = cls.env["res.company"]._get_relations_default()
        cls.theirs, cls.current = (cls._create_company(n) for n in ("Theirs", "Ours"))
        cls.env["res.company"].search([]).customers_are_owned = True
        cls.reader, cls.boss = (cls._create_user(name) for name in ("reader", "boss"))
        cls._set_clocks()
        cls.world = ArchivedWorld(
            cls.env, cls.reader, cls.boss, cls.theirs, DAYS, CUSTOMERS
        )
        cls.world.prepare()
        cls.world.fill()
        cls.world.add_plain()
        cls.world.use_all_rules()
        cls.days = cls._get_stored_days()

    @classmethod
    def _create_company(cls, name):
        company = cls.env["res.company"].create({"name": name})
        calendar = cls.default.resource_calendar_id.copy({"company_id": company.id})
        company.resource_calendar_id = calendar
        return company

    @classmethod
    def _create_user(cls, name):
        return create_all_rounder(
            cls.env,
            f"clock_{name}",
            company_id=cls.current.id,
            company_ids=[Command.set((cls.theirs | cls.current).ids)],
        )

    @classmethod
    def _set_clocks(cls, moved=None):
        """Set the clocks, past what is decided anew when one changes.

        :return: the environment of the reader, in another company than the records are
        """
        zones = {name: both[name == moved] for name, both in CLOCKS.items()}
        cls.env.flush_all()
        for company, zone in (
            (cls.theirs, zones["record"]),
            (cls.current, zones["current"]),
            (cls.default, zones["current"]),
        ):
            cls.env.cr.execute(
                "UPDATE resource_calendar SET tz = %s WHERE id = %s",
                [zone, company.resource_calendar_id.id],
            )
        for user, zone in (
            (cls.reader, zones["reader"]),
            (cls.env.ref("base.user_root"), zones["job"]),
        ):
            cls.env.cr.execute(
                "UPDATE res_partner SET tz = %s WHERE id = %s",
                [zone, user.partner_id.id],
            )
        cls.env.invalidate_all()
        cls.env.registry.clear_all_caches()
        context = {
            "lang": "en_US",
            "tz": zones["reader"],
            "allowed_company_ids": [cls.current.id, cls.theirs.id],
        }
        return cls.env(user=cls.reader, context=context)

    @classmethod
    def _get_stored_days(cls):
        """Return ``{model: [days of the suite that it stores]}``."""
        found = {
            model._name: [
                field.name
                for field in model._fields.values()
                if field.type == "date" and field.store and field.column_type
                if not field.related and is_ours(field)
            ]
            for model in get_tables(cls.env)
        }
        return {name: days for name, days in found.items() if days}

    def _get_clocks_of(self, measure):
        """Return ``{key: clocks that change it}`` of what ``measure`` returns as
        ``{key: value}`` for an environment of the reader."""
        base = measure(self._set_clocks())
        found = {}
        for clock in CLOCKS:
            for key, value in measure(self._set_clocks(clock)).items():
                if value != base.get(key):
                    found.setdefault(key, []).append(clock)
        self._set_clocks()
        return {key: " ".join(sorted(clocks)) for key, clocks in found.items()}

    def _get_rows(self, env, name):
        if name == "res.partner":
            return env[name].browse(self.world.customers.ids)
        rows = self.world.rows.get(name)
        domain = [("id", "in", list(rows.values()))] if rows else []
        return env[name].search(domain, limit=CUSTOMERS)

    def _get_computed(self, env):
        """Yield ``(rows, field)`` of what is computed when it is read."""
        for model in self._get_readable(env):
            fields = [
                field
                for field in model._fields.values()
                if field.compute and not field.store and not field.related
                if field.type in SIMPLE and is_ours(field)
                if model._has_field_access(field, "read")
            ]
            rows = self._get_rows(env, model._name) if fields else None
            yield from ((rows, field) for field in fields)

    def _get_readable(self, env):
        """Return the models with what the suite computes that the reader may read."""
        models = (env[name] for name in sorted(env.registry))
        return [
            model
            for model in models
            if model._original_module in SUITE or model._name == "res.partner"
            if not model._abstract and not model._transient
            if model.has_access("read")
        ]

    def _read(self, rows, field):
        try:
            return [row[field.name] for row in rows]
        except Exception as error:  # noqa: BLE001, rows made by SQL are not whole
            rows.env.invalidate_all(flush=False)
            return repr(error)

    def test_what_is_computed(self):
        found = self._get_clocks_of(
            lambda env: {
                str(field): self._read(rows, field)
                for rows, field in self._get_computed(env)
            }
        )
        self.assertEqual(found, COMPUTED)

    def test_a_search_finds_what_is_read(self):
        for clock in (None, "reader"):
            for rows, field, value in self._get_told(self._set_clocks(clock)):
                with self.subTest(str(field), value=value, moved=clock):
                    domain = [("id", "in", rows.ids), (field.name, "=", value)]
                    expected = rows.filtered(
                        lambda row, one=field.name, value=value: row[one] == value
                    )
                    self.assertEqual(rows.search(domain), expected)

    def _get_told(self, env):
        """Yield ``(rows, field, value)`` of each value that is read and searched."""
        for rows, field in self._get_computed(env):
            if field.search and field.type in ("boolean", "selection"):
                told = self._read(rows, field)
                values = set(told) if isinstance(told, list) else ()
                yield from ((rows, field, value) for value in values)

    def test_what_is_proposed(self):
        def measure(env):
            found = {}
            for name, model in env.registry.items():
                days = [
                    field.name
                    for field in model._fields.values()
                    if field.default and field.type in ("date", "datetime")
                    if is_ours(field)
                ]
                if days and not model._abstract:
                    values = env[name].sudo().default_get(days)
                    found |= {f"{name}.{day}": values.get(day) for day in days}
            return found

        found = self._get_clocks_of(measure)
        self.assertEqual(found, DEFAULTS)

    def _read_days(self):
        """Return all days that are stored, as ``{(field, id, day)}``."""
        self.env.flush_all()
        found = set()
        for model, days in self.days.items():
            columns = SQL(", ").join(map(SQL.identifier, days))
            table = SQL.identifier(self.env[model]._table)
            query = SQL("SELECT id, %s FROM %s", columns, table)
            for number, *row in self.env.execute_query(query):
                found |= {
                    (f"{model}.{day}", number, value)
                    for day, value in zip(days, row, strict=True)
                    if value
                }
        return found

    def _get_jobs(self):
        jobs = self.env["ir.cron"].with_context(active_test=False).search([])
        ids = jobs.get_external_id()
        return jobs.filtered(lambda job: ids[job.id].startswith(SUITE))

    def _run_jobs(self, _env):
        """Return ``{field: days that a job writes}``; nothing is left of them."""
        before, found = self._read_days(), {}
        for job in self._get_jobs():
            name = job.code.strip().removeprefix("model.").removesuffix("()")
            with (
                self.env.cr.savepoint() as point,
                patch.object(type(job), "_commit_progress", lambda *_one, **_two: 0),
                patch.object(type(self.env.cr), "commit"),
            ):
                getattr(self.env[job.model_id.model], name)()
                for field, _number, day in self._read_days() - before:
                    found.setdefault(field, []).append((name, str(day)))
                point.rollback()
            self.env.invalidate_all(flush=False)
        return {field: sorted(days) for field, days in found.items()}

    def test_what_jobs_write(self):
        found = self._get_clocks_of(self._run_jobs)
        self.assertGreater(len(found), 15)
        self.assertEqual(found, {field: WRITTEN.get(field) for field in found})

    def _get_acts(self):
        """Yield ``(model, method, what it needs, place)`` of what one does with a row:
        methods that need nothing, or a reason."""
        for name in self.world.rows:
            if self.env.registry[name]._original_module not in SUITE:
                continue
            for act, method in get_acts(self.env[name]).items():
                needed = get_needed(method)
                if needed <= {"reason"}:
                    values = dict.fromkeys(needed, "Because")
                    yield from ((name, act, values, place) for place in TRIED)

    def _act(self, env, name, act, values, place):
        """Return the days that an act writes on its row and its customer."""
        number = self.world.rows[name].get(place, 0)
        customer = self.world.customers[place].id
        found = set()
        try:
            with self.env.cr.savepoint() as point, mute_logger("odoo.sql_db"):
                before = self._read_row(name, number, customer)
                getattr(env[name].browse(number), act)(**values)
                found = self._read_row(name, number, customer) - before
                point.rollback()
        except Exception:  # noqa: BLE001, it is refused
            found = set()
        env.invalidate_all(flush=False)
        return found

    def _read_row(self, name, number, customer):
        self.env.flush_all()
        found = set()
        for model, one in {"res.partner": customer, name: number}.items():
            for day in self.days.get(model, ()):
                query = SQL(
                    "SELECT %s FROM %s WHERE id = %s",
                    SQL.identifier(day),
                    SQL.identifier(self.env[model]._table),
                    one,
                )
                rows = self.env.execute_query(query)
                found |= {(f"{model}.{day}", value) for (value,) in rows if value}
        return found

    def test_what_acts_write(self):
        acts, wrote = list(self._get_acts()), []

        def measure(env):
            found = {}
            for act in wrote or acts:
                days = self._act(env, *act)
                for field, day in days:
                    key = (*act[:2], act[3])
                    found.setdefault(field, []).append((key, str(day)))
                if days and act not in wrote:
                    wrote.append(act)
            return {field: sorted(days) for field, days in found.items()}

        found = self._get_clocks_of(measure)
        self.assertTrue(found)
        told = DEFAULTS | WRITTEN
        self.assertEqual(found, {field: told.get(field) for field in found})

    def test_each_day_has_an_answer(self):
        stored = {f"{name}.{day}" for name, days in self.days.items() for day in days}
        self.assertEqual(stored - {*DEFAULTS, *WRITTEN, *TYPED}, set())
        self.assertLessEqual({*WRITTEN, *TYPED}, stored)
        self.assertFalse(set(WRITTEN) & set(TYPED))
