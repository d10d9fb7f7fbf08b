"""A code that a phone reads, as a picture."""

import io

import qrcode
from qrcode.constants import ERROR_CORRECT_Q

# Points a module, and modules of white around: still sharp on a sheet for the wall.
SIZE, BORDER = 16, 4


def draw(text):
    """Return a PNG that says this text; a quarter of it may be dirty."""
    image = qrcode.make(
        text, error_correction=ERROR_CORRECT_Q, box_size=SIZE, border=BORDER
    )
    picture = io.BytesIO()
    image.save(picture, "PNG")
    return picture.getvalue()
