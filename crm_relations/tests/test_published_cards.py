"""Cards and addresses that others have published, with what stands on them.

Sources: the business card challenge of Asymmetrik; READMEs and tests of smartParsePro,
smart-address-parse, zh-address-parse and smart-parse-address; test cases of
OpenCageData/address-formatting. Facts only.
"""

from odoo.tests import BaseCase, tagged

from ..tools import card_address, card_text
from .common.cards import lay_out

CARDS = (
    (
        ("ASYMMETRIK LTD", "Mike Smith", "Senior Software Engineer", "(410)555-1234"),
        {"name": "Mike Smith", "phone": "(410)555-1234", "company": "ASYMMETRIK LTD"},
    ),
    (
        (
            *("Foobar Technologies", "Analytic Developer", "Lisa Haung"),
            *("1234 Sentry Road", "Columbia, MD 12345", "Phone: 410-555-1234"),
            *("Fax: 410-555-4321", "lisa.haung@foobartech.com"),
        ),
        {
            **{"name": "Lisa Haung", "phone": "410-555-1234", "fax": "410-555-4321"},
            **{"email": "lisa.haung@foobartech.com", "function": "Analytic Developer"},
            **{"company": "Foobar Technologies"},
        },
    ),
    (
        (
            *("Arthur Wilson", "Software Engineer", "Decision & Security Technologies"),
            *("ABC Technologies", "123 North 11th Street", "Suite 229"),
            *("Arlington, VA 22209", "Tel: +1 (703) 555-1259"),
            *("Fax: +1 (703) 555-1200", "awilson@abctech.com"),
        ),
        {
            **{"name": "Arthur Wilson", "phone": "+1 (703) 555-1259"},
            **{"email": "awilson@abctech.com", "company": "ABC Technologies"},
            "address": "123 North 11th Street, Suite 229, Arlington, VA 22209",
        },
    ),
    (
        ("Ann Lee", "Acme Corp.", "O: 408.555.0100 x221", "C: 408.555.0101"),
        {"phone": "408.555.0100 x221", "mobile": "408.555.0101"},
    ),
    # Branches of banks, and a company that begins with its form.
    (
        ("王 芳", "客户经理", "招商银行股份有限公司深圳分行", "Mob: 186 8888 0000"),
        {"name": "王芳", "company": "招商银行股份有限公司深圳分行"},
    ),
    (
        ("株式会社サンプル", "TEL 03-1234-5678", "携帯 090-1234-5678"),
        {"company": "株式会社サンプル", "mobile": "090-1234-5678"},
    ),
)
# Text; state, city, street, postcode, country.
ADDRESSES = (
    (
        "广东省珠海市香洲区盘山路28号幸福茶庄",
        ("广东省", "珠海市", "香洲区盘山路28号幸福茶庄", "", "CN"),
    ),
    (
        "陕西省西安市雁塔区丈八沟街道高新四路高新大都荟710061",
        ("陕西省", "西安市", "雁塔区丈八沟街道高新四路高新大都荟", "710061", "CN"),
    ),
    ("北京市朝阳区姚家园3楼", ("北京市", "北京市", "朝阳区姚家园3楼", "", "CN")),
    (
        "河南省省直辖县级行政区划济源市沁园路丹尼斯",
        ("河南省", "济源市", "沁园路丹尼斯", "", "CN"),
    ),
    (
        "湖北省恩施土家族苗族自治州恩施市航空路1号",
        ("湖北省", "恩施土家族苗族自治州", "恩施市航空路1号", "", "CN"),
    ),
    (
        "新疆乌鲁木齐天山区解放南路1号",
        ("新疆维吾尔自治区", "乌鲁木齐市", "天山区解放南路1号", "", "CN"),
    ),
    ("香港九龙尖沙咀弥敦道1号", ("", "香港", "九龙尖沙咀弥敦道1号", "", "HK")),
    (
        "301 Hamilton Avenue, Palo Alto, CA 94303, United States of America",
        ("CA", "Palo Alto", "301 Hamilton Avenue", "94303", "US"),
    ),
    (
        "Herengracht 573, 1017 CD Amsterdam, The Netherlands",
        ("", "Amsterdam", "Herengracht 573", "1017 CD", "NL"),
    ),
    (
        "111 Wellington St, Ottawa, ON K1A 0A9, Canada",
        ("ON", "Ottawa", "111 Wellington St", "K1A 0A9", "CA"),
    ),
    (
        "Level 5, 100 Collins St, Melbourne VIC 3000, Australia",
        ("VIC", "Melbourne", "Level 5, 100 Collins St", "3000", "AU"),
    ),
    (
        "Rua Rio de Janeiro 1, Belo Horizonte, 30170-011, Brazil",
        ("", "Belo Horizonte", "Rua Rio de Janeiro 1", "30170-011", "BR"),
    ),
    (
        "1200 NE Main St, Portland, OR 97201",
        ("OR", "Portland", "1200 NE Main St", "97201", ""),
    ),
    (
        "Clerkenwell Road 82, London EC1M 5RF, UK",
        ("", "London", "Clerkenwell Road 82", "EC1M 5RF", "GB"),
    ),
)


@tagged("post_install", "-at_install")
class TestPublishedCards(BaseCase):
    def test_cards(self):
        for texts, wanted in CARDS:
            with self.subTest(texts[0]):
                found = card_text.read(lay_out(*texts), "US").fields
                told = {name: found[name].text for name in wanted if name in found}
                self.assertEqual(told, wanted)

    def test_addresses(self):
        for text, wanted in ADDRESSES:
            with self.subTest(text):
                found = card_address.parse(text)
                names = ("state", "city", "street", "zip", "country")
                self.assertEqual(tuple(found[name] for name in names), wanted)
