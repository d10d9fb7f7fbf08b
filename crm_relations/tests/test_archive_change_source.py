from unittest.mock import patch

from odoo.tests import tagged

from ..models.archive import crm_archive_change_log as log
from ..tools.told_source import get_source_of_path, told_as
from .common.archive_change import ChangeCommon


@tagged("post_install", "-at_install")
class TestArchiveChangeSource(ChangeCommon):
    """By what way it came, and why."""

    def _get_source(self):
        return self._get_changes()[-1].source

    def test_what_no_person_asked_for_is_automatic(self):
        self.customer.city = "Leeds"
        self.assertEqual(self._get_source(), "job")

    def test_forms_and_clients_are_told_by_their_way(self):
        class Asked:
            session = type("Session", (), {"uid": self.sally.id})
            httprequest = type("Http", (), {"path": "/web/dataset/call_kw"})

        with patch.object(log, "request", Asked):
            self.customer.with_user(self.sally).city = "Leeds"
        self.assertEqual(self._get_source(), "form")
        for path in ("/json/2/res.partner/write", "/jsonrpc", "/xmlrpc/2/object"):
            self.assertEqual(get_source_of_path(path), "api")

    def test_the_portal_is_told(self):
        group = self.env.ref("base.group_portal")
        portal = self.env["res.users"].create(
            {
                "name": "Li Wei",
                "login": "portal-change",
                "partner_id": self.person.id,
                "group_ids": [(6, 0, group.ids)],
            }
        )
        self.env.cr.flush()
        self.person.with_user(portal).sudo().city = "Leeds"
        self.assertRecordValues(
            self._get_changes()[-1], [{"source": "portal", "user_id": portal.id}]
        )

    def test_an_import_is_told(self):
        names = [".id", "city"]
        rows = [[str(self.customer.id), "Leeds"]]
        result = self.env["res.partner"].with_user(self.carl).load(names, rows)
        self.assertTrue(result["ids"], result["messages"])
        self.assertEqual(self._get_source(), "import")

    def test_a_proposal_tells_its_reason(self):
        proposal = self.env["crm.archive.proposal"].with_user(self.sam)
        proposal = proposal.create(
            {
                "partner_id": self.customer.id,
                "field_name": "city",
                "new_value": "Leeds",
                "note": "He told me",
            }
        )
        proposal.with_user(self.sally).action_approve()
        self.assertRecordValues(
            self._get_changes(),
            [
                {
                    "source": "proposal",
                    "why": "He told me",
                    "proposal_id": proposal.id,
                    "user_id": self.sally.id,
                }
            ],
        )

    def test_a_merge_is_told_and_takes_the_changes_along(self):
        twin = self._create_customer("Great Wall Ltd", website="https://wall.example")
        self.env.cr.flush()
        twin.city = "Bath"
        self.env.cr.flush()
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (twin | self.customer).ids, self.customer, extra_checks=False
        )
        found = {one.field_key: one.source for one in self._get_changes()}
        self.assertEqual(found, {"city": "job", "website": "merge"})

    def test_a_client_cannot_tell_another_way(self):
        customer = self.customer.with_user(self.sally)
        customer.with_context(source="merge", import_file=True).city = "Leeds"
        self.assertEqual(self._get_source(), "job")

    def test_what_is_told_ends_with_its_block(self):
        with told_as("merge", "twins"):
            self.customer.city = "Leeds"
        self.customer.zip = "1"
        found = {one.field_key: one.source for one in self._get_changes()}
        self.assertEqual(found, {"city": "merge", "zip": "job"})
