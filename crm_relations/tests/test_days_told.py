from datetime import date, datetime

from odoo.tests import freeze_time, tagged

from .common.relations import RelationsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 20:00:00")
class TestDaysTold(RelationsCommon):
    """Sentences tell days and moments as Odoo's screens do, in each language."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.sally.tz = "Asia/Shanghai"

    def _get_teller(self, lang):
        return self.sally.with_user(self.sally).with_context(lang=lang)

    def test_a_day_is_told_as_a_date_field_shows_it(self):
        for lang, last_year, this_year in (
            ("en_US", "Nov 27, 2025", "Nov 27"),
            ("zh_CN", "2025年11月27日", "11月27日"),
        ):
            tell = self._get_teller(lang)._tell_day
            self.assertEqual(tell(date(2025, 11, 27), "short"), last_year)
            self.assertEqual(tell(date(2026, 11, 27), "short"), this_year)
            self.assertEqual(tell("2025-11-27"), last_year)
            self.assertIn("2026", tell(date(2026, 11, 27)))
            self.assertEqual(tell(False), "")

    def test_a_moment_is_told_on_the_clock_of_the_reader(self):
        late = datetime(2025, 11, 27, 17, 5)
        for lang, told in (
            ("en_US", "Nov 28, 2025, 1:05 AM"),
            ("zh_CN", "2025年11月28日 01:05"),
        ):
            teller = self._get_teller(lang)
            moment = teller._tell_moment(late).replace("\N{NARROW NO-BREAK SPACE}", " ")
            self.assertEqual(moment, told)
            self.assertIn(teller._tell_day(late), told)
            self.assertEqual(teller._tell_moment(False), "")

    def test_what_protects_a_customer_is_told_with_such_a_day(self):
        customer = self._create_customer("Kept", user_id=self.sally.id)
        customer.with_user(self.rita).pool_protect(30, "Big")
        answers = customer.with_user(self.max).pool_release("Gone")
        self.assertEqual(
            answers[0]["message"], "It is protected until Apr 1, 2026.", answers
        )
