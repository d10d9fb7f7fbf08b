"""AR-15: cards as they are photographed: from any side, by any telephone."""

import functools
import io
import os
import random
import sys
import tempfile
from base64 import b64decode
from pathlib import Path

from PIL import Image

from odoo.tests import BaseCase, tagged

from ..tools.card_reader import WORKER, CardReader, Unreadable
from .common.card_photos import TURNS, take_photo
from .common.cards import draw_card, draw_flat, judge, read_fields

HEIC = Path(__file__).parent / "data" / "card.heic"
# Of the fields of a photo, whichever way it is turned.
FLOOR = 0.8
SIDEWAYS = {3: 180, 6: 270, 8: 90}  # EXIF: degrees to the left that it stands for


@tagged("post_install", "-at_install")
class TestCardPhotos(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = CardReader()
        cls.addClassCleanup(cls.reader.stop)

    @classmethod
    @functools.cache
    def _read_photo(cls, turn):
        """Return what is read from a side, and what stands there."""
        content, wanted = take_photo(2, turn=turn)
        return cls.reader.get_answer(content), wanted

    def test_a_card_is_read_from_every_side(self):
        for turn in TURNS:
            with self.subTest(turn=turn):
                answer, wanted = self._read_photo(turn)
                answers = judge(read_fields(answer), wanted)
                found = sum(answers.values()) / len(answers)
                self.assertGreaterEqual(found, FLOOR)

    def test_what_lay_on_its_side_is_shown_upright(self):
        for turn in TURNS:
            answer, _wanted = self._read_photo(turn)
            self.assertEqual("picture" in answer, bool(turn))
            if turn:
                shown = Image.open(io.BytesIO(b64decode(answer["picture"])))
                self.assertGreater(shown.width, shown.height)
            width, height = answer["size"]
            self.assertGreater(width, height)
            for _text, _score, (left, top, right, bottom) in answer["lines"]:
                self.assertTrue(0 <= left < right <= width and 0 <= top < bottom)
                self.assertLessEqual(bottom, height + 1)

    def test_what_the_camera_says_of_its_side_is_heard(self):
        content, wanted = draw_card(1)
        for side, degrees in SIDEWAYS.items():
            with self.subTest(side=side), Image.open(io.BytesIO(content)) as picture:
                exif = Image.Exif()
                exif[0x0112] = side
                turned = picture.rotate(-degrees, expand=True)
                photo = io.BytesIO()
                turned.save(photo, "JPEG", quality=90, exif=exif.tobytes())
            answer = self.reader.get_answer(photo.getvalue())
            self.assertNotIn("picture", answer)
            answers = judge(read_fields(answer), wanted)
            self.assertGreaterEqual(sum(answers.values()) / len(answers), FLOOR)

    def test_the_picture_of_an_iphone_is_read_and_shown_as_one_of_a_browser(self):
        _card, wanted = draw_flat(0, random.Random("heic"))
        answer = self.reader.get_answer(HEIC.read_bytes())
        answers = judge(read_fields(answer), wanted)
        self.assertGreaterEqual(sum(answers.values()) / len(answers), FLOOR)
        with Image.open(io.BytesIO(b64decode(answer["picture"]))) as shown:
            self.assertEqual((shown.format, *shown.size), ("JPEG", 864, 512))

    def test_without_its_decoder_it_is_said_so(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "pi_heif.py").write_text("raise ImportError\n")
            code = f"import sys; sys.path.insert(0, {folder!r}); import runpy; "
            code += f"runpy.run_path({os.fspath(WORKER)!r}, run_name='__main__')"
            reader = CardReader((sys.executable, "-c", code))
            self.addCleanup(reader.stop)
            self._check_refused(HEIC.read_bytes(), "heic", reader)

    def test_one_that_is_broken_or_too_large_is_refused(self):
        whole = HEIC.read_bytes()
        self._check_refused(whole[:200], "picture")
        self._check_refused(whole[:12] + b"\xff" * 500, "picture")
        # The size in its head, eight bytes after the name of it.
        place = whole.index(b"ispe") + 8
        large = (100_000).to_bytes(4) + (90_000).to_bytes(4)
        head = whole[:place] + large + whole[place + 8 :]
        with self.assertRaises(Unreadable) as refused:
            self.reader.get_answer(head)
        self.assertIn(refused.exception.args[0], ("pixels", "picture"))
        self.assertTrue(self.reader.get_answer(whole)["lines"])

    def _check_refused(self, content, code, reader=None):
        with self.assertRaises(Unreadable) as refused:
            (reader or self.reader).get_answer(content)
        self.assertEqual(refused.exception.args, (code,))
