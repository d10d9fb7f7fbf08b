"""Names of companies as other systems have published them, with what they are.

Sources: tests and terms of cleanco, the list of entity legal forms of ISO 20275;
pull requests 2849 and 2852 of margince (legal forms in
front, scripts without spaces); issues 193 and 245 of nomenklatura (opensanctions);
issue 161 of Job-Matching-and-Application (“& Co.”). Facts only.
"""

import time

from odoo.tests import BaseCase, tagged

from ..tools import legal_forms
from ..tools.name_keys import get_core, get_name_key, get_sound, get_tax_key

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
    # Persons as address books and directories export them.
    ("Smith, John", "John Smith"),
    ("O'Brien, Mary Ann", "Mary Ann O’Brien"),
    ("Müller-Lüdenscheidt, Hans", "Hans Müller-Lüdenscheidt"),
    ("Doe, Jane A.", "Jane A Doe"),
    ("Cravath, Swaine & Moore LLP", "Cravath Swaine & Moore"),
    ("Acme, Ltd.", "Acme"),
    # Those that everyday spellings and smaller countries have.
    ("Petrobras S/A", "Petrobras S.A."),
    ("Padaria Silva Ltda - ME", "Padaria Silva Ltda."),
    ("ArcelorMittal S.à r.l.", "ArcelorMittal SARL"),
    ("Dupont EURL", "Dupont"),
    ("Gagnon Ltée", "Gagnon Ltd"),
    ("Janssens SPRL", "Janssens SRL"),
    ("Janssens BVBA", "Janssens BV"),
    ("Alicorp S.A.C.", "Alicorp"),
    ("Gómez E.I.R.L.", "Gomez"),
    ("Grupo S.A.P.I. de C.V.", "Grupo"),
    ("Mondragón S. Coop.", "Mondragón"),
    ("Pérez, Sociedad de Responsabilidad Limitada", "Pérez SRL"),
    ("Rossi S.r.l. unipersonale", "Rossi S.r.l.s."),
    ("Al Futtaim W.L.L.", "Al Futtaim"),
    ("Emaar F.Z.C.O.", "Emaar FZE"),
    ("Nile S.A.E.", "Nile"),
    ("Sasol (Proprietary) Limited", "Sasol (Pty) Ltd"),
    ("Tata (P) Ltd.", "Tata Pvt. Ltd."),
    ("Charoen PCL", "Charoen Public Company Limited"),
    ("Smith DAC", "Smith Designated Activity Company"),
    ("Smith Unlimited Company", "Smith ULC"),
    ("Hilfe gGmbH", "Hilfe gemeinnützige GmbH"),
    ("Kanzlei Meier PartG mbB", "Kanzlei Meier PartGmbB"),
    ("Huber GmbH & Co OG", "Huber GmbH & Co. KG"),
    ("Müller Ges.m.b.H.", "Müller GesmbH"),
    ("Hansen K/S", "Hansen I/S"),
    ("Svensson HB", "Svensson Handelsbolag"),
    ("Virtanen Ky", "Virtanen Tmi"),
    ("Olsen AS", "Olsen Aksjeselskap"),
    ("Eesti OÜ", "Eesti Osaühing"),
    ("Novák akciová společnost", "Novák a.s."),
    ("Kowalski Sp.j.", "Kowalski Sp. k."),
    ("Kovács Korlátolt Felelősségű Társaság", "Kovács Kft."),
    ("Shqiperia Sh.p.k.", "Shqiperia"),
    ("Makedonija DOOEL", "Makedonija d.o.o.e.l."),
    ("ПрАТ Київ", "Київ"),
    ("Toyota Kabushiki Kaisha", "Toyota K.K."),
    ("一般社団法人 日本花協会", "日本花協会"),
    ("医療法人社団 青木会", "青木会"),
    ("合資会社山田", "山田合資会社"),
    ("(유)한국", "유한책임회사 한국"),
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
    # A word that only looks like a form.
    ("Ideas Unlimited", "Ideas"),
    ("法人研究所", "研究所"),
    # A group is not the company that it began with.
    ("某某集团有限公司", "某某有限公司"),
)
CORES = (
    ("阿里巴巴集团控股有限公司", "阿里巴巴"),
    ("广东省广州市白云山制药厂", "广州白云山制药厂"),
    ("北京百度网讯科技有限公司", "百度网讯科技"),
)
# Of the Swiss and the Norwegian register, with the tax in one of the languages; with
# what forms write before them.
TAX_IDS = (
    ("CHE-123.456.788 MWST", "CHE-123.456.788 TVA", "CHE123456788"),
    ("974 760 673 MVA", "974760673"),
    ("税号：91440300708461136T", "税号 91440300708461136T", "91440300708461136T"),
    ("USt-IdNr.: DE 123 456 788", "DE123456788"),
    ("ИНН 7707083893", "7707083893"),
    ("ATU 12345675", "ATU12345675"),
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

    def test_what_stands_around_a_tax_id_is_none_of_it(self):
        for spellings in TAX_IDS:
            with self.subTest(spellings):
                self.assertEqual(len(set(map(get_tax_key, spellings))), 1)

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
