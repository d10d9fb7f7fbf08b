from odoo.tests import Form, new_test_user, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
class TestPlaybookPlans(RelationsCommon):
    """PL-1: colleagues who have nothing to do with us do not meet our plans."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(cls.env, "clerk")
        cls.system = new_test_user(cls.env, "system", groups="base.group_system")
        cls.ours = cls.env["crm.playbook"].search([]).plan_id
        cls.theirs = cls.env["mail.activity.plan"].create(
            {
                "name": "Welcome",
                "res_model": "res.partner",
                "template_ids": [
                    (
                        0,
                        0,
                        {
                            "activity_type_id": cls.env.ref(
                                "mail.mail_activity_data_call"
                            ).id
                        },
                    )
                ],
            }
        )
        cls.contact = cls.env["res.partner"].create({"name": "Contact"})

    def _get_offered(self, user):
        wizard = self.env["mail.activity.schedule"].with_user(user)
        wizard = wizard.with_context(
            active_model="res.partner",
            active_ids=self.contact.ids,
            plan_mode=True,
        )
        return Form(wizard).plan_available_ids[:]

    def test_only_who_has_a_role_is_offered_the_plans_of_playbooks(self):
        self.assertTrue(self.ours)
        self.assertFalse(self.ours & self._get_offered(self.clerk))
        self.assertIn(self.theirs, self._get_offered(self.clerk))
        self.assertLessEqual(self.ours, self._get_offered(self.sally))

    def test_only_who_has_a_role_reads_them(self):
        plans = self.env["mail.activity.plan"]
        for user, sees in (
            (self.clerk, False),
            (self.sally, True),
            (self.system, True),
        ):
            with self.subTest(user.login):
                found = plans.with_user(user).search(
                    [("res_model", "=", "res.partner")]
                )
                self.assertIn(self.theirs, found)
                self.assertEqual(bool(found & self.ours), sees)

    def test_the_plan_of_an_archived_playbook_stays_ours(self):
        self.env["crm.playbook"].search([]).active = False
        self.assertFalse(self.ours & self._get_offered(self.clerk))
