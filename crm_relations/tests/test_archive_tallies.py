from lxml import etree

from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common.links import LinksCommon

# What they open is one screen, not a list of so many.
SCREENS = {"action_view_account_return", "action_open_contact_map"}


@tagged("post_install", "-at_install")
class TestArchiveTallies(LinksCommon):
    """What a button counts is what it opens, for the buttons of every addon."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Counted", user_id=cls.sally.id)
        cls.reader = cls.customer.with_user(cls.env.ref("base.user_admin"))
        for tally in cls.reader._get_tallies().values():
            for number, state in enumerate(cls._get_states(tally.model)):
                cls._insert(
                    tally.model,
                    number,
                    **{tally.column: cls.customer.id, **state},
                )
        cls.env.invalidate_all()

    @classmethod
    def _get_states(cls, model):
        if model == "res.partner":  # customers of their own, in the lists of customers
            return [{"is_managed_customer": True, "active": True, "is_company": True}]
        field = cls.env[model]._fields.get("state")
        if field is None or not field.store:
            return [{}]
        return [{"state": value} for value in field.get_values(cls.env)]

    def _get_button(self, name):
        form = self.env.ref("crm_relations.crm_customer_view_form")
        views = self.reader.get_views([(form.id, "form")])["views"]
        arch = etree.fromstring(views["form"]["arch"])
        return arch.xpath(f"//button[@type='object'][.//field[@name='{name}']]")[0]

    def _get_shown(self, action):
        """Return what the list shows when it opens, with its filters on."""
        model = self.env[action["res_model"]].with_user(self.reader.env.user)
        view = action.get("search_view_id") or (False,)
        search = model.get_views([(view[0], "search")])["views"]["search"]["arch"]
        domain = Domain(action["domain"])
        context = action["context"]
        if isinstance(context, str):
            context = safe_eval(context, {"uid": self.reader.env.uid})
        for key in context:
            if key.startswith("search_default_"):
                name = key.removeprefix("search_default_")
                [found] = etree.fromstring(search).xpath(f"//filter[@name='{name}']")
                domain &= Domain(safe_eval(found.get("domain")))
        return model.search_count(domain)

    def test_every_count_is_that_of_its_list(self):
        tallies = self.reader._get_tallies()
        self.assertGreater(len(tallies), 5)
        for name in tallies:
            with self.subTest(field=name):
                action = getattr(self.reader, self._get_button(name).get("name"))()
                self.assertGreater(self.reader[name], 0)
                self.assertEqual(self.reader[name], self._get_shown(action))

    def test_every_button_says_how_many(self):
        form = self.env.ref("crm_relations.crm_customer_view_form")
        views = self.reader.get_views([(form.id, "form")])["views"]
        arch = etree.fromstring(views["form"]["arch"])
        mute = {
            button.get("name")
            for button in arch.xpath("//button[contains(@class, 'oe_stat_button')]")
            if button.find(".//field") is None
        }
        self.assertEqual(mute, SCREENS)
