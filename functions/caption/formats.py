"""What kind of file some bytes are, told by their content alone.

Beginnings are compared byte by byte, never by a pattern that could be made to backtrack.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from PIL.ImageFile import ImageFile

from caption.rejection import Rejected

_HEAD = 4096

RAW = "RAW"
"""Stands for a camera's own format where Pillow has none."""

Magic = tuple[int, bytes]
"""Where in a file which bytes are found."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of file and the beginnings that it may have, each a list of what is found where."""

    name: str
    beginnings: Sequence[Sequence[Magic]]

    def fits(self, head: bytes) -> bool:
        return any(all(head.startswith(magic, at) for at, magic in beginning) for beginning in self.beginnings)


def _kind(name: str, *beginnings: bytes | Sequence[Magic]) -> _Kind:
    return _Kind(name, [[(0, beginning)] if isinstance(beginning, bytes) else beginning for beginning in beginnings])


_READ = (
    _kind("JPEG", b"\xff\xd8\xff"),
    _kind("PNG", b"\x89PNG\r\n\x1a\n"),
    _kind("GIF", b"GIF87a", b"GIF89a"),
    _kind("WEBP", [(0, b"RIFF"), (8, b"WEBP")]),
    _kind("BMP", b"BM"),
    _kind(RAW, b"FUJIFILMCCD-RAW", b"IIU\0", b"IIRO", b"IIRS", b"MMOR", [(0, b"II*\0"), (8, b"CR\2\0")]),
    _kind("TIFF", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"),
)
"""Pillow's name of each format that is read, and how its files begin."""

_OS2 = (26, 40, 78, 92)
"""Sizes of headers of OS/2's icons, pointers and arrays of them."""

_PICTURES = (
    _kind("a PDF document", b"%PDF"),
    _kind("an EPS or PostScript document", b"%!PS", b"\xc5\xd0\xd3\xc6"),
    _kind("a Photoshop file", b"8BPS"),
    _kind("a GIMP file", b"gimp xcf"),
    _kind("a JPEG 2000 picture", b"\0\0\0\x0cjP  ", b"\xff\x4f\xff\x51"),
    _kind("a JPEG XL picture", b"\0\0\0\x0cJXL ", b"\xff\x0a"),
    _kind("a JPEG XR picture", b"II\xbc"),
    _kind("a BPG picture", b"BPG\xfb"),
    _kind("a FLIF picture", b"FLIF"),
    _kind("a QOI picture", b"qoif"),
    _kind("a DirectDraw surface", b"DDS "),
    _kind("a Radiance HDR picture", b"#?RADIANCE", b"#?RGBE"),
    _kind("an OpenEXR picture", b"v/1\1"),
    _kind("a FITS picture", b"SIMPLE  ="),
    _kind("a DICOM picture", [(128, b"DICM")]),
    _kind("a DjVu document", b"AT&TFORM"),
    _kind("an MNG or JNG picture", b"\x8aMNG", b"\x8bJNG"),
    _kind("a Windows metafile", b"\xd7\xcd\xc6\x9a", [(0, b"\1\0\0\0"), (40, b" EMF")]),
    _kind("a Silicon Graphics picture", b"\x01\xda\0\1", b"\x01\xda\1\1", b"\x01\xda\0\2", b"\x01\xda\1\2"),
    _kind("a Sun raster picture", b"\x59\xa6\x6a\x95"),
    _kind(
        "an OS/2 bitmap",
        *(kind + bytes([size, 0, 0, 0]) for kind in (b"BA", b"CI", b"CP", b"IC", b"PT") for size in _OS2),
    ),
    _kind("an X11 bitmap", b"/* XPM */", b"#define "),
    _kind("an icon", b"icns"),
    _kind("a Netpbm picture", *(b"P%c%c" % (kind, after) for kind in b"1234567Ff" for after in b"\n\r\t ")),
    _kind("a PCX picture", *(b"\x0a%c\1%c" % (version, bits) for version in (0, 2, 3, 4, 5) for bits in (1, 2, 4, 8))),
    _kind("a camera's raw file of a kind the gallery doesn't read (CRW)", b"II\x1a\0\0\0HEAPCCDR"),
    _kind("a camera's raw file of a kind the gallery doesn't read (X3F)", b"FOVb"),
    _kind("a camera's raw file of a kind the gallery doesn't read (MRW)", b"\0MRM"),
)
"""Files people take for pictures, and rightly so, but which the gallery doesn't read."""

_FILMS = _kind(
    "a film",
    [(0, b"RIFF"), (8, b"AVI ")],
    b"\x1aE\xdf\xa3",
    *([(4, box)] for box in (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")),
    b"\0\0\1\xb3",
    b"\0\0\1\xba",
    [(0, b"\x47"), (188, b"\x47"), (376, b"\x47")],
    [(4, b"\x47"), (196, b"\x47"), (388, b"\x47")],
    b"FLV\1",
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",
    b"OggS",
)

_AVIF = {b"avif", b"avis"}
_HEVC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_HEIF = {b"mif1", b"mif2", b"msf1", b"miaf"}
_OTHER_CODECS = {
    b"avci": "H.264",
    b"avcs": "H.264",
    b"vvic": "H.266",
    b"vvis": "H.266",
    b"evbi": "EVC",
    b"evmi": "EVC",
    b"j2ki": "JPEG 2000",
    b"j2is": "JPEG 2000",
    b"jpeg": "JPEG",
    b"jpgs": "JPEG",
}
_PLEASE = "please send it as JPEG, PNG, WebP or HEIC"


def pillow_format(body: bytes) -> str:
    """Return Pillow's name for the format of a picture, or RAW; raises Rejected for anything that shall not be read."""
    if not body:
        raise Rejected("not_an_image", "The file is empty.")
    head = body[:_HEAD]
    if head[4:8] == b"ftyp":
        return _of_brands(head)
    for kind in _READ:
        if kind.fits(head):
            return kind.name
    raise _refusal(head, body)


def _of_brands(head: bytes) -> str:
    """Return the format of an ISO base media file by the brands that it says it is compatible with."""
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, min(int.from_bytes(head[:4]), len(head)) - 3, 4))]
    if brands[0] == b"crx ":
        return RAW
    if _AVIF & {*brands}:
        return "AVIF"
    if _HEVC & {*brands}:
        return "HEIF"
    for brand in brands:
        if codec := _OTHER_CODECS.get(brand):
            raise unsupported(f"a HEIF picture coded as {codec}")
    if b"mif3" in brands:
        raise unsupported("an AVIF or HEIF picture in its short form (mif3)")
    if _HEIF & {*brands} or brands[0] in {b"1pic", b"MA1A", b"MA1B", b"MiHE", b"MiHA", b"MiHB"}:
        return "HEIF"
    raise unsupported("a film")


