from datetime import timedelta

from odoo.exceptions import UserError

from .relations import RelationsCommon


class ActCommon(RelationsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tier_a.contact_interval_days = 7
        cls.today = cls.company._get_relations_today()
        cls.customer = cls._create_customer(
            "Great Wall", user_id=cls.sally.id, tier_id=cls.tier_a.id
        )
        cls._age_ownership(cls.customer, 60)

    def _plan(self, user=None, record=None, days=0, **values):
        activity = (record or self.customer).activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.today + timedelta(days=days),
            user_id=(user or self.sally).id,
            **{"summary": "Send the catalogue", **values},
        )
        return activity.with_user(user or self.sally)

    def _get_act(self, action):
        self.assertEqual(action["tag"], "crm_relations_acted")
        return self.env["crm.act"].browse(action["params"]["act"])

    def _undo(self, action, user=None):
        return self._get_act(action).with_user(user or self.sally).undo()

    def _log(self, user=None, **values):
        values = {"partner_id": self.customer.id, "purpose": "Offer"} | values
        followups = self.env["crm.followup"].with_user(user or self.sally)
        return followups.create(values)

    def assertKept(self, action, words, error=UserError, user=None):
        with self.assertRaisesRegex(error, words), self.cr.savepoint():
            self._undo(action, user)

    def _refuse(self, record, user, reason="It is not so"):
        action = record.with_user(user).action_refuse()
        wizards = self.env[action["res_model"]].with_user(user)
        wizard = wizards.with_context(**action["context"]).create({"reason": reason})
        return wizard.action_apply()

    def _get_told(self, user):
        """Return the messages to this user, the latest first."""
        return self.env["mail.message"].search(
            [("notified_partner_ids", "in", user.partner_id.ids)], order="id desc"
        )
