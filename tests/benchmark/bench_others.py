"""What the suite costs people who do not use it (PL-7).

The same acts, of somebody who sells and has no role of ours, on contacts that are no
managed customers, on three databases: with our addons, without, and a copy of the one
without. A round is each act once on each of the three, right after one another, so that
what the machine does meanwhile meets all alike; the cost is the least of all rounds.
The ratio of with and without is at most 1.10, and statements are three more; the ratio
of the two without is how far the figures can be trusted.

Seconds are those that processors work for it, in Odoo and in its database session.
"""

import functools
import gc
import time
from contextlib import ExitStack
from pathlib import Path

from lxml import etree

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tools import SQL

from sample import copies

# Each act is repeated for so many seconds, at least and at most so often.
SECONDS = 8
ROUNDS = range(9, 60)
NANO = 1e-9
MANY = 100
GROUPS = ("base.group_partner_manager", "sales_team.group_sale_salesman_all_leads")
FORMS = {
    "res.partner": "base.view_partner_form",
    "sale.order": "sale.view_order_form",
    "crm.lead": "crm.crm_lead_view_form",
}
LISTS = {
    "res.partner": "base.view_partner_tree",
    "sale.order": "sale.view_order_tree",
    "crm.lead": "crm.crm_case_tree_view_oppor",
}


def run(env, size, *others):
    """Return rows of what, figure with the addons, without, ratio and ratio of the two
    databases without; seconds or statements.

    :param others: the names of the two databases without our addons
    """
    with ExitStack() as stack:
        worlds = [Others(env)]
        for name in others:
            cr = stack.enter_context(Registry(name).cursor())
            stack.callback(cr.rollback)
            worlds.append(Others(api.Environment(cr, SUPERUSER_ID, {})))
        for world in worlds:
            world.fill(size)
        rows = []
        for acts in zip(*[world.get_acts() for world in worlds], strict=True):
            rows += _measure(worlds, acts)
        env.cr.rollback()
    return rows


def _measure(worlds, acts):
    seconds, statements = [[] for _world in worlds], [0 for _world in worlds]
    # What has been loaded by now stays: it need not be looked at for garbage again.
    gc.collect()
    gc.freeze()
    start = time.monotonic()
    order = list(range(len(worlds)))
    while len(seconds[0]) < ROUNDS.stop and (
        len(seconds[0]) < ROUNDS.start or time.monotonic() - start < SECONDS
    ):
        order.append(order.pop(0))  # who comes first changes
        for i in order:
            _what, prepare, act = acts[i]
            spent, statements[i] = worlds[i].measure(prepare, act)
            seconds[i].append(spent)
    what = acts[0][0]
    ours, plain, again = map(min, seconds)
    yield what, ours, plain, ours / plain, again / plain
    counts = statements[:2]
    yield f"{what}, statements", *counts, counts[0] / counts[1], None


