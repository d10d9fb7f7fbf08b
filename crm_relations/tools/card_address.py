"""Postal addresses as business cards print them, in Chinese and in Latin letters."""

import re

from .card_words import CHINESE
from .sentences import COMMA

PROVINCES = {
    **{name: f"{name}市" for name in ("北京", "上海", "天津", "重庆")},
    **{
        name: f"{name}省"
        for name in (
            "河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 "
            "河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海".split()
        )
    },
    "内蒙古": "内蒙古自治区",
    "广西": "广西壮族自治区",
    "西藏": "西藏自治区",
    "宁夏": "宁夏回族自治区",
    "新疆": "新疆维吾尔自治区",
}
# Regions that Odoo keeps as countries.
REGIONS = {"香港": "HK", "澳门": "MO", "澳門": "MO", "台湾": "TW", "台灣": "TW"}
MUNICIPALITIES = ("北京", "上海", "天津", "重庆")
# The large cities that cards name without their province.
CITIES = {
    city: province
    for province, cities in {
        "广东": "广州 深圳 东莞 佛山 珠海 惠州 中山 汕头 江门 湛江",
        "江苏": "南京 苏州 无锡 常州 南通 徐州 扬州 昆山 镇江 盐城 泰州",
        "浙江": "杭州 宁波 温州 嘉兴 绍兴 台州 金华 义乌 湖州",
        "山东": "济南 青岛 烟台 潍坊 威海 临沂 淄博",
        "福建": "福州 厦门 泉州 漳州",
        "四川": "成都 绵阳",
        "湖北": "武汉 宜昌 襄阳",
        "湖南": "长沙 株洲",
        "河南": "郑州 洛阳",
        "河北": "石家庄 唐山 保定",
        "辽宁": "沈阳 大连",
        "吉林": "长春",
        "黑龙江": "哈尔滨",
        "安徽": "合肥 芜湖",
        "江西": "南昌",
        "陕西": "西安",
        "山西": "太原",
        "云南": "昆明",
        "贵州": "贵阳",
        "广西": "南宁 桂林 柳州",
        "海南": "海口 三亚",
        "甘肃": "兰州",
        "内蒙古": "呼和浩特 包头",
        "新疆": "乌鲁木齐",
    }.items()
    for city in cities.split()
}
PROVINCES_EN = (
    "Guangdong|Jiangsu|Zhejiang|Shandong|Fujian|Sichuan|Hubei|Hunan|Henan|Hebei|Liaoning|"
    "Jilin|Heilongjiang|Anhui|Jiangxi|Shaanxi|Shanxi|Yunnan|Guizhou|Hainan|Gansu|Qinghai|"
    "Guangxi|Inner Mongolia|Xinjiang|Ningxia|Tibet"
)
COUNTRIES = {
    "china": "CN",
    "p.r. china": "CN",
    "p.r.china": "CN",
    "pr china": "CN",
    "prc": "CN",
    "usa": "US",
    "u.s.a": "US",
    "united states": "US",
    "united states of america": "US",
    "uk": "GB",
    "united kingdom": "GB",
    "england": "GB",
    "germany": "DE",
    "deutschland": "DE",
    "france": "FR",
    "italy": "IT",
    "spain": "ES",
    "netherlands": "NL",
    "the netherlands": "NL",
    "switzerland": "CH",
    "austria": "AT",
    "belgium": "BE",
    "poland": "PL",
    "sweden": "SE",
    "denmark": "DK",
    "japan": "JP",
    "korea": "KR",
    "singapore": "SG",
    "malaysia": "MY",
    "thailand": "TH",
    "vietnam": "VN",
    "india": "IN",
    "australia": "AU",
    "canada": "CA",
    "ireland": "IE",
    "new zealand": "NZ",
    "brazil": "BR",
    "mexico": "MX",
    "portugal": "PT",
    "czech republic": "CZ",
    "hungary": "HU",
    "turkey": "TR",
    "indonesia": "ID",
    "philippines": "PH",
    "macau": "MO",
    "hong kong": "HK",
    "taiwan": "TW",
}
LABEL = re.compile(
    r"^\W*(?:(?:公司|办公|联系|通讯|工厂|详细)?地址|地\s?址|地点|总部|Address|Addr?|Adresse|A)"
    r"(?:\s*[:.|]\s*|\s+(?=\S)|(?=[\u3400-\u9fff]))",
    re.IGNORECASE,
)
MARKS_ZH = re.compile(
    r"省|市|[^小]区|县|镇|乡|村|路|街|大道|道|巷|弄|\d号|号|栋|幢|座|楼|层|室|单元|大厦|广场|"
    r"工业园|科技园|产业园|开发区|园区|中心"
)
END_ZH = re.compile(
    r"(?:[\d一二三四五六七八九十A-Za-z]+(?:号|栋|幢|座|楼|层|室|单元|F)|大厦|广场|园)"
)
MARKS_EN = re.compile(
    r"\b(?:Street|St|Road|Rd|Avenue|Ave|Boulevard|Blvd|Lane|Ln|Drive|Dr|Way|Square|"
    r"Highway|Hwy|Suite|Ste|Floor|Fl|Building|Bldg|Block|Room|Rm|Unit|District|Dist|"
    r"Park|Plaza|Tower|Centre|Center|P\.?O\.? Box|Court|Place|Quay|Town|Province)\b\.?"
    r"|(?:stra(?:ss|\u00df)e|platz|weg|allee|gasse|straat)\b|str\.|\b(?:Rue|Via|Calle|Viale)\b",
    re.IGNORECASE,
)
ZIP_UK = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b")
ZIP_CANADA = re.compile(r"\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b")
# Never of the first part: "1200 NE Main St" is a house.
ZIP_DUTCH = re.compile(r"\b\d{4}\s?[A-Z]{2}(?=\s+[A-Z][a-z])")
ZIP_EN = re.compile(r"(?<![\d-])(?:[A-Z]{1,2}-)?(\d{4,6}(?:-\d{3,4})?)(?![\d-])")
ZIP_ZH = re.compile(r"\(?(?:邮编:?)?(?<!\d)(\d{6})(?!\d)\)?")
CITY_ZH = re.compile(
    r"[\u3400-\u9fff]{1,6}?(?:市|地区|盟)|[\u3400-\u9fff]{1,12}?自治州"
)
# What registers put where a county has no city above it.
NO_CITY = re.compile(r"^(?:省|自治区)?直辖县级行政(?:区划|单位)[\s·,]*")
PARTS = re.compile(r"[,;\n]|(?<=\d)\.\s")
PROVINCE_EN = re.compile(rf"\b({PROVINCES_EN})\b(?: Province)?", re.I)
STATE_END = re.compile(r"(?:^|\s)([A-Z]{2,3})$")
COUNTRY_END = re.compile(
    r"\s(" + "|".join(re.escape(name) for name in COUNTRIES if len(name) > 2) + ")$",
    re.I,
)


