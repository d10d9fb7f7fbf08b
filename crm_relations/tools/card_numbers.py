"""Numbers and addresses of the net on a line of a business card, by their labels."""

import re
from typing import NamedTuple

import phonenumbers

from .phone_numbers import unwrap

MOST_DIGITS, LEAST_DIGITS, LONGEST_EXTENSION = 15, 7, 6


class Hit(NamedTuple):
    """Something that was found on a line, and what it is."""

    kind: str  # email, website, mobile, phone, fax, zip, or the name of a chat
    text: str


EMAIL = re.compile(
    r"[A-Za-z0-9][\w.+-]{0,63}\s?@\s?[A-Za-z0-9-]{1,63}(?:\s?\.\s?[A-Za-z0-9-]{1,63}){1,4}",
    re.ASCII,
)
URL = re.compile(
    r"(?:https?\s?:\s?/\s?/\s?|\bwww\s?[.,]\s?)[\w./?=&%#~-]+(?<![./])", re.I | re.ASCII
)
DOMAIN = re.compile(
    r"(?<![@\w.-])(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,3}"
    r"(?:com|cn|net|org|de|eu|io|co|info|biz|uk|us|fr|it|es|at|ch|nl|hk|tw|sg|jp|example)"
    r"(?:\.(?:cn|hk|tw|uk|au|jp))?(?:/[\w./-]*)?(?![\w@.-])",
    re.I | re.ASCII,
)
EMAIL_LABEL = r"(?:电子)?(?:邮箱|邮件|信箱)|电邮|E-?\s?mail|Mail|E"
URL_LABEL = r"网址|网站|主页|官网|網址|Web\s?site|Website|Web|Homepage|URL|Http|W"
LABELS = {
    # Two names for one number first: it can be called.
    "phone": (
        r"(?:电话|Tel|Phone)\.?\s?(?:/|&|及|\(?)\s?(?:传真|Fax)\)?|Telephone|Telefon|"
        r"(?:办公|公司|联系|固定)?(?:电话|電話)|Tel|Phone|座机|总机|直线|直拨|"
        r"(?:服务|全国|客服|销售|咨询)?热线|Office|Direct|Hotline|Zentrale"
    ),
    "fax": r"传真|傳真|Telefax|Fax",
    "mobile": (
        r"手机号?码?|手機|携帯(?:電話)?|移动电话|移動電話|行动电话|移动|Mobile(?:\s?Phone)?|"
        r"Cell(?:ular)?(?:\s?Phone)?|Mobil|Mob|Handy|H/?P"
    ),
    "zip": (
        r"邮政编码|邮编|郵編|郵遞區號|Postal\s?Code|Post\s?code|P\.\s?C|Zip(?:\s?Code)?"
    ),
    "WeChat": r"微信号?|We\s?Chat(?:\s?ID)?|Wechat",
    "QQ": r"Q\s?Q号?",
    "Skype": r"Skype",
    "WhatsApp": r"Whats\s?App",
    "DingTalk": r"钉钉|DingTalk",
    # Numbers that nobody calls.
    "other": (
        r"税号|纳税人识别号|[账帐]号|开户行|统一社会信用代码|注册号|许可证号?|工号|"
        r"VAT(?:\s?(?:No|ID|Reg))?|Tax(?:\s?(?:No|ID))?|USt-?Id(?:-?Nr)?|HRB|IBAN|"
        r"Account(?:\s?No)?|Licen[cs]e(?:\s?No)?|Reg\.?\s?No"
    ),
}
LETTERS = {
    "t": "phone",
    "p": "phone",
    "d": "phone",
    "f": "fax",
    "m": "mobile",
    "c": "mobile",
}
CHATS = ("WeChat", "QQ", "Skype", "WhatsApp", "DingTalk")
ACCOUNTS = (*CHATS, "other")
CALLED = ("phone", "mobile")
LABEL = re.compile(
    "|".join(
        [
            *(
                f"(?P<{kind}>(?<![A-Za-z])(?:{words})(?![a-z]))"
                for kind, words in LABELS.items()
            ),
            # A single letter only before a number.
            r"(?P<letter>(?<![A-Za-z])[TPDFMC])(?=\s?[:.|]|\s?[+(]|\s\d)",
        ]
    ),
    re.IGNORECASE,
)
MOBILE_CN = r"(?:(?:\+|00)?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)"
EXTENSION = r"(?:\s?(?:转|轉|分机|ext\.?|x)\s?:?\s?\d{1,6})?"
NUMBER = re.compile(
    rf"(?<![\w@.])(?:{MOBILE_CN}|\+?\s?\(?\d(?:[\d\s().\u2013-]|\)\s?){{5,24}}\d{EXTENSION})"
    r"(?![A-Z]{1,3}\d|\d)",
    re.ASCII,
)
ZIP = re.compile(r"(?<![\dA-Za-z])\d{5,6}(?![\dA-Za-z])", re.ASCII)
ACCOUNT = re.compile(r"\+?[A-Za-z0-9][\w.-]{2,40}", re.ASCII)
JOINED = re.compile(r"\s*[/&+()及]?\s*")
# Behind the name of a number that nobody calls; "Account Executive" is none.
NUMBERED = re.compile(r"[^\w]*(?:No\.?)?[^\w]*[A-Z]{0,2}\d{2}")
BETWEEN = re.compile(r"^\W*(?:No\.?|Nr\.?|号码|号|ID)?\W*", re.I)


