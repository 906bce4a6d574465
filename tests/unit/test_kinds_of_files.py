"""What is taken, what is not, and why: by content alone, in words that are true of the file."""

import gzip
import struct
import time
import zlib
from collections.abc import Callable
from io import BytesIO

import numpy as np
import pillow_heif
import pytest
import tifffile
from PIL import Image, PngImagePlugin

from caption.examine import Rejected, examine
from caption.formats import pillow_format
from gallery import limits

pillow_heif.register_heif_opener()


def picture(width: int = 240, height: int = 160) -> Image.Image:
    """Something with an edge in it, and noise enough to make a file of some kilobytes."""
    noise = np.random.default_rng(1).integers(0, 60, (height, width, 3), np.uint8)
    noise[:, : width // 2, 0] += 150
    return Image.fromarray(noise)


def file(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def ftyp(*brands: bytes) -> bytes:
    return struct.pack("!I4s", 16 + 4 * (len(brands) - 1), b"ftyp") + brands[0] + bytes(4) + b"".join(brands[1:])


def refusal(body: bytes) -> Rejected:
    with pytest.raises(Rejected) as rejected:
        examine(body)
    assert rejected.value.detail.endswith(".")
    return rejected.value


TS = (b"\x47" + bytes(187)) * 3
NOT_SUPPORTED: dict[str, tuple[bytes, str]] = {
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
    "SVG after a byte order mark": (b"\xef\xbb\xbf<?xml version='1.0'?>\n<svg/>", "SVG"),
    "SVG in UTF-16": (b"\xff\xfe" + "<svg width='1'/>".encode("utf-16-le"), "SVG"),
    "SVG after comments and a document type": (
        b"<!-- a > b --><!DOCTYPE svg [<!ENTITY a 'b'>]>\n<!-- c -->\n<svg>",
        "SVG",
    ),
    "SVG with a prefix": (b"<svg:svg xmlns:svg='http://www.w3.org/2000/svg'/>", "SVG"),
    "compressed SVG": (gzip.compress(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "compressed SVG"),
    "PDF": (b"%PDF-1.7\n", "PDF"),
    "PostScript": (b"%!PS-Adobe-3.0 EPSF-3.0\n", "EPS"),
    "EPS with a preview": (b"\xc5\xd0\xd3\xc6" + bytes(28), "EPS"),
    "Photoshop": (b"8BPS\0\1" + bytes(20), "Photoshop"),
    "GIMP": (b"gimp xcf v011\0", "GIMP"),
    "JPEG 2000": (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
    "JPEG 2000, bare": (b"\xff\x4f\xff\x51\0\x2f", "JPEG 2000"),
    "JPEG XL": (b"\0\0\0\x0cJXL \r\n\x87\n", "JPEG XL"),
    "JPEG XL, bare": (b"\xff\x0a\xfa\x1f", "JPEG XL"),
    "JPEG XR": (b"II\xbc\1" + bytes(20), "JPEG XR"),
    "QOI": (b"qoif" + bytes(10), "QOI"),
    "DDS": (b"DDS \x7c\0\0\0", "DirectDraw"),
    "PCX": (b"\x0a\5\1\x08" + bytes(124), "PCX"),
    "FITS": (b"SIMPLE  =                    T", "FITS"),
    "OpenEXR": (b"v/1\1" + bytes(8), "OpenEXR"),
    "Radiance": (b"#?RADIANCE\n", "Radiance"),
    "DICOM": (bytes(128) + b"DICM", "DICOM"),
    "DjVu": (b"AT&TFORM", "DjVu"),
    "Netpbm": (b"P6\n1 1\n255\n\0\0\0", "Netpbm"),
    "a float map": (b"PF\n1 1\n-1\n", "Netpbm"),
    "an icon": (b"\0\0\1\0\1\0\x10\x10", "icon"),
    "a cursor": (b"\0\0\2\0\1\0\x10\x10", "icon"),
    "Apple's icon": (b"icns\0\0\0\x08", "icon"),
    "TGA": (b"\0\0\2\0\0\0\0\0\0\0\0\0\2\0\2\0\x18\0" + bytes(12), "TGA"),
    "TGA with a palette and a footer": (b"\0\1\1\0\0\2\0\x18" + bytes(40) + b"TRUEVISION-XFILE.\0", "TGA"),
    "CRW": (b"II\x1a\0\0\0HEAPCCDR", "raw"),
    "X3F": (b"FOVb\0\0\2\0", "raw"),
    "MRW": (b"\0MRM\0\0\0\0", "raw"),
    "H.264 in HEIF": (ftyp(b"avci", b"mif1", b"avci"), "H.264"),
    "JPEG in HEIF": (ftyp(b"mif1", b"mif1", b"jpeg"), "JPEG"),
    "H.266 in HEIF": (ftyp(b"vvic", b"mif1"), "H.266"),
    "JPEG 2000 in HEIF": (ftyp(b"j2ki", b"mif1"), "JPEG 2000"),
    "the short form of HEIF": (ftyp(b"mif3", b"avi1"), "mif3"),
    "MP4": (ftyp(b"isom", b"isom", b"mp42"), "film"),
    "QuickTime": (ftyp(b"qt  ", b"qt  "), "film"),
    "QuickTime of old": (b"\0\0\0\x08wide\0\0\0\x08mdat", "film"),
    "QuickTime that begins with its index": (b"\0\0\1\0moov" + bytes(8), "film"),
    "AVI": (b"RIFF\0\0\0\0AVI LIST", "film"),
    "Matroska": (b"\x1aE\xdf\xa3" + bytes(8), "film"),
    "MPEG": (b"\0\0\1\xba" + bytes(8), "film"),
    "a transport stream": (TS, "film"),
    "a transport stream of a camera": (b"".join(bytes(4) + b"\x47" + bytes(187) for _ in range(3)), "film"),
    "a half float TIFF": (b"", "not supported"),
    "WebP in TIFF": (b"", "WebP inside"),
    "JPEG XL in TIFF": (b"", "JPEG XL inside"),
    "JPEG 2000 in TIFF": (b"", "JPEG 2000 inside"),
    "a sequence of HEIC": (b"", "sequence"),
    "a HEIF that is not compressed": (b"", "not compressed"),
    "a JPEG of 12 bits": (b"", "not supported"),
    "a JPEG of 2 components": (b"", "not supported"),
}


def tiff_of_half_floats() -> bytes:
    out = BytesIO()
    tifffile.imwrite(out, np.zeros((40, 40), np.float16))
    return out.getvalue()


def tiff_with(body: bytes, compression: int) -> bytes:
    """A TIFF of one strip that is coded as another format."""
    entries = ((256, 240), (257, 160), (258, 8), (259, compression), (262, 2), (273, 8), (277, 3), (278, 160))
    directory = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in (*entries, (279, len(body))))
    padded = body + bytes(len(body) % 2)
    return struct.pack("<2sHI", b"II", 42, 8 + len(padded)) + padded + struct.pack("<H", 9) + directory + bytes(4)


def uncompressed_heif() -> bytes:
    """A HEIC whose picture is called uncompressed, which it would say in its item's type (ISO/IEC 23001-17)."""
    return file(picture(), "HEIF").replace(b"hvc1", b"unci")


def jpeg_of(bits: int | None = None, components: int | None = None) -> bytes:
    body = bytearray(file(picture(), "JPEG"))
    place = body.index(b"\xff\xc0")
    if bits:
        body[place + 4] = bits
    if components:
        body[place + 9] = components
        body[place + 2 : place + 4] = struct.pack("!H", 8 + 3 * components)
        del body[place + 10 + 3 * components : place + 19]
    return bytes(body)


MADE: dict[str, Callable[[], bytes]] = {
    "a half float TIFF": tiff_of_half_floats,
    "a JPEG of 12 bits": lambda: jpeg_of(bits=12),
    "a JPEG of 2 components": lambda: jpeg_of(components=2),
    "WebP in TIFF": lambda: tiff_with(file(picture(), "WEBP"), 50001),
    "JPEG XL in TIFF": lambda: tiff_with(b"\xff\x0a" + bytes(40), 50002),
    "JPEG 2000 in TIFF": lambda: tiff_with(b"\xff\x4f\xff\x51" + bytes(40), 34712),
    "a HEIF that is not compressed": uncompressed_heif,
    "a sequence of HEIC": lambda: ftyp(b"msf1", b"msf1", b"hevc") + struct.pack("!I4s8x", 16, b"moov"),
}


@pytest.mark.parametrize("name", NOT_SUPPORTED)
def test_a_good_file_of_another_kind_is_called_by_its_name(name: str) -> None:
    body, said = NOT_SUPPORTED[name]
    found = refusal(MADE[name]() if name in MADE else body)
    assert (found.code, said in found.detail, "damaged" in found.detail) == ("unsupported_format", True, False), found


@pytest.mark.parametrize(
    "body",
    [b"\n" + file(picture(), "JPEG"), b"\r\n" + file(picture(), "WEBP"), b" " + file(picture(), "PNG")],
    ids=["JPEG", "WebP", "PNG"],
)
def test_bytes_before_a_picture_are_what_is_wrong_with_it(body: bytes) -> None:
    found = refusal(body)
    assert (found.code, "before" in found.detail) == ("unreadable", True)


@pytest.mark.parametrize(
    "body",
    [
        b"<?xml " + b"<!--" * 1000,
        b"<!DOCTYPE svg " * 300,
        b"<?xml?>" * 580 + b"x",
        ("<?xml " + "<!-- " * 400 + "<!DOCTYPE svg " * 150).encode(),
    ],
)
def test_no_text_makes_telling_its_kind_slow(body: bytes) -> None:
    began = time.process_time()
    with pytest.raises(Rejected):
        pillow_format(body)
    assert time.process_time() - began < 0.05


@pytest.mark.parametrize("major", [b"miaf", b"1pic", b"MA1B", b"MiHE", b"msf1", b"mif1", b"heix"])
@pytest.mark.parametrize("kind", ["AVIF", "HEIF"])
def test_a_picture_is_read_whichever_of_its_brands_comes_first(major: bytes, kind: str) -> None:
    """What it is compatible with is in the list that follows (ISO/IEC 23008-12, 10)."""
    body = file(picture(), kind)
    brands = {body[at : at + 4] for at in range(16, int.from_bytes(body[:4]), 4)}
    assert brands & {b"avif", b"heic"}
    if kind == "AVIF" and major == b"heix":
        return
    assert examine(body[:8] + major + body[12:]).width == 240


TRUNCATED = {
    "JPEG": file(picture(), "JPEG"),
    "a progressive JPEG": file(picture(), "JPEG", progressive=True),
    "a JPEG with restart markers": file(picture(), "JPEG", restart_marker_rows=1),
    "PNG": file(picture(), "PNG"),
    "GIF": file(picture(), "GIF"),
    "WebP": file(picture(), "WEBP"),
    "lossless WebP": file(picture(), "WEBP", lossless=True),
    "TIFF": file(picture(), "TIFF"),
    "LZW TIFF": file(picture(), "TIFF", compression="tiff_lzw"),
    "deflated TIFF": file(picture(), "TIFF", compression="tiff_adobe_deflate"),
    "BMP": file(picture(), "BMP"),
    "AVIF": file(picture(), "AVIF"),
    "HEIC": file(picture(), "HEIF"),
}


@pytest.mark.parametrize("share", [0.5, 0.9])
@pytest.mark.parametrize("name", TRUNCATED)
def test_a_part_of_a_file_is_called_truncated(name: str, share: float) -> None:
    body = TRUNCATED[name]
    assert refusal(body[: int(share * len(body))]).code == "truncated"


@pytest.mark.parametrize(
    "options",
    [{}, {"progressive": True}, {"restart_marker_rows": 1}, {"subsampling": 0}],
    ids=["baseline", "progressive", "restart markers", "4:4:4"],
)
@pytest.mark.parametrize("missing", [1, 2])
def test_a_jpeg_that_lacks_its_end_marker_alone_is_whole(missing: int, options: dict[str, object]) -> None:
    whole = file(picture(), "JPEG", **options)
    found, right = examine(whole[:-missing]), examine(whole)
    assert (found.large, found.media_type) == (right.large, "image/jpeg")


def test_a_progressive_jpeg_that_ends_after_one_of_its_scans_is_truncated() -> None:
    whole = file(picture(), "JPEG", progressive=True)
    last = whole.rindex(b"\xff\xda")
    assert refusal(whole[:last]).code == "truncated"


def png_with(kind: bytes, data: bytes, *, crc: int = 0) -> bytes:
    """A PNG with one more chunk before its pixels, whose checksum may be wrong."""
    body = file(picture(), "PNG")
    place = body.index(b"IDAT") - 4
    chunk = struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data) ^ crc)
    return body[:place] + chunk + body[place:]


BIG = zlib.compress(b"comfyui " * 300_000, 9)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(png_with(b"tEXt", b"Comment\0hello", crc=1), id="a text's checksum"),
        pytest.param(png_with(b"tIME", bytes([7, 232, 1, 1, 0, 0, 0]), crc=1), id="a time's checksum"),
        pytest.param(png_with(b"iCCP", b"x\0\0" + zlib.compress(b"profile"), crc=1), id="a profile's checksum"),
        pytest.param(png_with(b"gAMA", struct.pack("!I", 100_000), crc=1), id="a gamma's checksum"),
        pytest.param(png_with(b"zTXt", b"workflow\0\0" + BIG), id="2.4 MB of compressed text"),
        pytest.param(png_with(b"iTXt", b"workflow\0\1\0\0\0" + BIG), id="2.4 MB of compressed international text"),
        pytest.param(png_with(b"iCCP", b"x\0\0" + zlib.compress(bytes(2_000_000))), id="a profile of 2 MB"),
        pytest.param(png_with(b"zTXt", b"bomb\0\0" + zlib.compress(bytes(200_000_000))), id="200 MB of text"),
        pytest.param(png_with(b"zTXt", b"broken\0\0nothing deflated"), id="a broken text"),
    ],
)
def test_a_png_is_shown_though_what_is_beside_its_pixels_is_not_right(body: bytes) -> None:
    found = examine(body)
    assert found.large == examine(file(picture(), "PNG")).large


