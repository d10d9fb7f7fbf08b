"""A colleague who is archived does nothing any more: what he had to do is seen by who
answers for it or has passed on to somebody, nothing new is made for him, and what he
has done stays his.

A table says of each link of the suite to a user which one it is
(``colleague_answers``); what has no answer fails. Nobody hands anything over here:
the wizard for leavers has its own tests.
"""

from unittest.mock import patch

from archived_world import ArchivedWorld
from colleague_answers import (
    DONE,
    ENDING,
    MADE,
    MADE_OF_WORKING,
    MOVED,
    NAMED,
    PASSED,
    WORK,
)
from suite_parts import SUITE, get_tables, is_ours
from world_case import WorldCase

from odoo.tests import tagged
from odoo.tools import SQL

# Links of Odoo of which the suite makes something.
OF_ODOO = {"mail.activity.user_id", "res.partner.user_id", "crm.lead.user_id"}
TOLD = ("mail_mail_res_partner_rel", "mail_message_res_partner_rel")


@tagged("post_install", "-at_install")
class TestArchivedColleagues(WorldCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = map(cls._create_user, ("owner", "decider", "chief"))
        cls.owner, cls.decider, cls.chief = people
        cls.leavers = cls.owner | cls.decider
        cls.team = cls.env["crm.team"].create(
            {
                "name": "World",
                "user_id": cls.chief.id,
                "member_ids": cls.leavers.ids,
            }
        )
        world = ArchivedWorld(cls.env, cls.owner, cls.decider)
        world.prepare()
        world.fill()
        world.add_plain()
        world.use_all_rules()
        cls.links = cls._get_links()
        cls._name_in_rules()
        cls.env.flush_all()
        cls.env.invalidate_all()
        cls.before = cls._read_all()
        cls.cards_before = cls._read_cards()
        cls.made_before = cls._run_jobs()
        cls.leavers.action_archive()
        cls.env.flush_all()
        cls.env.invalidate_all()
        cls.after = cls._read_all()
        cls.cards_after = cls._read_cards()
        cls.made_after = cls._run_jobs()

    @classmethod
    def _create_user(cls, name):
        """Make somebody who has every role of the suite."""
        groups = cls.env["res.groups"].search([])
        ids = groups.get_external_id()
        ours = groups.filtered(lambda one: ids[one.id].startswith("crm_relations"))
        return cls.env["res.users"].create(
            {
                "name": name,
                "login": f"archived_{name}",
                "email": f"{name}@example.com",
                "relations_digest_way": "both",
                "group_ids": (ours | cls.env.ref("base.group_user")).ids,
            }
        )

    @classmethod
    def _get_links(cls):
        """Return ``{"model.field": (model, field)}`` of what names a user."""
        links = {
            f"{model._name}.{field.name}": (model, field)
            for model in get_tables(cls.env)
            for field in model._fields.values()
            if field.comodel_name == "res.users" and field.store
            if field.type in ("many2one", "many2many")
            if field.name not in ("create_uid", "write_uid")
        }
        return {
            name: (model, field)
            for name, (model, field) in links.items()
            if model._original_module in SUITE or is_ours(field) or name in OF_ODOO
        }

    @classmethod
    def _name_in_rules(cls):
        """Let all rules and settings name the owner, wherever they may."""
        for name in NAMED:
            model, field = cls.links[name]
            cls.env.flush_all()
            if field.type == "many2one":
                query = SQL(
                    "UPDATE %s SET %s = %s",
                    SQL.identifier(model._table),
                    SQL.identifier(field.name),
                    cls.owner.id,
                )
            else:
                query = SQL(
                    "INSERT INTO %s (%s, %s) SELECT id, %s FROM %s"
                    " ON CONFLICT DO NOTHING",
                    SQL.identifier(field.relation),
                    SQL.identifier(field.column1),
                    SQL.identifier(field.column2),
                    cls.owner.id,
                    SQL.identifier(model._table),
                )
            cls.env.cr.execute(query)

    @classmethod
    def _read_all(cls):
        return {name: cls._read_link(*link) for name, link in cls.links.items()}

    @classmethod
    def _read_link(cls, model, field):
        """Return the ids of the rows that name one of the leavers."""
        table, number, link = model._table, "id", field.name
        if field.type == "many2many":
            table, number, link = field.relation, field.column1, field.column2
        query = SQL(
            "SELECT %s FROM %s WHERE %s = ANY(%s)",
            *map(SQL.identifier, (number, table, link)),
            cls.leavers.ids,
        )
        return {found for (found,) in cls.env.execute_query(query)}

    @classmethod
    def _read_cards(cls):
        """Return ``{(scope, key): ids}`` of what the leader finds on My Day."""
        day = cls.env["crm.my.day"].with_user(cls.chief)
        today = cls.chief._get_relations_today()
        return {
            (scope, card["key"]): (
                card["model"],
                set(day._search_card(card).get_result_ids()),
            )
            for scope, whose in (("me", False), ("everyone", 0), ("team", cls.team.id))
            for card in day._get_my_day_cards(day._get_users(whose), today)
        }

    @classmethod
    def _read_told(cls):
        query = SQL(" UNION ALL ").join(
            SQL(
                "SELECT %s, count(*) FROM %s WHERE res_partner_id = ANY(%s)",
                table,
                SQL.identifier(table),
                cls.leavers.partner_id.ids,
            )
            for table in TOLD
        )
        return dict(cls.env.execute_query(query))

    @classmethod
    def _run_jobs(cls):
        """Return what all jobs make of the leavers, ``{link: jobs}``; undo it."""
        jobs = cls.env["ir.cron"].with_context(active_test=False)
        jobs = jobs.search([("cron_name", "!=", False)]).filtered(
            lambda job: (job.get_external_id()[job.id] or "?").startswith(SUITE)
        )
        made = {}
        crons = type(cls.env["ir.cron"])
        with (
            cls.env.cr.savepoint() as point,
            patch.object(crons, "_commit_progress", lambda *_given, **_told: 0),
            patch.object(type(cls.env.cr), "commit"),
        ):
            known, told = cls._read_all(), cls._read_told()
            for job in jobs:
                name = job.code.strip().removeprefix("model.").removesuffix("()")
                getattr(cls.env[job.model_id.model], name)()
                cls.env.flush_all()
                now, told_now = cls._read_all(), cls._read_told()
                news = [link for link in now if now[link] - known[link]]
                news += [table for table in TOLD if told_now[table] > told[table]]
                for link in news:
                    made.setdefault(link, set()).add(f"{job.model_id.model}.{name}")
                known, told = now, told_now
            point.rollback()
        cls.env.invalidate_all()
        cls.env.registry.clear_cache()
        return made

    def test_each_link_says_what_becomes_of_it(self):
        answers = [*WORK, *PASSED, *NAMED, *DONE]
        self.assertEqual(set(self.links), set(answers))
        self.assertEqual(len(answers), len(set(answers)))

    def test_what_was_to_be_done_is_still_seen(self):
        """On the same card, or on another one of the leader or of whom he looks at."""
        seen = {}
        for (scope, _key), (model, ids) in self.cards_after.items():
            seen[scope, model] = seen.get((scope, model), set()) | ids
        for (scope, key), (model, before) in self.cards_before.items():
            if key not in MOVED:
                with self.subTest(key, scope=scope):
                    mine = seen.get(("me", model), set())
                    self.assertFalse(before - seen[scope, model] - mine)

    def test_open_work_stands_on_the_cards_of_who_looks_at_everyone(self):
        for name, keys in WORK.items():
            for key in keys:
                with self.subTest(name, key=key):
                    card, _dot, way = key.partition(".")
                    model, seen = self.cards_after["everyone", card]
                    shown = self.env[model].browse(seen)
                    shown = shown.mapped(way) if way else shown
                    self.assertEqual(shown._name, self.links[name][0]._name)
                    self.assertTrue(set(shown.ids) & self.after[name])

    def test_what_is_passed_on_names_no_leaver(self):
        for name in PASSED:
            with self.subTest(name):
                self.assertTrue(self.before[name])
                self.assertLess(self.after[name], self.before[name])

    def test_what_has_been_done_stays(self):
        for name in set(DONE) - ENDING:
            with self.subTest(name):
                self.assertEqual(self.before[name], self.after[name])

    def test_nothing_new_is_made_for_who_has_left(self):
        self.assertEqual(set(self.made_after), set(MADE))
        self.assertEqual(set(self.made_before) - set(MADE), MADE_OF_WORKING)