def strip_label(text):
    """Return the text without the word that says it is an address, and whether there
    was one.

    >>> strip_label("地址:深圳市"), strip_label("Austin")
    (('深圳市', True), ('Austin', False))
    """
    rest = LABEL.sub("", text, count=1)
    return (rest, True) if rest != text and rest else (text, False)


def is_address(text):
    """Return whether a line is, or begins, an address.

    >>> is_address("南山区科技园南路12号"), is_address("12 High Street, London")
    (True, True)
    """
    if CHINESE.search(text):
        marks = MARKS_ZH.findall(text)
        return (
            len(text) >= 6
            and len(marks) >= 2
            and bool(re.search(r"\d|路|街|道|市", text))
        )
    has_mark = bool(MARKS_EN.search(text))
    has_zip = bool(ZIP_UK.search(text) or ZIP_EN.search(text))
    return (has_mark and bool(re.search(r"\d|,", text))) or _is_town(text, has_zip)


def _is_town(text, has_zip):
    return has_zip and bool(re.search(r"[A-Za-z]{3}", text)) and len(text) < 80


def may_go_on(text):
    """Return whether a line may be the rest of an address on the line before."""
    if CHINESE.search(text):
        return bool(END_ZH.search(text)) or bool(
            re.fullmatch(r"\(?邮编:?\d{6}\)?", text)
        )
    has_country = text.strip(" .").casefold() in COUNTRIES
    return has_country or is_address(text) or "," in text


