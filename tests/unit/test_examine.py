"""Examining pictures, with files that Pillow writes here and now."""

import os
import re
import signal
import struct
import sys
import time
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from io import BytesIO
from pathlib import Path
from threading import Barrier

import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageCms

from caption import examine as examining
from caption.child import Child
from caption.examine import Examination, Rejected, examine
from caption.memory import MemoryBudget
from gallery import limits

pillow_heif.register_heif_opener()

RED, BLUE = (200, 30, 40), (20, 60, 200)
ORIENTATION = 0x0112
BLACK = Image.new("RGB", (120, 80))


def two_colours(width: int = 120, height: int = 80) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image


def file(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def pixels(body: bytes) -> Image.Image:
    with Image.open(BytesIO(body)) as image:
        return image.convert("RGB")


def assert_colour(image: Image.Image, at: tuple[float, float], expected: tuple[int, int, int]) -> None:
    found = image.getpixel((int(at[0] * image.width), int(at[1] * image.height)))
    assert isinstance(found, tuple)
    assert max(abs(a - b) for a, b in zip(found, expected, strict=True)) < 30, (found, expected)


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a JPEG": (lambda: file(two_colours(), "JPEG"), "image/jpeg"),
    "a progressive JPEG": (lambda: file(two_colours(), "JPEG", progressive=True), "image/jpeg"),
    "a CMYK JPEG": (lambda: file(two_colours().convert("CMYK"), "JPEG"), "image/jpeg"),
    "a JPEG with 16-bit tables": (lambda: file(two_colours(), "JPEG", qtables=[[300] + [2] * 63] * 2), "image/jpeg"),
    "a multi-picture JPEG": (
        lambda: file(two_colours(), "MPO", save_all=True, append_images=[two_colours()]),
        "image/jpeg",
    ),
    "a PNG": (lambda: file(two_colours(), "PNG"), "image/png"),
    "a palette PNG": (lambda: file(two_colours().quantize(4), "PNG"), "image/png"),
    "an animated PNG": (lambda: file(two_colours(), "PNG", save_all=True, append_images=[BLACK]), "image/apng"),
    "a WebP": (lambda: file(two_colours(), "WEBP"), "image/webp"),
    "an animated WebP": (lambda: file(two_colours(), "WEBP", save_all=True, append_images=[BLACK]), "image/webp"),
    "a GIF": (lambda: file(two_colours().quantize(4), "GIF"), "image/gif"),
    "an animated GIF": (lambda: file(two_colours(), "GIF", save_all=True, append_images=[BLACK]), "image/gif"),
    "a TIFF": (lambda: file(two_colours(), "TIFF", compression="tiff_lzw"), "image/tiff"),
    "a BMP": (lambda: file(two_colours(), "BMP"), "image/bmp"),
    "an AVIF": (lambda: file(two_colours(), "AVIF"), "image/avif"),
    "a HEIC": (lambda: file(two_colours(), "HEIF"), "image/heic"),
}


@pytest.mark.parametrize("name", FILES)
def test_every_format_is_read_and_named_by_its_content(name: str) -> None:
    make, media_type = FILES[name]
    found = examine(make())
    assert (found.media_type, found.width, found.height) == (media_type, 120, 80)
    for rendition in (found.small, found.large):
        assert_colour(pixels(rendition), (0.2, 0.5), RED)
        assert_colour(pixels(rendition), (0.8, 0.5), BLUE)


def grey_png_of_16_bits() -> bytes:
    return file(Image.fromarray(np.full((60, 60), 0x8000, np.uint16)), "PNG")


def floating_tiff() -> bytes:
    return file(Image.fromarray(np.linspace(-2, 6, 3600, dtype=np.float32).reshape(60, 60)), "TIFF")


def test_sixteen_bits_of_grey_are_not_cut_off() -> None:
    assert_colour(pixels(examine(grey_png_of_16_bits()).large), (0.5, 0.5), (128, 128, 128))


def test_measurements_are_stretched_from_black_to_white() -> None:
    large = pixels(examine(floating_tiff()).large)
    assert_colour(large, (0.5, 0.01), (0, 0, 0))
    assert_colour(large, (0.5, 0.99), (255, 255, 255))