def _refusal(head: bytes, body: bytes) -> Rejected:
    if name := _FILMS.name if _FILMS.fits(head) else _picture(head, body):
        return unsupported(name)
    later = head.lstrip(b"\0\t\n\r ")
    if later != head and any(kind.fits(later) for kind in _READ if kind.name != "BMP"):
        return Rejected("unreadable", "The file is damaged: there are bytes before its picture begins.")
    return Rejected("not_an_image", "The file is not a picture, whatever its name says.")


def _picture(head: bytes, body: bytes) -> str | None:
    """Return what a picture is that the gallery doesn't read; None where it is none."""
    if is_svg(head):
        return "an SVG drawing"
    if head.startswith(b"\x1f\x8b") and is_svg(_inflated(head)):
        return "a compressed SVG drawing"
    if _is_icon(head):
        return "an icon"
    if body[-18:] == b"TRUEVISION-XFILE.\0" or _is_targa(head):
        return "a TGA picture"
    return next((kind.name for kind in _PICTURES if kind.fits(head)), None)


def unsupported(name: str, cause: str = "") -> Rejected:
    """Return the rejection of a good file of a kind that isn't read, named with its article."""
    return Rejected("unsupported_format", f"This is {name}, which is not supported; {_PLEASE}.", cause)


def is_svg(head: bytes) -> bool:
    """Tell whether a text begins as an SVG drawing, after a byte order mark, declarations and comments."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            head = head[len(mark) :].decode(encoding, "replace").encode()
    rest = head.lstrip()
    while rest.startswith((b"<?", b"<!")):
        end = b"-->" if rest.startswith(b"<!--") else b"]>" if b"[" in rest.partition(b">")[0] else b">"
        rest = rest.partition(end)[2].lstrip()
    tag = rest[:64].lower()
    return tag.startswith((b"<svg ", b"<svg>", b"<svg\n", b"<svg\r", b"<svg\t", b"<svg:svg", b"<svg/"))


def _inflated(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(head, _HEAD)
    except zlib.error:
        return b""


def _is_icon(head: bytes) -> bool:
    """An icon or cursor of Windows: a number of pictures follows its kind, where an uncompressed TGA has zero."""
    return head[:4] in {b"\0\0\1\0", b"\0\0\2\0"} and head[4:6] not in {b"\0\0", b""}


def _is_targa(head: bytes) -> bool:
    """A TGA without a footer: no name, no palette, a known kind, a depth that there is."""
    return len(head) > 18 and head[0] == head[1] == 0 and head[2] in {2, 3, 10, 11} and head[16] in {8, 16, 24, 32}


def media_type(image: ImageFile) -> str:
    """Return the media type of an opened picture; what phones call a multi-picture object is a JPEG to all others.

    A sequence of HEIC is shown as one of its pictures, and named as those are.
    """
    if image.format == "MPO":
        return "image/jpeg"
    return (image.get_format_mimetype() or f"image/{image.format}".lower()).removesuffix("-sequence")
