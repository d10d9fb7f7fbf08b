"""Names of companies as other systems have published them, with what they are.

Sources: tests of cleanco; pull requests 2849 and 2852 of margince (legal forms in
front, scripts without spaces); issues 193 and 245 of nomenklatura (opensanctions);
issue 161 of Job-Matching-and-Application (“& Co.”). Facts only.
"""

import time

from odoo.tests import BaseCase, tagged

from ..tools import legal_forms
from ..tools.name_keys import get_core, get_name_key, get_sound

SAME = (
    # Legal forms in front of the name.
    ("ООО «Ромашка»", "Ромашка"),
    ("S.C. Dacia S.R.L.", "Dacia"),
    ("شركة الراجحي", "الراجحي"),
    ("SIA Rimi Latvia", "Rimi Latvia"),
    ("UAB „Vilniaus Duona“", "Vilniaus Duona"),
    ("บริษัท ซีพี ออลล์ จำกัด (มหาชน)", "ซีพี ออลล์"),
    ("บริษัทโตโยต้าจำกัด", "โตโยต้า"),
    ("Công ty TNHH Samsung Vina", "Samsung Vina"),
    ("Công ty Cổ phần Vinamilk", "CTCP Vinamilk"),
    ("PT. Astra International, Tbk.", "Astra International"),
    ("Oy Hello World Ab", "Hello World"),
    ("M/s Tata Motors Ltd", "Tata Motors"),
    # Scripts without spaces.
    ("㈱トヨタ自動車", "トヨタ自動車株式会社"),
    ("주식회사 삼성전자", "삼성전자"),
    ("(주)카카오", "카카오"),
    ("阿里巴巴集团控股有限公司", "阿里巴巴集团控股"),
    ("上海某某（集团）有限公司", "上海某某集团有限公司"),
    ("深圳市腾讯计算机系统有限公司", "深圳腾讯计算机系统有限公司"),
    ("北京公司 Ltd", "北京公司"),
    ('החברה העברית בע"מ', "החברה העברית"),
    # Forms of several words, and letters with a stroke.
    ("JPMorgan Chase & Co.", "JPMorgan Chase"),
    ("NPK FOTONIKA LIMITED LIABILITY COMP", "NPK Fotonika LLC"),
    ("Emirates Tech L.L.C.", "Emirates Tech LLC"),
    ("A-B-C Company", "ABC Company"),
    ("Example Example Pty Limited", "Example Example"),
    ("Łoś spółka z o.o", "Los Sp. z o.o."),
    ("Łódź Spółka Akcyjna", "Lodz S.A."),
    ("Český Krumlov, spol. s r.o.", "Český Krumlov s.r.o."),
    ("Ørsted A/S", "Orsted"),
    ("Beispiel UG (haftungsbeschränkt)", "Beispiel"),
    ("Hello World Gesellschaft mit beschränkter Haftung", "Hello World GmbH"),
    ("Volvo AB (publ)", "Volvo Aktiebolag"),
    ("Grupo Bimbo, S.A.B. de C.V.", "Grupo Bimbo"),
    ("Empresa S. de R.L. de C.V.", "Empresa"),
    ("Arçelik Anonim Şirketi", "Arcelik A.Ş."),
    ("Koç Ltd. Şti.", "Koç"),
    ("Εταιρεία Α.Ε.", "Εταιρεία"),
)
APART = (
    ("شركة الراجحي", "شركة الأهلي"),
    ("SIA Rimi Latvia", "SIA Maxima Latvija"),
    ("S.C. Dacia S.R.L.", "S.C. Petrom S.R.L."),
    ("PT Astra International Tbk", "PT Telkom Indonesia Tbk"),
    ("주식회사 삼성전자", "주식회사 현대자동차"),
    ("บริษัท โตโยต้า จำกัด", "บริษัท โตโยตู จำกัด"),
    ("SC Johnson & Son, Inc.", "Johnson & Son, Inc."),
    ("A. B. Smith", "Smith"),
    ("Enterprise Solutions", "The Solutions Co"),
    ("Limited Edition Products Ltd", "Edition Products Ltd"),
    # Vowels of Hindi hang on the consonants: two other words.
    ("राम", "रमा"),
    # A group is not the company that it began with.
    ("某某集团有限公司", "某某有限公司"),
)
CORES = (
    ("阿里巴巴集团控股有限公司", "阿里巴巴"),
    ("广东省广州市白云山制药厂", "广州白云山制药厂"),
    ("北京百度网讯科技有限公司", "百度网讯科技"),
)


@tagged("post_install", "-at_install")
class TestPublishedNames(BaseCase):
    def test_what_is_one_company_has_one_key(self):
        for names in SAME:
            with self.subTest(names):
                self.assertEqual(*map(get_name_key, names))

    def test_what_are_two_companies_have_two(self):
        for names in APART:
            with self.subTest(names):
                self.assertNotEqual(*map(get_name_key, names))

    def test_place_and_trade_leave_the_same_core(self):
        for names in CORES:
            with self.subTest(names):
                self.assertEqual(*map(get_core, names))

    def test_traditional_letters_sound_like_simplified_ones(self):
        for names in (
            ("臺灣積體電路製造股份有限公司", "台湾积体电路制造股份有限公司"),
            ("華為技術有限公司", "华为技术有限公司"),
        ):
            self.assertEqual(*map(get_sound, names))

    def test_nothing_but_forms_is_a_name(self):
        for name in ("Inc", "LLC", "Ltd. & Co.", "Company Pvt. Ltd.", "บริษัท จำกัด"):
            self.assertTrue(get_name_key(name), name)

    def test_a_hostile_name_takes_no_longer_than_a_long_one(self):
        for words in (
            "co ",
            "de cv ",
            "s. ",
            "spol s ro ",
            "m/s ",
            "limited liability ",
        ):
            name = words * 100_000 + "x"
            simple = legal_forms.simplify(name)
            self.assertLessEqual(len(simple), legal_forms.LONGEST_NAME)
            start = time.perf_counter()
            self.assertTrue(get_name_key(name))
            self.assertLess(time.perf_counter() - start, 0.5, words)
