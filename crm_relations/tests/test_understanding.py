"""KA-2: to know a key account is a percentage and a list of what is missing."""

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common.key_account import KeyAccountCommon

TEXTS = (
    *("understood_business", "understood_customers"),
    *("understood_process", "understood_worth"),
)


@tagged("post_install", "-at_install")
@freeze_time("2026-05-05 10:00:00")
class TestUnderstanding(KeyAccountCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        requirements = cls.env["crm.archive.requirement"]
        cls.shipped = requirements.search([("section", "=", "understanding")])
        cls.understandings = cls.env["crm.account.understanding"]

    def setUp(self):
        super().setUp()
        self._make_key()

    def _reread(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.big

    def _name_missing(self):
        return self._reread().understanding_missing_ids.mapped("display_name")

    def test_four_texts_and_four_facts_of_competitors_are_asked(self):
        self.assertEqual(len(self.shipped), 8)
        self.assertEqual(self._reread().understanding_rate, 0)
        self.assertEqual(
            self._name_missing(),
            [
                *("Its Business", "Its Customers", "How Its Industry Works"),
                *("What We Are Worth to It", "Competitor: What It Does"),
                "Competitor: Whom It Serves",
                *("Competitor: Position in the Market", "Competitor: Its Advantage"),
            ],
        )

    def test_blanks_are_no_understanding(self):
        self.big.write(dict.fromkeys(TEXTS, " \n\u3000"))
        self.env["crm.customer.competitor"].create(
            {"partner_id": self.big.id, "name": "Rival", "advantage": "\u3000"}
        )
        self.assertEqual(self._reread().understanding_rate, 0)
        self.assertEqual(len(self._name_missing()), 8)

    def test_each_counts_by_its_weight(self):
        self.big.understood_business = "Freight"  # 2 of 10
        self.assertEqual(self._reread().understanding_rate, 20)
        self.big.write(dict.fromkeys(TEXTS, "Known"))
        self.assertEqual(self._reread().understanding_rate, 60)
        self.shipped.filtered(lambda one: one.weight == 2).weight = 1
        self.assertEqual(self._reread().understanding_rate, 50)

    def test_every_competitor_must_be_known_not_only_one(self):
        self.big.competitor_ids = [
            Command.create({"name": "A", "position": "leader"}),
            Command.create({"name": "B"}),
        ]
        self.assertIn("Competitor: Position in the Market", self._name_missing())
        self.big.competitor_ids[1].position = "niche"
        self.assertNotIn("Competitor: Position in the Market", self._name_missing())
        self.assertIn("Competitor: Its Advantage", self._name_missing())
        self.big.competitor_ids.unlink()
        self.assertIn("Competitor: Position in the Market", self._name_missing())

    def test_a_number_of_competitors_counts_from_above_zero(self):
        field = self.env["ir.model.fields"]._get(
            "crm.customer.competitor", "wallet_share"
        )
        self.env["crm.archive.requirement"].create(
            {"field_id": field.id, "section": "understanding"}
        )
        self.big.competitor_ids = [Command.create({"name": "A"})]
        self.assertIn("Competitor: Share of Wallet (%)", self._name_missing())
        self.big.competitor_ids.wallet_share = 5
        self.assertNotIn("Competitor: Share of Wallet (%)", self._name_missing())

    def test_fields_of_other_models_do_not_count(self):
        field = self.env["ir.model.fields"]._get("crm.credit.incident", "amount")
        with self.assertRaises(ValidationError):
            self.env["crm.archive.requirement"].create(
                {"field_id": field.id, "section": "understanding"}
            )

    def test_the_archive_means_the_same_for_all(self):
        before = self.big.archive_rate
        self.big.write(dict.fromkeys(TEXTS, "Known"))
        self.big._refresh_completeness(self.big.ids)
        self.assertEqual(self.big.archive_rate, before)
        missing = self._reread().archive_missing_ids
        self.assertFalse(missing & self.shipped)

    def test_the_plan_reads_the_same_competitors(self):
        self.big.competitor_ids = [Command.create({"name": "A", "advantage": "Near"})]
        plan = self.env["crm.account.plan"].new({"partner_id": self.big.id})
        self.assertEqual(plan.competitor_ids.mapped("advantage"), ["Near"])

    def test_others_are_asked_nothing_and_cost_nothing(self):
        self._reread()
        self.assertFalse(self.mid.is_key_account)
        seen = self._count_statements(
            lambda: self.assertEqual(self.mid.understanding_rate, 0)
        )
        self.assertEqual(seen, 0)
        self.assertFalse(self.mid.understanding_missing_ids)
        self.assertFalse(self._list().filtered(lambda one: one.partner_id == self.mid))

    def _list(self, user=None):
        self.env.flush_all()
        return self.understandings.with_user(user or self.env.user).search([])

    def test_the_least_known_comes_first(self):
        self._make_key(self.mid)
        self._make_key(self.small)
        self.mid.understood_business = "Freight"
        self.big.write(dict.fromkeys(TEXTS, "Known"))
        listed = self._list(self.rita)
        self.assertEqual(listed.partner_id, self.small + self.mid + self.big)
        self.assertEqual(listed.mapped("rate"), [0, 20, 60])
        self.assertEqual(listed.mapped("missing_count"), [8, 7, 4])
        self.assertEqual([len(one.missing_ids) for one in listed], [8, 7, 4])

    def test_the_list_costs_the_same_for_few_and_many(self):
        def count():
            listed = self.understandings.with_user(self.rita).search([])
            self.env.invalidate_all()
            return self._count_statements(
                lambda: listed.web_read({"rate": {}, "missing_ids": {"fields": {}}})
            )

        count()
        few = count()
        self._make_key(self.mid)
        self._make_key(self.small)
        self.assertEqual(count(), few)

    def test_archived_and_ended_ones_leave_the_list(self):
        self.assertEqual(self._list().partner_id, self.big)
        self.big.active = False
        self.assertFalse(self._list())
        self.big.active = True
        one = self.nominations.search([("partner_id", "=", self.big.id)])
        one.with_user(self.rita).end("Gone")
        self.assertFalse(self._list())

    def test_a_leader_lists_the_team_a_manager_all_a_salesperson_none(self):
        self.assertEqual(self._list(self.max).partner_id, self.big)
        self.assertEqual(self._list(self.rita).partner_id, self.big)
        self.big.user_id = self.sam
        self.sam.sale_team_id = False
        self.assertFalse(self._list(self.max))
        with self.assertRaises(AccessError):
            self._list(self.sally)

    def test_another_company_is_not_listed(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.big.write({"user_id": False, "company_id": other.id})
        self.assertFalse(self._list(self.rita))

    def test_changes_follow_the_rights_of_the_archive_and_are_kept(self):
        self.env.cr.flush()  # what is new has no history yet
        with self.assertRaisesRegex(ValidationError, "propose the change"):
            self.big.with_user(self.sam).understood_worth = "Nothing"
        with self.assertRaisesRegex(ValidationError, "propose the change"):
            self.big.with_user(self.sam).competitor_ids = [
                Command.create({"name": "A"})
            ]
        proposal = (
            self.env["crm.archive.proposal"]
            .with_user(self.sam)
            .create(
                {
                    "partner_id": self.big.id,
                    "field_name": "understood_worth",
                    "new_value": "A day less of waiting",
                }
            )
        )
        proposal.with_user(self.sally)._take_over()
        self.assertEqual(self.big.understood_worth, "A day less of waiting")
        self.big.with_user(self.sally).understood_process = "Tender in May"
        self.env.cr.flush()
        kept = self.env["crm.archive.change"].search(
            [("customer_id", "=", self.big.id)]
        )
        self.assertLessEqual(
            {"understood_worth", "understood_process"}, set(kept.mapped("field_key"))
        )

    def test_merging_keeps_what_one_of_them_knew(self):
        self.mid.understood_business = "Freight"
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((self.big + self.mid).ids, self.big)
        self.assertEqual(self._reread().understood_business, "Freight")
        self.assertEqual(self.big.understanding_rate, 20)
