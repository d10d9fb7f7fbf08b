"""The lines of vCard files (versions 2.1, 3.0 and 4.0), as programs really write them.

``vobject``, which Odoo brings, takes exponential time for a line like ``TEL;A=,,,,``
and quadratic time for a photo: who uploads a file is not trusted. So lines are read
here, each in one pass.
"""

import binascii
import quopri
import re
from typing import NamedTuple

from .old_encodings import guess_encoding

# A group may stand before them: "home.begin:vcard".
BEGIN = re.compile(rb"\s*(?:[\w-]+\.)?BEGIN:VCARD\s*", re.IGNORECASE)
END = re.compile(rb"\s*(?:[\w-]+\.)?END:VCARD\s*", re.IGNORECASE)
BASE64 = frozenset(("B", "BASE64"))
LINE_END = re.compile(rb"\r*\n|\r")
# Two files put together, the first without a last end of line.
JOINED = re.compile(rb"END:VCARD(?:\xef\xbb\xbf)?(?=BEGIN:VCARD)", re.IGNORECASE)
HEAD = re.compile(rb'((?:[^":]|"[^"]*")*):', re.DOTALL)
PARAMETER = re.compile(r'(?:[^";]|"[^"]*")+')
PART = re.compile(rb"((?:\\.|[^\\;]|\\$)*)(;|$)", re.DOTALL)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
# PostgreSQL keeps no NUL; the others show as nothing.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")


class Line(NamedTuple):
    """One property of a card."""

    group: str
    name: str
    parameters: dict  # {name: [values]}, all in capitals; TYPE holds bare ones too
    value: bytes
    version: str

    @property
    def types(self):
        return self.parameters.get("TYPE", [])

    @property
    def is_quoted(self):
        return "QUOTED-PRINTABLE" in self.parameters.get("ENCODING", ())

    @property
    def is_base64(self):
        return not BASE64.isdisjoint(self.parameters.get("ENCODING", ()))

    def read_text(self):
        return self._decode(self._unpack())

    def read_parts(self):
        """Return the texts between the semicolons."""
        return [self._decode(part) for part in _split(self._unpack())]

    def read_bytes(self):
        """Return what is encoded by base 64, as far as it goes; None where nothing
        is."""
        coded = self.value
        if coded[:5].lower() == b"data:":
            coded = coded.partition(b",")[2]
        elif not self.is_base64:
            return None
        return _decode_base64(coded)

    def _unpack(self):
        """Return the bytes of a text; some programs write names by base 64."""
        return _decode_base64(self.value) if self.is_base64 else self.value

    def _decode(self, value):
        if self.is_quoted:
            value = quopri.decodestring(value)
        text = _decode(value, self.parameters.get("CHARSET", ()))
        text = ESCAPED.sub(self._unescape, text)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return CONTROLS.sub("", text).strip()

    def _unescape(self, found):
        character = found[1]
        if character in "nN":
            # A path of Windows is no end of a line.
            return found[0] if self.version == "2.1" else "\n"
        return character if character in '\\,;:"' else found[0]


def read_cards(content):
    """Return the lines of each card of a file, cards inside cards left out.

    :param content: bytes
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", "replace").encode()
    cards, depth = [], 0
    content = JOINED.sub(b"END:VCARD\n", content.removeprefix(b"\xef\xbb\xbf"))
    for line in LINE_END.split(content):
        step = _get_step(line)
        if not depth and step > 0:
            cards.append([])
        elif depth == 1 and not step:
            cards[-1].append(line)
        depth = max(depth + step, 0)
    return [_read_lines(lines) for lines in cards]


def _get_step(line):
    """Return 1 where a card begins, -1 where one ends, 0 within."""
    if BEGIN.fullmatch(line):
        return 1
    return -1 if END.fullmatch(line) else 0


def _read_lines(physical):
    version, lines = "", []
    for joined in _unfold(physical):
        if line := _read_line(joined, version):
            lines.append(line)
            if line.name == "VERSION":
                version = line.read_text()
    return lines


def _unfold(physical):
    """Give logical lines: a line that begins with a blank goes on with the last; one of
    quoted-printable goes on after "=" at its end."""
    pieces, is_soft, is_quoted = [], False, False
    for line in physical:
        if is_soft:
            pieces[-1] = pieces[-1][:-1]
            pieces.append(line)
        elif _goes_on(line) and pieces:
            pieces.append(line[1:])
        else:
            yield from _join(pieces)
            pieces = [line]
            is_quoted = b"QUOTED-PRINTABLE" in line.partition(b":")[0].upper()
        is_soft = is_quoted and line.endswith(b"=")
    yield from _join(pieces)


def _goes_on(line):
    return line[:1] in (b" ", b"\t")


def _join(pieces):
    return [b"".join(pieces)] if pieces else []


def _read_line(joined, version):
    """Return a line, or None where it is none."""
    head = HEAD.match(joined)
    if not head:
        return None
    first, *rest = PARAMETER.findall(head[1].decode("latin-1")) or [""]
    group, _dot, name = first.strip().upper().rpartition(".")
    parameters = {}
    for parameter in rest:
        key, is_named, values = parameter.strip().upper().partition("=")
        if not is_named:
            # Version 2.1 writes HOME, or BASE64, without saying of what.
            key, values = _get_kind(key), key
        parameters.setdefault(key, []).extend(
            value.strip('" ') for value in values.replace('"', "").split(",")
        )
    return Line(group, name, parameters, joined[head.end() :], version)


def _get_kind(word):
    is_encoding = word in ("QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT")
    return "ENCODING" if is_encoding else "TYPE"


def _decode_base64(coded):
    # As some programs cut it off: without its end, or the "=" that fill it up.
    coded = NO_BASE64.sub(b"", coded)
    coded = coded[: len(coded) - (len(coded) % 4 == 1)]
    return binascii.a2b_base64(coded + b"=" * (-len(coded) % 4))


def _split(value):
    parts = []
    for part, end in PART.findall(value):
        parts.append(part)
        if not end:
            break
    return parts


def _decode(value, charsets):
    for encoding in (*charsets, "utf-8", guess_encoding(value)):
        try:
            return value.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return value.decode("utf-8", "replace")
