from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common.links import SUITE, LinksCommon

# What a deletion of the named record does to the column, where it is not emptied.
KEPT = {"many2one": ("restrict", "cascade"), "many2many": ("restrict",)}
# Whom history names is archived; what companies and models have is not left behind.
STAYING = ("res.users", "res.company", "ir.model")


@tagged("post_install", "-at_install")
class TestLinksEmptied(LinksCommon):
    """The database empties a link when what it names is deleted, and tells nobody: what
    is stored and goes by that link is right at once, not only after the night."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        house = cls._create_customer("House")
        cls.targets = {"res.partner": cls._create_person(house, "Goes")}
        cls.env["crm.archive.requirement"].search([]).unlink()
        partners = cls.env["res.partner"]
        cls.archive_triggers = set(partners._get_archive_triggers())
        cls.release_triggers = set(partners._get_pool_release_triggers())

    def test_what_is_stored_is_right_before_the_night(self):
        links = self._get_links_of_stored()
        records = {link: self._create_record(*link) for link in links}
        self._compute_anew(records)
        linked = self._read(records)
        self._delete_targets()
        emptied = self._read(records)
        judged = self.archive_triggers | self.release_triggers
        for model, path in links:
            with self.subTest(model=model, path=path):
                if model == "res.partner":
                    self.assertIn(path, judged)
                    self.assertNotEqual(emptied[model, path], linked[model, path])
        self._let_a_night_pass()
        at_night = self._read(records)
        self._compute_anew(records)
        anew = self._read(records)
        for link in links:
            with self.subTest(link=link):
                self.assertEqual(at_night[link], emptied[link])
                self.assertEqual(anew[link], emptied[link])

    def test_a_deletion_asks_as_much_for_many_customers_as_for_two(self):
        for model, path in self._get_links_of_stored():
            *way, last = path.split(".")
            link = self.env["res.users" if way else "res.partner"]._fields.get(last)
            if model != "res.partner" or link.comodel_name == model:
                continue  # of other models, and persons, who are one customer's
            self._judge_by(path)
            counts = []
            for number in (1, 2, 20):  # what is cached is read by the first
                target = self.env[link.comodel_name].create({"name": f"Of {number}"})
                customers = self._create_customers(number, user_id=self.sally.id)
                for holder in customers.mapped(".".join(way)) if way else customers:
                    self._link(holder, last, target)
                counts.append(self._count_statements(target.unlink))
            with self.subTest(path=path):
                self.assertEqual(counts[1], counts[2])

    def _get_links_of_stored(self):
        """Return ``[(model, path)]``: a stored computed field of the suite on the model
        goes by this path, which ends in a link that a deletion empties."""
        return sorted(
            {
                (field.model_name, path)
                for _table, field in self._get_stored_fields()
                if self._is_computed(field) and self._is_table(field.model_name)
                for dotted in self.env.registry.field_depends[field]
                for path in self._get_emptied(field.model_name, dotted)
            }
        )

    def _is_table(self, model):
        return self.env[model]._auto and not self.env[model]._transient

    def _is_computed(self, field):
        return field.compute and field.store and set(SUITE).issuperset(field._modules)

    def _get_emptied(self, model, dotted):
        names = dotted.split(".")
        for place, name in enumerate(names, 1):
            field = self.env[model]._fields[name]
            model = field.comodel_name
            if (
                field.store
                and field.type in KEPT
                and field.ondelete not in KEPT[field.type]
                and model not in STAYING
                # Which partner follows from another link, Odoo computes.
                and not (field.compute and model == "res.partner")
            ):
                yield ".".join(names[:place])

    def _create_record(self, model, path):
        """Return a record from which this path leads to what will be deleted."""
        customer = self._create_customer(f"By {path}", user_id=self.sally.id)
        holder = record = customer
        if model == "res.partner":
            self._judge_by(path)
        else:
            columns = self.env["crm.partner.link"]._get_partner_columns()
            given = dict.fromkeys(columns.get(model, ()), customer.id)
            holder = record = self.env[model].browse(self._insert(model, 77, **given))
        *way, last = path.split(".")
        for name in way:
            if not holder[name]:
                self._link(holder, name, self.sally)
            holder = holder[name]
        self._link(holder, last, self._get_target(holder._fields[last].comodel_name))
        return record

    def _judge_by(self, path):
        """Let the archive ask for what is named, and only who names it be released."""
        if path in self.archive_triggers:
            field = self.env["ir.model.fields"]._get("res.partner", path)
            self.env["crm.archive.requirement"].create(
                {"field_id": field.id, "section": "basic"}
            )
        if path in self.release_triggers:
            self.env["crm.pool.rule"].create(
                {
                    "name": path,
                    "days": 30,
                    "domain": f"[('{path}', '!=', False)]",
                    "start_date": fields.Date.today() - timedelta(days=400),
                }
            )

    def _get_target(self, model):
        if model not in self.targets:
            values = {self.env[model]._rec_name or "name": "Goes"}
            try:
                with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                    self.targets[model] = self.env[model].create(values)
            except (psycopg2.Error, UserError):
                self.targets[model] = self.env[model].browse(self._insert(model, 78))
        return self.targets[model]

    def _link(self, holder, name, target):
        """Past all rules: what is asked is what comes of a deletion."""
        self.env.flush_all()
        field = holder._fields[name]
        if field.type == "many2many":
            holder[name] = target
            return
        self.env.execute_query(
            SQL(
                "UPDATE %s SET %s = %s WHERE id = %s RETURNING id",
                SQL.identifier(holder._table),
                SQL.identifier(name),
                target.id,
                holder.id,
            )
        )
        self.env.invalidate_all()

    def _delete_targets(self):
        for target in self.targets.values():
            try:
                with self.env.cr.savepoint():
                    target.unlink()
            except UserError:
                continue  # it stays, and so does what names it

    def _get_computed(self, record):
        return [f for f in record._fields.values() if self._is_computed(f)]

    def _compute_anew(self, records):
        self.env.flush_all()
        self.env.invalidate_all()
        for record in records.values():
            for field in self._get_computed(record.exists()):
                self.env.add_to_compute(field, record.exists())
        self.env.flush_all()
        self.env.invalidate_all()

    def _read(self, records):
        """Return ``{link: what is stored of the record, or None if it is gone}``."""
        self.env.flush_all()
        return {
            link: self.env.execute_query(
                SQL(
                    "SELECT %s FROM %s WHERE id = %s",
                    SQL(", ").join(
                        SQL.identifier(field.name)
                        for field in self._get_computed(record)
                        if field.column_type
                    ),
                    SQL.identifier(record._table),
                    record.id,
                )
            )
            for link, record in records.items()
        }

    def _let_a_night_pass(self):
        jobs = self.env["ir.cron"].search([])
        names = jobs.get_external_id()
        jobs = jobs.filtered(lambda job: names[job.id].startswith(SUITE))
        self.assertGreater(len(jobs), 30)
        with patch.object(type(jobs), "_commit_progress", lambda *_, **__: 600):
            for job in jobs:
                job.ir_actions_server_id.with_user(job.user_id).run()
