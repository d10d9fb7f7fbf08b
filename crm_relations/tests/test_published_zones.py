"""On whose clock somebody is called, as rules of quiet hours mean it.

Sources: 47 CFR 64.1200(c)(1), "local time at the called party's location", with the
area codes that the North American administrator publishes; the zones of the tz database
by country. Facts only.
"""

import doctest

from odoo.tests import TransactionCase, tagged

from ..tools import country_zones
from ..tools.country_zones import get_zone_of

BERLIN = "Europe/Berlin"
ZONES = (
    # Country, number, zone of who entered it, zone of who is called.
    ("JP", "", BERLIN, "Asia/Tokyo"),
    ("JP", "+81312345678", BERLIN, "Asia/Tokyo"),
    ("FR", "+33123456789", BERLIN, BERLIN),
    ("GB", "+442079460958", BERLIN, "Europe/London"),
    ("IN", "", "", "Asia/Kolkata"),
    ("CN", "+8613800138000", BERLIN, "Asia/Shanghai"),
    # The official clock of Xinjiang is that of Beijing.
    ("CN", "", "", "Asia/Shanghai"),
    ("US", "+12125550123", BERLIN, "America/New_York"),
    ("US", "+13125550123", "America/New_York", "America/Chicago"),
    ("US", "+14155550123", "America/New_York", "America/Los_Angeles"),
    ("US", "+16025550123", "America/Denver", "America/Phoenix"),
    ("US", "+18085550123", "America/New_York", "Pacific/Honolulu"),
    # A number of no area tells nothing more.
    ("US", "+18005550123", "America/Denver", "America/Denver"),
    ("US", "", "America/Denver", "America/Denver"),
    ("CA", "+14165550123", "America/Vancouver", "America/Toronto"),
    ("CA", "+17095550123", "America/Toronto", "America/St_Johns"),
    ("ES", "+34922123456", "Europe/Madrid", "Atlantic/Canary"),
    ("ES", "", BERLIN, BERLIN),
    ("BR", "+5592991234567", "America/Sao_Paulo", "America/Manaus"),
    ("RU", "+74232345678", "Europe/Moscow", "Asia/Vladivostok"),
    ("AU", "+61892221234", "Australia/Perth", "Australia/Perth"),
    # Older names of the same clock, and places without one.
    ("US", "", "US/Pacific", "US/Pacific"),
    ("CN", "", "PRC", "PRC"),
    ("JP", "", "Moon/Sea", "Asia/Tokyo"),
    ("", "", BERLIN, BERLIN),
    ("XX", "", BERLIN, BERLIN),
)


@tagged("post_install", "-at_install")
class TestPublishedZones(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].with_context(tz=BERLIN)
        cls.usa, cls.japan = cls.env.ref("base.us"), cls.env.ref("base.jp")

    def test_the_doctests(self):
        self.assertFalse(doctest.testmod(country_zones).failed)

    def test_zones(self):
        for code, number, known, zone in ZONES:
            with self.subTest(code=code, number=number, known=known):
                self.assertEqual(get_zone_of(code, number, known), zone)

    def test_a_customer_has_the_clock_of_its_country(self):
        tokyo, boston, nowhere = self.partners.create(
            [
                {"name": "Tokyo", "country_id": self.japan.id},
                {
                    "name": "Boston",
                    "country_id": self.usa.id,
                    "phone": "(617) 555-0123",
                },
                {"name": "Nowhere"},
            ]
        )
        self.assertEqual(tokyo.tz, "Asia/Tokyo")
        self.assertEqual(boston.tz, "America/New_York")
        self.assertEqual(nowhere.tz, BERLIN)
        person = self.partners.create({"name": "Aiko", "parent_id": tokyo.id})
        self.assertEqual(person.tz, "Asia/Tokyo")

    def test_it_follows_a_country_that_is_told_later(self):
        partner = self.partners.create({"name": "Later"})
        partner.country_id = self.japan
        self.assertEqual(partner.tz, "Asia/Tokyo")
        partner.write({"country_id": self.usa.id, "tz": "America/Boise"})
        self.assertEqual(partner.tz, "America/Boise")

    def test_a_time_zone_that_is_given_stays(self):
        values = {"name": "Traveller", "country_id": self.japan.id, "tz": "Asia/Seoul"}
        self.assertEqual(self.partners.create(values).tz, "Asia/Seoul")
        values["tz"] = "Europe/Paris"
        self.assertEqual(self.partners.create(values).tz, "Europe/Paris")
        user = self.env["res.users"].create(
            {"name": "Far away", "login": "far_away", "tz": BERLIN}
        )
        user.partner_id.country_id = self.japan
        self.assertEqual(user.tz, BERLIN)
