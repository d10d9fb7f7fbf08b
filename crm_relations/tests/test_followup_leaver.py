"""What somebody who is archived has planned with customers is done by others."""

from odoo.tests import freeze_time, tagged

from .common import RelationsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-05 10:00:00")
class TestFollowupLeaver(RelationsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Acme", user_id=cls.max.id)
        cls.leads = cls.env["crm.lead"].create(
            [{"name": f"Lead {n}", "partner_id": cls.customer.id} for n in range(12)]
        )
        cls.lead_model = cls.env["ir.model"]._get_id("crm.lead")

    def _plan(self, lead):
        return self.env["mail.activity"].create(
            {
                "res_model_id": self.lead_model,
                "res_id": lead.id,
                "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                "user_id": self.sally.id,
            }
        )

    def test_who_does_it_is_asked_at_once_for_all(self):
        counts = []
        for leads in (self.leads[:2], self.leads[2:]):
            planned = self.env["mail.activity"].union(*map(self._plan, leads))
            self.env.flush_all()
            self.env.invalidate_all()
            counts.append(
                self._count_statements(
                    lambda planned=planned: self.sally._get_heirs(planned)
                )
            )
            self.assertEqual(
                self.sally._get_heirs(planned), dict.fromkeys(planned.ids, self.max)
            )
        self.assertEqual(*counts)

    def test_what_hangs_on_nothing_any_more_keeps_nobody(self):
        planned = self._plan(self.leads[0]) | self._plan(self.leads[1])
        self.env.flush_all()
        # As another app may leave it behind.
        self.env.cr.execute("DELETE FROM crm_lead WHERE id = %s", [self.leads[0].id])
        self.env.invalidate_all()
        self.sally.active = False
        self.assertEqual(planned[1].user_id, self.max)
        self.assertNotEqual(planned[0].exists().user_id, self.max)