def take_net(text):
    """Return the e-mails and web pages on a line, and the line without them.

    >>> take_net("E-mail: li @ acme.cn")
    ([Hit(kind='email', text='li@acme.cn')], '')
    """
    hits = []

    def keep(kind):
        def put(found):
            hits.append(Hit(kind, "".join(found[0].split())))
            return " "

        return put

    text = EMAIL.sub(keep("email"), text)
    text = URL.sub(keep("website"), text)
    text = DOMAIN.sub(keep("website"), text)
    if hits:
        for label in (EMAIL_LABEL, URL_LABEL):
            text = re.sub(
                rf"(?<![A-Za-z])(?:{label})\s*[:.]*(?=\s|$|\W)", " ", text, flags=re.I
            )
    return hits, text.strip(" :|/,;")


def take_numbers(text, region):
    """Return the numbers on a line, each as what its label says, and the line without
    them and their labels.

    :param region: code of the country whose numbers are written without its code

    >>> take_numbers("电话:0755-26881128 传真:0755-26881129", "CN")[0]
    [Hit(kind='phone', text='0755-26881128'), Hit(kind='fax', text='0755-26881129')]
    """
    line = _Line(text, region)
    while found := _next(text, line.end):
        if found.re is LABEL:
            line.take_label(found)
        else:
            line.take_number(found)
    line.rest.append(text[line.end :])
    return line.hits, " ".join("".join(line.rest).split()).strip(" :|/,;")


class _Line:
    """A line that is read from left to right, and the label that was read last."""

    def __init__(self, text, region):
        self.text = text
        self.region = region
        self.hits, self.rest = [], []
        self.end = 0
        self.kind = None
        self.is_labelled = False  # the label stands right before

    def take_label(self, found):
        before = self.text[self.end : found.start()]
        if found.lastgroup == "other" and not NUMBERED.match(self.text, found.end()):
            self.rest.append(before + found[0])
            self.end = found.end()
            return
        # "Tel/Fax:", "手机/微信:": what can be called counts.
        is_second = self.is_labelled and JOINED.fullmatch(before)
        if not (is_second and self.kind in CALLED):
            self.kind = _get_label_kind(found)
        self.rest.append(before)
        self.end, self.is_labelled = found.end(), True
        if self.kind in ACCOUNTS:
            self._take_account()

    def _take_account(self):
        gap = BETWEEN.match(self.text[self.end :]).end()
        if found := ACCOUNT.match(self.text, self.end + gap):
            self.hits.append(Hit(self.kind, found[0]))
            self.end, self.kind = found.end(), None

    def take_number(self, found):
        before = self.text[self.end : found.start()]
        hit = _judge(self.kind, found[0].strip(" -."), self.region)
        if hit:
            self.hits.append(hit)
        self.rest.append(before if hit else before + found[0])
        self.end, self.is_labelled = found.end(), False


def _next(text, start):
    found = [one for one in (LABEL.search(text, start), _number(text, start)) if one]
    return min(found, key=lambda one: one.start(), default=None)


def _number(text, start):
    """Return the next number; a postcode only right behind its label."""
    number, code = NUMBER.search(text, start), ZIP.search(text, start)
    if number and code and number.start() < code.start():
        return number
    is_behind = code and start and not text[start : code.start()].strip(" :.")
    return code if is_behind else number


def _get_label_kind(found):
    if found.lastgroup == "letter":
        return LETTERS[found[0].lower()]
    return found.lastgroup


def _judge(kind, number, region):
    """Return what a number is, None where it is none to call."""
    if kind in ("zip", "other"):
        return Hit(kind, number)
    digits = re.sub(r"\D", "", number, flags=re.ASCII)
    if not LEAST_DIGITS <= len(digits) <= MOST_DIGITS + LONGEST_EXTENSION:
        return None
    number = " ".join(number.split())
    if kind in (None, "phone"):
        kind = _get_phone_kind(kind, _parse(number, region))
    return Hit(kind, number) if kind else None


def _get_phone_kind(kind, parsed):
    """Return "mobile" or "phone"; None for what has no label and cannot be called."""
    if not parsed:
        return kind
    if _is_mobile(parsed):
        return "mobile"
    return "phone" if kind or phonenumbers.is_valid_number(parsed) else None


def _parse(number, region):
    try:
        return phonenumbers.parse(unwrap(number), region)
    except phonenumbers.NumberParseException:
        return None


def _is_mobile(parsed):
    return phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.MOBILE
