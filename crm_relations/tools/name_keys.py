"""By what names of customers are compared: what they say, and how they sound.

Legal forms, spaces, punctuation, accents and full-width letters say nothing of who it
is. How a Chinese name sounds is its pinyin; a word of trade in English sounds like the
Chinese one that it stands for: so "Wang Fang Trading Co., Ltd." is 王芳贸易有限公司.
"""

import re
import unicodedata

from .legal_forms import IN_TEXT, WORD, simplify, take_off
from .name_words import PLACES, SHARED, SOUND_OF_TRADE

LONGEST = 80  # of a key: what comes after it tells no two customers apart
# A person of an address book; a company has its form behind the comma.
LAST_FIRST = re.compile(
    r"([^\W\d_][\w'’-]*)\s*,\s*([^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*)?)"
)
# What a tax ID is of: "税号: ", "USt-IdNr.: "; in Switzerland and Norway behind it.
LABEL = re.compile(r"^[^\d:]*:|^[^\x00-\x7f]+\s*(?=\d)")
TAX_AFTER = re.compile(r"(?<=\d)\s*(?:MWST|TVA|IVA|TPV|MVA)\.?\s*$")
# Too short to be alike, only the same is: letters of a sound, characters of a person.
SHORTEST_ALIKE = 6
LONGEST_PERSON = 3

HAN = re.compile(r"([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+)")
FILLERS = frozenset(("the", "and", "und", "et", "y", "e", "of"))
# 深圳市 is 深圳, 广东省 is 广东.
PLACE = re.compile(f"({'|'.join(filter(HAN.fullmatch, PLACES))})[省市]")
# What is written in Chinese has no spaces between its words.
SHARED_HAN = re.compile("|".join(sorted(filter(HAN.fullmatch, SHARED), key=len)[::-1]))


def get_name_key(name):
    """Return what a name says without its legal form, in one word.

    >>> get_name_key("王芳贸易有限公司"), get_name_key("ＡＢＣ　Trading Co., Ltd.")
    ('王芳贸易', 'abctrading')
    >>> get_name_key("Müller & Söhne GmbH & Co. KG"), get_name_key("Limited")
    ('mullersohne', 'limited')
    """
    return "".join(_get_words(name))[:LONGEST]


def get_sound(name):
    """Return how a name sounds, whatever it is written in.

    >>> get_sound("王方贸易有限公司"), get_sound("Wang Fang Trading")
    ('wangfangmaoyi', 'wangfangmaoyi')
    """
    return "".join(map(_get_word_sound, _get_words(name)))[:LONGEST]


def get_core(name):
    """Return how that part of a name sounds that is its own: without place and trade,
    which many share; all of it where nothing else is left.

    >>> get_core("北京王芳贸易有限公司"), get_core("Wang Fang Foods")
    ('wangfang', 'wangfang')
    >>> get_core("上海贸易")
    'shanghaimaoyi'
    """
    own = (word for word in _get_words(name) if word not in SHARED)
    told = "".join(_get_word_sound(SHARED_HAN.sub("", word)) for word in own)
    return (told if len(told) > 1 else get_sound(name))[:LONGEST]


def get_tax_key(number):
    """Return the letters and digits of a tax ID.

    >>> get_tax_key("91 4403-00 abc"), get_tax_key("n/a"), get_tax_key("/")
    ('91440300ABC', '', '')
    """
    text = unicodedata.normalize("NFKC", str(number or "")).upper()
    text = TAX_AFTER.sub("", LABEL.sub("", text))
    key = "".join(WORD.findall(text))[:LONGEST]
    # "n/a", "none" and "0" are words for having none.
    return key if len(key.strip("0")) > 3 and any(map(str.isdigit, key)) else ""


def is_alike_enough(key, sound):
    """Return whether a name is long enough to be told by what is only like it.

    >>> is_alike_enough("王芳贸易", "wangfangmaoyi")
    True
    >>> is_alike_enough("王芳", "wangfang")
    False
    """
    is_person = bool(HAN.fullmatch(key)) and len(key) <= LONGEST_PERSON
    return len(sound) >= SHORTEST_ALIKE and not is_person


def _get_words(name):
    text = _put_first_name_first(PLACE.sub(r"\1", simplify(name)))
    shorter = IN_TEXT.sub(" ", text.strip(" .,"))
    # A name that is nothing but a legal form is one.
    words = WORD.findall(shorter) or WORD.findall(text)
    return take_off([word for word in words if word not in FILLERS] or words)


def _put_first_name_first(text):
    """Return "john smith" of "smith, john"."""
    found = LAST_FIRST.fullmatch(text.strip())
    words = found and WORD.findall(text)
    if not found or HAN.search(text) or take_off(words) != words:
        return text
    return f"{found[2]} {found[1]}"


def _get_word_sound(word):
    if word in SOUND_OF_TRADE:
        return SOUND_OF_TRADE[word]
    return "".join(
        _get_pinyin(part) if HAN.fullmatch(part) else part
        for part in HAN.split(word)
        if part
    )


def _get_pinyin(text):
    # 57 MB of memory: only where somebody has a Chinese name.
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    syllables = lazy_pinyin(text, errors="ignore")
    return "".join(syllables).replace("lv", "lu").replace("nv", "nu")
