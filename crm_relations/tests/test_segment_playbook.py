from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common.opened import OpenedCase
from .common.playbook import PlaybookCommon


@tagged("post_install", "-at_install")
class TestPlaybook(OpenedCase, PlaybookCommon):
    """SE-7: whose the activities are, and what becomes of them."""

    def test_the_five_layers_ship_with_a_playbook(self):
        self.assertEqual(
            set(self.playbooks.mapped("layer")),
            {"potential", "new", "mature", "loyal", "dormant"},
        )
        for playbook in self.playbooks:
            with self.subTest(playbook.layer):
                self.assertIn(len(playbook.plan_id.template_ids), range(2, 5))
                self.assertTrue(playbook.guide)
                for step in playbook.plan_id.template_ids:
                    self.assertTrue(step.translated_summary and step.translated_note)

    def test_activities_made_by_statement_are_as_odoo_makes_them(self):
        """Each stored field as ``create`` of the same activity would have it."""
        customer = self._create_potential()
        self._enter(customer)
        made = self._get_activities(customer)[0]
        names = [
            name
            for name, field in made._fields.items()
            if field.store and name not in ("id", "create_date", "write_date")
        ]
        values = made.copy_data()[0]
        twin = made.with_context(mail_activity_quick_update=True).create(
            {**values, "crm_playbook_run_id": made.crm_playbook_run_id.id}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        for name in names:
            with self.subTest(name):
                self.assertEqual(made[name], twin[name])
        made.with_user(self.sally).action_feedback(feedback="Done")

    def test_leaving_a_layer_drops_what_is_still_to_do(self):
        customer = self._create_potential()
        self._enter(customer)
        done, *rest = self._get_activities(customer)
        done.action_feedback()
        self.env.cr.execute(
            "UPDATE sale_order SET date_order = date_order - interval '300 days' "
            "WHERE partner_id = %s",
            [customer.id],
        )
        self.env.invalidate_all()
        self._run()
        self.assertEqual(customer.lifecycle, "dormant")
        self.assertFalse([a for a in rest if a.exists()])
        self.assertTrue(done.exists())
        old, current = customer.playbook_run_ids.sorted("id")
        self.assertTrue(old.ended_on)
        self.assertEqual(customer.playbook_run_id, current)
        self.assertEqual(current.open_count, 3)

    def test_the_count_of_its_runs_is_the_list_that_it_opens(self):
        customer = self._create_potential()
        self._enter(customer)
        playbook = customer.playbook_run_id.playbook_id
        customer.playbook_run_ids.ended_on = "2026-01-01"
        self.env.flush_all()
        playbook.invalidate_recordset()
        self.assertGreater(playbook.run_count, 0)
        action = playbook.action_view_runs()
        self.assertOpens(action, playbook.run_count, self.env)

    def test_a_playbook_may_outlive_its_layer(self):
        self.new.close_on_leaving = False
        customer = self._create_potential()
        self._enter(customer)
        activities = self._get_activities(customer)
        self.env["crm.playbook"]._layer_changed(customer.ids)
        self.assertEqual(self._get_activities(customer), activities)
        self.assertTrue(customer.playbook_run_ids.ended_on)

    def test_without_a_salesperson_the_entry_is_noted(self):
        customer = self._create_potential(user_id=False)
        self._enter(customer)
        self.assertFalse(self._get_activities(customer))
        self.assertRecordValues(
            customer.playbook_run_ids, [{"user_id": False, "layer": "new"}]
        )

    def test_whoever_takes_a_customer_of_nobody_starts_its_playbook(self):
        customer = self._create_potential(user_id=False)
        self._enter(customer)
        customer.user_id = self.sam
        self.assertEqual(self._get_activities(customer).user_id, self.sam)
        self.assertEqual(customer.playbook_run_id.user_id, self.sam)

    def test_a_playbook_goes_along_with_its_customer(self):
        """To the next salesperson, what is for somebody else stays; to nobody: it is
        dropped."""
        step = self.new.plan_id.template_ids[0]
        step.write({"responsible_type": "other", "responsible_id": self.rita.id})
        customer = self._create_potential()
        self._enter(customer)
        first, *rest = self._get_activities(customer)
        customer.user_id = self.sam
        self.assertEqual(first.user_id, self.rita)
        self.assertEqual({activity.user_id for activity in rest}, {self.sam})
        customer.user_id = False
        self.assertEqual(self._get_activities(customer), first)
        self.assertFalse(customer.playbook_run_id.user_id)

    def test_the_step_of_somebody_who_has_left_falls_to_the_salesperson(self):
        step = self.new.plan_id.template_ids[0]
        step.write({"responsible_type": "other", "responsible_id": self.rita.id})
        self.rita.active = False
        customer = self._create_potential()
        self._enter(customer)
        activities = self._get_activities(customer)
        self.assertEqual(len(activities), len(self.new.plan_id.template_ids))
        self.assertEqual(activities.user_id, self.sally)

    def test_a_stand_in_does_it_for_customers_of_nobody_and_of_leavers(self):
        self.new.stand_in_id = self.max
        nobody = self._create_potential(user_id=False)
        leaver = self._create_potential(user_id=self.sam.id)
        self.sam.active = False
        self._enter(nobody | leaver)
        self.assertEqual(self._get_activities(nobody | leaver).user_id, self.max)

    def test_the_own_company_comes_before_the_general_playbook(self):
        other = self.env["res.company"].create({"name": "Other"})
        plan = self.env["mail.activity.plan"].create(
            {
                "name": "Own",
                "res_model": "res.partner",
                "template_ids": [
                    Command.create(
                        {
                            "summary": "Own step",
                            "responsible_type": "other",
                            "responsible_id": self.rita.id,
                        }
                    )
                ],
            }
        )
        own = self.env["crm.playbook"].create(
            {
                "name": "Own",
                "layer": "new",
                "plan_id": plan.id,
                "company_id": other.id,
            }
        )
        ours = self._create_potential()
        theirs = self._create_potential(relation_company_id=other.id)
        self._enter(ours | theirs)
        self.assertEqual(ours.playbook_run_ids.playbook_id, self.new)
        self.assertEqual(theirs.playbook_run_ids.playbook_id, own)
        activity = self._get_activities(theirs)
        self.assertRecordValues(
            activity, [{"summary": "Own step", "user_id": self.rita.id}]
        )

    def test_each_salesperson_reads_its_own_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.sam.lang = "fr_FR"
        step = self.new.plan_id.template_ids[0]
        step.with_context(lang="fr_FR").translated_summary = "Demander"
        customers = self._create_potential() | self._create_potential(
            user_id=self.sam.id
        )
        self._enter(customers)
        found = self._get_activities(customers).filtered(
            lambda activity: activity.activity_type_id == step.activity_type_id
        )
        self.assertEqual(
            {activity.user_id: activity.summary for activity in found},
            {self.sally: step.translated_summary, self.sam: "Demander"},
        )

    def test_as_many_statements_for_many_as_for_one(self):
        self._enter(self._create_potential())
        counts = []
        for number in (1, 40):
            customers = self._create_potential(number)
            self._create_orders([(customer, 10, 2) for customer in customers])
            self.env["res.partner"]._refresh_sales_figures()
            self.env.invalidate_all()
            counts.append(self._count_statements(self.env["crm.lifecycle.rule"].run))
            self.assertEqual(
                len(self._get_activities(customers)),
                number * len(self.new.plan_id.template_ids),
            )
        self.assertEqual(*counts)

    def test_only_administrators_change_playbooks_and_their_plans(self):
        for user in (self.rita, self.sally):
            with self.assertRaises(AccessError):
                self.new.with_user(user).guide = "Other"
        for user in (self.rita, self.sally):
            with self.assertRaises(AccessError):
                self.new.plan_id.with_user(user).name = "Other"
        self.new.with_user(self.adam).guide = "Other"
        self.new.plan_id.with_user(self.adam).name = "Other"
        lead_plan = self.env["mail.activity.plan"].create(
            {"name": "Leads", "res_model": "calendar.event"}
        )
        with self.assertRaises(AccessError):
            lead_plan.with_user(self.adam).name = "Other"
