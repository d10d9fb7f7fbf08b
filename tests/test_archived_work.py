"""Who is archived is no customer: nothing asks anybody to do something about it, and
what is history or a book keeps it.

A table says of each list and each card which one it is (``archived_answers``); what has
no answer fails, and so does work that a job makes of who is archived. Unarchived, all
of it is there again.
"""

from unittest.mock import patch

from archived_answers import (
    BOOKS,
    GOES_ON,
    MADE,
    MADE_OF_WORKING,
    MIXED,
    NOT_OF_CUSTOMERS,
    TELLS,
    WORK,
)
from archived_world import ArchivedWorld
from lxml import etree
from suite_parts import SUITE, create_all_rounder, get_tables
from world_case import WorldCase

from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

# Tables of Odoo in which jobs put work and messages.
TOLD = ("mail.activity", "mail.message", "mail.mail", "sms.sms", "loyalty.history")


class ArchivedWorkCase(WorldCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner, cls.boss = (
            create_all_rounder(cls.env, f"archived_{name}")
            for name in ("owner", "boss")
        )
        cls.env["crm.team"].create(
            {"name": "World", "user_id": cls.boss.id, "member_ids": cls.owner.ids}
        )
        cls.world = ArchivedWorld(cls.env, cls.owner, cls.boss)
        cls.world.prepare()

    @classmethod
    def _archive(cls, active=False):
        customers = cls.world.customers | cls.world.plain
        customers.active = active
        cls.world.force_days()


@tagged("post_install", "-at_install")
class TestArchivedWork(ArchivedWorkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.actions = cls._get_actions()
        cls.empty = cls._measure()
        cls.world.fill()
        cls.working = cls._measure()
        cls._archive()
        cls.archived = cls._measure()
        cls._archive(active=True)
        cls.again = cls._measure()

    @classmethod
    def _get_actions(cls):
        """Return ``{name: action}`` of the lists of the suite."""
        names = cls.env["ir.model.data"].search(
            [("model", "=", "ir.actions.act_window"), ("module", "in", SUITE)]
        )
        actions = {
            name.complete_name: cls.env["ir.actions.act_window"].browse(name.res_id)
            for name in names
        }
        return {
            name: action
            for name, action in actions.items()
            if not cls.env[action.res_model]._transient and action.view_mode != "form"
        }

    @classmethod
    def _measure(cls):
        """Return ``{(name, login): {measure: figure}}`` of all lists and cards."""
        cls.env.flush_all()
        cls.env.invalidate_all()
        found = {}
        for user in (cls.owner, cls.boss):
            for name, action in cls.actions.items():
                if cls.env[action.res_model].with_user(user).has_access("read"):
                    found[name, user.login] = cls._measure_list(action, user)
            for whose in (False, 0):
                found |= cls._count_cards(user, whose)
        return found

    @classmethod
    def _measure_list(cls, action, user):
        """Return how much a list shows when it opens, and what its sums are."""
        values = {"uid": user.id, "active_id": 0, "active_ids": []}
        context = safe_eval(action.context or "{}", values)
        records = cls.env[action.res_model].with_user(user).with_context(**context)
        domains = [action.domain or "[]", *cls._get_default_filters(action, records)]
        domain = Domain.AND(Domain(safe_eval(text, values)) for text in domains)
        measures = cls._get_measures(records)
        sums = [f"{name}:sum" for name in measures]
        [row] = records._read_group(domain, [], ["__count", *sums])
        return dict(zip(["rows", *measures], map(_round, row), strict=True))

    @classmethod
    def _get_default_filters(cls, action, records):
        """Return the domains of the filters with which a list opens."""
        views = records.get_views([(action.search_view_id.id, "search")])["views"]
        chosen = records.env.context
        return [
            node.get("domain")
            for node in etree.fromstring(views["search"]["arch"]).iter("filter")
            if node.get("domain") and chosen.get(f"search_default_{node.get('name')}")
        ]

    @classmethod
    def _get_measures(cls, records):
        return [
            field.name
            for field in records._fields.values()
            if field.store and field.aggregator == "sum" and field.name != "id"
            if records._has_field_access(field, "read")
        ]

    @classmethod
    def _count_cards(cls, user, whose):
        day = cls.env["crm.my.day"].with_user(user)
        cards = day._get_my_day_cards(
            day._get_users(whose), user._get_relations_today()
        )
        return {
            (card["key"], f"{user.login}{whose}"): {
                "rows": len(day._search_card(card).get_result_ids())
            }
            for card in cards
        }

    def _get_names(self):
        """Return the lists and cards that show something of the customers."""
        return {
            name
            for name, login in self.working
            if self.working[name, login] != self.empty.get((name, login))
        }

    def test_each_list_says_whether_it_is_work_or_a_book(self):
        cards = {name for name, _login in self.working if "." not in name}
        answered = {*WORK, *BOOKS, *MIXED}
        self.assertEqual(self._get_names() - cards, answered)
        self.assertEqual(len(answered), sum(map(len, (WORK, BOOKS, MIXED))))

    def test_each_card_counts_something(self):
        cards = {name for name, _login in self.working if "." not in name}
        self.assertEqual(cards - self._get_names(), set(NOT_OF_CUSTOMERS))

    def test_nothing_is_to_be_done_about_who_is_archived(self):
        for key, working in self.working.items():
            name, login = key
            if name in BOOKS or name in GOES_ON:
                continue
            with self.subTest(name, login=login):
                work = MIXED.get(name, working)
                self.assertEqual(
                    {one: self.archived[key][one] for one in work},
                    {one: self.empty.get(key, {}).get(one, 0) for one in work},
                )

    def test_what_has_been_is_kept(self):
        for key, working in self.working.items():
            name, login = key
            work = {"rows", *MIXED[name]} if name in MIXED else ()
            kept = [one for one in working if one not in work]
            if name in {*BOOKS, *GOES_ON, *MIXED}:
                with self.subTest(name, login=login):
                    self.assertEqual(
                        {one: self.archived[key][one] for one in kept},
                        {one: working[one] for one in kept},
                    )

    def test_unarchived_all_of_it_is_there_again(self):
        for key, working in self.working.items():
            with self.subTest(key):
                self.assertEqual(self.again[key], working)


@tagged("post_install", "-at_install")
class TestArchivedJobs(ArchivedWorkCase):
    """What the scheduled actions make of customers, and not of archived ones."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world.fill()
        cls.world.add_plain()
        cls.world.use_all_rules()
        cls.tables = [
            model._table
            for model in get_tables(cls.env)
            if model._original_module in SUITE or model._name in TOLD
        ]
        cls.jobs = (
            cls.env["ir.cron"]
            .with_context(active_test=False)
            .search([("cron_name", "!=", False)])
            .filtered(
                lambda job: (job.get_external_id()[job.id] or "?").startswith(SUITE)
            )
        )

    def _get_last(self):
        parts = SQL(", ").join(
            SQL("(SELECT COALESCE(max(id), 0) FROM %s)", SQL.identifier(table))
            for table in self.tables
        )
        [last] = self.env.execute_query(SQL("SELECT %s", parts))
        return zip(self.tables, last, strict=True)

    def _is_longer(self, table, last):
        table = SQL.identifier(table)
        query = SQL("SELECT 1 FROM %s WHERE id > %s LIMIT 1", table, last)
        return bool(self.env.execute_query(query))

    def _run(self, job):
        """Return the tables in which a job makes rows; undo it."""
        name = job.code.strip().removeprefix("model.").removesuffix("()")
        before = self._get_last()
        crons = type(self.env["ir.cron"])
        with (
            self.env.cr.savepoint() as point,
            patch.object(crons, "_commit_progress", lambda *_given, **_told: 0),
            patch.object(type(self.env.cr), "commit"),
        ):
            getattr(self.env[job.model_id.model], name)()
            self.env.flush_all()
            made = {table for table, last in before if self._is_longer(table, last)}
            point.rollback()
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        return made

    def test_jobs_make_no_work_of_who_is_archived(self):
        working = set().union(*map(self._run, self.jobs))
        self._archive()
        archived = set()
        for job in self.jobs:
            told = {"mail_message", "mail_mail"} if job.code.strip() in TELLS else set()
            archived |= self._run(job) - told
        self.assertEqual(archived, set(MADE))
        self.assertEqual(working - archived, MADE_OF_WORKING)


def _round(figure):
    return round(figure or 0, 4)
