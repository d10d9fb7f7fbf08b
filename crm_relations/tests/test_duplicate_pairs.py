from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common.duplicate import DuplicateCommon
from .common.hiding import PHONE, HidingCommon


class PairsCommon(DuplicateCommon):
    def _compare(self, *customers):
        self.env.flush_all()
        ids = [customer.id for customer in customers]
        self.env["crm.duplicate.pair"]._compare(ids)


@tagged("post_install", "-at_install")
class TestDuplicatePairs(PairsCommon):
    """The night lists who may be one; a person decides."""

    def _get_whys(self, one, other):
        pairs = self.env["crm.duplicate.pair"].search(
            [(name, "in", (one | other).ids) for name in ("customer_id", "other_id")]
        )
        return [(pair.why, pair.score) for pair in pairs]

    def test_each_reason_is_found(self):
        for values, why in (
            ({"phone": "138 1234 5678"}, "phone"),
            ({"email": "ACME@example.com"}, "email"),
            ({"vat": "91 440300708461136T"}, "tax"),
            ({"name": "Acme Machinery Ltd."}, "name"),
        ):
            with self.subTest(why=why):
                self.acme.write({"vat": "91440300708461136T", "name": "Acme Machine"})
                second = self._create_customer(**{"name": "Zulu", **values})
                self._compare(second)
                [(found, score)] = self._get_whys(self.acme, second)
                self.assertEqual(found, why)
                self.assertGreaterEqual(score, 75)
                second.unlink()

    def test_the_number_of_a_contact_makes_a_pair_of_its_customer(self):
        person = self._create_person(self.own, "Li Wei")
        person.phone = self.acme.phone
        self._compare(self.own)
        self.assertEqual(self._get_whys(self.acme, self.own), [("phone", 100)])

    def test_what_is_no_pair_any_more_goes(self):
        self.own.phone = self.acme.phone
        self._compare(self.own, self.acme)
        self.assertTrue(self._get_whys(self.acme, self.own))
        self.own.phone = False
        self._compare(self.own)
        self.assertFalse(self._get_whys(self.acme, self.own))

    def test_namesakes_among_people_are_no_pair(self):
        people = self._create_customers(2)
        people.name = "Anna Lindqvist"
        self._compare(*people)
        self.assertFalse(self._get_whys(*people))

    def test_companies_do_not_meet(self):
        theirs = self.env["res.company"].create({"name": "Theirs"})
        self.acme.company_id, self.own.company_id = self.company, theirs
        self.own.phone = self.acme.phone
        self._compare(self.own)
        self.assertFalse(self._get_whys(self.acme, self.own))

    def test_a_hotline_is_no_duplicate_of_all(self):
        many = self._create_customers(20, phone="400 888 9999")
        self._compare(*many)
        pairs = self.env["crm.duplicate.pair"].search([("customer_id", "in", many.ids)])
        self.assertLessEqual(len(pairs), 20 * 5)

    def test_who_says_they_differ_is_not_asked_again(self):
        self.own.phone = self.acme.phone
        self._compare(self.own)
        [pair] = self.env["crm.duplicate.pair"].search(
            [("customer_id", "=", self.acme.id)]
        )
        with self.assertRefused("Why are they"):
            pair.with_user(self.max).ignore(" ")
        with self.assertRaises(AccessError):
            pair.with_user(self.sally).ignore("x")
        pair.with_user(self.max).ignore("Two branches")
        self._compare(self.own, self.acme)
        self.assertEqual((pair.state, pair.ignored_by_id), ("ignored", self.max))
        pair.with_user(self.carl).action_reopen()
        self.assertEqual(pair.state, "open")

    def test_merging_moves_decisions_along(self):
        second = self._create_customer("Second", phone=self.acme.phone)
        third = self._create_customer("Third", phone=self.acme.phone)
        self._compare(self.acme, second, third)
        pairs = self.env["crm.duplicate.pair"].search([("other_id", "=", third.id)])
        pairs.filtered(lambda p: p.customer_id == second).with_user(self.max).ignore(
            "x"
        )
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.acme + second).ids, self.acme)
        [pair] = self.env["crm.duplicate.pair"].search(
            [("customer_id", "=", self.acme.id)]
        )
        self.assertEqual((pair.other_id, pair.state), (third, "ignored"))

    def test_merge_opens_the_dialog_with_both(self):
        self.own.phone = self.acme.phone
        self._compare(self.own)
        pair = self.env["crm.duplicate.pair"].search(
            [("customer_id", "=", self.acme.id)]
        )
        action = pair.action_merge()
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        self.assertEqual(wizard.create({}).partner_ids, self.acme | self.own)

    def test_who_may_not_merge_is_not_offered_it_and_sees_the_customer(self):
        self.own.phone = self.acme.phone
        self._compare(self.own)
        pairs = self.env["crm.duplicate.pair"].with_user(self.max)
        self.assertFalse(self.max.has_group("base.group_partner_manager"))
        pair = pairs.search([("customer_id", "=", self.acme.id)])
        self.assertEqual(pair.action_open()["res_id"], self.acme.id)
        for kind in ("list", "kanban"):
            arch = pairs.get_view(view_type=kind)["arch"]
            self.assertNotIn('name="action_merge"', arch, kind)
        self.max.group_ids += self.env.ref("base.group_partner_manager")
        self.assertEqual(pair.action_open(), pair.action_merge())

    def test_who_was_changed_is_due_again(self):
        self._compare(self.acme, self.own)
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = write_date - interval '1 day'"
            " WHERE id = ANY(%s)",
            [(self.acme | self.own).ids],
        )
        due = self.env["crm.duplicate.pair"]._get_due_page
        self.assertFalse({self.acme.id, self.own.id} & set(due(self.acme.id - 1)))
        self.own.phone = "13500000000"
        self.env.flush_all()
        self.assertEqual(due(self.acme.id)[0], self.own.id)

    def test_many_take_as_many_statements_as_one(self):
        counts = []
        for count in (5, 100):
            ids = self._create_customers(count, phone="13511112222").ids
            self.env.flush_all()
            pairs = self.env["crm.duplicate.pair"]
            counts.append(self._count_statements(lambda: pairs._compare(ids)))  # noqa: B023
        self.assertEqual(*counts)


@tagged("post_install", "-at_install")
class TestDuplicatePairsHidden(HidingCommon):
    def test_a_hidden_number_is_told_to_who_may_see_it_only(self):
        self._release()
        second = self._create_customer("Second", phone=PHONE)
        self.env.flush_all()
        self.env["crm.duplicate.pair"]._compare(second.ids)
        domain = [("other_id", "=", second.id)]
        pairs = self.env["crm.duplicate.pair"]
        self.assertEqual(pairs.search(domain).customer_id, self.customer)
        self.assertTrue(pairs.with_user(self.rita).search(domain))
        for user in (self.max, self.carl):
            self.assertFalse(pairs.with_user(user).search(domain))

    def test_a_reason_in_sight_says_nothing_of_a_hidden_one(self):
        self.customer.name = "Acme Machine"
        self._release()
        second = self._create_customer("Acme Machine Ltd", phone=PHONE)
        self.env.flush_all()
        self.env["crm.duplicate.pair"]._compare((second | self.customer).ids)
        pair = self.env["crm.duplicate.pair"].with_user(self.carl)
        [pair] = pair.search([("other_id", "=", second.id)])
        self.assertEqual(pair.why, "name")
