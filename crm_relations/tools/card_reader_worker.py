"""A program of its own that reads pictures of business cards: codes, and print.

Started by ``card_reader``, which ends it when a picture takes too long: what runs in
compiled code cannot be stopped in any other way, and what a hostile picture makes of a
decoder hurts this process alone. Knows nothing of Odoo.

Asked on its input and answering on its output, each time the length in four bytes, then
a picture, or an answer in JSON::

    {"codes": [text],                   # of QR codes, None without zxing-cpp
     "lines": [[text, score, box]],     # as printed, None without rapidocr
     "size": [width, height],           # of the picture in which the boxes are
     "picture": text}                   # as JPEG and base64, where it is to stand
                                        # in for the one given: turned, or HEIC
    {"problem": "picture"}              # it cannot be decoded, "heic": not here,
                                        # "pixels": it is too large
"""

import base64
import io
import json
import os
import signal
import struct
import sys

CODE_SIDE = 2400
PRINT_SIDE = 1600
MOST_PIXELS = 50_000_000
MOST_MEMORY = 4 << 30
IDLE_SECONDS = 300
PICTURES = ("JPEG", "PNG", "WEBP")
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")
# Print that is read upside down scores less, by far; print that is blurred as well.
SURE = 0.8
LENGTH = struct.Struct(">I")


def main():
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What libraries print is no answer.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    _set_limits()
    reader = Reader()
    while content := _read(sys.stdin.buffer):
        answer = json.dumps(reader.get_answer(content)).encode()
        output.write(LENGTH.pack(len(answer)) + answer)
        output.flush()


def _read(stream):
    """Return the next picture; empty at the end, and the program ends when it has been
    idle for a while, so that the models leave the memory."""
    if hasattr(signal, "alarm"):
        signal.alarm(IDLE_SECONDS)
    head = stream.read(LENGTH.size)
    if hasattr(signal, "alarm"):
        signal.alarm(0)
    return stream.read(*LENGTH.unpack(head)) if len(head) == LENGTH.size else b""


def _set_limits():
    """Give way to others; do not take over the limits of a worker of Odoo, which count
    what the worker has used already."""
    try:
        import resource  # noqa: PLC0415, not on every system
    except ImportError:
        return
    os.nice(5)
    for what, most in ((resource.RLIMIT_CPU, None), (resource.RLIMIT_AS, MOST_MEMORY)):
        _soft, hard = resource.getrlimit(what)
        soft = hard
        if most and (hard == resource.RLIM_INFINITY or hard > most):
            soft = most
        resource.setrlimit(what, (soft, hard))


class Reader:
    """Loads what reads when it is needed first, and keeps it."""

    def __init__(self):
        self.engine = None

    def get_answer(self, content):
        try:
            picture = _open(content)
        except Problem as problem:
            return {"problem": problem.args[0]}
        except Exception:
            # A broken picture makes the library fail in any way.
            return {"problem": "picture"}
        codes = self._read_codes(picture)
        small = picture.copy()
        small.thumbnail((PRINT_SIDE, PRINT_SIDE))
        lines, turn = self._read_upright(small)
        size = small.size if turn % 180 == 0 else small.size[::-1]
        answer = {"codes": codes, "lines": lines, "size": size}
        if turn or is_heic(content):
            answer["picture"] = _save(picture.rotate(turn, expand=True))
        return answer

    def _read_upright(self, picture):
        """Return the lines as they stand when the card is upright, and by how many
        degrees it has to be turned for that."""
        lines, turn = self._read_print(picture), 0
        if lines and _score(lines) < SURE:
            again = self._read_print(picture.rotate(180))
            if _score(again) > _score(lines):
                lines, turn = again, 180
        if lines and _is_lying(lines):
            # Lines that stand are read as if they were turned to the left.
            lines = [[text, sure, _turn(box, picture)] for text, sure, box in lines]
            turn += 90
        return lines, turn

    def _read_codes(self, picture):
        try:
            import zxingcpp  # noqa: PLC0415, optional
        except ImportError:
            return None
        # Bars of goods are no codes of cards, and are found in mere noise.
        kinds = zxingcpp.BarcodeFormat
        kinds = kinds.QRCode | kinds.MicroQRCode | kinds.DataMatrix | kinds.Aztec
        found = zxingcpp.read_barcodes(picture.convert("L"), formats=kinds)
        return [code.text for code in found if code.valid and code.text]

    def _read_print(self, picture):
        if not self._load():
            return None
        import numpy  # noqa: PLC0415, comes with rapidocr

        # Blue first, as OpenCV has it.
        result = self.engine(numpy.asarray(picture)[:, :, ::-1])
        if result.boxes is None or not result.txts:
            return []
        rows = zip(result.txts, result.scores, result.boxes, strict=True)
        return [[text, float(score), _get_box(box)] for text, score, box in rows]

    def _load(self):
        if self.engine is None:
            try:
                from rapidocr import RapidOCR  # noqa: PLC0415, optional
            except ImportError:
                self.engine = False
                return False
            threads = max(1, (os.cpu_count() or 2) // 2)
            self.engine = RapidOCR(
                params={
                    "Global.log_level": "critical",
                    # It would turn each line for itself, and hide how the card lies.
                    "Global.use_cls": False,
                    "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                }
            )
        return bool(self.engine)


class Problem(Exception):
    """Why a picture is not read: its only argument is the code of the answer."""


def is_heic(content):
    """Tell whether it is a picture of an iPhone, by its head.

    >>> is_heic(b"\\0\\0\\0\\x18ftypheic")
    True
    """
    return content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS


def _open(content):
    """Return the picture upright, no larger than codes need.

    :raise Problem: it cannot be read here
    """
    from PIL import Image, ImageOps  # noqa: PLC0415, after the limits

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    kinds = _get_kinds(content)
    with Image.open(io.BytesIO(content), formats=kinds) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise Problem("pixels")
        picture.draft("RGB", (CODE_SIDE, CODE_SIDE))
        picture.thumbnail((CODE_SIDE, CODE_SIDE))
        upright = ImageOps.exif_transpose(picture)
        if "A" in upright.getbands() or "transparency" in upright.info:
            paper = Image.new("RGBA", upright.size, "white")
            upright = Image.alpha_composite(paper, upright.convert("RGBA"))
        return upright.convert("RGB")


def _get_kinds(content):
    if not is_heic(content):
        return PICTURES
    try:
        import pi_heif  # noqa: PLC0415, optional
    except ImportError:
        raise Problem("heic") from None
    pi_heif.register_heif_opener()
    return ("HEIF",)


def _save(picture):
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=85)
    return base64.b64encode(content.getvalue()).decode()


def _turn(box, picture):
    """Return where a box is once the picture has been turned to the left."""
    left, top, right, bottom = box
    return [top, picture.width - right, bottom, picture.width - left]


def _score(lines):
    """Return how surely the lines were read, by their length."""
    length = sum(len(text) for text, _sure, _box in lines)
    return sum(len(text) * sure for text, sure, _box in lines) / (length or 1)


def _get_box(corners):
    columns, rows = zip(*((int(x), int(y)) for x, y in corners), strict=True)
    return [min(columns), min(rows), max(columns), max(rows)]


def _is_lying(lines):
    """Return whether the card was photographed from its side."""
    tall = [
        (bottom - top) > 1.5 * (right - left)
        for text, _score, (left, top, right, bottom) in lines
        if len(text) > 3
    ]
    return sum(tall) * 2 > len(tall)


if __name__ == "__main__":
    main()
