from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.quota import QuotaCommon


@tagged("post_install", "-at_install")
class TestQuotaWays(QuotaCommon):
    """PO-12: each way in to a salesperson who is full, as the help of a quota says:
    refused, into the pool, free, or counted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quota = cls._create_quota(1, user_ids=cls.sally.ids)
        cls.held = cls._create_customer("Held", user_id=cls.sally.id)
        cls.free = cls._create_customer("Free")
        cls.pooled = cls._create_customer("Pooled")
        cls.pooled.pool_id = cls.pool
        cls.of_sam = cls._create_customer("Of Sam", user_id=cls.sam.id)
        cls.archived = cls._create_customer("Archived", user_id=cls.sally.id)
        cls.archived.active = True
        cls.contact = cls.env["res.partner"].create(
            {"name": "Contact", "is_company": True, "user_id": cls.sally.id}
        )
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.archived.active = False
        self.quota.max_customers = 2  # a new cap forgets what was held above it
        self.quota.max_customers = 1

    def assertHeld(self, expected=1):
        self.env.flush_all()
        self.assertEqual(self._get_held(self.sally, self.quota), expected)
        self.assertCounted()

    def test_refused_in_words(self):
        sally, rita = (self.env["res.partner"].with_user(u) for u in self._users())
        new = {"name": "N", "is_managed_customer": True, "user_id": self.sally.id}
        ways = {
            "create": lambda: sally.create(new),
            "create for a colleague": lambda: rita.create(new),
            "edit": lambda: rita.browse(self.free.id).write({"user_id": self.sally.id}),
            "become managed": lambda: sally.browse(self.contact.id).write(
                {"is_managed_customer": True}
            ),
            "restore": lambda: sally.browse(self.archived.id).action_unarchive(),
            "new customer of a call": lambda: self._assign_call_to_new(),
        }
        for way, call in ways.items():
            with self.subTest(way), self.assertRefused("as many customers", UserError):
                with self.env.cr.savepoint():
                    call()
            self.assertHeld()

    def _users(self):
        return self.sally, self.rita

    def _assign_call_to_new(self):
        calls = self.env["crm.followup"].with_user(self.sally)
        call = calls.browse(
            calls.log_call("+8613900139000", "in", "2026-03-02T09:30:00", 60)
        )
        wizard = self.env["crm.call.assign.wizard"].with_user(self.sally)
        wizard = wizard.with_context(**call.action_assign_call_to_new()["context"])
        wizard.create({"is_new": True, "name": "New"}).action_apply()

    def test_an_import_tells_the_row(self):
        names = ["name", "is_managed_customer", "user_id/.id"]
        rows = [["N", "1", str(self.sally.id)]]
        result = self.env["res.partner"].with_user(self.rita).load(names, rows)
        self.assertFalse(result["ids"])
        self.assertIn("as many customers", result["messages"][0]["message"])
        self.assertHeld()

    def test_answered_customer_by_customer(self):
        ways = {
            "claim": lambda: self.pooled.with_user(self.sally).pool_claim(),
            "assign": lambda: self.pooled.with_user(self.rita).pool_assign(
                self.sally.id
            ),
            "transfer": lambda: self.of_sam.with_user(self.sam).pool_transfer(
                self.sally.id, "Moves"
            ),
        }
        for way, call in ways.items():
            with self.subTest(way):
                [answer] = call()
                self.assertEqual(answer["code"], "cap_reached")
            self.assertHeld()

    def test_an_undo_is_answered_too(self):
        self.held.with_user(self.sally).pool_transfer(self.sam.id, "Moves")
        self.free.with_user(self.rita).user_id = self.sally
        batch = self.held.ownership_change_ids.batch_id
        [answer] = batch.with_user(self.max).undo()
        self.assertEqual(answer["code"], "cap_reached")
        self.assertHeld()

    def _create_contact(self, name):
        return self.env["res.partner"].create(
            {"name": name, "is_company": True, "user_id": self.sally.id}
        )

    def test_who_starts_to_trade_goes_to_the_pool(self):
        leads = self.env["crm.lead"].with_user(self.sally)

        def convert(contact):
            lead = leads.create({"name": "L", "type": "lead", "partner_id": contact.id})
            lead.convert_opportunity(contact)

        ways = {
            "opportunity": lambda contact: leads.create(
                {"name": "O", "type": "opportunity", "partner_id": contact.id}
            ),
            "opportunity gets its customer": lambda contact: leads.create(
                {"name": "O", "type": "opportunity"}
            ).write({"partner_id": contact.id}),
            "lead converted": convert,
            "order": lambda contact: self._create_order(contact, 10),
        }
        for way, call in ways.items():
            contact = self._create_contact(way)
            call(contact)
            with self.subTest(way):
                self.assertTrue(contact.is_managed_customer)
                self.assertFalse(contact.user_id)
                self.assertEqual(contact.pool_id, self.pool)
                self.assertIn("holds as many", contact.pool_reason_text)
                self.assertHeld()

    def test_of_many_at_once_as_many_stay_as_fit(self):
        self.quota.max_customers = 3
        contacts = self.env["res.partner"].concat(
            *[self._create_contact(f"C{n}") for n in range(5)]
        )
        self.env["crm.lead"].create(
            [
                {"name": "O", "type": "opportunity", "partner_id": contact.id}
                for contact in contacts
            ]
        )
        self.assertEqual(contacts.filtered("user_id"), contacts[:2])
        self.assertEqual(contacts.filtered("pool_id"), contacts[2:])
        self.assertHeld(3)

    def test_without_a_pool_it_stays_without_salesperson(self):
        self.env["crm.pool"].search([]).active = False
        contact = self._create_contact("Nowhere")
        self._create_order(contact, 10)
        self.assertTrue(contact.is_managed_customer)
        self.assertFalse(contact.user_id)
        self.assertHeld()

    def test_who_is_exempt_for_an_order_fits(self):
        self.quota.exempt_ordered = True
        contact = self._create_contact("Buyer")
        self._create_order(contact, 10)
        self.assertEqual(contact.user_id, self.sally)
        self.assertHeld()

    def test_a_visitor_is_received_and_stays_free(self):
        self.env["crm.reception.consultant"].create({"user_id": self.sally.id})
        reception = self.env["crm.reception"].create(
            {"partner_id": self.free.id, "consultant_id": self.sally.id}
        )
        reception.action_hand_over()
        self.assertFalse(self.free.user_id)
        self.assertHeld()

    def test_what_changes_by_itself_counts_and_takes_nobody_away(self):
        self.tier_a.holding_weight = 2
        self.held.tier_id = self.tier_a
        self.held._segment_changed()
        self.assertHeld(2)
        self.assertEqual(self.held.user_id, self.sally)
        self.quota.max_customers = 0
        self.assertHeld(2)
        twin = self._create_customer("Twin", user_id=self.sally.id)
        self.assertHeld(3)  # as superuser: scripts and other apps
        merging = self.env["base.partner.merge.automatic.wizard"]
        merging._merge((self.held | twin).ids, self.held)
        self.assertHeld(2)

    def test_shared_with_who_is_full_it_stays_with_its_owner(self):
        [answer] = self.of_sam.with_user(self.rita).share_with(self.sally.id)
        self.assertEqual((answer["code"], self.of_sam.user_id), ("ok", self.sam))
        self.assertHeld()
