from contextlib import nullcontext
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .common.confidential import ConfidentialCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 10:00:00")
class TestLendingLog(ConfidentialCommon):
    """AR-10: who opened what is confidential, when, how and by which right."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.log = cls.env["crm.confidential.access"]
        cls.log.search([]).unlink()

    def _get_lines(self, *names):
        return [
            tuple(line[name] for name in names)
            for line in self.log.search([], order="id")
        ]

    def _read(self, user, record=None):
        self.env.invalidate_all()
        (record or self.profile).with_user(user).read(["personality"])

    def test_by_which_right(self):
        sharer = self._create_user("sharer", "group_sales_user")
        self.customer.share_with(sharer.id)
        self._lend()
        for user, right in (
            (self.sally, "owner"),
            (sharer, "shared"),
            (self.max, "leader"),
            (self.carl, "custodian"),
            (self.rita, "manager"),
            (self.sam, "loan"),
        ):
            self.log.search([]).unlink()
            self._read(user)
            with self.subTest(user.login):
                self.assertRecordValues(
                    self.log.search([]),
                    [
                        {
                            "user_id": user.id,
                            "partner_id": self.customer.id,
                            "part": "profiles",
                            "res_id": self.profile.id,
                            "way": "opened",
                            "access_right": right,
                            "loan_id": self._get_loans().id if right == "loan" else 0,
                        }
                    ],
                )

    def test_a_name_is_no_reading(self):
        self.env.invalidate_all()
        own = self.profile.with_user(self.sally)
        own.read(["partner_id", "display_name", "customer_id", "create_date"])
        own.search_read([], ["partner_id"])
        self.assertIn("Li Wei", own.display_name)
        own.search_count([("customer_id", "=", self.customer.id)])
        self.document.with_user(self.sally).read(["kind_id", "state", "expires_on"])
        self.assertFalse(self.log.search([]))

    def test_one_line_an_hour(self):
        for moment in ("10:05", "10:59", "11:00"):
            with freeze_time(f"2026-03-04 {moment}"):
                self._read(self.sally)
        self.assertEqual(len(self.log.search([])), 2)

    def test_jobs_are_not_logged(self):
        self.env.invalidate_all()
        self.profile.read(["personality"])
        self.profile.with_user(self.sally).sudo().read(["personality"])
        self.assertFalse(self.log.search([]))

    def test_a_list_costs_one_statement_more_however_long(self):
        def read(profiles):
            self.env.invalidate_all()
            with self.env.cr.savepoint():
                profiles.with_user(self.sally).search_read(
                    [("id", "in", profiles.ids)], ["personality"], load=None
                )

        for number in range(30):
            self._create_person(self.other, f"P{number}", personality="Busy")
        many = self.env["crm.person.profile"].search(
            [("customer_id", "=", self.other.id)]
        )
        read(many)
        counts = [self._count_statements(lambda p=p: read(p)) for p in (many[:2], many)]
        self.assertEqual(*counts)
        with patch.object(type(self.log), "_note", lambda *_args: None):
            without = self._count_statements(lambda: read(many))
        self.assertEqual(counts[0] - without, 1)

    def test_what_is_in_the_cache_already_is_logged_as_well(self):
        self.env.invalidate_all()
        self.profile.sudo().read(["personality", "attitude"])
        self.profile.with_user(self.sally).read(["personality"])
        self.assertEqual(self._get_lines("way"), [("opened",)])

    def test_exports_and_prints_are_called_so(self):
        self.carl.group_ids += self.env.ref("base.group_allow_export")
        customer = self.customer.with_user(self.carl)
        customer.export_data(["name", "person_profile_ids/personality"])
        self.assertEqual(self._get_lines("way"), [("exported",)])
        report = self.env["ir.actions.report"].create(
            {
                "name": "Persons",
                "model": "crm.person.profile",
                "report_type": "qweb-html",
                "report_name": "crm_relations.test_persons",
            }
        )
        self.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "key": "crm_relations.test_persons",
                "arch": "<p><t t-foreach='docs' t-as='d' t-out='d.personality'/></p>",
            }
        )
        self.env.invalidate_all()
        html, _kind = report.with_user(self.carl)._render(
            "crm_relations.test_persons", self.profile.ids
        )
        self.assertIn("mark of personality", str(html))
        self.assertEqual(self._get_lines("way")[-1], ("printed",))

    def test_a_file_is_downloaded(self):
        file = self.document.file_ids.with_user(self.sally)
        for read in (
            lambda: file.read(["raw"]),
            lambda: file.read(["datas"]),
            lambda: file.read(["index_content"]),
            lambda: file.web_read({"raw": {}}),
            lambda: self._stream(file),
        ):
            self.log.search([]).unlink()
            self.env.invalidate_all()
            read()
            self.assertEqual(
                self._get_lines("way", "part", "res_id"),
                [("downloaded", "documents", self.document.id)],
            )
        self.log.search([]).unlink()
        file.read(["name", "res_id"])
        self.assertFalse(self.log.search([]))

    def _stream(self, file):
        binary = self.env["ir.binary"].with_user(self.sally)
        with patch.object(type(file), "_to_http_stream"):
            binary._record_to_stream(file.sudo(), "raw")

    def test_a_token_opens_no_file_of_a_profile(self):
        file = self.env["ir.attachment"].create(
            {
                "name": "letter.txt",
                "raw": b"Dear",
                "res_model": "crm.person.profile",
                "res_id": self.profile.id,
            }
        )
        loan = self._lend()
        own = file.with_user(self.sam)
        tokens = [own._get_raw_access_token(), file._generate_access_token()]
        file.access_token = tokens[1]
        binary = self.env["ir.binary"].with_user(self.sam)
        for token in tokens:
            self.assertTrue(
                binary._find_record(res_id=file.id, access_token=token, field="raw")
            )
        with self.assertRaises(AccessError):
            own.copy({"res_model": False, "res_id": 0})
        loan._end("returned")
        for token in tokens:
            with self.assertRaises(AccessError):
                binary._find_record(res_id=file.id, access_token=token, field="raw")

    def test_a_file_that_is_not_confidential_has_its_token_and_is_copied(self):
        file = self.env["ir.attachment"].create(
            {
                "name": "offer.txt",
                "raw": b"Dear",
                "res_model": "res.partner",
                "res_id": self.customer.id,
            }
        )
        reader = file.with_user(self._create_user("reader", "group_user"))
        self.assertFalse(reader._filter_confidential())
        self.assertFalse(reader._filter_closed_to_tokens())
        self.customer.with_user(reader.env.uid).check_access("read")
        self.assertTrue(reader.copy_data())

    def test_two_words_of_a_profile_are_read_at_once(self):
        own = self.profile.with_user(self.sally)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertTrue(own.attitude)
        self.assertEqual(
            self._count_statements(lambda: self.assertTrue(own.personality)), 0
        )

    def test_what_is_discussed_on_a_profile_is_part_of_it(self):
        self.profile.message_post(body="He wants to leave")
        message = self.profile.message_ids[:1]
        loan = self._lend()
        self.log.search([]).unlink()
        self.env.invalidate_all()
        self.assertIn("leave", message.with_user(self.sam).read(["body"])[0]["body"])
        self.assertEqual(
            self._get_lines("res_id", "access_right"), [(self.profile.id, "loan")]
        )
        self.log.search([]).unlink()
        self.env["crm.person.profile"].with_user(self.sam)._get_thread_with_access(
            self.profile.id
        )
        self.assertEqual(self._get_lines("res_id"), [(self.profile.id,)])
        with self.assertRaises(AccessError):
            self.profile.with_user(self.sam).message_subscribe(self.sam.partner_id.ids)
        loan._end("returned")
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            message.with_user(self.sam).read(["body"])

    def test_the_first_page_shows_role_and_attitude(self):
        self.customer.with_user(self.sam).get_overview()
        self.assertFalse(self.log.search([]))
        self._lend()
        people = self.customer.with_user(self.sam).get_overview()["people"]
        self.assertEqual(people[0]["attitude"], "Supporter")
        self.assertEqual(self._get_lines("res_id", "access_right")[-1][1], "loan")

    def test_a_refusal_is_logged_after_it_has_undone_all_else(self):
        hooks = self.env.cr.postrollback
        with patch.object(type(hooks), "add") as added:
            with self.assertRaises(AccessError):
                self._read(self.sam)
        self.assertTrue(added.called)
        self.log.with_user(self.sam)._write_down(self.profile, "refused")
        self.assertEqual(
            self._get_lines("user_id", "partner_id", "way", "access_right")[-1],
            (self.sam, self.customer, "refused", "none"),
        )

    def test_nobody_writes_or_deletes_the_log(self):
        self._read(self.sally)
        line = self.log.search([])
        for user in (self.sally, self.carl, self.rita, self.adam):
            own = line.with_user(user)
            for call in (
                lambda own=own: own.write({"way": "listed"}),
                lambda own=own: own.unlink(),
                lambda own=own: own.copy(),
                lambda own=own: own.create({"user_id": 1}),
            ):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    call()
        for user in (self.sally, self.sam, self.max, self.anna):
            with self.assertRaises(AccessError):
                line.with_user(user).read(["way"])
        self.assertEqual(
            self.customer.with_user(self.carl).confidential_access_count, 1
        )
        self.assertFalse(self.customer.with_user(self.sally).confidential_access_count)

    def test_what_is_old_is_forgotten(self):
        self._read(self.sally)
        self.env["ir.config_parameter"].set_param(
            "crm_relations.confidential_log_days", 30
        )
        moment = self.log.search([]).at
        for seconds, left in ((0, 1), (1, 0)):
            with freeze_time(moment + timedelta(days=30, seconds=seconds)):
                self.log._forget_old()
                self.assertEqual(len(self.log.search([])), left)

    def test_the_log_is_kept_for_thirty_days_to_a_hundred_years(self):
        settings = self.env["res.config.settings"]
        for days, holds in ((29, False), (30, True), (36500, True), (36501, False)):
            refused = self.assertRaises(ValidationError)
            with self.subTest(days), nullcontext() if holds else refused:
                settings.create({"relations_confidential_log_days": days})

    def test_a_loan_that_is_over_is_not_what_one_reads_by(self):
        loan = self._lend()
        self.customer.share_with(self.sam.id)
        loan.sudo().ends_at = fields.Datetime.now()
        self.env.flush_all()
        self._read(self.sam)
        line = self.log.search([])
        self.assertEqual((line.access_right, len(line.loan_id)), ("shared", 0))
        row = self.env.execute_query(
            self.log.with_user(self.sam)._get_lines_sql(
                self.profile.with_user(self.sam), "open"
            )
        )
        self.assertIsNone(row[0][-1])
