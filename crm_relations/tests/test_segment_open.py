from lxml import etree

from odoo.tests import tagged

from .common import RelationsCommon

VIEWS = ("list", "kanban")
# Queries more than the form of Odoo itself takes: the budget of design.md 6.
MOST_MORE = 12


@tagged("post_install", "-at_install")
class TestSegmentOpen(RelationsCommon):
    """design.md 6: what opening a customer, or a list of them, costs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls.env["res.partner"]
        for _number in range(4):
            customer = cls._create_customer(user_id=cls.sally.id)
            cls._create_orders([(customer, 10, days) for days in (120, 80, 40, 1)])
            cls._create_person(customer)
            cls._create_followup(customer)
            cls.customers |= customer
        cls._create_scheme(domain=cls._only(cls.customers))
        cls.env["crm.segmentation"]._decide(cls.customers.ids)

    def _get_specification(self, view, kind):
        """Return what the web client reads for a view."""
        partners = self.env["res.partner"].with_user(self.rita)
        views = partners.get_views([(self.env.ref(view).id, kind)])["views"]
        return self._specify(etree.fromstring(views[kind]["arch"]), partners)

    def _specify(self, arch, model):
        specification = {}
        for node in arch.iterchildren(etree.Element):
            if node.tag == "field":
                field = model._fields[node.get("name")]
                specification[field.name] = self._specify_field(node, field)
            else:
                specification |= self._specify(node, model)
        return specification

    def _specify_field(self, node, field):
        if field.type == "many2one":
            return {"fields": {"display_name": {}}}
        if field.type not in ("one2many", "many2many"):
            return {}
        inner = next((child for child in node if child.tag in VIEWS), None)
        lines = self.env[field.comodel_name]
        shown = {} if inner is None else self._specify(inner, lines)
        return {"fields": shown, "limit": 40}

    def _count_reading(self, customers, specification):
        customers = customers.with_user(self.rita)
        for _once in range(2):  # the first time fills what the server remembers
            self.env.flush_all()
            self.env.invalidate_all()
            customers.web_read(specification)
        self.env.invalidate_all()
        return self._count_statements(lambda: customers.web_read(specification))

    def test_form_stays_near_the_one_of_odoo(self):
        ours = self._get_specification("crm_relations.crm_customer_view_form", "form")
        own = self._get_specification("base.view_partner_form", "form")
        customer = self.customers[0]
        self.assertTrue(customer.with_user(self.rita).tier_reason)
        more = self._count_reading(customer, ours) - self._count_reading(customer, own)
        self.assertLessEqual(more, MOST_MORE)

    def test_lists_cost_nothing_a_row_with_all_columns(self):
        for view in ("crm_customer_view_list", "crm_customer_view_list_overdue"):
            with self.subTest(view):
                columns = self._get_specification(f"crm_relations.{view}", "list")
                # One alone is a card, whose pool is asked for.
                few = self._count_reading(self.customers[:2], columns)
                self.assertEqual(self._count_reading(self.customers, columns), few)
