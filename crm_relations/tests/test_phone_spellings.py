from odoo.tests import TransactionCase, tagged

LINE, MOBILE = "+861088881111", "+8613800138000"
# What people write behind, before and into a number of a switchboard, cut at "|".
LINES = """
010-88881111 转 801|010-88881111-转801|010-88881111转接801|010-88881111 转：801
010-88881111 分机号801|010-88881111 分机号码：801|010-88881111ext801|010-88881111#801
010-88881111*801|010-88881111p801|010-88881111w801|010-88881111;ext=801
010-88881111总机转801|010-88881111轉801|010-88881111内线801|010-88881111（转801）
010-88881111(801)|010-88881111--801|010-88881111 801|010-88881111_801|010-88881111 +801
010-88881111 poste 801|010-88881111 DW 801|010-88881111 ramal 801|010-88881111 내선 801
010-88881111 доб. 801|010-88881111转801、802|010-88881111转801/802|010-88881111转801-805
010-88881111转8001分机|010-88881111到13|010-88881111 或 010-88881112|010-88881111；802
＋86（10）8888 1111|86-10-88881111|8610 88881111|+86 010 8888 1111|0086(10)88881111
(+86)10 88881111|电话：010-88881111|Tel. 010-88881111|010-88881111 总机
王经理 010-88881111
０１０－８８８８１１１１|٠١٠٨٨٨٨١١١١|۰۱۰-۸۸۸۸۱۱۱۱|०१०-८८८८११११|010—88881111
<sip:01088881111@pbx>|"Wang" <sip:01088881111@pbx>|tel:01088881111;ext=801
"""
MOBILES = """
手机：13800138000|手机13800138000|138-0013-8000 微信同号|013800138000|86 138 0013 8000
8613800138000|+86 013800138000|+86+8613800138000|+86 +86 138 0013 8000|13800138000转1
13800138000-张三|13800138000 张三|张三13800138000|📱13800138000
+86-138-0013-8000（夜间）13900139000
"""
# Nothing is made of these: masks, too many or too few digits.
NONE = ("138****5678", "010-8888****", "138001380001", "8885678 王", "8801-12 王")


@tagged("post_install", "-at_install")
class TestPhoneSpellings(TransactionCase):
    """FU-4: whatever stands around a number, it is the same number."""

    def _clean(self, typed):
        country = self.env.ref("base.cn").id
        partner = self.env["res.partner"].new({"country_id": country, "phone": typed})
        self.assertEqual(partner.phone, typed)
        return partner.phone_sanitized

    def test_what_stands_around_a_number(self):
        for table, placed in ((LINES, LINE), (MOBILES, MOBILE)):
            for typed in table.strip().replace("\n", "|").split("|"):
                with self.subTest(typed):
                    self.assertEqual(self._clean(typed), placed)

    def test_what_is_no_number_stays_as_it_is(self):
        for typed in NONE:
            with self.subTest(typed):
                self.assertFalse(self._clean(typed))

    def test_a_service_number_keeps_its_digits(self):
        for typed, digits in (("95588转3", "95588"), ("8801（前台）", "8801")):
            partner = self.env["res.partner"].new({"phone": typed})
            with self.subTest(typed):
                self.assertEqual(partner.phone_digits, digits)