def parse(text):
    """Return ``{"street", "city", "zip", "state", "country"}`` of an address; the
    country as its code. What is not there is empty.

    >>> parse("广东省深圳市南山区科技园南路12号 518057")["street"]
    '南山区科技园南路12号'
    >>> parse("1200 Main St, Austin, TX 78701, USA")["city"]
    'Austin'
    """
    text = " ".join(text.split()).strip(" ,;")
    return _parse_zh(text) if CHINESE.search(text) else _parse_en(text)


def _parse_zh(text):
    code, text = _take_zip_zh(text)
    text = re.sub(r"^中国[\s·,]*", "", _squeeze(text))
    if region := next(filter(text.startswith, REGIONS), ""):
        return _parse_region(region, code, text)
    state = next((name for name in PROVINCES if text.startswith(name)), "")
    if state:
        text = re.sub(rf"^{state}(?:[^市区县]{{0,5}}自治区|省)?[\s·,]*", "", text)
    text = NO_CITY.sub("", text)
    city, street = _take_city_zh(state, text)
    state = state or CITIES.get(city.removesuffix("市"), "")
    return {
        "street": street.strip(" ,·"),
        "city": city,
        "zip": code,
        "state": PROVINCES.get(state, ""),
        "country": "CN" if state or city else "",
    }


def _parse_region(region, code, text):
    text = re.sub(rf"^{region}(?:特别行政区|特別行政區|省)?[\s·,]*", "", text)
    place = CITY_ZH.match(text) if region.startswith("台") else None
    city = place[0] if place else "" if region.startswith("台") else region
    street = text[place.end() :] if place else text
    return {
        "street": street.strip(" ,·"),
        "city": city,
        "zip": code,
        "state": "",
        "country": REGIONS[region],
    }


def _take_zip_zh(text):
    found = ZIP_ZH.search(text)
    if not found:
        return "", text
    return found[1], f"{text[: found.start()]} {text[found.end() :]}"


def _take_city_zh(state, text):
    if state in MUNICIPALITIES:
        return f"{state}市", re.sub(rf"^市?(?:{state}市)?", "", text)
    if place := CITY_ZH.match(text):
        return place[0], text[place.end() :]
    if place := next((name for name in CITIES if text.startswith(name)), ""):
        return f"{place}市", text[len(place) :]
    return "", text


def _squeeze(text):
    """Return Chinese without the gaps that a reader of pictures puts between signs."""
    return re.sub(r"(?<=[\u3400-\u9fff\d])\s+(?=[\u3400-\u9fff\d])", "", text)


def _parse_en(text):
    parts = list(filter(None, (part.strip(" .") for part in PARTS.split(text))))
    country = _take_country(parts)
    code, place = _take_zip(parts)
    state = _take_state(parts, place)
    beside = place.replace(state, "").strip() if state else place
    return {
        "city": beside or _take_city_en(parts, is_whole=bool(code or country)),
        "street": COMMA.join(parts),
        "zip": code,
        "state": state,
        "country": country or ("CN" if PROVINCE_EN.fullmatch(state) else ""),
    }


def _take_city_en(parts, is_whole):
    """Take the last part as the city where more than a street is told."""
    return parts.pop() if is_whole and len(parts) > 1 else ""


def _take_country(parts):
    last = parts[-1] if parts else ""
    if last.casefold() in COUNTRIES:
        return COUNTRIES[parts.pop().casefold()]
    if found := COUNTRY_END.search(last):
        parts[-1] = last[: found.start()].strip()
        return COUNTRIES[found[1].casefold()]
    return ""


def _take_zip(parts):
    """Take the postcode out of the last part that has one; return it, and what stands
    beside it. Never out of the first part: that is the number of a house."""
    for number in range(len(parts) - 1, max(len(parts) - 4, -1), -1):
        part = parts[number]
        found = ZIP_UK.search(part) or ZIP_CANADA.search(part)
        if not found and number:
            found = ZIP_DUTCH.search(part) or ZIP_EN.search(part)
        if found:
            del parts[number]
            place = f"{part[: found.start()]} {part[found.end() :]}"
            return found[found.re.groups], " ".join(place.split())
    return "", ""


def _take_state(parts, place):
    if found := PROVINCE_EN.search(place) or STATE_END.search(place):
        return found[1]
    if not place and parts and PROVINCE_EN.fullmatch(parts[-1]):
        return parts.pop()
    return ""