def transparent_palette() -> Image.Image:
    return two_colours().quantize(4)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(lambda: file(Image.new("RGBA", (50, 50), (200, 0, 0, 0)), "PNG"), id="RGBA"),
        pytest.param(lambda: file(Image.new("LA", (50, 50), (0, 0)), "PNG"), id="grey with alpha"),
        pytest.param(lambda: file(Image.new("RGB", (50, 50), RED), "PNG", transparency=RED), id="one colour"),
        pytest.param(lambda: file(Image.new("P", (50, 50), 0), "GIF", transparency=0), id="palette"),
        pytest.param(lambda: file(Image.new("RGBA", (50, 50), (200, 0, 0, 0)), "WEBP", lossless=True), id="WebP"),
    ],
)
def test_what_is_transparent_turns_white(body: Callable[[], bytes]) -> None:
    found = examine(body())
    assert_colour(pixels(found.large), (0.5, 0.5), (255, 255, 255))
    assert found.tensor.min() > 250
    assert found.color == "#ffffff"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_seen_upright_whatever_its_orientation(kind: str, orientation: int) -> None:
    """The file is turned so that undoing it gives red on the left, blue on the right, and width over height."""
    undoing = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = two_colours()
    if orientation > 1:
        stored = stored.transpose(Image.Transpose(undoing[orientation]))
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    found = examine(file(stored, kind, exif=exif.tobytes()))
    assert (found.width, found.height) == (120, 80)
    assert_colour(pixels(found.large), (0.2, 0.5), RED)
    assert_colour(pixels(found.large), (0.8, 0.5), BLUE)


def test_renditions_are_bounded_and_never_larger_than_the_picture() -> None:
    big, little = examine(file(two_colours(3000, 2000), "JPEG")), examine(file(two_colours(90, 60), "JPEG"))
    shown = [pixels(each).size for each in (big.large, big.medium, big.small)]
    assert shown == [(2250, 1500), (1200, 800), (540, 360)]
    assert big.sizes == {"large": shown[0], "medium": shown[1], "small": shown[2]}
    assert [pixels(each).size for each in (little.large, little.medium, little.small)] == 3 * [(90, 60)]
    assert little.sizes == {"large": (90, 60)}
    assert (big.width, big.height) == (3000, 2000)


def test_the_tile_is_the_middle_of_the_picture_and_knows_its_mean_colour() -> None:
    image = Image.new("RGB", (900, 300), BLUE)
    image.paste(RED, (300, 0, 600, 300))
    image.paste((255, 255, 255), (300, 0, 600, 150))
    tile = examine(file(image, "PNG")).tile
    assert pixels(tile.image).size == (64, 64)
    assert_colour(pixels(tile.image), (0.5, 0.9), RED)
    assert tile.color == pytest.approx([(each + 255) / 2 for each in RED], abs=2)
    assert len(tile.image) < 2000


@pytest.mark.parametrize("size", [(1, 1), (3000, 1), (1, 3000), (5000, 20)])
def test_a_picture_may_have_any_shape(size: tuple[int, int]) -> None:
    found = examine(file(Image.new("RGB", size, RED), "PNG"))
    assert pixels(found.tile.image).size == (64, 64)
    assert (found.width, found.height) == size
    assert found.tensor.shape == (224, 224, 3)


def test_the_tensor_is_the_middle_of_the_picture_at_the_size_the_model_wants() -> None:
    found = examine(file(two_colours(800, 400), "PNG"), side=160)
    assert found.tensor.shape == (160, 160, 3)
    assert found.tensor.dtype == np.uint8
    assert found.tensor[80, 70, 0] > 150
    assert found.tensor[80, 90, 2] > 150


def test_the_dominant_colour_is_the_one_that_covers_most() -> None:
    image = Image.new("RGB", (100, 100), BLUE)
    image.paste(RED, (0, 0, 30, 100))
    assert examine(file(image, "PNG")).color == "#143cc8"


def test_renditions_carry_no_metadata() -> None:
    exif = Image.Exif()
    exif[0x010E] = "at home"
    exif.get_ifd(0x8825)[2] = (48.0, 8.0, 1.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    original = file(two_colours(), "JPEG", exif=exif.tobytes(), icc_profile=profile, comment=b"mine", dpi=(300, 300))
    found = examine(original)
    for body in (found.small, found.large):
        with Image.open(BytesIO(body)) as image:
            assert image.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
            assert not image.getexif()


def test_colours_of_another_space_become_those_of_srgb() -> None:
    lab = ImageCms.createProfile("LAB")
    transform = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), lab, "RGB", "LAB")
    picture = ImageCms.applyTransform(two_colours(), transform)
    assert picture
    profile = ImageCms.ImageCmsProfile(lab).tobytes()
    found = examine(file(picture, "TIFF", icc_profile=profile))
    assert_colour(pixels(found.large), (0.2, 0.5), RED)


def test_a_broken_colour_profile_does_no_harm() -> None:
    assert_colour(pixels(examine(file(two_colours(), "JPEG", icc_profile=b"none")).large), (0.2, 0.5), RED)


