from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.archive import crm_archive_change_log
from .common.relations import RelationsCommon


@tagged("post_install", "-at_install")
class TestArchiveEdges(RelationsCommon):
    """What the archive says where something is not there, or is of somebody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Great Wall", user_id=cls.sally.id)
        cls.person = cls._create_person(cls.customer, "Li Wei")
        cls.other = cls._create_customer("Red Cliff", user_id=cls.sally.id)
        cls.stranger = cls._create_person(cls.other, "Sun Wu")
        cls.proposals = cls.env["crm.archive.proposal"]

    def _propose(self, user=None, **values):
        return self.proposals.with_user(user or self.sam).create(
            {
                "partner_id": self.customer.id,
                "field_name": "city",
                "new_value": "Leeds",
                **values,
            }
        )

    def test_what_is_not_there_is_told_as_nothing(self):
        order = self._create_order(self.customer, 10)
        lead = self.env["crm.lead"].create(
            {"name": "Deal", "partner_id": self.customer.id, "type": "opportunity"}
        )
        lead.action_set_lost()
        self.assertEqual(order._get_history_line()["text"], "")
        line = lead._get_history_line()
        self.assertEqual((line["title"], line["text"]), ("Deal", ""))
        lead.expected_revenue = 5
        self.assertTrue(lead._get_history_line()["title"].startswith("Deal: "))

    def test_a_form_that_is_begun_says_nothing_yet(self):
        profile = self.env["crm.person.profile"].new({"birth_day": 5})
        self.assertEqual(profile._format_birthday(), "")
        self.assertEqual(self.env["crm.archive.requirement"].new({}).display_name, "")
        proposal = self.proposals.with_user(self.sam).new({"field_name": "city"})
        self.assertFalse(proposal.may_decide)
        self.assertEqual(proposal._get_current_value(), "")

    def test_quotations_and_people_are_of_this_customer(self):
        quotation = self._create_order(self.person, 10, confirm=False)
        self._create_order(self.stranger, 10, confirm=False)
        found = quotation.search(self.customer._get_quotation_domain())
        self.assertEqual(found, quotation)
        overview = self.customer.with_user(self.sally).get_overview()
        names = [person["name"] for person in overview["people"]]
        self.assertEqual(names, ["Li Wei"])

    def test_the_months_before_stand_beside_those_of_the_year(self):
        self._create_order(self.customer, 400)
        self._create_order(self.customer, 100, days_ago=366)
        [*_older, last] = self.customer.get_overview()["sales"]["months"]
        self.assertEqual(last["height"], 100)

    def test_what_is_told_of_a_change_leaves_out_what_is_the_same(self):
        before, after = crm_archive_change_log._without_common("a\nb", "b\nc")
        self.assertEqual((before, after), ("a", "c"))

    def test_formatted_text_is_kept_as_plain_text(self):
        field = self.env["res.partner"]._fields["comment"]
        self.customer.comment = "<p>Big <b>deal</b></p>"
        ledger = self.env["crm.archive.change"]
        self.assertEqual(ledger._get_kept_text(self.customer, field), "Big *deal*")

    def test_only_what_is_typed_is_kept(self):
        ledger = self.env["crm.archive.change"]
        names = self.env["res.partner"]._get_kept_names()
        partner_fields = self.env["res.partner"]._fields
        self.assertIn("city", names)
        for name in names:
            self.assertTrue(ledger._is_kept(partner_fields[name]), name)
        for name in ("create_date", "commercial_partner_id", "image_1920"):
            self.assertFalse(ledger._is_kept(partner_fields[name]), name)
        for model in ledger._get_kept_models():
            kept = self.env[model]._get_kept_names()
            self.assertTrue(kept, model)
            for name in ("customer_id", "partner_id", "profile_id", "display_name"):
                self.assertNotIn(name, kept, model)

    def test_who_decides_on_the_own_proposal_is_not_told(self):
        proposal = self._propose(self.sally)
        told = [("notified_partner_ids", "in", self.sally.partner_id.ids)]
        messages = self.env["mail.message"]
        before = messages.search_count(told)
        proposal.action_approve()
        self.assertEqual(proposal.state, "approved")
        self.assertEqual(messages.search_count(told), before)
        again = self._propose(self.sam, new_value="York")
        again.with_user(self.sally).action_approve()
        self.assertEqual(
            messages.search_count(
                [("notified_partner_ids", "in", self.sam.partner_id.ids)]
            ),
            1,
        )

    def test_what_did_not_all_go_is_not_taken_back_by_a_button(self):
        first, second = self._propose(), self._propose(field_name="street")
        second.with_user(self.sally).action_approve()
        both = (first | second).with_user(self.sally)
        action = both.action_approve()
        self.assertIn("decided already", action["params"]["message"])
        self.assertFalse(action["params"].get("act"))
        with self.assertRaises(UserError):
            both.action_approve()

    def test_who_may_not_decide_neither_decides_nor_takes_back(self):
        proposal = self._propose()
        self.assertFalse(proposal.with_user(self.sam)._filter_decidable())
        self.assertTrue(proposal.with_user(self.sally)._filter_decidable())
        with self.assertRefused("a custodian or a relations", AccessError):
            proposal.with_user(self.sam)._check_may_decide()

    def test_what_is_never_refused_asks_for_no_reason(self):
        wizard = self.env["crm.refusal.wizard"]
        with self.assertRefused("does not exist any more", UserError):
            wizard._open_for(self.customer)

    def test_one_change_is_told_as_one(self):
        wizard = self.env["crm.archive.proposal.wizard"].with_user(self.sam)
        for count, words in ((1, "Proposed. "), (2, "2 changes")):
            lines = [
                fields.Command.create({"field_name": name, "new_value": "X"})
                for name in ("city", "street")[:count]
            ]
            made = wizard.create(
                {
                    "partner_id": self.customer.id,
                    "note": "They said so",
                    "line_ids": lines,
                }
            )
            message = made.action_propose()["params"]["message"]
            self.assertIn(words, message)

    def test_a_field_that_is_gone_is_required_no_more(self):
        requirements = self.env["crm.archive.requirement"]
        requirements.search([]).unlink()
        city = self.env["ir.model.fields"]._get("res.partner", "city")
        requirement = requirements.create({"section": "basic", "field_id": city.id})
        self.assertEqual(len(requirements._get_requirement_specs()), 1)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_model_fields SET name = 'x_gone' WHERE id = %s", [city.id]
        )
        self.env.invalidate_all()
        self.assertEqual(requirement.field_id.name, "x_gone")
        requirements._requirements_changed()
        self.assertEqual(requirements._get_requirement_specs(), [])

    def test_an_unknown_birthday_overwrites_none(self):
        profiles = self.env["crm.person.profile"]
        kept, lost = profiles.create(
            [{"partner_id": one.id} for one in (self.person, self.stranger)]
        )
        kept.write({"birth_year": 1980})
        merge = self.env["base.partner.merge.automatic.wizard"]
        self.assertEqual(merge._get_units_to_fill(kept, lost), {})
        lost.write({"birth_day": 5, "birth_month": 4})
        self.assertEqual(merge._get_units_to_fill(kept, lost)["birth_month"], 4)
