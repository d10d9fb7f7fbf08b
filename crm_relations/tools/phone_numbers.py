"""Telephone numbers as people and exchanges write them."""

import re
import unicodedata

import phonenumbers

SHORTEST = 3
LONGEST = 15  # E.164
TAIL = 7  # fewer digits than those of a local number say nothing
SPELLING = re.compile(r"\+?[\d\s().\-/]+", re.ASCII)
WRAPPING = re.compile(r"^(?:sips?|tel):|[@;].*$", re.IGNORECASE)
# Of a switchboard's number: "ext. 12", "转801", ",,12", "#12".
EXTENSION = re.compile(
    r"[\s,;]*(?:extension|ext\.?|x|转|轉|分机|分機|内线|內線|内線|доб\.?|,|#)[\s:：]*"
    r"\d{1,7}$",
    re.IGNORECASE,
)
# "-801" may as well be the end of the number: only where the rest is a whole one.
DASHED_EXTENSION = re.compile(r"\s*-\s*\d{1,6}$")
# So may " 801", "(801)"; and what follows on other signs is none of it: "p801", "到13".
# But in "138****5678" nobody knows what stands before.
RUN = re.compile(r"(?<![A-Za-z\d])\+?\d[\d\s().\-/]*\d", re.ASCII)
SPACED_EXTENSION = re.compile(r"[\s(]+\d{1,6}$")
MASKED = "**"
# Whose it is, or what for: "13800138000 (王经理)", "03-1234-5678(代)".
REMARK = re.compile(r"\s*\([^()]*[^\W\d_][^()]*\)$")
# What a spreadsheet makes of a number.
DECIMAL = re.compile(r"(?<=\d)\.0$")
# China's code with one zero before it; elsewhere 086 may be an area.
ZERO_CODE = re.compile(r"^086[\s\-]*(?=1\d{10}$)")
# A code that the form had put there already.
CODE_TWICE = re.compile(r"^(\+\d{1,3})\s*(?=\1)")
# Between several numbers in one field.
BETWEEN = re.compile(r"[/、;,|]")
FIXED = (
    phonenumbers.PhoneNumberType.FIXED_LINE,
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
)
MOBILE = phonenumbers.PhoneNumberType.MOBILE
TRUNK = "0"
# Mobile numbers with and without the digit that callers from abroad, or the plans of
# former years, put in or leave out: Argentina's 9, Mexico's 1, Brazil's 9.
MOBILE_SPELLINGS = (
    (re.compile(r"549(\d{10})"), r"54\1"),
    (re.compile(r"54(\d{10})"), r"549\1"),
    (re.compile(r"521(\d{10})"), r"52\1"),
    (re.compile(r"52(\d{10})"), r"521\1"),
    (re.compile(r"55(\d\d)9(\d{8})"), r"55\1\2"),
    (re.compile(r"55(\d\d)([6-9]\d{7})"), r"55\g<1>9\2"),
)


def unwrap(number):
    """Return a number without what an exchange puts around it, nor an extension.

    >>> unwrap("sip:+8613800138000@10.0.0.1"), unwrap("(0755) 2688 1128 分机 12")
    ('+8613800138000', '(0755) 2688 1128')
    """
    text = unicodedata.normalize("NFKC", str(number or "")).strip()
    text = REMARK.sub("", WRAPPING.sub("", text).strip())
    text = EXTENSION.sub("", DECIMAL.sub("", CODE_TWICE.sub("", text)))
    return ZERO_CODE.sub("+86", text)


def get_spellings(number):
    """Return what to try to place, one after the other: the number without extension,
    without what may be one, the first of several, and what stands before other words.

    >>> get_spellings("010-88881113-801")
    ['010-88881113-801', '010-88881113']
    >>> get_spellings("13800138000 / 13900139000")
    ['13800138000 / 13900139000', '13800138000']
    >>> get_spellings("010-88881111到13")
    ['010-88881111到13', '010-88881111']
    """
    text = unwrap(number)
    first = BETWEEN.split(text)[0].strip()
    if first == text and sum(map(str.isdigit, text)) > LONGEST:
        first = text.split()[0]
    spellings = [text, DASHED_EXTENSION.sub("", text), first]
    if MASKED not in text and (run := RUN.search(text)):
        spellings += [run[0], SPACED_EXTENSION.sub("", run[0])]
    return list(dict.fromkeys(spellings))