def png_claiming(width: int, height: int) -> bytes:
    header = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    packed = (struct.pack("!I", len(d)) + k + d + struct.pack("!I", zlib.crc32(k + d)) for k, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


JPEG = file(two_colours(600, 400), "JPEG")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param(b"", "not_an_image", id="nothing"),
        pytest.param(b"hello, I am photograph.jpg", "not_an_image", id="text"),
        pytest.param(b"PK\3\4" + bytes(100), "not_an_image", id="an archive"),
        pytest.param(b"<html><script>alert(1)</script></html>", "not_an_image", id="a page"),
        pytest.param(
            b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "unsupported_format", id="SVG"
        ),
        pytest.param(b"%PDF-1.7\n", "unsupported_format", id="PDF"),
        pytest.param(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "unsupported_format", id="a film"),
        pytest.param(JPEG[:2000], "truncated", id="half a JPEG"),
        pytest.param(file(two_colours(600, 400), "PNG")[:-400], "truncated", id="half a PNG"),
        pytest.param(JPEG[:20], "unreadable", id="the beginning of a JPEG"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(200), "unreadable", id="zeros after a PNG's signature"),
        pytest.param(png_claiming(30_000, 30_000), "too_large", id="900 megapixels claimed"),
        pytest.param(png_claiming(10_000, 7_000), "too_large", id="70 megapixels of PNG claimed"),
        pytest.param(JPEG + bytes(limits.MAX_UPLOAD_BYTES), "too_large", id="more than 200 MB"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_reason(body: bytes, code: str) -> None:
    with pytest.raises(Rejected) as rejected:
        examine(body)
    assert rejected.value.code == code
    assert rejected.value.detail.endswith(".")


def test_a_picture_with_bytes_after_its_end_is_a_picture() -> None:
    assert examine(JPEG + b"<script>alert(1)</script>").media_type == "image/jpeg"


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Iterator[Child]:
    """The only child there is, warm and idle."""
    only = Child()
    only.ask(JPEG, 224, MemoryBudget(10**9).reserved)
    monkeypatch.setattr(examining, "_idle", deque([only]))
    yield only
    for each in {only, *examining._idle}:
        each.end()


def test_a_child_that_died_while_idle_costs_nobody_a_picture(child: Child) -> None:
    os.kill(child._process.pid, signal.SIGKILL)
    child._process.wait()
    assert examine(JPEG).width == 600


@pytest.mark.fault("a picture on which the decoder hangs", "failed within its time; no other waits for it")
def test_a_picture_that_hangs_is_refused_in_time_and_delays_no_other(
    child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_DECODE_SECONDS", 4.0)
    os.kill(child._process.pid, signal.SIGSTOP)
    with ThreadPoolExecutor() as pool:
        late = pool.submit(examine, JPEG)
        while examining._idle:
            time.sleep(0.01)
        assert examine(JPEG).width == 600
        assert not late.done()
        with pytest.raises(Rejected, match="unreadable"):
            late.result()
    assert not child.alive


@pytest.mark.fault("a picture that crashes the decoder", "failed, not tried again; the captioner lives on")
def test_a_child_that_dies_over_a_picture_makes_it_unreadable(child: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    def dying(needed: int) -> AbstractContextManager[None]:
        os.kill(child._process.pid, signal.SIGSEGV)
        return MemoryBudget(10**9).reserved(needed)

    monkeypatch.setattr(examining._budget, "reserved", dying)
    with pytest.raises(Rejected, match="unreadable"):
        examine(JPEG)


def test_a_child_is_not_asked_again_after_a_bad_picture(child: Child) -> None:
    with pytest.raises(Rejected):
        examine(b"nothing of the kind")
    assert not child.alive


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_child_finds_its_libraries_where_its_parent_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/var/lang/lib")
    child = Child()
    child.ask(JPEG, 224, MemoryBudget(10**9).reserved)  # before its first answer it may not have begun to be itself
    environment = Path(f"/proc/{child._process.pid}/environ").read_bytes()
    child.end()
    assert b"LD_LIBRARY_PATH=/var/lang/lib" in environment.split(b"\0")


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_child_has_no_credentials_and_bounded_memory_and_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    child = Child()
    child.ask(JPEG, 224, MemoryBudget(10**9).reserved)
    process = Path("/proc") / str(child._process.pid)
    assert b"secret" not in (process / "environ").read_bytes()
    bounds = (process / "limits").read_text()
    assert f"{limits.MAX_DECODE_MEMORY_BYTES}" in bounds
    seconds = re.search(r"Max cpu time +(\d+)", bounds)
    assert seconds
    assert int(seconds[1]) < 3 * limits.MAX_DECODE_SECONDS
    child.end()


def test_pictures_examined_at_once_are_not_mixed_up() -> None:
    bodies = [file(Image.new("RGB", (40 + turn, 30), RED), "PNG") for turn in range(12)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(examine, bodies))
    assert [each.width for each in found] == [40 + turn for turn in range(12)]
    assert all(isinstance(each, Examination) for each in found)


def test_memory_is_granted_up_to_the_budget_and_no_further() -> None:
    budget = MemoryBudget(100)
    transact_write, alone = Barrier(2), []

    def small() -> None:
        with budget.reserved(50):
            transact_write.wait(5)

    def large() -> None:
        with budget.reserved(1000):
            alone.append(budget._free)

    with ThreadPoolExecutor() as pool:
        for each in [pool.submit(work) for work in (small, small, large)]:
            each.result(5)
    assert alone == [0]
    assert budget._free == 100
