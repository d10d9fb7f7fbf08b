from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common.claim import ClaimCommon

PICTURE = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAA"
    b"AABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestOwnershipWays(ClaimCommon):
    """Ways to change a customer that lead past its fields, or past what they hold."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sally.group_ids |= cls.env.ref("base.group_partner_manager")
        cls.own = cls._create_customer("Own", user_id=cls.sally.id)
        cls.theirs = cls._create_customer("Theirs", user_id=cls.sam.id)
        cls.person = cls._create_person(cls.theirs)
        cls.tag = cls.env["res.partner.category"].create({"name": "Large"})
        cls.env.flush_all()

    def test_what_is_no_id_takes_nobody_out_of_the_pool(self):
        """Odoo writes no salesperson then: the customer would be nobody's, and whoever
        comes next could take it."""
        for value in (str(self.sally.id), [self.sally.id], True, {"id": self.sally.id}):
            with self.subTest(value):
                with self.env.cr.savepoint(flush=False):
                    self.one.with_user(self.sally).write({"user_id": value})
                self.env.invalidate_all()
                self.assertEqual(
                    (self.one.pool_id, len(self.one.user_id)), (self.pool, 0)
                )
                with self.assertRaises(UserError):
                    self.one.with_user(self.sally).user_id = self.sally

    def test_what_is_no_id_gives_up_an_own_customer_into_its_pool(self):
        self.env["crm.pool.rule"].search([]).active = False
        self.own.with_user(self.sally).write({"user_id": [self.sam.id]})
        self.env.invalidate_all()
        self.assertFalse(self.own.user_id)
        self.assertEqual(self.own.pool_id, self.pool)

    def test_a_tag_of_others_customers_is_not_deleted(self):
        """The database takes it away from them, and a rule may go by it."""
        below = self.tag.create({"name": "Huge", "parent_id": self.tag.id})
        for customer in (self.one, self.theirs, self.person):
            customer.category_id = below
            for tag in (below, self.tag):
                with self.assertRaises(UserError):
                    tag.with_user(self.sally).unlink()
            with self.assertRaises(UserError):
                self.own.with_user(self.sally).write(
                    {"category_id": [Command.delete(below.id)]}
                )
            self.assertEqual(customer.category_id, below)
            customer.category_id = False
        self.own.category_id = below
        self.tag.with_user(self.sally).unlink()
        self.assertFalse(self.own.category_id)

    def test_where_customers_are_not_owned_a_tag_is_deleted_as_in_odoo(self):
        self.theirs.category_id = self.tag
        self.env["res.company"].search([]).customers_are_owned = False
        self.tag.with_user(self.sally).unlink()
        self.assertFalse(self.theirs.category_id)

    def test_a_picture_is_not_put_there_as_an_attachment(self):
        attachments = self.env["ir.attachment"].with_user(self.sally)
        values = {"name": "image_1920", "datas": PICTURE, "res_model": "res.partner"}
        for partner in (self.one, self.theirs, self.person):
            place = {"res_id": partner.id, "res_field": "image_1920"}
            with self.subTest(partner.name):
                with self.assertRaises(UserError):
                    attachments.create({**values, **place})
                loose = attachments.create({**values, "res_id": partner.id})
                with self.assertRaises(UserError):
                    loose.write(place)
                loose.sudo().unlink()
                partner.image_1920 = PICTURE
                kept = attachments.sudo().search(
                    [
                        ("res_model", "=", "res.partner"),
                        ("res_id", "=", partner.id),
                        ("res_field", "=", "image_1920"),
                    ]
                )
                kept = kept.with_user(self.sally)
                with self.assertRaises(UserError):
                    kept.write({"res_id": self.own.id})
                with self.assertRaises(UserError):
                    kept.unlink()
        place = {"res_id": self.own.id, "res_field": "image_1920"}
        attachments.create({**values, **place})
        self.assertTrue(self.own.image_1920)
