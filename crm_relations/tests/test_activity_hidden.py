from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common.hiding import SECRETS, HidingCommon


@tagged("post_install", "-at_install")
class TestActivityHidden(HidingCommon):
    """CL-5: what a pool hides is told neither by guests nor by their registrations."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.club = cls.env["crm.club"].create({"name": "Club"})
        begin = fields.Datetime.now() + timedelta(days=5)
        cls.course = cls.env["event.event"].create(
            {
                "name": "Course",
                "activity_kind": "lecture",
                "club_id": cls.club.id,
                "date_begin": begin,
                "date_end": begin + timedelta(hours=2),
                "event_mail_ids": [Command.clear()],
            }
        )
        cls.rule = cls.env.ref("crm_relations.crm_care_rule_activity")
        cls.rule.active = True
        cls.club._take_in(cls.person, "active", cls.env.uid)

    def _invite(self):
        return self.course._invite(self.rule, self.env["crm.club.level"])

    def assertTellsNothing(self, guest):
        self.env.flush_all()
        self.env.invalidate_all()
        registrations = self.course.registration_ids
        self.assertTrue(registrations)
        self.assertHidden(*registrations)
        told = [guest.with_user(self.sally).read(), guest.task_id.read()]
        told += [registrations.read(), self.customer.get_history()]
        for secret in SECRETS:
            self.assertNotIn(secret, str(told))

    def test_who_was_registered_before_is_hidden_with_its_customer(self):
        guest = self._invite()
        guest._accept()
        self.assertTrue(self.course.registration_ids.email)
        self._release()
        self.assertTellsNothing(guest)

    def test_who_accepts_while_it_is_hidden_gives_nothing_away(self):
        self._release()
        guest = self._invite()
        guest._accept()
        self.assertEqual(guest.state, "registered")
        self.assertTellsNothing(guest)
