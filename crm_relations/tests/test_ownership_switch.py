from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common.claim import ClaimCommon


@tagged("post_install", "-at_install")
class TestOwnershipSwitch(ClaimCommon):
    """A company decides whether it regulates who has a customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls._create_customer("Own", user_id=cls.sally.id)
        cls.theirs = cls._create_customer("Theirs", user_id=cls.sam.id)
        cls.sally.group_ids |= cls.env.ref("base.group_partner_manager")

    def _switch_off(self):
        self.env["res.company"].search([]).customers_are_owned = False
        self.env.flush_all()

    def test_a_company_begins_with_it_off(self):
        self.env["ir.default"].search(
            [("field_id.name", "=", "customers_are_owned")]
        ).unlink()
        company = self.env["res.company"].create({"name": "New"})
        self.assertFalse(company.customers_are_owned)
        self.assertFalse(company.archive_is_open)

    def test_off_nothing_of_odoos_is_refused(self):
        self._switch_off()
        theirs = self.theirs.with_user(self.sally)
        for values in (
            {"phone": "1"},
            {"user_id": self.sally.id},
            {"user_id": False},
            {"company_id": self.company.id},
            {"parent_id": self.own.id},
            {"parent_id": False, "is_managed_customer": False},
            {"active": False},
        ):
            theirs.write(values)
        self.one.with_user(self.sally).user_id = self.sally
        theirs.unlink()

    def test_off_everything_is_recorded(self):
        self._switch_off()
        self.theirs.with_user(self.sally).user_id = self.sally
        change = self.theirs.ownership_change_ids.sorted("id")[-1]
        self.assertEqual(change.from_user_id, self.sam)
        self.assertEqual(change.to_user_id, self.sally)
        self.assertEqual(change.operator_id, self.sally)

    def test_off_a_claim_says_where_to_switch_it_on(self):
        self._switch_off()
        [answer] = self.one.with_user(self.sally).pool_claim()
        self.assertEqual(answer["code"], "ownership_off")
        self.assertIn("Settings", answer["message"])
        [answer] = self.one.with_user(self.sally).pool_swap(self.own.id)
        self.assertFalse(answer["ok"])

    def test_off_caps_refuse_nobody(self):
        quota = self._create_quota(1)
        self.assertFalse(quota.is_ownership_off or self.pool.is_ownership_off)
        free = self._create_customer("Free")
        with self.assertRefused("as many customers as you may"):
            free.with_user(self.sally).user_id = self.sally
        self._switch_off()
        self.env.invalidate_all()
        self.assertTrue(quota.is_ownership_off and self.pool.is_ownership_off)
        free.with_user(self.sally).user_id = self.sally
        answers = self.theirs.with_user(self.sam).pool_transfer(self.sally.id, "Moves")
        self.assertEqual([answer["code"] for answer in answers], ["ok"])

    def test_off_nobody_is_released(self):
        rule = self._create_pool_rule(30, domain=self._only(self.own))
        self._age_ownership(self.own, 400)
        self.env.flush_all()
        self.assertTrue(self.own.pool_release_date)
        self._switch_off()
        self.assertFalse(rule._release_due())
        self.env["res.partner"]._refresh_release_dates(self.own.ids)
        self.assertFalse(self.own.pool_release_date)
        self.assertEqual(self.own.user_id, self.sally)
        self.assertTrue(rule.is_ownership_off)
        self.company.customers_are_owned = True
        rule.invalidate_recordset()
        self.env["res.partner"]._refresh_release_dates(self.own.ids)
        self.assertTrue(self.own.pool_release_date)
        self.assertFalse(rule.is_ownership_off)

    def test_each_company_decides_for_its_customers(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        elsewhere.customers_are_owned = False
        self.sally.company_ids |= elsewhere
        free = self._create_customer("Free", user_id=self.sam.id)
        free.company_id = elsewhere
        sally = self.sally.with_company(elsewhere)
        free.with_user(sally).with_context(
            allowed_company_ids=self.sally.company_ids.ids
        ).user_id = sally
        with self.assertRefused("belongs to Sam"):
            self.theirs.with_user(self.sally).user_id = self.sally

    def test_a_company_may_open_the_archive_but_not_the_ownership(self):
        theirs = self.theirs.with_user(self.sally)
        with self.assertRefused("propose the change"):
            theirs.phone = "1"
        self.company.archive_is_open = True
        theirs.phone = "1"
        with self.assertRefused("belongs to Sam"):
            theirs.user_id = self.sally
        with self.assertRefused("claim it before"):
            self.one.with_user(self.sally).phone = "1"

    def test_a_pool_may_let_its_customers_be_changed(self):
        one = self.one.with_user(self.sally)
        with self.assertRefused("claim it before you change"):
            one.phone = "1"
        self.pool.is_editable = True
        one.phone = "1"
        with self.assertRefused("claim it there"):
            one.user_id = self.sally

    def test_nothing_is_done_before_it_is_known_who_may(self):
        """Whatever the order in which rooms are imported."""
        done = []
        model = self.registry["res.partner"]
        before, lock = model._before_write, model._lock_for_write

        def note(method):
            return lambda self, vals: done.append(method) or method(self, vals)

        self.patch(model, "_before_write", note(before))
        self.patch(model, "_lock_for_write", note(lock))
        with self.assertRefused("claim it there"):
            self.one.with_user(self.sally).user_id = self.sally
        self.assertFalse(done)
        self.own.with_user(self.sally).phone = "1"
        self.assertEqual(done[:2], [lock, before])

    def test_settings_switch_it(self):
        self.company.customers_are_owned = False
        with Form(self.env["res.config.settings"].with_company(self.company)) as form:
            form.customers_are_owned = True
        form.record.execute()
        self.assertTrue(self.company.customers_are_owned)

    def test_lines_of_the_archive_are_the_archive(self):
        for name, values in (
            ("crm.customer.competitor", {"name": "Rival"}),
            ("crm.credit.incident", {"description": "Late"}),
        ):
            lines = self.env[name].with_user(self.sally)
            own = lines.create({"partner_id": self.own.id, **values})
            for customer in (self.one, self.theirs):
                with self.assertRaises(UserError):
                    lines.create({"partner_id": customer.id, **values})
                with self.assertRaises(UserError):
                    own.partner_id = customer
                line = self.env[name].create({"partner_id": customer.id, **values})
                with self.assertRaises(UserError):
                    line.with_user(self.sally).partner_id = self.own

    def test_a_tag_is_not_given_from_its_own_side(self):
        tag = (
            self.env["res.partner.category"]
            .with_user(self.sally)
            .create({"name": "Exempt", "partner_ids": [Command.link(self.own.id)]})
        )
        for customer in (self.one, self.theirs):
            with self.assertRaises(UserError):
                tag.partner_ids = [Command.link(customer.id)]
        self.one.category_id = tag
        with self.assertRaises(UserError):
            tag.partner_ids = [Command.clear()]

    def test_an_archived_user_becomes_nobodys_salesperson(self):
        gone = self._create_user("gone", "group_sales_user")
        gone.active = False
        for user in (self.sally, self.rita, self.max):
            with self.assertRefused("archived"):
                self.own.with_user(user).user_id = gone
            with self.assertRefused("archived"):
                self.env["res.partner"].with_user(user).create(
                    {
                        "name": "New",
                        "is_managed_customer": True,
                        "user_id": gone.id,
                    }
                )
        result = (
            self.env["res.partner"]
            .with_user(self.sally)
            .load(["name", "is_managed_customer", "user_id/.id"], [["N", "1", gone.id]])
        )
        self.assertFalse(result["ids"])
