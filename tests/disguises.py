"""Files that are two things at once, or something else than they claim, made here and now."""

import zlib
from dataclasses import dataclass, replace
from io import BytesIO
from secrets import token_hex
from struct import pack
from zipfile import ZipFile

from PIL import Image

RAN = "a picture ran as a program"
"""What the program in each of these files says to the browser's console when it runs."""
SCRIPT = f"console.log('{RAN}')".encode()
PAGE = b"<!doctype html><html><body><script>" + SCRIPT + b"</script></body></html>"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><script>' + SCRIPT + b"</script></svg>"
DOCUMENT = b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(" + SCRIPT + b")>>>>endobj\n%%EOF\n"


@dataclass(frozen=True)
class Disguise:
    """A file, its name and the type that it claims to be of."""

    name: str
    claims: str
    body: bytes

    @property
    def fresh(self) -> "Disguise":
        """The same with bytes that no gallery has seen yet."""
        return replace(self, body=self.body + f"\n//{token_hex(8)}".encode())


def _picture(kind: str, **options: object) -> bytes:
    out = BytesIO()
    colours = Image.radial_gradient("L").resize((64, 48))
    (colours if kind == "GIF" else colours.convert("RGB")).save(out, kind, **options)
    return out.getvalue()


def _archive() -> bytes:
    """A Java archive, which is read from its end, so that any beginning does."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("META-INF/MANIFEST.MF", f"Main-Class: Evil\n# {RAN}\n")
    return out.getvalue()


def _png_with_a_text(text: bytes) -> bytes:
    """A PNG whose first chunk after its header is a text."""
    whole, after_header = _picture("PNG"), 8 + 25
    chunk = b"tEXt" + b"Comment\0" + text
    packed = pack("!I", len(chunk) - 4) + chunk + pack("!I", zlib.crc32(chunk))
    return whole[:after_header] + packed + whole[after_header:]


def _gif_that_is_a_script() -> bytes:
    """A GIF that is a valid program: its width begins a comment, which ends where the program begins."""
    whole = _picture("GIF")
    width = int.from_bytes(b"/*", "little")
    return whole[:6] + pack("<H", width) + whole[8:] + b"*/=1;" + SCRIPT + b";"


POLYGLOTS = (
    Disguise("comment.jpg.html", "image/jpeg", _picture("JPEG", comment=PAGE)),
    Disguise("tail.jpg.hta", "image/jpeg", _picture("JPEG") + PAGE),
    Disguise("document.jpg.pdf", "image/jpeg", _picture("JPEG", comment=DOCUMENT)),
    Disguise("text.png.svg", "image/png", _png_with_a_text(DRAWING)),
    Disguise("archive.gif.jar", "image/gif", _picture("GIF", comment=SCRIPT) + _archive()),
    Disguise("script.gif.js", "image/gif", _gif_that_is_a_script()),
)
"""Pictures, all of them, and something else besides."""

IMPOSTORS = (
    Disguise("page.jpg", "image/jpeg", PAGE),
    Disguise("drawing.png", "image/png", DRAWING),
    Disguise("document.gif", "image/gif", DOCUMENT),
    Disguise("archive.webp", "image/webp", _archive()),
    Disguise("spaces.jpg", "image/jpeg", b" \n" * 600 + PAGE),
)
"""No pictures at all."""

FORBIDDEN_TYPES = ("text/html", "image/svg+xml", "application/pdf", "application/xhtml+xml", "text/javascript", "*/*")
"""What nothing may be uploaded as."""
