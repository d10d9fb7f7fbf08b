"""Who reads the indexes of ours on contacts: asked of the menus with their filters, of
the jobs, and of what answers the telephone and the map."""

import contextlib
from collections import Counter
from unittest.mock import patch

from lxml import etree
from psycopg2.errors import UndefinedTable

from odoo.exceptions import UserError
from odoo.fields import Date, Domain
from odoo.sql_db import Cursor
from odoo.tools import SQL
from odoo.tools.safe_eval import datetime, dateutil, safe_eval, time

SUITE = ("crm_relations", "crm_relations_survey", "crm_relations_complaint")
VERBS = ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")
execute = Cursor.execute


class IndexReaders:
    """What is sent about contacts, and the indexes in its plans; nothing is kept."""

    def __init__(self, env, user):
        """:param user: who opens the lists"""
        self.env, self.user = env, user
        jobs = env["ir.cron"].search([])
        names = jobs.get_external_id()
        self.jobs = jobs.filtered(lambda job: names[job.id].startswith(SUITE))

    def get_indexes(self):
        """Return the names of our indexes on contacts, but for those on links: whoever
        deletes what they point to reads them, see ``test_links_index``."""
        partners = self.env["res.partner"]
        named = {
            name
            for name, entry in type(partners)._table_objects.items()
            if getattr(entry, "_module", "").startswith(SUITE)
        }
        plain = {
            f"res_partner__{field.name}_index"
            for field in partners._fields.values()
            if field.index
            and not field.relational
            and any(module in SUITE for module in field._modules)
        }
        self.env.cr.execute(
            "SELECT indexname FROM pg_indexes WHERE tablename = 'res_partner'"
        )
        return (named | plain) & {name for (name,) in self.env.cr.fetchall()}

    def count_readers(self, sent, indexes):
        """Return ``{name of an index: in how many plans of these statements it is}``.

        Of one that is in none, another may be as good: it is asked for by itself,
        beside Odoo's.
        """
        counts = self._count_readers(sent)
        for name in sorted(indexes - counts.keys()):
            with self._without(indexes - {name}):
                counts[name] = self._count_readers(sent)[name]
        return {name: counts[name] for name in indexes}

    def _count_readers(self, sent):
        counts = Counter()
        for query, params in sent:
            # Of a temporary table that is gone nothing can be said, nor need it.
            with (
                contextlib.suppress(UndefinedTable),
                self.env.cr.savepoint(flush=False),
            ):
                execute(self.env.cr, "EXPLAIN (FORMAT JSON) " + query, params, False)
                plans = [plan["Plan"] for plan in self.env.cr.fetchone()[0]]
                counts.update(set().union(*map(_get_index_names, plans)))
        return counts

    def get_sent(self):
        """Return ``[(statement, its parameters)]``."""
        return [*self._get_lists(), *self._get_others()]

    def _get_lists(self):
        """Return what each menu sends for its list, and for each of its filters."""
        root = self.env.ref("crm_relations.crm_relations_menu_root")
        menus = self.env["ir.ui.menu"].search([("id", "child_of", root.id)])
        for action in {menu.action for menu in menus if menu.action}:
            if action._name == "ir.actions.act_window" and (
                action.res_model == "res.partner"
            ):
                yield from self._get_lists_of(action)

    def _get_lists_of(self, action):
        values = {
            **{"uid": self.user.id, "active_id": False, "active_ids": []},
            "allowed_company_ids": self.user.company_ids.ids,
            "context_today": Date.today,
            **{"datetime": datetime, "time": time},
            "relativedelta": dateutil.relativedelta.relativedelta,
        }
        context = safe_eval(action.context or "{}", values)
        records = self.env["res.partner"].with_user(self.user).with_context(**context)
        views = records.get_views(
            [(False, "list"), (action.search_view_id.id, "search")]
        )["views"]
        domain = Domain(safe_eval(action.domain or "[]", values))
        found = [domain]
        for node in etree.fromstring(views["search"]["arch"]).iter("filter"):
            if node.get("domain"):
                found.append(domain & Domain(safe_eval(node.get("domain"), values)))
        for each in found:
            for order in (None, "id"):
                query = records._search(each, limit=80, order=order).select()
                yield query.code, query.params

    def _get_others(self):
        """Return what the jobs send, and the screens that are no lists."""
        sent = {}

        def listen(cursor, query, params=None, log_exceptions=True):
            text = getattr(query, "code", query)
            values = getattr(query, "params", params)
            if text.lstrip(" \n(").startswith(VERBS) and "res_partner" in text:
                sent[text] = values
            return execute(cursor, query, params, log_exceptions)

        with (
            patch.object(type(self.jobs), "_commit_progress", lambda *_, **__: 600),
            patch.object(Cursor, "execute", listen),
            self._forgetting(),
        ):
            self._let_all_happen()
            for job in self.jobs:
                job.ir_actions_server_id.with_user(job.user_id).run()
            self._call()
        return list(sent.items())

    def _let_all_happen(self):
        """Have a care rule for each occasion that can be chosen."""
        rules = self.env["crm.care.rule"]
        rule = self.env.ref("crm_relations.crm_care_rule_birthday")
        for trigger, _label in rules._fields["trigger"]._description_selection(
            self.env
        ):
            # What an occasion needs besides is told by its own rule, if one is shipped.
            with contextlib.suppress(UserError), self.env.cr.savepoint():
                values = {"trigger": trigger, "silence_days": 30, "name": trigger}
                rule.copy({**values, "active": True}).start_date = rule.start_date

    def _call(self):
        """What no job and no list does: the map, the day, and somebody who calls."""
        partners = self.env["res.partner"]
        partners.with_user(self.user).nearby(4.4, 51.2, 1000)
        self.env["crm.my.day"].with_user(self.user).get_day()
        for number, is_placed in (("+32470112233", True), ("88881111", False)):
            partners._find_by_number(number, is_placed, self.env.company)

    @contextlib.contextmanager
    def _without(self, names):
        with self._forgetting():
            for name in names:
                self.env.cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))
            yield

    @contextlib.contextmanager
    def _forgetting(self):
        self.env.flush_all()
        with self.env.cr.savepoint(flush=False) as savepoint:
            yield
            savepoint.rollback()
        self.env.invalidate_all(flush=False)


def _get_index_names(node):
    below = (_get_index_names(child) for child in node.get("Plans", ()))
    names = {node["Index Name"]} if "Index Name" in node else set()
    return names.union(*below)