class Others:
    def __init__(self, env):
        self.number = 0
        self.env = env(user=self._create_user(env, GROUPS), su=False)
        env.cr.execute("SELECT pg_backend_pid()")
        [(session,)] = env.cr.fetchall()
        # Empty where the database server is on another machine.
        self.session = Path(f"/proc/{session}/schedstat")
        self.product = env["product.product"].create({"name": "P", "list_price": 1})
        # Who works here never becomes a managed customer, whatever he orders. One for
        # all: Odoo forgets all it has cached when a user comes.
        user = env["res.users"].browse(self._create_user(env))
        self.employee = user.partner_id.with_env(self.env)

    def fill(self, size):
        """Give the tables a size: what scans one shows."""
        name = SQL("'Contact ' || number")
        values = {
            "commercial_partner_id": SQL("currval('res_partner_id_seq')"),
            "name": name,
            "complete_name": name,
        }
        source = SQL("generate_series(1, %s) AS number", size)
        env = self.env(su=True)
        copies.insert(env, self._create_partner(), values, source)
        env.cr.execute("ANALYZE res_partner")
        env.invalidate_all()

    def measure(self, prepare, act):
        """Return seconds and statements of one act."""
        record = prepare()
        self._settle()
        self.env.invalidate_all()
        gc.collect()
        gc.disable()
        before, start = self.env.cr.sql_log_count, self._get_seconds()
        act(record)
        self._settle()
        seconds = self._get_seconds() - start
        gc.enable()
        return seconds, self.env.cr.sql_log_count - before

    def _get_seconds(self):
        """Return the time that processors have worked for us."""
        worked = time.process_time()
        if self.session.exists():
            worked += int(self.session.read_text().split()[0]) * NANO
        return worked

    def _settle(self):
        self.env.flush_all()
        self.env.cr.flush()

    def get_acts(self):
        """Give what, how to prepare a record for it, and what is done with it."""
        yield from self._get_views()
        one, many = self._create_partner, functools.partial(self._create_partner, MANY)
        yield "create a contact", bool, lambda _nothing: one()
        yield f"create {MANY} contacts", bool, lambda _nothing: many()
        for values in ({"name": "X"}, {"phone": "+32470112233"}, {"active": False}):
            name = f"write {' '.join(values)} of "
            write = functools.partial(self._write, values)
            yield f"{name}a contact", one, write
            yield f"{name}{MANY} contacts", many, write
        yield f"name {MANY} contacts, each", many, self._rename
        yield "delete a contact", one, lambda contact: contact.unlink()
        yield "merge two with orders", self._create_twins, self._merge
        yield "create an order", bool, lambda _nothing: self._create_order()
        yield "confirm an order", self._create_order, lambda o: o.action_confirm()
        yield "cancel an order", self._create_confirmed, lambda o: o._action_cancel()
        yield "create a lead", bool, lambda _nothing: self._create_lead()
        yield "win a lead", self._create_lead, lambda lead: lead.action_set_won()
        yield "a call done on a lead", self._create_called, self._finish

    def _get_views(self):
        makers = {
            "res.partner": self._create_partner,
            "sale.order": self._create_order,
            "crm.lead": self._create_lead,
        }
        for model, create in makers.items():
            form = self._get_specification(model, "form", FORMS[model])
            yield f"open {model}", create, functools.partial(self._open, form)
            rows = self._get_specification(model, "list", LISTS[model])
            yield f"list {model}", create, functools.partial(self._list, rows)

    def _get_specification(self, model, kind, view):
        view = self.env.ref(view)
        arch = etree.fromstring(self.env[model].get_view(view.id, kind)["arch"])
        named = {"fields": {"display_name": {}}}
        return {
            name: named if self.env[model]._fields[name].type == "many2one" else {}
            for name in arch.xpath("//field[not(ancestor::field)]/@name")
        }

    def _open(self, specification, record):
        record.web_read(specification)

    def _list(self, specification, record):
        record.web_search_read([], specification, limit=80, count_limit=10001)

    def _write(self, values, contacts):
        contacts.write(values)

    def _rename(self, contacts):
        for contact in contacts:
            contact.name = f"Renamed {contact.id}"

    def _create_partner(self, count=1):
        self.number += count
        return self.env["res.partner"].create(
            [
                {"name": f"Other {number}", "email": f"other{number}@example.com"}
                for number in range(self.number - count, self.number)
            ]
        )

    def _create_user(self, env, groups=("base.group_user",), **values):
        self.number += 1
        groups = [env.ref(group).id for group in groups]
        values |= {"login": f"user{self.number}", "group_ids": groups}
        users = env["res.users"].with_context(no_reset_password=True)
        return users.create({"name": "U", "email": "u@example.com", **values}).id

    def _create_order(self, partner=None):
        line = Command.create({"product_id": self.product.id})
        partner = partner or self.employee
        values = {"partner_id": partner.id, "order_line": [line]}
        return self.env["sale.order"].create(values)

    def _create_confirmed(self):
        order = self._create_order()
        order.action_confirm()
        return order

    def _create_twins(self):
        twins = self._create_partner(2)
        for partner in twins:
            self._create_order(partner)
        return twins

    def _merge(self, twins):
        wizard = self.env["base.partner.merge.automatic.wizard"].sudo()
        wizard._merge(twins.ids, twins[0], extra_checks=False)

    def _create_lead(self):
        partner = self.employee
        values = {"name": "Lead", "type": "opportunity", "partner_id": partner.id}
        return self.env["crm.lead"].create(values)

    def _create_called(self):
        lead = self._create_lead()
        lead.activity_schedule("mail.mail_activity_data_call")
        return lead

    def _finish(self, record):
        record.activity_ids.action_feedback("Done")
