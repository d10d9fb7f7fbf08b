"""Words and sentences of a text, one after the other."""

# Between addresses and their lines, in whatever language.
COMMA = ", "
# Languages that part words by a mark of their own, with no blank.
MARKED = ("zh", "ja")

# After these of a Chinese text no blank follows.
FULL_STOPS = "。！？；"
# What would stand before another mark where a part of a list ends with it.
PERIODS = ".。;；"


def join_sentences(sentences):
    """Return the given texts as one, empty ones left out: with a blank between two,
    but for Chinese ones."""
    text = ""
    for sentence in filter(None, sentences):
        between = " " if text and text[-1] not in FULL_STOPS else ""
        text = f"{text}{between}{sentence}"
    return text


def join_words(env, words):
    """Return the given words as a list in the language of `env`, empty ones left out.

    Not by `format_list`: its style "unit" writes Chinese words one upon the other, and
    the others tell whether all are meant or one."""
    return ("、" if is_marked(env) else COMMA).join(filter(None, words))


def join_parts(env, parts):
    """As `join_words`, for parts that may be lists themselves, or what somebody has
    typed: a part that ends as a sentence does goes on here."""
    parts = (part.rstrip().rstrip(PERIODS) for part in filter(None, parts))
    return ("；" if is_marked(env) else "; ").join(filter(None, parts))


def join_label(env, label, text):
    """Return the text after its label, with the colon of the reader's language."""
    return f"{label}：{text}" if is_marked(env) else f"{label}: {text}"


def is_marked(env):
    return (env.lang or "").startswith(MARKED)


def tell_number(number):
    """Return a number with at most four decimals, without zeros at its end.

    Not by the format "g", which tells a million as 1e+06."""
    text = f"{number:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
