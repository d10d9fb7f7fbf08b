"""AR-15: pictures are read in a process of its own, which can be stopped."""

import io
import struct
import sys
import time
import zlib

from PIL import Image

from odoo.tests import BaseCase, tagged

from ..tools.card_reader import CardReader, Unreadable, check_picture
from .common.cards import draw_card, get_font, judge, read_fields

SAMPLE = 6
# Of all fields on the sample; the benchmark draws 80 cards.
FLOOR = 0.9


def save(picture, kind="PNG", **options):
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


def write_png_head(width, height):
    """Return a small file that says to be a large picture."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    crc = struct.pack(">I", zlib.crc32(head))
    start = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + crc
    return start + struct.pack(">I", 16) + b"IDAT" + b"\0" * 16


@tagged("post_install", "-at_install")
class TestCardReader(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = CardReader()
        cls.addClassCleanup(cls.reader.stop)

    def _check_refused(self, content, code, reader=None):
        with self.assertRaises(Unreadable) as refused:
            (reader.get_answer if reader else check_picture)(content)
        self.assertEqual(refused.exception.args, (code,))

    def test_what_is_no_picture_is_refused_by_its_head(self):
        self._check_refused(b"", "none")
        self._check_refused(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind")
        self._check_refused(b"PK\x03\x04" + b"\0" * 100, "kind")
        self._check_refused(b"%PDF-1.7", "kind")
        self._check_refused(save(Image.new("RGB", (9, 9)), "GIF"), "kind")
        self._check_refused(b"\xff\xd8\xff" + b"\0" * (21 * 1024 * 1024), "bytes")

    def test_a_hundred_megapixels_are_refused_before_they_are_unpacked(self):
        started = time.monotonic()
        self._check_refused(write_png_head(10_000, 10_001), "pixels")
        self._check_refused(write_png_head(100_000, 100_000), "pixels")
        self.assertLess(time.monotonic() - started, 1)

    def test_a_broken_picture_is_told_and_the_next_one_is_read(self):
        whole = save(Image.new("RGB", (300, 200), "white"))
        self._check_refused(whole[:60], "picture", self.reader)
        self.assertEqual(self.reader.get_answer(whole)["lines"], [])

    def test_a_reader_that_is_stuck_is_stopped(self):
        stuck = CardReader((sys.executable, "-c", "import time; time.sleep(60)"), 0.5)
        started = time.monotonic()
        self._check_refused(save(Image.new("L", (9, 9))), "slow", stuck)
        self.assertLess(time.monotonic() - started, 10)
        self.assertIsNone(stuck.process)

    def test_a_reader_that_does_not_run_is_told(self):
        picture = save(Image.new("L", (9, 9)))
        ends = CardReader((sys.executable, "-c", "pass"))
        self._check_refused(picture, "failed", ends)
        self._check_refused(picture, "failed", CardReader(("/nowhere",)))

    def test_who_waits_too_long_for_another_is_told(self):
        busy = CardReader(wait=0.1)
        with busy.lock:
            self._check_refused(save(Image.new("L", (9, 9))), "busy", busy)

    def test_a_process_that_has_ended_is_started_anew(self):
        picture = save(Image.new("RGB", (300, 200), "white"))
        self.reader.get_answer(picture)
        self.reader.process.kill()
        self.reader.process.wait()
        self.assertEqual(self.reader.get_answer(picture)["lines"], [])

    def test_a_code_is_read_on_a_picture_that_stands_on_its_side(self):
        import qrcode  # noqa: PLC0415, Odoo brings it

        code = qrcode.make("https://acme.example/zhang").get_image().convert("RGB")
        exif = Image.Exif()
        exif[0x0112] = 6
        content = save(code, "JPEG", exif=exif.tobytes())
        self.assertEqual(
            self.reader.get_answer(content)["codes"], ["https://acme.example/zhang"]
        )

    def test_a_transparent_picture_has_white_paper(self):
        from PIL import ImageDraw  # noqa: PLC0415, only here

        picture = Image.new("RGBA", (700, 200), (0, 0, 0, 0))
        ImageDraw.Draw(picture).text((40, 60), "Acme Tools Ltd", "black", get_font(60))
        lines = self.reader.get_answer(save(picture))["lines"]
        self.assertEqual(" ".join(line[0] for line in lines), "Acme Tools Ltd")

    def test_a_photo_without_any_text_tells_nothing(self):
        picture = Image.effect_noise((900, 600), 40).convert("RGB")
        answer = self.reader.get_answer(save(picture, "JPEG"))
        self.assertEqual((answer["codes"], answer["lines"]), ([], []))
        self.assertFalse(any(read_fields(answer).values()))

    def test_most_fields_of_a_sample_are_right(self):
        """AR-15: the whole figure comes from ``setup/bench scan``."""
        answers = []
        for number in range(SAMPLE):
            content, wanted = draw_card(number, seed="sample")
            answers += judge(
                read_fields(self.reader.get_answer(content)), wanted
            ).values()
        self.assertGreaterEqual(sum(answers) / len(answers), FLOOR)
