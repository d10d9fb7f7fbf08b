from odoo.tests import new_test_user, tagged

from .common.hiding import PERSON_EMAIL, HidingCommon


@tagged("post_install", "-at_install")
class TestPrivacyLookup(HidingCommon):
    """Odoo's Privacy Lookup, which comes with mails, asks each table that leads to a
    contact, in the name of who looks: none of ours stands in its way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "base.group_system,base.group_partner_manager"
        cls.officer = new_test_user(cls.env, "officer", groups=groups)

    def _look_up(self, name, email):
        """Return ``{model: ids}`` of what is found."""
        wizard = self.env["privacy.lookup.wizard"].with_user(self.officer)
        wizard = wizard.create({"name": name, "email": email})
        wizard.action_lookup()
        lines = wizard.line_ids
        lines.read(["res_name", "resource_ref", "has_active", "is_active"])
        return {
            model: {line.res_id for line in lines if line.res_model == model}
            for model in set(lines.mapped("res_model"))
        }

    def test_it_finds_who_is_a_customer(self):
        found = self._look_up("Bob", PERSON_EMAIL)
        self.assertIn(self.person.id, found["res.partner"])
        self.assertIn(self.lead.id, found["crm.lead"])

    def test_it_finds_who_is_hidden_and_what_is_kept_of_him(self):
        self._release()
        found = self._look_up("Bob", PERSON_EMAIL)
        self.assertIn(self.person.id, found["res.partner"])
        kept = self.hidden.search([("partner_id", "=", self.person.id)])
        self.assertLessEqual(set(kept.ids), found["crm.hidden.value"])
