"""Odd but legal pictures: depths, layouts, animations and turns that are easily read otherwise than they are meant."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import tifffile
from PIL import Image, PngImagePlugin

from caption import colour
from caption.examine import Examination, Rejected, examine
from caption.spaces import SRGB_PRIMARIES, Space, profile

WHITE, RED = (255, 255, 255), (255, 0, 0)
Colour = tuple[int, ...]
Pixels = npt.NDArray[Any]


def file(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def large(found: Examination) -> Image.Image:
    with Image.open(BytesIO(found.large)) as image:
        return image.convert("RGB")


def at(found: Examination, x: float, y: float = 0.5) -> Colour:
    image = large(found)
    colour = image.getpixel((int(x * image.width), int(y * image.height)))
    assert isinstance(colour, tuple)
    return colour


def png(width: int, height: int, depth: int, kind: int, rows: bytes, *more: tuple[bytes, bytes]) -> bytes:
    """A PNG byte by byte: rows are as they are filtered, by none."""
    chunks = [(b"IHDR", struct.pack("!IIBBBBB", width, height, depth, kind, 0, 0, 0)), *more]
    chunks += [(b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    packed = (struct.pack("!I", len(d)) + k + d + struct.pack("!I", zlib.crc32(k + d)) for k, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


HALVES = {
    "1 bit": lambda: png(64, 32, 1, 0, (b"\0" + b"\0" * 4 + b"\xff" * 4) * 32, (b"tRNS", b"\0\1")),
    "2 bits": lambda: png(64, 32, 2, 0, (b"\0" + b"\x55" * 8 + b"\xaa" * 8) * 32, (b"tRNS", b"\0\2")),
    "4 bits": lambda: png(64, 32, 4, 0, (b"\0" + b"\x55" * 16 + b"\xaa" * 16) * 32, (b"tRNS", b"\0\x0a")),
    "16 bits": lambda: png(64, 32, 16, 0, (b"\0" + b"\x55\x55" * 32 + b"\xaa\xaa" * 32) * 32, (b"tRNS", b"\xaa\xaa")),
    "16 bits of colour": lambda: png(
        64, 32, 16, 2, (b"\0" + b"\x55\x55" * 96 + b"\xaa\xab" * 96) * 32, (b"tRNS", b"\xaa\xab" * 3)
    ),
}


@pytest.mark.parametrize("depth", HALVES)
def test_the_transparent_colour_of_a_png_has_the_depth_of_its_pixels(depth: str) -> None:
    found = examine(HALVES[depth]())
    kept = 0 if depth == "1 bit" else 0x55
    assert at(found, 0.2) == pytest.approx((kept,) * 3, abs=3)
    assert at(found, 0.8) == pytest.approx(WHITE, abs=3)


RAMP = np.linspace(0, 255, 160 * 120).reshape(120, 160).astype(np.uint8)
PICTURE = np.stack([RAMP, RAMP[::-1], np.full_like(RAMP, 90)], axis=2)


def tiff(pixels: Pixels, **options: Any) -> Callable[[], bytes]:  # noqa: ANN401 (tifffile has thirty)
    def make() -> bytes:
        out = BytesIO()
        tifffile.imwrite(out, pixels, **options)
        return out.getvalue()

    return make


def planes(order: str, **options: Any) -> Callable[[], bytes]:  # noqa: ANN401 (likewise)
    wide = np.moveaxis(PICTURE.astype(np.uint16) * 257, 2, 0).copy()
    return tiff(wide, photometric="rgb", planarconfig="separate", byteorder=order, **options)


GREY = np.stack([RAMP] * 3, axis=2)
WIDE = RAMP.astype(np.uint16) * 257
TIFFS = {
    "planes of 16 bits": (planes("<"), PICTURE),
    "big-endian planes of 16 bits": (planes(">"), PICTURE),
    "planes of 16 bits in strips": (planes("<", rowsperstrip=16), PICTURE),
    "deflated planes of 16 bits": (planes("<", compression="zlib"), PICTURE),
    "inverted 16 bits": (tiff(65535 - WIDE, photometric="miniswhite"), GREY),
    "inverted 8 bits": (tiff(255 - RAMP, photometric="miniswhite"), GREY),
    "unsigned 32 bits": (tiff(RAMP.astype(np.uint32) * 0x1010101, photometric="minisblack"), GREY),
    "inverted floating point": (tiff(1 - RAMP.astype(np.float32) / 255, photometric="miniswhite"), GREY),
    "big-endian, deflated floating point": (
        tiff(RAMP.astype(np.float32), photometric="minisblack", byteorder=">", compression="zlib"),
        GREY,
    ),
    "big-endian, deflated, signed 16 bits": (
        tiff(RAMP.astype(np.int16) - 128, photometric="minisblack", byteorder=">", compression="zlib"),
        GREY,
    ),
    "grey multiplied by its alpha": (
        tiff(np.stack([RAMP, np.full_like(RAMP, 255)], 2), photometric="minisblack", extrasamples=["assocalpha"]),
        GREY,
    ),
    "a preview before the picture": (
        lambda: two_pages(np.zeros((12, 16, 3), np.uint8), PICTURE, subfiletype=1),
        PICTURE,
    ),
}


def two_pages(first: Pixels, second: Pixels, subfiletype: int) -> bytes:
    out = BytesIO()
    with tifffile.TiffWriter(out) as writer:
        writer.write(first, photometric="rgb", subfiletype=subfiletype)
        writer.write(second, photometric="rgb")
    return out.getvalue()


@pytest.mark.parametrize("name", TIFFS)
def test_a_tiff_is_read_as_it_is_meant(name: str) -> None:
    make, right = TIFFS[name]
    shown = np.asarray(large(examine(make())), np.int16)
    assert np.abs(shown - right).mean() < 5


@pytest.mark.parametrize(
    "make",
    [
        planes("<", tile=(64, 64)),
        tiff(PICTURE.astype(np.float32) / 255, photometric="rgb"),
        tiff(RAMP.astype(np.float64)),
    ],
    ids=["tiled planes of 16 bits", "colours of floating point", "64 bits"],
)
def test_a_tiff_that_would_be_misread_is_not_supported(make: Callable[[], bytes]) -> None:
    with pytest.raises(Rejected) as rejected:
        examine(make())
    assert rejected.value.code == "unsupported_format"


def drawing(ink: Colour, mode: str = "RGBA") -> Image.Image:
    """A ring on nothing."""
    image = Image.new("RGBA", (120, 120), (*ink, 0))
    image.paste((*ink, 255), (30, 30, 90, 90))
    image.paste((*ink, 0), (45, 45, 75, 75))
    return image.convert(mode)


@pytest.mark.parametrize("ink", [(255, 255, 255), (250, 250, 220)])
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_light_drawing_is_seen_on_grey(kind: str, ink: Colour) -> None:
    options = {"lossless": True} if kind == "WEBP" else {}
    found = examine(file(drawing(ink), kind, **options))
    assert at(found, 0.3) == pytest.approx(ink, abs=8)
    assert at(found, 0.05) == pytest.approx((128,) * 3, abs=8)
    assert int(found.tensor.max()) - int(found.tensor.min()) > 80


@pytest.mark.parametrize("ink", [(20, 40, 120), (255, 255, 0), (0, 255, 255)])
def test_a_dark_or_colourful_drawing_is_seen_on_white(ink: Colour) -> None:
    assert at(examine(file(drawing(ink), "PNG")), 0.05) == pytest.approx(WHITE, abs=4)


def frames(*images: Image.Image, kind: str, **options: object) -> bytes:
    return file(images[0], kind, save_all=True, append_images=images[1:], duration=100, **options)


SCENE = Image.fromarray(PICTURE)


@pytest.mark.parametrize("empty", [WHITE, (0, 0, 0), (40, 40, 40)])
@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_an_animation_is_shown_by_the_first_frame_with_something_on_it(kind: str, empty: Colour) -> None:
    blank = Image.new("RGB", SCENE.size, empty)
    found = examine(frames(blank, blank, SCENE, Image.new("RGB", SCENE.size, RED), kind=kind))
    assert np.abs(np.asarray(large(found), np.int16) - PICTURE).mean() < 12


def test_an_animation_of_nothing_is_shown_by_its_first_frame() -> None:
    found = examine(frames(*(Image.new("RGB", (60, 40), (each, 0, 0)) for each in (255, 200, 100)), kind="GIF"))
    assert at(found, 0.5) == pytest.approx(RED, abs=6)


def test_the_default_image_of_an_apng_counts_only_where_it_is_animated() -> None:
    still = Image.new("RGB", (64, 64), (0, 0, 200))
    moving = [Image.new("RGB", (64, 64), each) for each in (RED, (0, 255, 0))]
    assert at(examine(frames(still, *moving, kind="PNG", default_image=True)), 0.5) == pytest.approx(RED, abs=6)
    assert at(examine(frames(still, *moving, kind="PNG")), 0.5) == pytest.approx((0, 0, 200), abs=6)


@pytest.mark.parametrize("default", [True, False])
@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_an_animation_in_which_nobody_can_go_back_is_shown_by_its_first_frame(kind: str, default: bool) -> None:
    colours = [(each, 0, 0) for each in range(255, 60, -13)]
    options = {"default_image": default} if kind == "PNG" else {}
    found = examine(frames(*(Image.new("RGB", (60, 40), each) for each in colours), kind=kind, **options))
    assert at(found, 0.5) == pytest.approx(colours[1 if options.get("default_image") else 0], abs=8)


def test_an_apng_whose_frames_are_broken_is_its_still_picture() -> None:
    body = frames(SCENE, *(Image.new("RGB", SCENE.size, (each, 0, 0)) for each in (255, 128)), kind="PNG")
    place = body.index(b"fdAT", body.index(b"fdAT") + 1)
    number = bytearray(body)
    number[place + 4 : place + 8] = struct.pack("!I", 77)
    found = examine(bytes(number))
    assert np.abs(np.asarray(large(found), np.int16) - PICTURE).mean() < 12
    first = body.index(b"fcTL")
    number = bytearray(body)
    number[first + 4 : first + 8] = struct.pack("!I", 3)
    data = bytes(number[first : first + 30])
    number[first + 30 : first + 34] = struct.pack("!I", zlib.crc32(data))
    assert examine(bytes(number)).media_type == "image/png"


def test_what_no_frame_of_a_gif_draws_on_is_nothing() -> None:
    body = bytearray(file(Image.new("P", (30, 20), 0), "GIF"))
    body[6:10] = struct.pack("<HH", 100, 80)  # the screen
    found = examine(bytes(body))
    assert (found.width, found.height) == (100, 80)
    assert at(found, 0.1, 0.1) == pytest.approx((0, 0, 0), abs=6)
    assert at(found, 0.9, 0.9) == pytest.approx(WHITE, abs=6)


XMP = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"/></rdf:RDF></x:xmpmeta>"""


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_an_orientation_that_xmp_alone_tells_turns_nothing(kind: str) -> None:
    options: dict[str, object] = {"xmp": XMP}
    if kind == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", XMP.decode())
        options = {"pnginfo": info}
    found = examine(file(SCENE, kind, **options))
    assert (found.width, found.height) == SCENE.size


