from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common.relations import RelationsCommon


@tagged("post_install", "-at_install")
class TestArchiveProposalMany(RelationsCommon, HttpCase):
    """AR-8: many proposals are decided at once, on the desk of the custodian."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        names = ("Tour First", "Tour Second", "Tour Wrong", "Tour Fourth")
        cls.customers = cls.env["res.partner"].union(
            *(cls._create_customer(name, user_id=cls.sally.id) for name in names)
        )
        cls.proposals = (
            cls.env["crm.archive.proposal"]
            .with_user(cls.anna)
            .create(
                [
                    {"partner_id": one.id, "field_name": "city", "new_value": "Wuxi"}
                    for one in cls.customers
                ]
            )
        )
        # What was right as it was proposed, and is not here any more.
        cls.wrong = cls.proposals[2].sudo()
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE crm_archive_proposal SET field_name = 'country_id',"
            " new_value = 'Atlantis'"
            " WHERE id = %s",
            [cls.wrong.id],
        )
        cls.env.invalidate_all()

    def test_a_custodian_decides_many_in_a_browser(self):
        self.start_tour(
            "/odoo/archive-proposals",
            "crm_relations_proposals_many",
            login="carl",
            timeout=120,
        )
        states = ["approved", "approved", "refused", "refused"]
        self.assertEqual(self.proposals.sudo().mapped("state"), states)
        self.assertEqual(self.customers.mapped("city"), ["Wuxi", "Wuxi", False, False])
        reasons = set(self.proposals[2:].sudo().mapped("refusal_reason"))
        self.assertEqual(reasons, {"Nobody knows them there"})

    def test_all_that_can_be_are_taken_back_at_once(self):
        some = self.proposals[:2].with_user(self.carl)
        action = some.action_approve()
        self.assertEqual(self.customers[:2].mapped("city"), ["Wuxi", "Wuxi"])
        self.env["crm.act"].browse(action["params"]["act"]).with_user(self.carl).undo()
        self.assertEqual(self.customers[:2].mapped("city"), [False, False])

    def test_what_is_decided_already_or_anothers_hinders_no_other(self):
        self.proposals[0].with_user(self.carl).action_approve()
        action = self.proposals[:2].with_user(self.carl).action_approve()
        self.assertIn("decided already", action["params"]["message"])
        self.assertEqual(self.proposals[1].state, "approved")
        with self.assertRaises(AccessError):
            self.proposals[2:].with_user(self.sam).action_approve()
        self.assertEqual(set(self.proposals[2:].mapped("state")), {"proposed"})

    def test_only_what_waits_is_refused(self):
        self.proposals[0].with_user(self.carl).action_approve()
        action = self.proposals.with_user(self.carl).action_refuse()
        waiting = self.proposals[1:].ids
        self.assertEqual(action["context"], {"default_proposal_ids": waiting})

    def test_who_proposed_is_told_once_of_many(self):
        before = self._count_told()
        self.proposals[:2].with_user(self.carl).action_approve()
        self.assertEqual(self._count_told(), before + 1)

    def _count_told(self):
        told = [("notified_partner_ids", "in", self.anna.partner_id.ids)]
        return self.env["mail.message"].search_count(told)
