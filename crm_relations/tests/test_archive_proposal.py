from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import RelationsCommon

# What decides, and what is no field at all.
FORBIDDEN = (
    *("user_id", "parent_id", "commercial_partner_id", "company_id", "pool_id"),
    *("is_managed_customer", "relation_company_id", "active", "tier_id", "share_ids"),
    *("password", "signup_token", "nothing", "", None, 7, ["phone"], "id", "__class__"),
)


@tagged("post_install", "-at_install")
class TestArchiveProposal(RelationsCommon):
    """AR-8: who may not change an archive proposes, and no door opens by it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(
            "Great Wall", user_id=cls.sally.id, city="Suzhou", phone="138 0013 8000"
        )
        cls.person = cls._create_person(cls.customer, "Li Wei")

    def _propose(self, user, partner=None, **values):
        proposals = self.env["crm.archive.proposal"].with_user(user)
        return proposals.create(
            {
                "partner_id": (partner or self.customer).id,
                "field_name": "city",
                "new_value": "Leeds",
                **values,
            }
        )

    def test_only_fields_of_the_archive_are_taken(self):
        """On create, write and load."""
        proposal = self._propose(self.sam)
        proposals = proposal.browse().sudo(False)
        for name in FORBIDDEN:
            with self.subTest(name):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    self._propose(self.sam, field_name=name or "none")
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    proposal.write({"field_name": name or "none"})
        names = ["partner_id/.id", "field_name", "new_value"]
        rows = [[str(self.customer.id), "user_id", str(self.sam.id)]]
        self.assertFalse(proposals.load(names, rows)["ids"])
        self.assertEqual(proposal.field_name, "city")

    def test_the_list_is_that_of_the_answers(self):
        """Not typed twice: another answer of a field takes it out."""
        partners = self.env["res.partner"].with_user(self.sam)
        names = set(partners._get_proposable_fields())
        answers = partners._get_answers()
        self.assertEqual({answers[name] for name in names}, {"archive"})
        self.assertLess({"name", "phone", "credit_standing", "founded_on"}, names)
        self.assertFalse(names.intersection(map(str, FORBIDDEN)))

    def test_who_may_not_read_a_customer_proposes_nothing(self):
        self.customer.company_id = self.env["res.company"].create({"name": "Other"})
        with self.assertRaises(AccessError):
            self._propose(self.sam)

    def test_who_may_not_read_a_field_neither_proposes_nor_sees_it(self):
        field = self.env["res.partner"]._fields["credit_standing"]
        self.patch(field, "groups", "base.group_system")
        self.env.registry.clear_cache()
        self.customer.credit_standing = "poor"
        with self.assertRefused("no field of the archive"):
            self._propose(self.sam, field_name="credit_standing", new_value="good")

    def test_what_stands_there_is_no_secret_that_one_can_guess(self):
        """Compared is what the proposer reads, not what is hidden from him."""
        proposal = self._propose(self.sam, new_value="Suzhou 2")
        self.assertEqual(proposal.old_value, "Suzhou")
        with self.assertRefused("stands there already"):
            self._propose(self.sam, new_value="Suzhou")

    def test_values_of_all_types_are_read_told_and_written(self):
        china = self.env.ref("base.cn")
        for name, typed, stored, told in (
            ("founded_on", "2001-02-03", "2001-02-03", "Feb 3, 2001"),
            ("credit_standing", "Poor", "poor", "Poor"),
            ("credit_standing", "good", "good", "Good"),
            ("country_id", "China", str(china.id), "China"),
            ("country_id", str(china.id), str(china.id), "China"),
            ("assets_amount", "12.5", "12.5", None),
            ("manager_person_id", "Li Wei", str(self.person.id), None),
        ):
            with self.subTest(name, typed=typed):
                proposal = self._propose(self.sam, field_name=name, new_value=typed)
                self.assertEqual(proposal.new_value, stored)
                if told:
                    self.assertEqual(proposal.new_text, told)
                proposal.with_user(self.carl).action_approve()
                self.assertTrue(self.customer[name])
                self.customer[name] = False

    def test_what_is_no_value_is_said(self):
        for name, typed in (
            ("founded_on", "yesterday"),
            ("credit_standing", "splendid"),
            ("country_id", "Atlantis"),
            ("country_id", str(2**40)),
            ("assets_amount", "nan"),
            ("manager_person_id", str(self.sally.partner_id.id)),
        ):
            with self.subTest(name, typed=typed):
                with self.assertRaises(ValidationError):
                    self._propose(self.sam, field_name=name, new_value=typed)

    def test_approval_gives_no_more_right_than_the_hand(self):
        """The archive's own rights and checks hold for whoever approves."""
        proposal = self._propose(
            self.sam, field_name="founded_on", new_value="2999-01-01"
        )
        with self.assertRefused("lies in the future"):
            proposal.with_user(self.carl).action_approve()
        seen = []

        def write(partners, vals):
            seen.append((partners.env.uid, partners.env.su))
            return True

        self.patch(type(self.env["res.partner"]), "write", write)
        self._propose(self.sam).with_user(self.carl).action_approve()
        self.assertEqual(seen, [(self.carl.id, False)])

    def test_who_decides_is_asked_of_the_customer(self):
        """The contact of a customer has no owner of its own to decide."""
        self.person.user_id = self.sam
        proposal = self._propose(self.anna, self.person, field_name="function")
        self.assertFalse(proposal.with_user(self.sam).may_decide)
        for user in (self.sally, self.max, self.carl, self.rita):
            with self.subTest(user.login):
                self.assertTrue(proposal.with_user(user).may_decide)
        with self.assertRaises(AccessError):
            proposal.with_user(self.sam).action_approve()
        proposal.with_user(self.sally).action_approve()
        self.assertEqual(self.person.function, "Leeds")

    def _open(self, user, partner=None):
        action = (partner or self.customer).with_user(user).action_propose_change()
        wizards = self.env[action["res_model"]].with_user(user)
        return wizards.browse(action["res_id"])

    def test_the_lines_stand_in_the_order_of_the_form(self):
        names = self._open(self.sam).line_ids.mapped("field_name")
        ordered = ["name", "phone", "city", "nature_id"]
        self.assertEqual(sorted(ordered, key=names.index), ordered)

    def test_one_click_shows_the_archive_and_what_is_typed_is_proposed(self):
        wizard = self._open(self.sam)
        with Form(wizard) as form:
            form.note = "Told me so"
            names = wizard.line_ids.mapped("field_name")
            proposable = self.customer.with_user(self.sam)._get_proposable_fields()
            self.assertEqual(set(names), set(proposable))
            for name, value in (("city", "Leeds"), ("credit_standing", "poor")):
                with form.line_ids.edit(names.index(name)) as line:
                    self.assertTrue(line.label)
                    line.new_value = value
            with form.line_ids.edit(names.index("phone")) as line:
                self.assertEqual(line.old_text, "138 0013 8000")
                line.is_emptied = True
        wizard.action_propose()
        proposals = self.env["crm.archive.proposal"].search(
            [("partner_id", "=", self.customer.id)]
        )
        self.assertEqual(
            {one.field_name: one.new_value for one in proposals},
            {"city": "Leeds", "credit_standing": "poor", "phone": False},
        )
        self.assertEqual(set(proposals.mapped("note")), {"Told me so"})
        proposals.with_user(self.carl).action_approve()
        self.assertEqual(self.customer.credit_standing, "poor")
        self.assertFalse(self.customer.phone)

    def test_a_proposal_has_a_reason(self):
        wizard = self._open(self.sam)
        with self.assertRefused("Nothing is proposed", UserError):
            wizard.action_propose()
        wizard.line_ids[0].new_value = "X"
        with self.assertRefused("Give the reason", UserError):
            wizard.action_propose()

    def test_the_button_is_for_who_may_not_change_it(self):
        for user, may in (
            (self.sally, True),
            (self.max, True),
            (self.carl, True),
            (self.sam, False),
            (self.anna, False),
        ):
            with self.subTest(user.login):
                customer = self.customer.with_user(user)
                self.assertEqual(customer.may_change_archive, may)

    def test_a_line_moved_to_another_field_is_checked_too(self):
        wizard = self._open(self.sam)
        wizard.note = "x"
        wizard.line_ids[0].sudo().write({"field_name": "user_id"})
        wizard.line_ids[0].new_value = str(self.sam.id)
        with self.assertRefused("no field of the archive"):
            wizard.action_propose()
