"""What may be uploaded by somebody from outside, decided before anything is kept."""

import mimetypes
import re

MEGABYTE = 1024 * 1024
NAME_LENGTH = 120

# By what a file begins with: its name says what its sender likes.
HEADS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
CONTAINERS = {  # of ISO media files, named behind the first four bytes
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"avif": "image/avif",
    b"qt  ": "video/quicktime",
}
ACCEPT = "image/jpeg,image/png,image/gif,image/webp,image/heic,application/pdf,video/*"


def get_kind(content):
    """Return the MIME type of a picture, a film or a PDF; None if it is none."""
    for head, kind in HEADS:
        if content.startswith(head):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp":
        return CONTAINERS.get(content[8:12], "video/mp4")
    return None


def clean_name(name, kind):
    """Return a harmless file name with the ending of its kind."""
    name = re.split(r"[/\\]", name or "")[-1]
    stem = "".join(c for c in name if c.isprintable()).rsplit(".", 1)[0].strip(" .")
    ending = mimetypes.guess_extension(kind) or ""
    return f"{stem[:NAME_LENGTH] or 'file'}{ending}"
