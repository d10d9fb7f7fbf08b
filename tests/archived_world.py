"""Customers with a row in every table of the suite that leads to a customer, so many
and so different that each list of work has something of them."""

import re
from datetime import timedelta
from itertools import count

import psycopg2
from plain_customers import PlainCustomers
from suite_parts import SUITE, get_tables, is_ours

from odoo import fields
from odoo.tools import SQL, mute_logger

# Long ago, on these days, to come; the last two once with all yes, once with all no.
DAYS = (-400, -3, 0, 4, 30)
CUSTOMERS = 96
# Who decides is another one than who asks.
DECIDES = ("decided", "approved", "checker", "custodian")
# Tables of Odoo in which the suite keeps what belongs to a customer.
MORE = ("loyalty.card", "loyalty.history")
ENDS = re.compile(r"until|_end\b|end_|ends|_to\b")
KEEPS = ("create_uid", "write_uid", "write_date")


class ArchivedWorld(PlainCustomers):
    """``sally`` owns the customers and has whatever somebody can have to do with them;
    ``boss`` leads her team and is asked to decide."""

    def __init__(self, env, owner, boss, company=None, days=DAYS, size=CUSTOMERS):
        self.env = env(context={**env.context, "tracking_disable": True})
        self.owner, self.boss = owner, boss
        self.days, self.size = days, size
        self.company = company or env["res.company"]._get_relations_default()
        self.today = self.company._get_relations_today()
        self.now = fields.Datetime.now()
        self.numbers = count(1)
        self.rows = {}
        self.plain = env["res.partner"]
        self.others = {}
        self.errors = {}

    def prepare(self):
        """Make what is of no customer and what rows of customers need."""
        self.order = self._get_order()
        self._create_event()
        nobody = self.company.partner_id
        self.customers = self.persons = [nobody] * self.size
        needed = {name for model in self.order for name in self._get_needed(model)}
        for name in sorted(needed - {*self.order, "res.partner", "res.users"}):
            self._get_other(name)
        self.env.flush_all()

    def fill(self):
        self._create_customers()
        for name in self.order:
            for place, customer in enumerate(self.customers):
                self._try_row(self.env[name], place, customer)
        self._create_activities()
        self.env.flush_all()
        self.env.invalidate_all()

    def _create_event(self):
        start = self.now + timedelta(days=2)
        self.others["event.event"] = (
            self.env["event.event"]
            .create(
                {
                    "name": "Wine tasting",
                    "date_begin": start,
                    "date_end": start + timedelta(hours=3),
                }
            )
            .id
        )

    def _create_activities(self):
        kind = self.env.ref("mail.mail_activity_data_todo")
        self.env["mail.activity"].create(
            [
                {
                    "res_model_id": self.env["ir.model"]._get_id(about._name),
                    "res_id": about.id,
                    "activity_type_id": kind.id,
                    "date_deadline": self._get_day(place),
                    "user_id": self.owner.id,
                    "summary": "Call",
                }
                for many in (self.customers, self.persons)
                for place, about in enumerate(many)
                if place % 2
            ]
        )

    def _create_customers(self):
        partners = self.env["res.partner"]
        self.customers = partners.create(
            [
                {
                    "name": f"World {place}",
                    "is_company": True,
                    "is_managed_customer": True,
                    "company_id": self.company.id,
                    "user_id": self.owner.id,
                    "phone": f"+32 470 11 2{place:03}",
                }
                for place in range(self.size)
            ]
        )
        self.persons = partners.create(
            [
                {
                    "name": f"Person {customer.name}",
                    "parent_id": customer.id,
                    "phone": f"+32 470 22 2{place:03}",
                }
                for place, customer in enumerate(self.customers)
            ]
        )
        self.env.flush_all()
        self.force_days()

    def force_days(self):
        """Let each day that is decided of a customer be one of ``DAYS``."""
        self.env.flush_all()
        partners = self.env["res.partner"]
        decided = [
            field.name
            for field in partners._fields.values()
            if field.type == "date" and field.store and is_ours(field)
        ]
        for place, customer in enumerate(self.customers):
            day = self._get_day(place)
            self.env.cr.execute(
                SQL(
                    "UPDATE res_partner SET %s, sales_12_months = 1000 WHERE id = %s",
                    SQL(", ").join(
                        SQL("%s = %s", SQL.identifier(name), day) for name in decided
                    ),
                    customer.id,
                )
            )
        self.env.invalidate_all()

    def _get_day(self, place):
        return self.today + timedelta(days=self.days[place // 4 % len(self.days)])

    def _get_models(self):
        return {
            model._name
            for model in get_tables(self.env)
            if model._original_module in SUITE
        }

    def _get_links(self, name):
        return {
            field.name: field.comodel_name
            for field in self.env[name]._fields.values()
            if field.type == "many2one" and field.store and field.column_type
        }

    def _get_order(self):
        """Return the models that lead to a customer, what they need before them."""
        models, known = {*self._get_models(), *MORE}, {"res.partner"}
        while more := {
            name
            for name in models - known
            if known & set(self._get_links(name).values())
        }:
            known |= more
        left, order = known - {"res.partner"}, []
        while ready := {
            name for name in left if not left & self._get_needed(name) - {name}
        }:
            order += sorted(ready)
            left -= ready
        return order + sorted(left)

    def _get_needed(self, name):
        fields_of = self.env[name]._fields
        return {
            comodel
            for link, comodel in self._get_links(name).items()
            if fields_of[link].required
        }

    def _try_row(self, model, place, customer):
        """Make a row; where one of the customer is there already, it becomes this."""
        values = self._get_values(model, place, customer)
        number = self._insert(model, values) or self._update(model, values, customer)
        if number:
            self.rows.setdefault(model._name, {})[place] = number
        return number

    def _insert(self, model, values):
        columns = SQL(", ").join(map(SQL.identifier, values))
        return self._try(
            model,
            SQL(
                "INSERT INTO %s (%s) VALUES (%s) RETURNING id",
                SQL.identifier(model._table),
                columns,
                SQL(", ").join(SQL("%s", value) for value in values.values()),
            ),
        )

    def _update(self, model, values, customer):
        links = self.env["crm.partner.link"]._get_customer_columns()
        column = links.get(model._name)
        if not column:
            return None
        return self._try(
            model,
            SQL(
                "UPDATE %s SET %s WHERE %s = %s RETURNING id",
                SQL.identifier(model._table),
                SQL(", ").join(
                    SQL("%s = %s", SQL.identifier(name), value)
                    for name, value in values.items()
                ),
                SQL.identifier(column),
                customer.id,
            ),
        )

    def _try(self, model, statement):
        try:
            with self.env.cr.savepoint(flush=False), mute_logger("odoo.sql_db"):
                rows = self.env.execute_query(statement)
                return rows[0][0] if rows else None
        except psycopg2.Error as error:
            self.errors.setdefault(model._name, str(error))
            return None

    def _get_values(self, model, place, customer):
        values = {}
        choices = count()
        for field in sorted(model._fields.values(), key=lambda f: f.name != "state"):
            if not field.store or not field.column_type or field.name == "id":
                continue
            if field.name in KEEPS:
                continue
            value = self._get_value(field, place, customer, choices)
            if value is not None:
                values[field.name] = value
        return values

    def _get_value(self, field, place, customer, choices):
        if field.type == "many2one":
            return self._get_link(field, place, customer)
        if field.type == "selection":
            return self._choose(field, place, next(choices))
        if field.type == "boolean":
            return field.name == "active" or place >= self.size // 2
        if field.translate:
            return '{"en_US": "Text"}'
        return self._get_plain_value(field, place, customer)

    def _choose(self, field, place, number):
        found = field.get_values(self.env)
        return found[(place // 4 ** min(number, 2) + number) % len(found)]

    def _get_plain_value(self, field, place, customer):
        """Return a day, a figure or a text; some days are left open."""
        day = self._get_day(place)
        if field.type in ("date", "datetime") and not field.required:
            if place % 7 == 6:
                return None
        if ENDS.search(field.name):
            day += timedelta(days=10)
        moment = fields.Datetime.to_datetime(day) + timedelta(hours=1)
        return {
            "date": day,
            "datetime": moment,
            "integer": place % 9 + 1,
            "many2one_reference": customer.id,
            "float": 2.0,
            "monetary": 1.0,
            "json": None,
            "binary": None,
        }.get(field.type, f"{next(self.numbers)}")

    def _get_link(self, field, place, customer):
        known = {
            "res.company": self.company.id,
            "resource.calendar": self.company.resource_calendar_id.id,
        }
        if field.comodel_name in known:
            return known[field.comodel_name]
        if field.comodel_name == "res.partner":
            return self._get_partner(field, place, customer).id
        if field.comodel_name == "res.users":
            return self._get_user(field, place)
        if field.comodel_name in self.rows:
            return self.rows[field.comodel_name].get(place)
        if field.required or field.comodel_name not in self.order:
            return self._get_other(field.comodel_name)
        return None

    def _get_partner(self, field, place, customer):
        if field.name in ("person_id", "recipient_id", "number_partner_id"):
            return self.persons[place]
        if field.name in ("other_id", "referrer_id", "match_id"):
            return self.customers[place - 1]
        return customer

    def _get_user(self, field, place):
        if not field.required and place % 11 in (4, 10):
            return None  # nobody
        if field.name.startswith("reserved"):
            return None
        return self.boss.id if field.name.startswith(DECIDES) else self.owner.id

    def _get_other(self, name):
        """Return what is there, whoever it belongs to, else a row made for it."""
        if name not in self.others:
            records = self.env[name].sudo().with_context(active_test=False)
            self.others[name] = records.search([], limit=1).id or None
            if not self.others[name] and name in self._get_models():
                values = self._get_values(records, 0, self.customers[0])
                self.others[name] = self._insert(records, values)
        return self.others[name]
