"""What of a company's name is its legal form, in the languages that customers write.

A name is compared in simplified letters: lower case, usual width, without accents. The
forms of ISO 20275 and their everyday spellings are taken off its end, some off its
front, and those of scripts without spaces wherever they stand; something is left of
every name.
"""

import re
import unicodedata

# What comes after it in a name is read no more: patterns take the square of it.
LONGEST_NAME = 400
# Accents of Latin, Greek and Cyrillic letters; marks of other scripts are letters.
ACCENTS = re.compile("[\u0300-\u036f]")
# Letters whose stroke is part of them.
LETTERS = str.maketrans(
    dict(zip("øłđħıŧ", "olđhit", strict=True))
    | {"đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th"}
)
# Vowels and tones that hang on the consonants of Indic scripts, Thai and Khmer.
MARKS = "".join(
    chr(code)
    for code in range(0x0900, 0x1800)
    if unicodedata.category(chr(code)).startswith("M")
)
WORD = re.compile(f"[^\\W_](?:[^\\W_]|[{MARKS}])*")
# "S. A." and "s.r.o." are one word.
INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\s?\.\s?)+[^\W\d_]?(?!\w)\.?")
SLASHED = re.compile(r"(?<!\w)([aiks])/([as])(?!\w)")
# What a firm is called in letters of commerce: "M/s Tata Motors".
ADDRESSED = re.compile(r"^(?:m/s|messrs)\b\.?\s*(?=\S)")


def simplify(name):
    """Return lower-case text in usual width, without accents, initials as words.

    >>> simplify("Łódź S. A."), simplify("ＡＢＣ"), simplify("M/s. Tata Ørsted A/S")
    ('lodz sa ', 'abc', 'tata orsted as')
    """
    text = unicodedata.normalize("NFKC", str(name or "")[:LONGEST_NAME]).casefold()
    # Letters with accents only: Korean syllables and Japanese voice marks stay whole.
    bare = ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    text = unicodedata.normalize("NFC", bare).translate(LETTERS)
    text = SLASHED.sub(r"\1\2", ADDRESSED.sub("", text.strip()))
    return INITIALS.sub(lambda found: re.sub(r"[\s.]", "", found[0]) + " ", text)


def _compile(pattern, forms):
    """Return the pattern of one of these forms, the longest first; ``forms`` has them
    on lines, with ``|`` between them."""
    told = {
        " ".join(WORD.findall(simplify(form)))
        for line in forms.strip().splitlines()
        for form in line.split("|")
    }
    ordered = "|".join(sorted(map(re.escape, told), key=len, reverse=True))
    return re.compile(pattern.replace("FORM", f"(?:{ordered})"))


