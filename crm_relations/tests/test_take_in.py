from odoo.tests import tagged
from odoo.tools import mute_logger

from ..hooks import post_init_hook
from ..tools.ahead import get_additions
from .common import RelationsCommon

NIGHT = ("segments", "contact_dates", "pool_dates", "archive_completeness")
SUITE = ("crm_relations", "crm_relations_survey", "crm_relations_complaint")


class TakeInCase(RelationsCommon):
    def _forget(self, partners):
        """As if they had been there before the suite."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET is_managed_customer = NULL, archive_rate = NULL, "
            "sales_total = NULL, owner_since = NULL, is_located = NULL, "
            "geo_latitude = NULL, geo_longitude = NULL, phone_digits = NULL "
            "WHERE id IN %s",
            [tuple(partners.ids)],
        )
        self.env.invalidate_all()

    def _install(self):
        self.env["crm.take.in"].search([]).unlink()
        post_init_hook(self.env)
        return self.env["crm.take.in"].search([])

    def _take_in(self):
        self._run_job("take_in")

    def _run_job(self, name):
        with self.enter_registry_test_mode():
            self.env.ref(f"crm_relations.ir_cron_{name}").method_direct_trigger()


@tagged("post_install", "-at_install")
class TestTakeIn(TakeInCase):
    """PL-1: installing into a company's own database makes nobody wait."""

    def setUp(self):
        super().setUp()
        self.buyer = self._create_customer("Buyer", phone="1", user_id=self.sally.id)
        self._create_order(self._create_person(self.buyer), 40)
        self.asking = self._create_customer("Asking")
        self.env["crm.lead"].create(
            {"name": "Deal", "type": "opportunity", "partner_id": self.asking.id}
        )
        self.invoiced = self._create_customer("Invoiced", customer_rank=1)
        self.supplier = self.env["res.partner"].create({"name": "Supplier"})
        self.partners = self.buyer | self.asking | self.invoiced | self.supplier
        self._forget(self.partners)

    def test_installing_itself_writes_no_contact(self):
        before = self.env.execute_query_dict(self._get_rows())
        self._install()
        self.env.flush_all()
        self.assertEqual(self.env.execute_query_dict(self._get_rows()), before)

    def _get_rows(self):
        return self.env["res.partner"]._search([]).select("xmin::text", "id")

    def test_who_trades_with_us_is_taken_in_with_its_figures(self):
        self._install()
        for job in ("take_in", "segments", "archive_completeness"):
            self._run_job(job)
        self.assertEqual(
            self.partners.filtered("is_managed_customer"),
            self.buyer | self.asking | self.invoiced,
        )
        self.assertEqual(self.buyer.sales_total, 40)
        self.assertGreater(self.buyer.archive_rate, 0)
        self.assertTrue(self.buyer.owner_since)

    def test_who_is_managed_already_keeps_its_history(self):
        known = self._create_customer("Known", user_id=self.sally.id, customer_rank=1)
        self._age_ownership(known, 80)
        since = known.owner_since
        self._install()
        self._take_in()
        self.assertEqual(known.owner_since, since)

    def test_our_companies_and_colleagues_stay_out(self):
        ours = self.company.partner_id | self.sally.partner_id
        ours.customer_rank = 1
        self._forget(ours)
        self._install()
        self._take_in()
        self.assertFalse(ours.filtered("is_managed_customer"))

    def test_who_came_meanwhile_or_was_decided_by_hand_is_left_alone(self):
        self._install()
        self.invoiced.is_managed_customer = False
        later = self.env["res.partner"].create({"name": "Later", "customer_rank": 1})
        self._forget(later)
        self._take_in()
        self.assertFalse((self.invoiced | later).filtered("is_managed_customer"))

    def test_a_second_round_finds_what_an_old_request_wrote_meanwhile(self):
        work = self._install()
        self._take_in()
        self.assertEqual(work.rounds_left, 1)
        self.supplier.customer_rank = 1
        self._forget(self.supplier)
        self._take_in()
        self.assertTrue(self.supplier.is_managed_customer)
        self.assertEqual(work.rounds_left, 0)
        self._forget(self.supplier)
        self._take_in()
        self.assertFalse(self.supplier.is_managed_customer)

    def test_a_killed_job_goes_on_where_it_stood(self):
        work = self._install()
        self.patch(type(work), "_get_page_size", lambda self: 1)
        first = min(self.partners.ids)
        work.last_id = first - 1
        work._take_page()
        self.assertEqual(work.last_id, first)
        self.assertEqual(work.taken_count, 1)
        self._take_in()
        self.assertEqual(work.taken_count, 3)

    def test_what_follows_from_it_starts_at_once(self):
        self._install()
        triggers = self.env["ir.cron.trigger"]
        before = triggers.search([])
        self._take_in()
        started = (triggers.search([]) - before).cron_id
        for job in ("segments", "archive_completeness"):
            self.assertIn(self.env.ref(f"crm_relations.ir_cron_{job}"), started)

    def test_a_banner_says_how_far(self):
        work = self._install()
        work.write({"customer_count": 200000, "taken_count": 1200})
        day = self.env["crm.my.day"].with_user(self.sally)
        self.assertIn("1,200 of 200,000", day.get_day()["notice"])
        settings = self.env["res.config.settings"].new({})
        self.assertIn("1,200 of 200,000", settings.relations_take_in_notice)
        work.rounds_left = 1
        self.assertFalse(day.get_day()["notice"])

    @mute_logger("odoo.addons.base.models.ir_cron")
    def test_what_is_stored_is_what_odoo_would_have_computed(self):
        """A stored computed field that nothing fills for existing customers fails."""
        self.supplier.write(
            {"partner_latitude": 31.5, "partner_longitude": 121.25, "phone": "8801"}
        )
        self._forget(self.supplier)
        self._install()
        for job in ("take_in", *NIGHT):
            self._run_job(job)
        fields = [
            field
            for field in self.partners._fields.values()
            if field.store and field.compute and set(field._modules) <= set(SUITE)
        ]
        for field in fields:
            with self.subTest(field.name):
                self.partners.invalidate_recordset([field.name])
                stored = self._get_values(field)
                self.env.add_to_compute(field, self.partners)
                self.assertEqual(stored, self._get_values(field))

    def _get_values(self, field):
        return [partner[field.name] or False for partner in self.partners]


