"""Making pictures smaller: as sharp as Lanczos, and no darker than what it is made of."""

from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from tests.photographs import SHARED, free, needs_shared

from caption import resizing
from caption.decoding import decode
from caption.examine import examine
from caption.opening import open_picture
from caption.resizing import resampled, resized


def pixels(image: Image.Image) -> npt.NDArray[np.float64]:
    return np.asarray(image).astype(np.float64)


def likeness(image: Image.Image, other: Image.Image) -> float:
    """Return the peak signal-to-noise ratio of two pictures in decibels."""
    return float(10 * np.log10(255**2 / max(1e-9, ((pixels(image) - pixels(other)) ** 2).mean())))


def photograph() -> Image.Image:
    return Image.open(free()[1].path).convert("RGB")


@pytest.fixture(params=["SIMD", "Pillow"])
def either(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """With the library of SIMD instructions, and as where there is none."""
    if request.param == "Pillow":
        monkeypatch.setattr(resizing, "Resizer", None)
    elif find_spec("cykooz_resizer") is None:
        pytest.skip("no wheel of cykooz-resizer for this machine")
    return str(request.param)


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "CMYK"])
def test_a_smaller_picture_is_what_lanczos_makes_of_it(mode: str) -> None:
    image = photograph().convert(mode)
    extent = image.width * 2 // 5, image.height * 2 // 5
    smaller = resized(image, extent)
    assert (smaller.mode, smaller.size) == (mode, extent)
    assert likeness(smaller, image.resize(extent, Image.Resampling.LANCZOS)) > 45


@pytest.mark.usefixtures("either")
def test_a_part_is_taken_to_fractions_of_a_pixel() -> None:
    image, box = photograph(), (10.5, 20.25, 310.5, 320.25)
    part = resampled(image, (100, 100), "bilinear", box)
    assert likeness(part, image.resize((100, 100), Image.Resampling.BILINEAR, box=box)) > 45


def test_what_has_its_size_already_is_left_as_it_is() -> None:
    image = photograph()
    assert resized(image, image.size) is image


@pytest.mark.usefixtures("either")
def test_what_is_transparent_lends_no_colour_to_its_neighbours() -> None:
    image = Image.new("RGBA", (400, 400), (0, 255, 0, 0))
    image.paste((200, 0, 0, 255), (0, 0, 199, 400))
    edge = pixels(resized(image, (100, 100)))
    assert edge[edge[..., 3] > 20][:, 1].max() < 10


@pytest.mark.usefixtures("either")
@pytest.mark.parametrize("mode", ["L", "RGB"])
@pytest.mark.parametrize("pattern", ["checker", "columns", "rows"])
def test_a_pattern_too_fine_to_be_seen_keeps_its_light(mode: str, pattern: str) -> None:
    """Half of the light of white is the sRGB value 188 (IEC 61966-2-1)."""
    row, column = np.mgrid[:900, :1200]
    on = {"checker": row + column, "columns": column, "rows": row}[pattern] % 2
    smaller = resized(Image.fromarray((255 * on).astype(np.uint8)).convert(mode), (480, 360))
    assert pixels(smaller).mean() == pytest.approx(188, abs=2)


def test_a_photograph_is_resampled_as_codecs_hold_it() -> None:
    image = photograph()
    extent = image.width // 2, image.height // 2
    assert (pixels(resized(image, extent)) == pixels(resampled(image, extent, "lanczos"))).all()


@needs_shared
def test_a_checker_is_grey_in_every_smaller_size_its_tile_and_for_the_model() -> None:
    assert SHARED
    found = examine(Path(SHARED, "data/formats/c_checker.png").read_bytes())
    for body in (found.medium, found.small, found.tile.image):
        assert pixels(Image.open(BytesIO(body))).mean() == pytest.approx(188, abs=2)
    assert found.tensor.mean() == pytest.approx(188, abs=2)


@needs_shared
@pytest.mark.parametrize("name", ["p_tall_screenshot.png", "p_panorama.png"])
def test_a_long_screenshot_and_a_panorama_stay_readable(name: str) -> None:
    assert SHARED
    large = decode(open_picture(Path(SHARED, "data/formats", name).read_bytes())).image
    assert large.width * large.height <= 12_000_000
    assert min(large.size) >= 800


@pytest.mark.parametrize("width", [360, 799, 1500])
def test_pictures_of_every_height_are_made_smaller(width: int) -> None:
    for height in range(width + 1, 4200, 13):
        image = Image.new("L", (2, height))
        assert resampled(image, (2, width), "lanczos").size == (2, width)


def test_every_part_of_a_picture_is_made_smaller() -> None:
    image = Image.new("L", (1013, 757))
    for number in range(1, 60):
        box = (number / 7, number / 3, 1013 - number / 11, 757 - number / 13)
        assert resampled(image, (97, 331), "bilinear", box=box).size == (97, 331)