# Wherever it stands: a branch has it in the middle.
IN_TEXT = re.compile(
    "股份有限责任公司|有限责任公司|股份有限公司|有限公司"
    "|股份公司|責任公司|责任公司|股份有限|有限合伙|普通合伙|合伙企业|个人独资企业"
    "|個人獨資企業|个体工商户|(?:株式|有限|合[同資资名])会社|株式會社|\\([株有주유]\\)"
    "|(?:(?:一般|公益)(?:社団|財団)|医療|学校|社会福祉|宗教|特定非営利活動)法人"
    "(?:社団|財団)?|(?:사단|재단|의료|학교)법인|주식회사|유한(?:책임)?회사|합[자명]회사"
    "|(?<![分子])公司(?=\\W|$)"
    # Hebrew; Thai, whose words have no spaces either.
    "|(?<!\\w)בע[\"״']?מ(?!\\w)"
    + unicodedata.normalize(
        "NFKC",
        "|^บริษัท|^ห้างหุ้นส่วน(?:จำกัด|สามัญ)?|^(?:บจก|บมจ|หจก)\\.?\\s"
        "|จำกัด\\s*(?:\\(\\s*มหาชน\\s*\\)\\s*)?$",
    )
)
AT_END = _compile(
    " FORM$",
    """
    股份|ltd|limited|co|comp|company|corp|corporation|inc|incorporated|llc|llp|lp|plc
    pllc|limited liability company|limited liability co|limited liability comp
    limited liability partnership|public limited company|private limited|public|joint
    stock|pte|pty|pvt|private|sdn|bhd|berhad|kk|yk|godo|kaisha|tbk
    gmbh|mbh|ag|kg|kgaa|ohg|gbr|ug|ek|ev|ig|se|eg|aktiengesellschaft|kommanditgesellschaft
    gesellschaft mit beschränkter haftung|mit beschränkter haftung|haftungsbeschränkt
    sa|sas|sasu|sarl|sarlu|srl|spa|snc|scs|société anonyme|società per azioni
    société par actions simplifiée|société à responsabilité limitée|sociedad anónima
    società a responsabilità limitata|sociedad limitada|sociedade limitada
    sl|slu|sau|ltda|lda|cia|eireli
    s de rl|s de rl de cv|sab|sab de cv|de|cv|de cv|bv|nv|vof
    ab|as|aps|oy|oyj|asa|hf|ehf|publ|aktiebolag|aktiebolaget|osakeyhtiö|aktieselskab
    pt|ooo|oao|zao|pao|ooд|ад|еоод|jsc|ojsc|cjsc|pjsc|eood|ood|ead|ad|doo|dd|kft|zrt|nyrt
    bt|sro|s ro|spol|spol s ro|vos|sp|z|oo|zoo|sk|ska|sp z oo|uab|sia|ou
    spółka z oo|spółka z ograniczoną odpowiedzialnością|spółka akcyjna|spółka jawna
    ооо|оао|зао|пао|ао|ип|тов|ae|αε|επε|ike|ικε|ltd şti|anonim şirketi|limited şirketi
    ذمم|شمم|شمك
    proprietary|p ltd|p limited|pcl|unlimited company|ultd|ulc|lllp|dac|clg
    designated activity company|company limited by guarantee|wll|fze|fzc|fzco|dmcc|bsc
    ggmbh|gemeinnützige gmbh|gug|partg|partgmbb|mbb|og|gesbr|gesmbh|ges mbh
    eurl|eirl|selarl|scop|sca|scrl|scrlfs|sprl|bvba|cvba|vzw|asbl|gie|ltée|senc|sencrl
    sa rl|sàrl|sac|saa|sal|sae|saog|saoc|sagl|srls|srl unipersonale|sapi|s en c|sll|slne
    sociedad limitada unipersonal|sociedad de responsabilidad limitada|scoop|s coop
    soc coop|società cooperativa|sociedad cooperativa|ltda me|ltda epp|eireli me|epp
    is|ks|ans|amba|hb|kb|ky|tmi|anpartsselskab|aksjeselskap|handelsbolag|kommanditbolag
    akciová společnost|společnost s ručením omezeným|spj|sp j|spk|sp k|jdoo|dooel|sh pk
    korlátolt felelősségű társaság|részvénytársaság|osaühing|aktsiaselts|kabushiki
    """,
)
IN_FRONT = _compile(
    "^FORM ",
    """
    pt|cv|sa|sas|sarl|srl|ooo|oao|zao|pao|ооо|оао|зао|пао|ао|ип|тов|uab|sia|oy|doo
    общество с ограниченной ответственностью|публичное акционерное общество
    акционерное общество|закрытое акционерное общество|открытое акционерное общество
    công ty|công ty tnhh|công ty tnhh mtv|công ty cổ phần|công ty cp|ctcp|aktiebolaget
    công ty trách nhiệm hữu hạn|công ty trách nhiệm hữu hạn một thành viên|شركة
    doanh nghiệp tư nhân|dntn|прат|чп|фоп|asbl|vzw|gie
    """,
)
# In Romania in front of the name, where the form at its end says so.
ROMANIAN = re.compile("^sc (.+) (?:srl|sa|snc)$")


def take_off(words):
    """Return the words of a name without legal forms at its end and in its front.

    >>> take_off(["sc", "dacia", "srl"]), take_off(["sc", "johnson", "inc"])
    (['dacia'], ['sc', 'johnson'])
    >>> take_off(["limited"])
    ['limited']
    """
    text = ROMANIAN.sub(r"\1", " ".join(words))
    for pattern in (AT_END, IN_FRONT):
        # One by one: some forms are made of others, which has no end in one pattern.
        while (shorter := pattern.sub("", text)) != text:
            text = shorter
    return text.split()
