"""Small files on which a good guess goes wrong, each with what two independent decoders say of it."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.photographs import SHARED

from caption.examine import Examination, Rejected, examine

FOLDER = Path(SHARED or "", "data", "formats")
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="needs data/formats of the shared test data")

Colour = tuple[int, int, int]


def given(name: str) -> Examination:
    return examine((FOLDER / name).read_bytes())


def pixels(found: Examination) -> Image.Image:
    with Image.open(BytesIO(found.large)) as image:
        return image.convert("RGB")


def middle(found: Examination) -> Colour:
    image = pixels(found)
    colour = image.getpixel((image.width // 2, image.height // 2))
    assert isinstance(colour, tuple)
    return colour[0], colour[1], colour[2]


def grey(value: int) -> Colour:
    return value, value, value


P3, LINEAR = (218, 67, 47), (188, 137, 137)
COLOURS: dict[str, Colour] = {
    "p3-named-like-samsung.png": P3,
    "p3-named-like-samsung.jpg": P3,
    "p3-named-like-android.jpg": P3,
    "p3-named-like-huawei.png": P3,
    "p3-named-plainly.png": P3,
    "p3-named-plainly.jpg": P3,
    "gimp-linear.png": LINEAR,
    "gray-g10.png": grey(188),
    "avif-p3-srgb.avif": (216, 69, 50),
    "heic-p3-srgb.heic": (216, 69, 50),
    "avif-pq.avif": grey(187),
    "heic-hlg.heic": grey(187),
    "cicp-p3.png": (138, 59, 62),
    "cicp-pq2020.png": (165, 0, 24),
    "c_png_cicp_pq.png": grey(187),
    "gama-1.0.png": LINEAR,
    "c_dotgain20.jpg": grey(149),
    "apng-default-not-in-anim.png": (255, 0, 0),
}


@pytest.mark.parametrize("name", COLOURS)
def test_colours_are_those_of_the_file(name: str) -> None:
    found = middle(given(name))
    assert max(abs(a - b) for a, b in zip(found, COLOURS[name], strict=True)) <= 6, found


SIZES = {
    "png-ztxt-2.4MB.png": (400, 300),
    "png-icc-2MB.png": (400, 300),
    "png-raw-exif-trailing-NUL.png": (300, 400),
    "t_png_text_crc.png": (640, 480),
    "h_png_time_crc.png": (640, 480),
    "jpeg-minus2.jpg": (240, 160),
    "t_prog_no_eoi.jpg": (640, 480),
    "h_restart_no_eoi.jpg": (640, 480),
    "o_jpeg_xmponly6.jpg": (480, 640),
    "thumb-first-pages.tif": (240, 160),
    "like-canon.cr2": (160, 240),
    "exif6.heic": (300, 400),
    "heic-exif6-no-irot.heic": (400, 300),
    "avif-exif6-no-irot.avif": (400, 300),
    "o_heic_noirot_exif6.heic": (640, 480),
    "heic-primary-second.heic": (80, 64),
    "p_tall_screenshot.png": (1080, 14000),
    "k_heic_named.jpg": (640, 480),
    "k_jpeg_named.heic": (640, 480),
}


@pytest.mark.parametrize("name", SIZES)
def test_what_browsers_show_is_shown_whole_and_upright(name: str) -> None:
    found = given(name)
    assert (found.width, found.height) == SIZES[name]


@pytest.mark.parametrize("name", ["jpeg-minus2.jpg", "rgb16-planar.tif", "thumb-first-pages.tif"])
def test_pixels_are_those_of_the_same_picture_as_png(name: str) -> None:
    found, right = (np.asarray(pixels(given(each)), np.int16) for each in (name, "truth-240x160.png"))
    assert np.abs(found - right).mean() < 4


def test_inverted_grey_of_sixteen_bits_is_no_negative() -> None:
    assert np.asarray(pixels(given("grey16-miniswhite.tif"))).mean() == pytest.approx(145, abs=3)


@pytest.mark.parametrize("name", ["raw-ifd0-cfa.dng", "thumb-ifd0.dng", "rgbf32.tif", "jpeg12.jpg", "bom.svg"])
def test_what_is_good_but_not_read_is_called_unsupported(name: str) -> None:
    with pytest.raises(Rejected) as rejected:
        given(name)
    assert rejected.value.code == "unsupported_format"
    assert "not supported" in rejected.value.detail


def test_what_tRNS_names_is_transparent_in_sixteen_bits() -> None:  # noqa: N802 (PNG's name of it)
    image = pixels(given("grey16-trns.png"))
    assert image.getpixel((2, 8)) == pytest.approx(grey(128), abs=4)
    assert image.getpixel((13, 8)) == pytest.approx(grey(255), abs=4)


def test_what_no_frame_draws_on_is_empty() -> None:
    image = pixels(given("gif-small-frame-bg-opaque.gif"))
    assert image.getpixel((95, 75)) == pytest.approx(grey(255), abs=6)
    assert {image.getpixel((x, y)) for x in range(100) for y in range(80)} != {(255, 255, 255)}


@pytest.mark.parametrize(
    "name", ["a_gif_first_transparent.gif", "h_webp_first_white.webp", "c_white_on_transparent.png"]
)
def test_there_is_something_to_be_seen_in_the_picture_its_tile_and_for_the_model(name: str) -> None:
    found = given(name)
    for body in (found.large, found.small, found.tile.image):
        with Image.open(BytesIO(body)) as image:
            grey = np.asarray(image.convert("L"), np.int16)
            assert grey.max() - grey.min() > 60
    assert int(found.tensor.max()) - int(found.tensor.min()) > 60
