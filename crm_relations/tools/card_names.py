"""Who stands on a business card: the person, the title, the company."""

import re

from .card_words import (
    CHINESE,
    COMPANY_EN,
    COMPANY_MARK,
    COMPANY_ZH,
    DEGREES,
    DEPARTMENT_EN,
    DEPARTMENT_ZH,
    DOUBLE_NAMES,
    FAMILY_NAMES,
    SALUTATION,
    SALUTATION_ZH,
    TITLE_EN,
    TITLE_ZH,
)

NAME_EN = re.compile(
    r"[A-Z\u00c0-\u00de][\w'\u2019-]*\.?(?:\s+(?:[a-z]{2,3}\s+)?[A-Z\u00c0-\u00de][\w'\u2019-]*\.?){1,3}"
)
SPLIT = re.compile(r"\s+[|/\u00b7\u2022\u2013-]\s+|\s*[|\u2022]\s*|,\s+")
# A reader of pictures leaves out narrow gaps.
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
OTHER_SPELLING = re.compile(r"[A-Za-z .,'()-]*")
# With what a title begins that has its own word at the end: "Senior Software Engineer".
RANK_EN = re.compile(
    r"(?:Senior|Sr|Junior|Jr|Chief|Deputy|Associate|General|Regional|National|Global|"
    r"Executive|Managing|Technical|Product|Project|Program|Software|Account|Business|"
    r"Customer|Key Account|Human Resources|Quality|Operations|Field|Area|Branch)\b",
    re.IGNORECASE,
)
DIGIT = re.compile(r"\d")
LONGEST_TITLE = 60
LONG_HOST = 3
# With what a title, or the department in front of it, begins.
TITLE_START = re.compile(
    "总经|副总|总裁|副总裁|总监|董事|经理|副经理|主管|主任|销售|市场|业务|技术|工程|高级|首席|采购|"
    "区域|大区|执行|产品|项目|研发|财务|人事|人力|行政|客户|客服|营销|运营|法务|法定|创始|联合|"
    "合伙|顾问|助理|秘书|律师|会计|教授|副教授|厂长|部门|科长|处长|院长|店长|售后|售前|渠道|"
    "华东|华南|华北|国际|海外|外贸|品牌|质量|生产|物流|设计|服务|培训|投资|理财|资深|常务|總經|經理"
)
TITLE_SIGN = re.compile(
    "[总副董经主销市业技工高首采区执产项研财人行客营运法创联合顾助秘律会教厂部]"
)


def is_chinese(text):
    return bool(CHINESE.search(text))


def squeeze(text):
    """Return Chinese without gaps between its signs.

    >>> squeeze("张 伟 David"), squeeze("David Zhang")
    ('张伟 David', 'David Zhang')
    """
    return re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", text)


def is_company(text):
    """Return whether a line says how a company is called.

    >>> is_company("深圳市宏达电子有限公司"), is_company("Sales Manager")
    (True, False)
    """
    if is_chinese(text):
        text = squeeze(text)
        return len(text) > 3 and bool(COMPANY_ZH.search(text))
    return len(text) > 4 and bool(COMPANY_EN.search(text))


def may_be_company(text):
    return bool(COMPANY_MARK.search(text)) and not TITLE_EN.search(text)


def is_title(text):
    """Return whether a line says what a person does.

    >>> is_title("销售总监"), is_title("Sales Manager"), is_title("张伟")
    (True, True, False)
    """
    if len(text) > LONGEST_TITLE or re.search(r"\d{3}", text):
        return False
    return bool(TITLE_ZH.search(text) if is_chinese(text) else TITLE_EN.search(text))


def is_department(text):
    if is_chinese(text):
        return bool(DEPARTMENT_ZH.match(squeeze(text)))
    return bool(DEPARTMENT_EN.search(text)) and not TITLE_EN.search(text)