@pytest.mark.parametrize("after", ["", "\0", "\n\n00", "zz"])
def test_exif_in_a_raw_profile_of_a_png_is_read(after: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    told = exif.tobytes()
    info = PngImagePlugin.PngInfo()
    info.add_text("Raw profile type exif", f"\nexif\n{len(told):8}\n{told.hex()}\n{after}", zip=True)
    found = examine(file(SCENE, "PNG", pnginfo=info))
    assert (found.width, found.height) == (SCENE.height, SCENE.width)


def test_the_profile_of_a_bitmap_counts() -> None:
    linear = profile(Space(SRGB_PRIMARIES, gamma=1.0))
    pixels = bytes([128]) * (12 * 4)
    header = struct.pack("<IiiHHIIiiII", 124, 4, 4, 1, 24, 0, len(pixels), 0, 0, 0, 0)
    header += bytes(16) + b"DEBM" + bytes(48) + struct.pack("<IIII", 4, 124 + len(pixels), len(linear), 0)
    body = header + pixels + linear
    found = examine(b"BM" + struct.pack("<IHHI", 14 + len(body), 0, 0, 14 + 124) + body)
    assert at(found, 0.5) == pytest.approx((188,) * 3, abs=3)


def test_a_profile_that_changes_nothing_is_not_applied() -> None:
    """Which is told by probing it: its name is not asked, see test_colours."""
    srgb = profile(Space(SRGB_PRIMARIES, 13))
    image = Image.new("RGB", (8, 8), (1, 2, 3))
    assert colour.in_srgb(image, srgb) is image
    assert colour.in_srgb(image, profile(Space(SRGB_PRIMARIES, gamma=2.4))) is not image
