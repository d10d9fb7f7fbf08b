from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common.handover import TransferCommon


@tagged("post_install", "-at_install")
class TestPoolHandoverWizard(TransferCommon):
    """FU-9: preview of all that moves, note, result per customer, undo."""

    def _open(self, customers, actor=None):
        customers = customers.with_user(actor or self.sally)
        action = customers.action_hand_over()
        wizard = self.env[action["res_model"]].with_user(actor or self.sally)
        return wizard.browse(action["res_id"])

    def _apply(self, wizard, **values):
        wizard.write({"user_id": self.sam.id, "note": "Moves away"} | values)
        wizard.action_apply()
        return wizard

    def test_the_preview_shows_all_that_moves_and_writes_nothing(self):
        wizard = self._open(self.both)
        lines = {line.partner_id: line.moves for line in wizard.line_ids}
        self.assertEqual(
            lines[self.one], "Contact: 1, Activity: 1, Opportunity: 1, Quotation: 1"
        )
        self.assertFalse(lines[self.two])
        self.assertEqual(
            {(item.kind_name, item.name, item.detail) for item in wizard.item_ids},
            {
                ("Opportunity", "Deal", "Deep in it"),
                (
                    "Quotation",
                    self.quotation.name,
                    fields.Date.to_string(self.quotation.date_order.date()),
                ),
                (
                    "Activity",
                    "Call",
                    fields.Date.to_string(self.activity.date_deadline),
                ),
            },
        )
        self.assertEqual(self.both.user_id, self.sally)

    def test_the_defaults_of_a_list_do_not_fill_the_wizard(self):
        mine = self.one.with_context(default_user_id=self.sally.id)
        self.assertFalse(self._open(mine).user_id)

    def test_each_item_opens_where_it_is(self):
        wizard = self._open(self.one)
        urls = {item.kind: item.action_open()["url"] for item in wizard.item_ids}
        self.assertEqual(
            urls,
            {
                "opportunity": f"/odoo/crm.lead/{self.lead.id}",
                "quotation": f"/odoo/sale.order/{self.quotation.id}",
                "activity": f"/odoo/res.partner/{self.person.id}",
            },
        )

    def test_the_preview_and_what_moves_are_the_same(self):
        wizard = self._open(self.both)
        planned = {(item.res_model, item.res_id) for item in wizard.item_ids}
        self._apply(wizard)
        moved = {(i.res_model, i.res_id) for i in wizard.batch_id.item_ids}
        self.assertEqual(moved, planned)

    def test_what_is_not_ticked_stays(self):
        on_lead = self._plan(self.lead)
        self._apply(self._open(self.one), take_opportunities=False)
        self.assertEqual(self.one.user_id, self.sam)
        self.assertEqual(self.lead.user_id | on_lead.user_id, self.sally)
        self.assertEqual(self.quotation.user_id, self.sam)
        self.assertEqual(self.activity.user_id, self.sam)

    def test_the_result_names_what_stays(self):
        foreign = self._create_customer("Foreign", user_id=self.rita.id)
        wizard = self._open(self.both | foreign)
        self.assertEqual(
            wizard.line_ids.filtered("message").mapped("message"),
            ["You may not give it away."],
        )
        self.two.user_id = self.sam
        self._apply(wizard)
        self.assertEqual(wizard.state, "done")
        self.assertEqual(
            wizard.summary, "Customers handed over: 1. Those that stay: 2."
        )
        self.assertEqual(wizard.failed_line_ids.partner_id, self.two | foreign)
        self.assertEqual(foreign.user_id, self.rita)
        with self.assertRaises(UserError):
            wizard.action_apply()

    def test_of_what_one_may_not_give_away_nothing_is_shown(self):
        foreign = self._create_customer("Foreign", user_id=self.rita.id)
        self._create_lead("Secret", foreign, user_id=self.rita.id)
        wizard = self._open(self.one | foreign)
        self.assertEqual(wizard.sudo().item_ids.partner_id, self.one)

    def test_two_previews_of_one_customer_do_not_mix(self):
        first, second = self._open(self.one), self._open(self.one)
        self.assertIn("Opportunity: 1", second.line_ids.moves)
        self._apply(first)
        self.assertEqual(first.line_ids.code, "ok")
        self.assertFalse(second.line_ids.code)

    def test_access_may_end_with_today(self):
        today = self.company._get_relations_today()
        self._apply(self._open(self.one), share_until=today)
        self.assertEqual(self.one.share_ids.until, today)

    def test_who_has_left_keeps_no_access(self):
        today = self.company._get_relations_today()
        self.sally.active = False
        self._apply(self._open(self.one, self.rita), share_until=today)
        self.assertEqual(self.one.user_id, self.sam)
        self.assertFalse(self.one.share_history_ids)

    def test_who_takes_customers_over_himself_gets_no_message(self):
        notices = self.env["mail.notification"]
        mine = [("res_partner_id", "=", self.rita.partner_id.id)]
        before = notices.search_count(mine)
        self.rita.group_ids += self.env.ref("crm_relations.group_sales_user")
        self._apply(self._open(self.one, self.rita), user_id=self.rita.id)
        self.assertEqual(self.one.user_id, self.rita)
        self.assertEqual(notices.search_count(mine), before)

    def test_undo_from_the_result(self):
        wizard = self._apply(self._open(self.both))
        self.lead.user_id = self.rita
        wizard.action_undo()
        self.assertEqual(self.both.user_id, self.sally)
        self.assertEqual(
            wizard.summary, "Undone. Customers back: 2. Those that stay: 0."
        )
        self.assertEqual(self.lead.user_id, self.rita)

    def test_undo_from_the_list_of_batches_tells_what_stays(self):
        wizard = self._apply(self._open(self.both))
        self.lead.user_id = self.rita
        batch = wizard.batch_id.with_user(self.sally)
        params = batch.action_undo()["params"]
        self.assertIn("Customers back with their salesperson: 2", params["message"])
        self.assertIn("Touched since, thus left as is: 1", params["message"])
        domain = batch.action_view_items()["domain"]
        left = self.env["crm.handover.item"].search([*domain, ("state", "=", "left")])
        self.assertEqual(left.name, "Deal")

    def test_bad_input_is_refused_at_once(self):
        archived = self._create_user("gone", "group_sales_user")
        archived.active = False
        yesterday = self.company._get_relations_today() - timedelta(days=1)
        for values, message in (
            ({"user_id": archived.id}, "archived"),
            ({"share_until": yesterday}, "passed already"),
            ({"user_id": False}, "new salesperson"),
            ({"note": "  "}, "reason"),
        ):
            wizard = self._open(self.one)
            with self.subTest(message), self.assertRefused(message, ValidationError):
                self._apply(wizard, **values)
        self.assertEqual(self.one.user_id, self.sally)
        with self.assertRefused("Choose customers", UserError):
            self._open(self.env["res.partner"])

    def test_to_oneself_nothing_moves(self):
        wizard = self._apply(self._open(self.one), user_id=self.sally.id)
        self.assertFalse(wizard.batch_id)
        self.assertIn("salesperson already", wizard.failed_line_ids.message)

    def test_care_moves_with_its_activity_and_without_one(self):
        rule = self.env["crm.care.rule"].create({"name": "Birthday"})
        tasks = self.env["crm.care.task"].create(
            [
                {
                    "rule_id": rule.id,
                    "partner_id": self.one.id,
                    "occasion": occasion,
                    "occasion_date": "2026-05-01",
                    "due_at": "2026-05-01 09:00:00",
                    "user_id": self.sally.id,
                    "activity_id": activity,
                }
                for occasion, activity in (("a", self.activity.id), ("b", False))
            ]
        )
        wizard = self._open(self.one)
        self.assertIn("Care: 1", wizard.line_ids.moves)
        self._apply(wizard)
        self.assertEqual(tasks.user_id, self.sam)
        wizard.action_undo()
        self.assertEqual(tasks.user_id, self.sally)

    def test_one_does_not_see_the_wizard_of_another(self):
        wizard = self._open(self.one)
        self.assertFalse(wizard.with_user(self.max).search([("id", "=", wizard.id)]))
        self.assertFalse(
            self.env["crm.handover.preview"]
            .with_user(self.rita)
            .search([("wizard_id", "=", wizard.id)])
        )

    def test_the_form_opens_for_a_salesperson(self):
        wizard = self._open(self.both)
        with Form(wizard) as form:
            form.user_id = self.sam
            form.note = "Moves away"
        wizard.action_apply()
        self.assertEqual(self.both.user_id, self.sam)

    def test_as_many_statements_for_the_preview_of_many_as_of_few(self):
        few, many = (
            self._create_customers(count, user_id=self.sally.id) for count in (2, 60)
        )
        self._open(self.one)
        counts = []
        for customers in (few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            counts.append(
                self._count_statements(lambda group=customers: self._open(group))
            )
        self.assertEqual(counts[0], counts[1])
