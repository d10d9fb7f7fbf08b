from lxml import etree

from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from ..models.archive.crm_archive_requirement import SECTIONS
from .common.archive_change import ChangeCommon

FORM = "crm_relations.crm_customer_view_form"


@tagged("post_install", "-at_install")
class TestArchiveForm(ChangeCommon):
    """What is typed into the archive, and what the form says of it."""

    def _open(self, user=None):
        customer = self.customer.with_user(user or self.sally)
        return Form(customer, view=FORM)

    def test_why_it_is_changed_is_typed_with_the_change(self):
        with self._open() as form:
            form.city = "Leeds"
            form.archive_change_why = "Said on the phone"
        changes = self._get_changes()
        self.assertEqual(changes.mapped("field_key"), ["city"])
        self.assertEqual(changes.why, "Said on the phone")

    def test_the_next_save_has_a_reason_of_its_own(self):
        self.customer.with_user(self.sally).write(
            {"city": "Leeds", "archive_change_why": "Said on the phone"}
        )
        self.assertFalse(self.customer.archive_change_why)
        self._get_changes()
        self.customer.with_user(self.sally).city = "Bath"
        found = {change.new_value: change.why for change in self._get_changes()}
        self.assertEqual(found, {"Leeds": "Said on the phone", "Bath": False})

    def test_it_holds_for_the_people_of_the_same_save(self):
        person = self._create_person(self.customer, "Li Na")
        self._get_changes().unlink()
        self.customer.with_user(self.sally).write(
            {
                "child_ids": [(1, person.id, {"function": "Buyer"})],
                "archive_change_why": "New card",
            }
        )
        changes = self._get_changes()
        self.assertEqual(changes.partner_id, person)
        self.assertEqual(set(changes.mapped("why")), {"New card"})

    def test_each_section_says_how_complete_it_is(self):
        view = self.env["res.partner"].get_view(self.env.ref(FORM).id, "form")
        shown = {node.get("name") for node in etree.fromstring(view["arch"]).iter()}
        rates = {f"archive_{section}_rate" for section, _label in SECTIONS}
        self.assertFalse(rates - shown)

    def test_of_a_pool_customer_one_sees_overview_and_history(self):
        """All other pages are for who keeps the archive."""
        view = self.env["res.partner"].get_view(self.env.ref(FORM).id, "form")
        pages = etree.fromstring(view["arch"]).iterfind(".//page")
        shown = {
            page.get("name")
            for page in pages
            if "pool_id and not may_change_archive" not in (page.get("invisible") or "")
        }
        # Nobody shares what is nobody's.
        self.assertEqual(shown - {"shares"}, {"overview", "history"})

    def test_one_button_stands_out_in_the_pool_as_elsewhere(self):
        """Whoever is in the pool is claimed first; the form says so once."""
        view = self.env["res.partner"].get_view(self.env.ref(FORM).id, "form")
        [header] = etree.fromstring(view["arch"]).iter("header")
        bright = header.xpath("*[contains(@class, 'btn-primary')]|widget")
        values = {"id": 1, "user_id": 1, "phone": "1", "pool_id": False}
        for pool in (False, 1):
            names = [
                node.get("name")
                for node in bright
                if not safe_eval(
                    node.get("invisible") or "0", {**values, "pool_id": pool}
                )
            ]
            with self.subTest(pool=pool):
                self.assertEqual(
                    names, ["crm_claim"] if pool else ["action_log_followup"]
                )

    def test_the_birthday_of_a_family_member_is_typed_with_or_without_its_year(self):
        person = self._create_person(self.customer, "Li Na", influence="3")
        profile = person.person_profile_ids or self.env["crm.person.profile"].search(
            [("partner_id", "=", person.id)]
        )
        with Form(profile.with_user(self.sally)) as form:
            for name, year in (("Bo", 2015), ("An", 0)):
                with form.family_member_ids.new() as member:
                    member.name = name
                    member.birth_year = year
                    member.birth_month = 5
                    member.birth_day = 4
        members = profile.family_member_ids
        self.assertEqual(members.mapped("birth_year"), [2015, 0])
        self.assertTrue(all(members.mapped("next_birthday")))
