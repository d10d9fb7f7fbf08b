"""What the words of an answer to choose say: how good it is, or nothing at all."""

import re
import unicodedata

from .names import get_key

YES = {"yes", "y", "true", "done", "是", "有", "做到", "做到了", "已做到"}
NO = {"no", "n", "false", "notdone", "否", "没有", "未做到", "没做到"}
NONE = {
    *("na", "doesnotapply", "notapplicable", "none", "idontknow", "dontknow"),
    *("donotknow", "cannotsay", "cantsay", "noanswer", "noexperience", "notused"),
    *("notrelevant", "neverused", "didnotuse", "havenotused", "nobasistojudge"),
    *("prefernottosay", "prefernottoanswer", "refused", "noopinion"),
    *("不适用", "无", "不知道", "不清楚", "不了解", "未经历", "没有经历", "未涉及"),
    *("未使用", "没用过", "没使用过", "无法评价", "拒答", "拒绝回答", "不记得"),
}
# In the middle of a scale they are its middle.
UNSURE = {"notsure", "unsure", "undecided", "不确定", "不好说", "说不清"}


def _compile(words, signs):
    """Return a pattern of words by their beginnings, and of signs wherever they are."""
    told = "|".join(words.split())
    return re.compile(rf"\b(?:{told})|{'|'.join(signs.split())}", re.IGNORECASE)


# What one would rather have little of.
BURDEN = _compile(
    r"effort difficult trouble (?:problem|issue)s?\b(?!.*(?:solved|fixed)) delay wait"
    " complain",
    "费力 费劲 难(?!忘) 麻烦 问题(?!.*解决)",
)
LITTLE = _compile(
    r"no\b not\b never\b without\b little\b less\b low(?:er|est)?\b few\b short\b"
    r" minimal free\b",
    r"n't\b [不没无未低少省]",
)
BAD = _compile(
    r"dis(?:sat|agr|app|lik|pl) un(?!der|i|til) in(?:adeq|suff|conv|acc|eff)"
    r" imp[ao][lst] (?<!not\s)bad\b poor wors terribl awful horribl lous weak slow"
    r" hard(?:er|est|ly)?\b low(?:er|est)?\b less\b below\b short\b late\b rude rare"
    r" seldom never\b not\b(?!\sbad) no\b nothing negativ oppos hate frustrat waste"
    r" fail wrong too\b needs?\b could\b room\sfor",
    r"n't\b 不(?!错|止) 差 糟 未 没 无(?!可挑) 反对 慢 低 失望 恶劣 冷淡 很少 偏 劣 坏"
    " 烂 脏 乱 吵 太(?![好棒]) 待(?:改|提|加) 贵(?!宾) 晚(?!上) 迟"
    " [\U0001f61e-\U0001f624\U0001f62d\U0001f641☹👎😟]",
)
GOOD = _compile(
    "satisf agree good great excellent outstanding perfect superb be(?:st|tter) eas[yi]"
    " fast quick early high always often yes positiv support love like happy delight"
    " clear friendly polite helpful definite probabl exceed above strong complete",
    "满意 好 优 良 佳 错 容易 轻松 同意 赞 总是 经常 快 高 热情 推荐 合理 解决 超出"
    " 惊喜 棒 是 能 会 干净 周到 专业 耐心 方便 清楚 及时 准时 值"
    " [\U0001f600-\U0001f60a\U0001f60d\U0001f642\U0001f44d❤]",
)
MUCH = _compile(
    r"very extremely complete total strong high far much always absolute definite"
    r" excellent outstanding perfect superb best worst not\sat\sall",
    "非常 很 极 十分 特别 完全 总是 优秀 远",
)
# "N/A" is one.
APART = re.compile(r"(?<![Nn])/|[,，]|\bor\b|或")
STARS = re.compile("[★☆⭐🌟✩\ufe0f\\s]+")
FULL_STAR = re.compile("[★⭐🌟]")
NUMBER = re.compile(r"[+-]?\d+")
COUNTED = re.compile("([零一二三四五六七八九十])[星分级颗]")
# Of a school: the first is the best.
GRADES = ("A+", "A", "A-", "B+", "B", "B-", "C+", "C", "C-", "D+", "D", "D-", "E", "F")
STEMS = "甲乙丙丁戊"


def is_no_answer(name, is_last):
    """Return whether an answer says that there is none.

    >>> is_no_answer("Don't know / N/A", False), is_no_answer("Not sure", True)
    (True, True)
    >>> is_no_answer("Not sure", False)
    False
    """
    whole = get_key(name)
    parts = {get_key(part) for part in APART.split(name or "")}
    if whole in NONE or parts <= NONE and parts:
        return True
    return is_last and whole in UNSURE


def read_rank(name):
    """Return the number that an answer is, begins with or stands for, the higher the
    better; None without.

    >>> read_rank("-2 Strongly disagree"), read_rank("★★☆"), read_rank("五星")
    (-2, 2, 5)
    >>> read_rank("A") > read_rank("B-"), read_rank("Good")
    (True, None)
    """
    text = unicodedata.normalize("NFKC", name or "").strip()
    if found := NUMBER.match(re.sub("[−–]", "-", text)):
        return int(found[0])
    if STARS.fullmatch(text):
        return len(FULL_STAR.findall(text))
    if found := COUNTED.match(text):
        return int(unicodedata.numeric(found[1]))
    for order in (GRADES, STEMS):
        if text and text.upper() in tuple(order):
            return -order.index(text.upper())
    return None


def get_side(name):
    """Return how good an answer is: 2, 1, 0 where its words say nothing, -1 or -2.

    >>> [get_side(name) for name in ("Very easy", "Fair", "Not likely", "很差")]
    [2, 0, -1, -2]
    >>> get_side("Very low effort"), get_side("A lot of effort")
    (2, -1)
    """
    text = unicodedata.normalize("NFKC", name or "").casefold()
    if BURDEN.search(text):
        side = 1 if LITTLE.search(text) else -1
    elif BAD.search(text):
        side = -1
    else:
        side = int(bool(GOOD.search(text)))
    return side * (2 if MUCH.search(text) else 1)


def is_worse(name, other):
    """Return whether an answer is worse than another by their words: by what they say,
    else where one denies a word of the other, in whatever language.

    >>> is_worse("Sehr unzufrieden", "Sehr zufrieden"), is_worse("Good", "Bad")
    (True, False)
    """
    side, other_side = get_side(name), get_side(other)
    if side != other_side:
        return side < other_side
    return _denies(name, other) and not _denies(other, name)


def _denies(name, other):
    """Return whether a word of one is a word of the other with something before it."""
    words, others = (
        re.findall(r"[^\W\d_]{4,}", one.casefold()) for one in (name, other)
    )
    return any(
        word != denied and word.endswith(denied) for word in words for denied in others
    )