def read_person(text):
    """Return ``(name, title)`` of a line that begins with the name of a person, or
    None.

    >>> read_person("张伟销售总监"), read_person("欧阳 明先生")
    (('张伟', '销售总监'), ('欧阳明', ''))
    >>> read_person("John A. Smith, MBA | Sales Manager")
    ('John A. Smith', 'Sales Manager')
    >>> read_person("深圳市宏达") is None
    True
    """
    if is_chinese(text):
        return _read_chinese(squeeze(text))
    return _read_latin(text)


def _read_chinese(text):
    chinese = re.match(r"[\u3400-\u9fff]+", text)
    if not chinese:
        found = re.match(r"[A-Za-z .'-]+(?=[\u3400-\u9fff])", text)
        # "David 张伟": the Chinese name counts.
        return found and _read_chinese(text[found.end() :])
    word, rest = chinese[0], text[chinese.end() :].strip(" ,/|·()")
    title = rest if is_title(rest) else ""
    if not (title or OTHER_SPELLING.fullmatch(rest)):
        return None
    name = SALUTATION_ZH.sub("", word)
    if _is_chinese_name(name) and not is_title(word):
        return name, title
    return _split_title(word)


def _split_title(word):
    """Return the name that stands at one with a title. Words with which titles begin
    decide before single signs, the longer name before the shorter one."""
    if TITLE_START.match(word):
        return None
    for start in (TITLE_START, TITLE_SIGN):
        for length in (3, 2, 4):
            name, title = word[:length], word[length:]
            if start.match(title) and is_title(title) and _is_chinese_name(name):
                return name, title
    return None


def _is_chinese_name(word):
    if word[:2] in DOUBLE_NAMES:
        return 3 <= len(word) <= 4
    return 2 <= len(word) <= 3 and word[0] in FAMILY_NAMES


def _read_latin(text):
    first, *rest = [part for part in SPLIT.split(DEGREES.sub("", text)) if part] or [""]
    name = SALUTATION.sub("", first).strip(" .,")
    if " " not in name:
        name = CAMEL.sub(" ", name)
    if is_latin_name(name):
        return name, " ".join(filter(is_title, rest))
    return None if rest else _split_latin(name)


def is_latin_name(text):
    is_other = is_title(text) or is_company(text) or COMPANY_MARK.search(text)
    return bool(NAME_EN.fullmatch(text)) and not is_other and not DIGIT.search(text)


def _split_latin(text):
    """Return name and title that stand on one line with nothing but a gap between."""
    found = TITLE_EN.search(text)
    words = text[: found.start()].split() if found else []
    if len(words) < 2 or is_company(text) or RANK_EN.match(text):
        return None
    for count in (2, 3):
        name, title = " ".join(words[:count]), " ".join(words[count:])
        before = f"{title} {text[found.start() :]}".strip()
        if len(words) >= count and NAME_EN.fullmatch(name):
            return name, before
    return None


def matches_box(name, box):
    """Return whether the part of an e-mail before the @ is made from a Latin name.

    >>> matches_box("John Smith", "j.smith"), matches_box("John Smith", "info")
    (True, False)
    """
    words = [word.casefold() for word in re.findall(r"[^\W\d_]{2,}", name)]
    box = re.sub(r"[^a-z]", "", box.casefold())
    return any(word in box for word in words if len(word) > 2) or bool(
        words and box == "".join(word[0] for word in words)
    )


def get_host(address):
    """Return the name in a web page or e-mail, in small letters and digits.

    >>> get_host("https://www.blue-harbor.com/en"), get_host("li@acme.cn")
    ('blueharbor', 'acme')
    """
    host = re.sub(r"^(?:https?://)?(?:www\.)?", "", address.rpartition("@")[2])
    return _letters(host.partition(".")[0])


def is_named_by(text, hosts):
    """Return whether a line is the name, or holds it, that one of the hosts has."""
    letters = _letters(text)
    return any(
        letters == host or (len(host) > LONG_HOST and host in letters)
        for host in hosts
        if len(host) > 2
    )


def _letters(text):
    return re.sub(r"[^a-z0-9]", "", text.casefold())