def get_dialled(number, region):
    """Return what to place a number as, one after the other, in this country.

    Exchanges and messengers leave out the plus: in Germany 4915123456789 is no number
    of the area 04915. And people write 00 where the country itself dials another code.

    >>> get_dialled("4915123456789", "DE"), get_dialled("0065 6123 4567", "SG")
    (['+4915123456789', '4915123456789'], ['0065 6123 4567', '+65 6123 4567'])
    >>> get_dialled("4941 123456", "DE"), get_dialled("46 8 12 34 56", "SE")
    (['4941 123456'], ['+46 8 12 34 56', '46 8 12 34 56'])
    """
    text = number.strip()
    if text.startswith("00"):
        return [number, f"+{text[2:]}"]
    return [f"+{text}", number] if _lacks_plus(text, region) else [number]


def _lacks_plus(text, region):
    """Return whether a number begins with the code of its own country, though a caller
    at home would begin with a zero: for certain where the rest is a mobile number, or
    stands apart from the code."""
    code = str(phonenumbers.country_code_for_region(region or ""))
    own = re.match(rf"\(?{code}\)?([\s.\-/]?)[1-9(]", text)
    if not own or phonenumbers.ndd_prefix_for_region(region, False) != TRUNK:
        return False
    kind = phonenumbers.number_type(_parse(f"+{text}"))
    return kind == MOBILE or bool(own[1]) and kind in FIXED


def _parse(number):
    try:
        return phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return phonenumbers.PhoneNumber()


def digits_of(number):
    """Return the digits of a number, or "" where it is not spelt as one.

    >>> digits_of("(010) 8888-9999"), digits_of("anonymous"), digits_of("12")
    ('01088889999', '', '')
    """
    digits = re.sub(r"\D", "", number, flags=re.ASCII)
    spelt = SPELLING.fullmatch(number)
    return digits if spelt and SHORTEST <= len(digits) <= LONGEST else ""


def without_zeros(digits):
    """Return digits without the zeros of area and country codes before them."""
    return digits.lstrip("0")


def get_variants(digits):
    """Return all spellings of one number in international digits, itself first.

    >>> get_variants("5491123456789")
    ['5491123456789', '541123456789']
    """
    others = (
        pattern.sub(other, digits)
        for pattern, other in MOBILE_SPELLINGS
        if pattern.fullmatch(digits)
    )
    return [digits, *others]


def complete(digits, home):
    """Return a number dialled without its area, in E.164; "" where it can be none.

    :param digits: as a caller in the area of ``home`` shows it
    :param home: number of the company, in E.164 or empty

    >>> complete("88889999", "+861065529988"), complete("95588", "+861065529988")
    ('+861088889999', '')
    """
    area = _get_area(home)
    if not area or len(digits) < TAIL or digits.startswith("0"):
        return ""
    country = phonenumbers.parse(home).country_code
    number = phonenumbers.parse(f"+{country}{area}{digits}")
    fixed = phonenumbers.number_type(number) in FIXED
    return f"+{country}{area}{digits}" if fixed and _get_area_of(number) == area else ""


def get_local_forms(number, home, country_code):
    """Return the digits, without zeros before them, as which a number in E.164 may have
    been written down by a company at home.

    With country code, without it, and without the area as well where it can be dialled
    so short: a fixed line of the same area, or of the same country where nobody knows
    the area of the company. Never a mobile or a foreign number.

    :param home: number of the company, in E.164 or empty
    :param country_code: of the company, such as "CN"

    >>> sorted(get_local_forms("+861088889999", "+861065529988", "CN"))
    ['1088889999', '861088889999', '88889999']
    >>> sorted(get_local_forms("+862188889999", "+861065529988", "CN"))
    ['2188889999', '862188889999']
    """
    parsed = phonenumbers.parse(number)
    national = phonenumbers.national_significant_number(parsed)
    forms = {*get_variants(number.lstrip("+")), national}
    area = _get_area_of(parsed)
    same = phonenumbers.region_code_for_number(parsed) == country_code
    if home:
        same = same and _get_area(home) == area
    if same and phonenumbers.number_type(parsed) in FIXED:
        forms.add(national[len(area) :])
    return {without_zeros(form) for form in forms if len(form) >= SHORTEST}


def _get_area(number):
    return _get_area_of(phonenumbers.parse(number)) if number else ""


def _get_area_of(parsed):
    length = phonenumbers.length_of_geographical_area_code(parsed)
    return phonenumbers.national_significant_number(parsed)[:length]
