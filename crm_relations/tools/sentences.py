"""Sentences of a text, one after the other."""

# After these of a Chinese text no blank follows.
FULL_STOPS = "。！？；"


def join_sentences(sentences):
    """Return the given texts as one, empty ones left out: with a blank between two,
    but for Chinese ones."""
    text = ""
    for sentence in filter(None, sentences):
        between = " " if text and text[-1] not in FULL_STOPS else ""
        text = f"{text}{between}{sentence}"
    return text
