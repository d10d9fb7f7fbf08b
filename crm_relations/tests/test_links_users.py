from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.links import LinksCommon


@tagged("post_install", "-at_install")
class TestLinksUsers(LinksCommon):
    """History keeps who it was: a user whom it names is archived, not deleted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leaver = cls._create_user("leaver", "group_sales_user")

    def test_every_link_that_would_be_emptied_is_known(self):
        known = set(self.env["res.users"]._get_links_that_name())
        tables = {t for t, m in self._get_tables().items() if not m._transient}
        emptied = {
            (table, column)
            for table, column, target, deletes in self._get_links()
            if target == "res_users" and deletes == "n"
            if table in tables | {"res_partner"}
            if column not in ("create_uid", "write_uid")
        }
        self.assertGreater(len(emptied), 80)
        self.assertFalse(emptied - known)

    def test_whom_a_row_names_is_not_deleted(self):
        tables = {model._table: model._name for model in self._get_tables().values()}
        customer = self._create_customer("House")
        for number, (table, column) in enumerate(
            self.env["res.users"]._get_links_that_name()
        ):
            if table not in tables:
                continue
            with self.subTest(f"{table}.{column}"), self.env.cr.savepoint() as step:
                model = tables[table]
                owner = self.env["crm.partner.link"]._get_customer_columns().get(model)
                given = {column: self.leaver.id}
                given |= {owner: customer.id} if owner else {}
                if model == "crm.complaint.escalation":  # of another complaint's clock
                    clock = self._insert("crm.complaint.clock", 1)
                    given["clock_id"] = clock
                    clock = self.env["crm.complaint.clock"].browse(clock)
                    given["complaint_id"] = clock.complaint_id.id
                self._insert(model, 100 + number, **given)
                with self.assertRefused("Archive the user instead", UserError):
                    self.leaver.unlink()
                step.rollback()

    def test_who_has_customers_is_not_deleted(self):
        customer = self._create_customer("House", user_id=self.leaver.id)
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM crm_ownership_change")
        with self.assertRefused("Archive the user instead", UserError):
            self.leaver.unlink()
        self.assertEqual(customer.user_id, self.leaver)

    def test_who_has_had_a_customer_is_not_deleted(self):
        customer = self._create_customer("House", user_id=self.leaver.id)
        customer.user_id = self.sally
        with self.assertRefused("Archive the user instead", UserError):
            self.leaver.unlink()

    def test_whom_nothing_names_is_deleted(self):
        contact = self.env["res.partner"].create(
            {"name": "Nobody's customer", "user_id": self.leaver.id}
        )
        self.leaver.unlink()
        self.assertFalse(self.leaver.exists())
        self.assertFalse(contact.user_id)

    def test_many_are_looked_for_in_one_statement(self):
        users = self.env["res.users"]
        many = users.union(
            *(self._create_user(f"many{n}", "group_user") for n in range(4))
        )
        self._create_customer("House", user_id=many[2].id)
        self.assertEqual(many._filter_named_in_history(), many[2])
        self.assertFalse(users._filter_named_in_history())
        self.env.flush_all()
        self.assertEqual(self._count_statements(many._filter_named_in_history), 1)
