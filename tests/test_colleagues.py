"""PO-12: nobody is put in charge who does not work here, on whatever way."""

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user, tagged

ADDONS = {"crm_relations", "crm_relations_survey", "crm_relations_complaint"}


def _is_link(field):
    """Return whether a field of ours names a user, and people write it."""
    ours = field._modules and ADDONS.issuperset(field._modules)
    if field.comodel_name != "res.users" or not ours:
        return False
    return field.store and not field.readonly and not field.name.endswith("_uid")


@tagged("post_install", "-at_install")
class TestColleagues(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.rita = new_test_user(
            cls.env, "boss_of_all", groups="crm_relations.group_administrator"
        )
        cls.gone = new_test_user(
            cls.env, "gone", groups="crm_relations.group_sales_user"
        )
        cls.gone.active = False
        cls.customers = cls.env["res.partner"].with_user(cls.rita)
        cls.customer = cls.customers.create(
            {"name": "Customer", "is_company": True, "is_managed_customer": True}
        )

    def _get_links(self):
        """Return ``(model, field)`` of the links to users that people write."""
        for name, model in sorted(self.env.registry.items()):
            # Wizards put in charge through the methods tested elsewhere.
            if model._auto and not (model._abstract or model._transient):
                fields = model._fields.values()
                yield from ((name, field) for field in filter(_is_link, fields))

    def test_every_link_that_people_write_is_checked(self):
        links = [*self._get_links(), ("res.partner", self.customer._fields["user_id"])]
        self.assertGreater(len(links), 12)
        for name, field in links:
            with self.subTest(model=name, field=field.name):
                self.assertIn(field.name, self.env[name]._get_colleague_fields())

    def assertRefused(self, call):
        with self.assertRaises(ValidationError) as caught, self.env.cr.savepoint():
            call()
        self.assertRegex(str(caught.exception), "archived|no colleague")

    def test_a_customer_gets_no_owner_who_has_left(self):
        new = {"name": "N", "is_managed_customer": True, "user_id": self.gone.id}
        self.assertRefused(lambda: self.customer.write({"user_id": self.gone.id}))
        self.assertRefused(lambda: self.customers.create(new))
        self.assertFalse(self.customer.user_id)

    def test_an_import_gives_no_owner_who_has_left(self):
        names = ["name", "is_managed_customer", "user_id/.id"]
        result = self.customers.load(names, [["N", "1", str(self.gone.id)]])
        self.assertFalse(result["ids"])
        self.assertIn("archived", result["messages"][0]["message"])

    def test_the_methods_give_nothing_to_who_has_left(self):
        """Share, transfer, assign: answers, not errors."""
        pooled = self.customers.create({"name": "P", "is_managed_customer": True})
        self.env["res.partner"].browse(pooled.id).pool_id = self.env.ref(
            "crm_relations.crm_pool_public"
        )
        self.customer.user_id = self.rita
        answers = [
            *self.customer.pool_transfer(self.gone.id, "Leaves"),
            *self.customer.share_with(self.gone.id),
            *pooled.pool_assign(self.gone.id),
        ]
        self.assertEqual({answer["code"] for answer in answers}, {"blocked"})

    def test_a_list_of_people_takes_nobody_who_has_left(self):
        pool = self.env.ref("crm_relations.crm_pool_public").with_user(self.rita)
        self.assertRefused(
            lambda: pool.write({"member_ids": [Command.link(self.gone.id)]})
        )

    def test_who_leaves_later_hinders_no_other_change(self):
        here = new_test_user(self.env, "here", groups="crm_relations.group_sales_user")
        pool = self.env.ref("crm_relations.crm_pool_public").with_user(self.rita)
        pool.member_ids = here
        self.customer.user_id = here
        here.active = False
        pool.write({"member_ids": [Command.link(self.rita.id)]})
        self.customer.write({"name": "Other", "user_id": here.id})
        self.assertEqual(self.customer.name, "Other")
