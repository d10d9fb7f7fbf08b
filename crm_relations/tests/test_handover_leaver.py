import doctest
from collections import Counter

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..tools import distribution
from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestPoolLeaver(RelationsCommon):
    """FU-9: the customers of a leaver go to colleagues by a rule."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann, cls.ben, cls.cleo = (
            cls._create_user(name, "group_sales_user")
            for name in ("ann", "ben", "cleo")
        )
        cls.north.member_ids |= cls.ann | cls.ben | cls.cleo
        cls.china, cls.britain = cls.env.ref("base.cn"), cls.env.ref("base.uk")
        cls.jiangsu = cls.env["res.country.state"].search(
            [("country_id", "=", cls.china.id)], limit=1
        )

    def _customers(self, count, owner=None, **values):
        owner = owner or self.sally
        return self.env["res.partner"].create(
            [
                {"name": f"C{n}", "is_managed_customer": True, "user_id": owner.id}
                | values
                for n in range(count)
            ]
        )

    def _wizard(self, receivers, actor=None, leavers=None, **values):
        wizard = self.env["crm.leaver.wizard"].with_user(actor or self.max)
        return wizard.create(
            {
                "leaver_ids": (leavers or self.sally).ids,
                "receiver_ids": [Command.create(line) for line in receivers],
            }
            | values
        )

    def _preview(self, *args, **values):
        wizard = self._wizard(*args, **values)
        return self.env["crm.handover.wizard"].browse(wizard.action_preview()["res_id"])

    def _counts(self, preview):
        return Counter(line.to_user_id.name for line in preview.line_ids)

    def _users(self, *users):
        return [{"user_id": user.id} for user in users]

    def test_the_doctests_of_the_distribution(self):
        self.assertFalse(doctest.testmod(distribution).failed)

    def test_evenly_in_number(self):
        self._customers(7)
        preview = self._preview(self._users(self.ann, self.ben, self.cleo))
        self.assertEqual(
            self._counts(preview), Counter({"Ann": 3, "Ben": 2, "Cleo": 2})
        )
        self.assertIn("Ann", preview.overview)
        self.assertFalse(preview.line_ids.partner_id.user_id - self.sally)

    def test_the_most_valuable_ones_are_dealt_in_turn(self):
        customers = self._customers(4)
        for number, customer in enumerate(customers):
            customer.sales_12_months = number + 1
        preview = self._preview(self._users(self.ann, self.ben))
        owners = {line.partner_id: line.to_user_id for line in preview.line_ids}
        self.assertEqual(
            [owners[customer] for customer in customers],
            [self.ben, self.ann, self.ben, self.ann],
        )

    def test_by_territory_the_narrowest_place_wins(self):
        suzhou = self._customers(
            2, city="Suzhou ", state_id=self.jiangsu.id, country_id=self.china.id
        )
        jiangsu = self._customers(1, state_id=self.jiangsu.id, country_id=self.china.id)
        china = self._customers(1, country_id=self.china.id)
        nowhere = self._customers(1)
        receivers = [
            {"user_id": self.ann.id, "country_ids": self.china.ids},
            {"user_id": self.ben.id, "cities": "Wuxi， suzhou"},
            {"user_id": self.cleo.id, "state_ids": self.jiangsu.ids},
        ]
        preview = self._preview(receivers, rule="territory", unmatched="keep")
        owners = {line.partner_id: line.to_user_id for line in preview.line_ids}
        self.assertEqual({owners[customer] for customer in suzhou}, {self.ben})
        self.assertEqual(owners[jiangsu], self.cleo)
        self.assertEqual(owners[china], self.ann)
        self.assertFalse(owners[nowhere])
        preview.note = "Retires"
        preview.action_apply()
        self.assertEqual(preview.failed_line_ids.partner_id, nowhere)
        self.assertEqual(nowhere.user_id, self.sally)
        preview = self._preview(receivers, rule="territory", unmatched="evenly")
        self.assertTrue(preview.line_ids.to_user_id)

    def test_by_capacity_who_holds_fewest_first_until_full(self):
        self._customers(3, self.ann)
        self._customers(6)
        receivers = [
            {"user_id": self.ann.id},
            {"user_id": self.ben.id},
            {"user_id": self.cleo.id, "capacity": 1},
        ]
        preview = self._preview(receivers, rule="capacity")
        self.assertEqual(
            self._counts(preview), Counter({"Ben": 4, "Ann": 1, "Cleo": 1})
        )

    def test_when_all_are_full_the_rest_stays(self):
        self._customers(3)
        receivers = [{"user_id": self.ben.id, "capacity": 2}]
        preview = self._preview(receivers, rule="capacity")
        preview.note = "Retires"
        preview.action_apply()
        self.assertEqual(
            preview.summary, "Customers handed over: 2. Those that stay: 1."
        )
        self.assertIn("has room", preview.failed_line_ids.message)

    def test_the_same_again_gives_the_same(self):
        self._customers(9)
        plans = [
            [
                (line.partner_id.id, line.to_user_id.id)
                for line in self._preview(self._users(self.ann, self.ben)).line_ids
            ]
            for _run in range(2)
        ]
        self.assertEqual(plans[0], plans[1])

    def test_applied_in_one_batch_with_a_message_each(self):
        customers = self._customers(4)
        preview = self._preview(self._users(self.ann, self.ben))
        preview.note = "Retires"
        preview.action_apply()
        self.assertEqual(customers.user_id, self.ann | self.ben)
        batch = customers.ownership_change_ids.batch_id
        self.assertEqual(batch.kind, "leaver")
        for user in (self.ann, self.ben):
            notified = self.env["mail.notification"].search(
                [("res_partner_id", "=", user.partner_id.id)]
            )
            self.assertEqual(len(notified), 1)
        preview.action_undo()
        self.assertEqual(customers.user_id, self.sally)

    def test_of_who_has_been_archived_already(self):
        customers = self._customers(2)
        self.sally.active = False
        preview = self._preview(self._users(self.ann))
        preview.note = "Has left"
        preview.action_apply()
        self.assertEqual(customers.user_id, self.ann)

    def test_the_team_proposes_its_members_who_stay(self):
        self.cleo.active = False
        with Form(self.env["crm.leaver.wizard"].with_user(self.rita)) as form:
            form.leaver_ids.add(self.sally)
            self.assertEqual(form.team_id, self.north)
        members = form.record.receiver_ids.user_id
        self.assertEqual(members, self.ann | self.ben)

    def test_the_team_proposes_no_archived_member_even_to_a_list_of_archived(self):
        self.ann.active = False
        self.assertIn(self.ann, self.north.crm_team_member_ids.user_id)
        wizards = self.env["crm.leaver.wizard"].with_user(self.max)
        form = Form(wizards.with_context(active_test=False))
        form.team_id = self.north
        proposed = form.save().receiver_ids.user_id
        self.assertIn(self.ben, proposed)
        self.assertNotIn(self.ann, proposed)

    def test_the_only_member_of_a_team(self):
        self._customers(1, self.sam)
        wizard = self._wizard([], self.rita, self.sam, team_id=self.south.id)
        with self.assertRefused("Sam is the only member of South", UserError):
            wizard.action_preview()

    def test_who_cannot_take_over(self):
        self._customers(1)
        self.cleo.active = False
        for receivers, message in (
            (self._users(self.sally), "leaves and cannot"),
            (self._users(self.cleo), "archived"),
            (self._users(self.anna), "no role in sales"),
            (self._users(self.ann, self.ann), "twice"),
            ([], "Add at least one"),
        ):
            wizard = self._wizard(receivers)
            with self.subTest(message), self.assertRefused(message, UserError):
                wizard.action_preview()
        with self.assertRefused("has no customers", UserError):
            self._wizard(self._users(self.ben), leavers=self.ann).action_preview()

    def test_a_leader_distributes_the_own_team_only(self):
        self._customers(1, self.sam)
        preview = self._preview(self._users(self.ann), leavers=self.sam)
        self.assertEqual(preview.line_ids.message, "You may not give it away.")
        with self.assertRaises(AccessError):
            self._wizard(self._users(self.ann), actor=self.ben)

    def test_nobody_gets_a_customer_of_a_company_that_is_closed_to_him(self):
        other = self.env["res.company"].create({"name": "Other"})
        (self.rita | self.sally | self.ben).company_ids |= other
        theirs = self._customers(4, company_id=other.id)
        shared = self._customers(2)
        wizard = self._wizard(self._users(self.ann, self.ben), actor=self.rita)
        wizard = wizard.with_context(allowed_company_ids=self.rita.company_ids.ids)
        preview = self.env["crm.handover.wizard"].browse(
            wizard.action_preview()["res_id"]
        )
        owners = {line.partner_id: line.to_user_id for line in preview.line_ids}
        self.assertEqual([owners[customer] for customer in theirs], [self.ben] * 4)
        self.assertEqual([owners[customer] for customer in shared], [self.ann] * 2)

    def test_a_territory_in_a_closed_company_goes_to_the_next_place(self):
        other = self.env["res.company"].create({"name": "Other"})
        (self.rita | self.sally | self.ben).company_ids |= other
        self._customers(1, company_id=other.id, city="Suzhou", country_id=self.china.id)
        receivers = [
            {"user_id": self.ann.id, "cities": "Suzhou"},
            {"user_id": self.ben.id, "country_ids": self.china.ids},
        ]
        wizard = self._wizard(receivers, self.rita, rule="territory", unmatched="keep")
        wizard = wizard.with_context(allowed_company_ids=self.rita.company_ids.ids)
        preview = self.env["crm.handover.wizard"].browse(
            wizard.action_preview()["res_id"]
        )
        self.assertEqual(preview.line_ids.to_user_id, self.ben)

    def test_contacts_that_are_no_customers_are_not_handed_over(self):
        customers = self._customers(2)
        self._customers(1, is_managed_customer=False)
        preview = self._preview(self._users(self.ann))
        self.assertEqual(preview.line_ids.partner_id, customers)

    def test_of_those_unmatched_all_share_evenly(self):
        self._customers(4)
        receivers = [
            {"user_id": self.ann.id, "cities": "Suzhou"},
            {"user_id": self.ben.id, "cities": "Wuxi"},
        ]
        preview = self._preview(receivers, rule="territory")
        self.assertEqual(self._counts(preview), Counter({"Ann": 2, "Ben": 2}))

    def test_where_others_are_in_the_team_they_are_asked_for(self):
        wizard = self._wizard([], team_id=self.north.id)
        with self.assertRefused("Who takes over", UserError):
            wizard.action_preview()
