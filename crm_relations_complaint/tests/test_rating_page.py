"""CO-9: the customer rates the handling by the link in the mail."""

from odoo import http
from odoo.tests import HttpCase, tagged

from .common.case import CaseCommon

SCRIPT = "<script>alert(1)</script>"


@tagged("post_install", "-at_install")
class TestRatingPage(CaseCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self._solve()
        self.session = self.authenticate(None, None)

    def _get_path(self):
        path = self.complaint._get_rating_url().partition("/complaint/")[2]
        self.env.flush_all()
        return f"/complaint/{path}"

    def _rate(self, path, files=None, **values):
        values = {"csrf_token": http.Request.csrf_token(self), **values}
        answer = self.url_open(path, data=values, files=files)
        self.env.invalidate_all()
        return answer

    def _get_ratings(self):
        ratings = self.complaint.rating_ids.filtered("consumed")
        return ratings.sorted("id").mapped("rating")

    def test_a_rating_is_kept_with_what_the_customer_says(self):
        path = self._get_path()
        asked = self.url_open(path)
        self.assertIn(self.complaint.name, asked.text)
        self.assertFalse(self._get_ratings(), "what scans mails opens links")
        answer = self._rate(path, value="4", feedback=f"Quick {SCRIPT}")
        self.assertIn("Thank you", answer.text)
        self.assertEqual(self._get_ratings(), [4])
        self.assertIn("Quick", self.complaint.rating_ids.feedback)
        self.assertNotIn(SCRIPT, str(self.complaint.message_ids.mapped("body")))

    def test_a_second_rating_by_the_same_link_changes_nothing(self):
        path = self._get_path()
        self._rate(path, value="5")
        self.assertIn("Thank you", self._rate(path, value="1").text)
        self.assertNotIn('name="value"', self.url_open(path).text)
        self.assertEqual(self._get_ratings(), [5])

    def test_a_wrong_link_leads_nowhere(self):
        for token in ("nothing", "x" * 2000, "ä", "%00"):
            path = f"/complaint/rate/{token}"
            with self.subTest(token=token[:10]):
                self.assertEqual(self.url_open(path).status_code, 404)
                self.assertEqual(self._rate(path, value="5").status_code, 404)

    def test_what_is_no_rating_is_said_and_asked_again(self):
        path = self._get_path()
        for value in ("0", "6", "-1", "four", "", "٣", "1e0"):
            with self.subTest(value=value):
                answer = self._rate(path, value=value)
                self.assertEqual(answer.status_code, 422)
                self.assertIn("one to five stars", answer.text)
                self.assertIn('name="value"', answer.text)
        self.assertFalse(self._get_ratings())
        self.assertEqual(self._rate(path, value="3", feedback="\0").status_code, 200)
        self.assertEqual(self._get_ratings(), [3])

    def test_the_page_behind_a_secret_link_is_kept_by_nobody(self):
        path = self._get_path()
        for page in (self.url_open(path), self._rate(path, value="5")):
            self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
            self.assertEqual(page.headers["Cache-Control"], "no-store")
            self.assertIn("noindex", page.headers["X-Robots-Tag"])

    def test_a_file_is_no_rating_and_no_text(self):
        path = self._get_path()
        files = {name: ("a.txt", b"5") for name in ("value", "feedback")}
        answer = self._rate(path, files=files)
        self.assertEqual(answer.status_code, 422)
        self.assertFalse(self._get_ratings())
        del files["value"]
        self.assertEqual(self._rate(path, files=files, value="4").status_code, 200)
        self.assertEqual(self._get_ratings(), [4])

    def test_a_second_round_is_rated_by_a_link_of_its_own(self):
        first = self._get_path()
        self._rate(first, value="2")
        self.complaint.with_user(self.olga).reopen("It rattles again")
        self.assertIn("Thank you", self._rate(first, value="5").text)
        self._solve()
        second = self._get_path()
        self.assertNotEqual(second, first)
        self._rate(second, value="5")
        self.assertEqual(self._get_ratings(), [2, 5])

    def test_while_it_is_worked_on_again_there_is_nothing_to_rate(self):
        path = self._get_path()
        self.complaint.with_user(self.olga).reopen("It rattles again")
        self.env.flush_all()
        shown = self.url_open(path)
        self.assertIn("being worked on", shown.text)
        self.assertNotIn('name="value"', shown.text)
        self._rate(path, value="5")
        self.assertFalse(self._get_ratings())
        self._solve()
        self.assertIn('name="value"', self.url_open(path).text)
