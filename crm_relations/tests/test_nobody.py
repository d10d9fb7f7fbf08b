import inspect

from odoo.tests import tagged

from .common.relations import RelationsCommon

OF_WHOM = ("partner_ids", "ids")


@tagged("post_install", "-at_install")
class TestNobody(RelationsCommon):
    """What refreshes all customers, or these, does nothing for an empty list of them:
    a caller that found nobody to refresh must not pay for everybody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Acme", user_id=cls.sally.id)
        cls._create_order(cls.customer, 100)
        cls.env.flush_all()

    def _get_methods(self):
        """Return ``{name: parameter}`` of methods for all customers or for these."""
        partners = self.env["res.partner"]
        return {
            name: parameter
            for name, method in inspect.getmembers(type(partners), callable)
            if name.startswith(("_refresh_", "_end_"))
            for parameter in OF_WHOM
            if parameter in inspect.signature(method).parameters
            and inspect.signature(method).parameters[parameter].default is None
        }

    def _spoil(self):
        """Let all that the machine decides be wrong."""
        partners = self.env["res.partner"]
        names = [
            name
            for name, field in partners._fields.items()
            if getattr(field, "written_by", None) == "decided"
            and field.store
            and field.column_type
            and not field.required
        ]
        sets = ", ".join(f'"{name}" = NULL' for name in {*names, "phone_sanitized"})
        self.env.cr.execute(f"UPDATE res_partner SET {sets}, phone = '1'")  # pylint: disable=E8103
        self.env.invalidate_all()

    def _get_rows(self):
        self.env.flush_all()
        self.env.cr.execute("SELECT id, ctid::text FROM res_partner ORDER BY id")
        return self.env.cr.fetchall()

    def test_of_nobody_nothing_is_written(self):
        methods = self._get_methods()
        self.assertLessEqual(
            {"_refresh_sales_figures", "_refresh_phone_numbers"}, set(methods)
        )
        self._spoil()
        before = self._get_rows()
        for name, parameter in methods.items():
            with self.subTest(name):
                getattr(self.env["res.partner"], name)(**{parameter: []})
                self.assertEqual(self._get_rows(), before)
