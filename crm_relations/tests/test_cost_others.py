import re

from odoo import fields
from odoo.tests import tagged

from .common.cost import CostCommon


@tagged("post_install", "-at_install")
class TestCostOthers(CostCommon):
    """What the suite costs people who do not use it: counted in statements."""

    def _create_partner(self, managed=False, **values):
        values = {"name": "Partner", "email": "x@example.com", "phone": "+32470112233"}
        values |= {"is_managed_customer": True} if managed else {}
        return self.env["res.partner"].sudo().create(values).sudo(False)

    def _create_quotation(self, managed=False):
        partner = self._create_partner(managed)
        if not managed:
            # Who works here never becomes a managed customer.
            self.env["res.users"].sudo().create(
                {"name": "U", "login": f"u{partner.id}", "partner_id": partner.id}
            )
        line = fields.Command.create({"product_id": self.product.id})
        return self.env["sale.order"].create(
            {"partner_id": partner.id, "order_line": [line]}
        )

    def _create_lead(self, managed=False):
        partner = self._create_quotation(managed).partner_id
        return self.env["crm.lead"].create(
            {"name": "Lead", "type": "opportunity", "partner_id": partner.id}
        )

    def _create_confirmed(self, managed=False):
        order = self._create_quotation(managed)
        order.action_confirm()
        return order

    def _create_called(self, managed=False):
        lead = self._create_lead(managed)
        lead.activity_schedule("mail.mail_activity_data_call")
        return lead

    def _acts(self):
        """Give name, what prepares a record, and what is done with it."""
        for values in (
            *({"name": "Other"}, {"phone": "+32470998877"}, {"email": "y@example.com"}),
            *({"street": "Other"}, {"comment": "Other"}, {"active": False}),
            {"company_id": self.company.id},
        ):
            name = f"write {' '.join(values)}"
            yield name, self._create_partner, lambda one, new=values: one.write(new)
        yield "delete a contact", self._create_partner, lambda one: one.unlink()
        yield "copy a contact", self._create_partner, lambda one: one.copy()
        yield "add a person", self._create_partner, self._add_person
        yield "confirm an order", self._create_quotation, lambda o: o.action_confirm()
        yield "cancel an order", self._create_confirmed, lambda o: o._action_cancel()
        yield "win a lead", self._create_lead, lambda lead: lead.action_set_won()
        yield "a call done", self._create_called, self._finish
        yield "a call dropped", self._create_called, lambda r: r.activity_ids.unlink()
        yield "a message", self._create_lead, lambda r: r.message_post(body="Hello")

    def _add_person(self, partner):
        self.env["res.partner"].create({"name": "Person", "parent_id": partner.id})

    def _finish(self, record):
        record.activity_ids.action_feedback("Done")

    def test_who_has_no_managed_customer_reads_no_table_of_ours(self):
        for name, prepare, act in self._acts():
            self._get_statements(act, prepare())  # Odoo's own caches are warm
            sent = self._get_statements(act, prepare())
            with self.subTest(act=name):
                # History stays when a contact goes: one statement asks for it.
                asked = 1 if name == "delete a contact" else 0
                ours = [text for text in sent if self.ours.search(text)]
                self.assertEqual(len(ours), asked, ours)

    def test_a_contact_made_reads_no_table_of_ours(self):
        for count in (1, 10):
            vals_list = [{"name": "Contact", "phone": "+32470112233"}] * count
            create = self.env["res.partner"].create
            self._get_statements(create, vals_list)
            sent = self._get_statements(create, vals_list)
            self.assertFalse([text for text in sent if self.ours.search(text)])

    def test_a_managed_customer_costs_three_statements_more_at_most(self):
        for name, prepare, act in self._acts():
            if prepare != self._create_partner:
                continue  # what is sent to who works here differs
            counts = []
            for managed in (False, True):
                self._get_statements(act, prepare(managed))
                sent = self._get_statements(act, prepare(managed))
                counts.append(len(sent))
            with self.subTest(act=name):
                self.assertLessEqual(counts[1] - counts[0], 3, sent)

    def test_orders_and_leads_of_a_managed_customer_ask_little(self):
        """Figures, probability and lost customers are a statement each; a call done is
        a follow-up that nobody has logged by hand, and the date of the last one."""
        for name, prepare, act in self._acts():
            if prepare == self._create_partner:
                continue
            self._get_statements(act, prepare(managed=True))
            sent = self._get_statements(act, prepare(managed=True))
            ours = [
                text
                for text in sent
                if self.ours.search(text) or re.search(r'UPDATE "?res_partner\b', text)
            ]
            with self.subTest(act=name):
                self.assertLessEqual(len(ours), 4 if name == "a call done" else 3, ours)

    def test_a_contact_that_becomes_a_customer_by_its_order_costs_six_more(self):
        counts = []
        for managed in (True, False):
            for _twice in range(2):
                partner = self._create_partner(managed)
                line = fields.Command.create({"product_id": self.product.id})
                order = self.env["sale.order"].create(
                    {"partner_id": partner.id, "order_line": [line]}
                )
                sent = self._get_statements(lambda one: one.action_confirm(), order)
            self.assertTrue(partner.sudo().is_managed_customer)
            counts.append(len(sent))
        self.assertLessEqual(counts[1] - counts[0], 6)

    def test_many_cost_no_more_than_one(self):
        for values in ({"name": "Other"}, {"street": "Other"}, {"active": False}):
            extra = []
            for count in (2, 20):
                counts = []
                for managed in (False, True):
                    partners = self._create_partners(count, managed)
                    self._get_statements(
                        lambda some, new=values: some.write(new), partners
                    )
                    partners = self._create_partners(count, managed)
                    sent = self._get_statements(
                        lambda some, new=values: some.write(new), partners
                    )
                    counts.append(len(sent))
                extra.append(counts[1] - counts[0])
            with self.subTest(values=values):
                self.assertEqual(*extra)

    def _create_partners(self, count, managed):
        return self.env["res.partner"].browse(
            self._create_partner(managed).id for _number in range(count)
        )

    def test_a_contact_that_becomes_a_customer_takes_its_lines_along(self):
        """What was left out while it was none of ours is made good."""
        partner = self._create_partner().sudo()
        followup = self._create_followup(partner).sudo()
        partner.company_id = self.company
        partner.is_managed_customer = True
        self.assertEqual(followup.company_id, self.company)
