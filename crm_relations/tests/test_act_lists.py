from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.crm_relations.models.pool.res_partner_offers import NOT_OFFERED

from .common.act import ActCommon


@tagged("post_install", "-at_install")
class TestActLists(ActCommon):
    """What lists, cards and menus offer is what the reader can do there."""

    def _get_cards(self, user):
        self.env.flush_all()
        day = self.env["crm.my.day"].with_user(user).get_day()
        return {
            card["key"]: card for column in day["columns"] for card in column["cards"]
        }

    def test_each_act_of_each_card_is_a_public_method_of_its_model(self):
        today = self.company._get_relations_today()
        users = (self.sally, self.max, self.rita, self.carl, self.anna, self.adam)
        acts = {
            (card["model"], act["method"])
            for user in users
            for card in self.env["crm.my.day"]
            .with_user(user)
            ._get_my_day_cards(user, today)
            for act in card["acts"]
        }
        self.assertGreater(len(acts), 10)
        for model, method in acts:
            with self.subTest(f"{model}.{method}"):
                self.assertTrue(method.startswith("action_"))
                self.assertTrue(callable(getattr(self.env[model], method)))

    def test_an_empty_column_says_what_will_stand_there(self):
        for user in (self.carl, self.anna, self.sally):
            day = self.env["crm.my.day"].with_user(user).get_day()
            self.assertTrue(all(column["help"] for column in day["columns"]))
            empty = [
                card["key"]
                for column in day["columns"]
                for card in column["cards"]
                if not card["count"] and not card["help"]
            ]
            self.assertFalse(empty)

    def test_days_are_told_in_our_words_everywhere(self):
        views = self.env["ir.ui.view"].search([("arch_db", "ilike", "remaining_days")])
        names = views.mapped("xml_id")
        self.assertFalse([name for name in names if name.startswith("crm_relations")])

    def test_the_day_of_a_custodian(self):
        self.assertIn("proposals", self._get_cards(self.carl))
        before = self._get_cards(self.carl)["poor_archives"]["count"]
        poor = self._create_customer("Poor")
        self.assertLess(poor.archive_rate, 50)
        cards = self._get_cards(self.carl)
        self.assertEqual(cards["poor_archives"]["count"], before + 1)
        proposal = (
            self.env["crm.archive.proposal"]
            .with_user(self.anna)
            .create(
                {
                    "partner_id": poor.id,
                    "field_name": "city",
                    "new_value": "Wuxi",
                }
            )
        )
        card = self._get_cards(self.carl)["proposals"]
        self.assertEqual([line["id"] for line in card["lines"]], proposal.ids)
        self.assertEqual(card["lines"][0]["asker"], "Anna")
        for key in ("proposals", "poor_archives"):
            action = self.env["crm.my.day"].with_user(self.carl).open_card(key)
            records = self.env[action["res_model"]].with_user(self.carl)
            count = self._get_cards(self.carl)[key]["count"]
            self.assertEqual(records.search_count(action["domain"]), count)

    def test_a_salesperson_decides_on_proposals_for_the_own_customers(self):
        values = {"field_name": "city", "new_value": "Wuxi"}
        proposals = self.env["crm.archive.proposal"].with_user(self.anna)
        own = proposals.create({"partner_id": self.customer.id, **values})
        proposals.create({"partner_id": self._create_customer().id, **values})
        card = self._get_cards(self.sally)["proposals"]
        self.assertEqual([line["id"] for line in card["lines"]], own.ids)
        self.assertNotIn("proposals", self._get_cards(self.sam))

    def test_lists_begin_with_the_own_customers_of_who_has_any(self):
        for name in ("crm_pool_leaving_action", "crm_customer_action_overdue"):
            for user, mine in ((self.sally, True), (self.carl, False)):
                partners = self.env["res.partner"].with_user(user)
                action = partners._open_mine_first(f"crm_relations.{name}")
                with self.subTest(name, user=user.login):
                    self.assertEqual("search_default_mine" in action["context"], mine)

    def test_menus_of_lists_offer_what_fits_them(self):
        partners = self.env["res.partner"].with_user(self.rita)
        for name, unfit in NOT_OFFERED.items():
            action = self.env.ref(f"crm_relations.{name}")
            views = partners.get_views(
                [(False, "list")], {"toolbar": True, "action_id": action.id}
            )
            offered = {one["id"] for one in views["views"]["list"]["toolbar"]["action"]}
            refused = {self.env.ref(f"crm_relations.{one}").id for one in unfit}
            with self.subTest(name):
                self.assertTrue(offered)
                self.assertFalse(offered & refused)

    def test_a_number_that_is_missing_or_hidden_offers_no_call(self):
        self._create_pool_rule(30, domain=self._only(self.customer))
        self.customer._refresh_release_dates(self.customer.ids)
        [line] = self._get_cards(self.sally)["leaving"]["lines"]
        self.assertFalse(line["phone"])
        self.customer.phone = "138 0013 8000"
        [line] = self._get_cards(self.sally)["leaving"]["lines"]
        self.assertTrue(line["phone"])

    def test_who_was_followed_up_today_is_not_proposed_for_a_swap(self):
        wanted = self._create_customer("Wanted")
        other = self._create_customer("Other", user_id=self.sally.id)
        self._age_ownership(other, 60)
        self._create_followup(self.customer, date=fields.Datetime.now())
        self.env.flush_all()
        suggest = wanted.with_user(self.sally).get_swap_suggestions
        self.assertEqual([one["id"] for one in suggest()], other.ids)
        self._create_followup(other, date=fields.Datetime.now())
        self.env.flush_all()
        self.assertEqual(suggest(), [])

    def test_the_dialog_for_leavers_lists_who_holds_customers(self):
        wizards = self.env["crm.leaver.wizard"].with_user(self.rita)
        self.assertIn("Sally: 1", wizards.create({}).held_text)
        wizard = wizards.create({"leaver_ids": self.sally.ids})
        self.assertIn(self.sally, wizard.holder_ids)
        self.assertNotIn(self.sam, wizard.holder_ids)
        self.assertEqual(wizard.held_text, "Sally: 1")

    def test_of_a_selection_of_calls_those_of_others_are_left(self):
        started = fields.Datetime.now() - timedelta(hours=1)
        exchange = self.env["crm.followup"].with_user(self.exchange)
        own, others = (
            self.env["crm.followup"].browse(
                exchange.log_call(number, "in", str(started), 60, login)
            )
            for number, login in (
                ("+8613900139001", "sally"),
                ("+8613900139002", "sam"),
            )
        )
        calls = (own | others).with_user(self.sally)
        told = calls.action_dismiss_call()
        self.assertEqual(
            (own.is_call_dismissed, others.is_call_dismissed), (True, False)
        )
        self.assertIn("calls of others: 1.", told["params"]["message"])