def test_seventy_texts_of_a_megabyte_are_no_reason_to_refuse_a_png() -> None:
    info = PngImagePlugin.PngInfo()
    for each in range(70):
        info.add_text(f"text {each}", "x" * 1_000_000, zip=True)
    assert examine(file(picture(), "PNG", pnginfo=info)).width == 240


@pytest.mark.parametrize("kind", [b"PLTE", b"IDAT", b"IHDR"])
def test_a_png_whose_pixels_cannot_be_trusted_is_refused(kind: bytes) -> None:
    body = bytearray(file(picture().quantize(16), "PNG"))
    place = body.index(kind)
    body[place + 4 + int.from_bytes(body[place - 4 : place])] ^= 1
    assert refusal(bytes(body)).code == "unreadable"


def jpeg_claiming(width: int, height: int, **options: object) -> bytes:
    body = bytearray(file(picture(), "JPEG", **options))
    place = next(body.index(marker) for marker in (b"\xff\xc0", b"\xff\xc2") if marker in body)
    body[place + 5 : place + 9] = struct.pack("!HH", height, width)
    return bytes(body)


def test_limits_are_told_with_their_numbers() -> None:
    png = file(Image.new("1", (10_000, 7_000)), "PNG")
    assert refusal(png).detail == "The picture has 70 megapixels; a PNG may have 60."
    assert refusal(jpeg_claiming(20_000, 15_000)).detail == "The picture has 300 megapixels; a JPEG may have 200."
    detail = refusal(jpeg_claiming(16_000, 12_000, progressive=True, subsampling=0)).detail
    assert "192 megapixels" in detail
    assert f"{limits.MAX_DECODE_MEMORY_BYTES // 2**20}" in detail


@pytest.mark.slow
def test_a_baseline_jpeg_of_two_hundred_megapixels_is_shown() -> None:
    found = examine(file(Image.new("RGB", (16_320, 12_240), (10, 200, 100)), "JPEG"))
    assert (found.width, found.height) == (16_320, 12_240)
