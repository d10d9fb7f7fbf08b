"""QR codes as SVG: sharp at any size, and drawn without a graphics library."""

from base64 import b64encode

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

# Modules of white around the code, as readers need them.
MARGIN = 4
# A quarter of it may be dirty, or worn off a card.
LEVEL = QRErrorCorrectLevel.Q


def get_qr_rows(text):
    """Return the code of ``text`` row by row: lists of whether a module is dark."""
    code = QRCode(None, LEVEL)
    code.addData(text)
    code.make()
    size = code.getModuleCount()
    return [[code.isDark(row, column) for column in range(size)] for row in range(size)]


def draw_qr(text):
    """Return the picture of the code as a data URI."""
    rows = get_qr_rows(text)
    size = len(rows) + 2 * MARGIN
    path = "".join(
        f"M{column + MARGIN} {row + MARGIN}h1v1h-1z"
        for row, modules in enumerate(rows)
        for column, is_dark in enumerate(modules)
        if is_dark
    )
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"'
        f' shape-rendering="crispEdges" width="300" height="300">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{path}"/></svg>'
    )
    return f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"
