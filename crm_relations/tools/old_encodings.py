"""In which encoding a text is that is not Unicode and does not say so."""

import re

HIGH = re.compile(rb"[\x80-\xff]+")
CHINESE, WESTERN = "gb18030", "cp1252"


def guess_encoding(content):
    """Return the likelier one: European letters with accents mostly stand alone, those
    of Chinese are two bytes each, nearly always both of them high.

    >>> guess_encoding("Müller, Größe".encode("cp1252"))
    'cp1252'
    >>> guess_encoding("朱镕基".encode("gbk")), guess_encoding(b"plain")
    ('gb18030', 'gb18030')

    :param content: bytes
    """
    runs = HIGH.findall(content)
    alone = sum(len(run) == 1 for run in runs)
    return WESTERN if alone and alone * 2 >= len(runs) else CHINESE