@tagged("post_install", "-at_install")
class TestColumnsAhead(RelationsCommon):
    """Whoever reads a table that is in use does not wait for the installation."""

    def test_all_columns_on_tables_of_others_are_added_ahead(self):
        found = {
            (addon, name, field.name)
            for addon in SUITE
            for name, (fields, _objects) in get_additions(addon).items()
            for field in fields
        }
        for model in self._get_models_of_others():
            for field in filter(self._is_column, model._fields.values()):
                with self.subTest(f"{model._name}.{field.name}"):
                    self.assertIn((field._modules[0], model._name, field.name), found)

    def _is_column(self, field):
        ours = field._modules and field._modules[0] in SUITE
        return ours and field.store and field.column_type

    def test_all_indexes_and_constraints_on_tables_of_others_are_made_ahead(self):
        found = {
            (name, item.name)
            for addon in SUITE
            for name, (_fields, objects) in get_additions(addon).items()
            for item in objects
        }
        for model in self._get_models_of_others():
            ours = [o for o in model._table_objects.values() if o._module in SUITE]
            for item in ours:
                with self.subTest(f"{model._name}: {item.name}"):
                    self.assertIn((model._name, item.name), found)

    def _get_models_of_others(self):
        return [
            model
            for model in self.env.registry.values()
            if model._auto
            and not model._abstract
            and model._original_module not in SUITE
        ]
