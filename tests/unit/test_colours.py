"""Every way of saying the same colour, in every format that has it, ends in the same sRGB.

Right values are Chromium's (cICP and nclx) and littleCMS's on a whole picture (profiles), rounded.
"""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from itertools import product

import pillow_heif
import pytest
from PIL import Image

from caption import spaces
from caption.examine import examine

pillow_heif.register_heif_opener()

Colour = tuple[int, int, int]
CODED = (200, 80, 60)
P3 = spaces.profile(spaces.Space(spaces._PRIMARIES[12], 13))
LINEAR = spaces.profile(spaces.Space(spaces.SRGB_PRIMARIES, gamma=1.0))


def named(profile: bytes, name: bytes) -> bytes:
    """The profile with a description (ICC.1:2001, 6.5.17) in place of its last tag's position in the directory."""
    text = struct.pack("!4s4xI", b"desc", len(name) + 1) + name + bytes(79)
    count = struct.unpack_from("!I", profile, 128)[0]
    entries = [list(struct.unpack_from("!4sII", profile, 132 + 12 * each)) for each in range(count)]
    entries = [[kind, start + 12, size] for kind, start, size in entries]
    entries.append([b"desc", len(profile) + 12, len(text)])
    directory = struct.pack("!I", count + 1) + b"".join(struct.pack("!4sII", *each) for each in entries)
    size = len(profile) + 12 + len(text)
    return struct.pack("!I", size) + profile[4:128] + directory + profile[132 + 12 * count :] + text


def grey_profile(gamma: float) -> bytes:
    """A grey profile whose curve is a power."""
    rgb = spaces.profile(spaces.Space(spaces.SRGB_PRIMARIES, gamma=gamma))
    return rgb.replace(b"RGB XYZ ", b"GRAYXYZ ", 1).replace(b"rTRC", b"kTRC", 1)


def file(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def flat(colour: Colour | int = CODED, mode: str = "RGB") -> Image.Image:
    return Image.new(mode, (64, 48), colour)


def png(chunk: bytes, data: bytes, colour: Colour | int = CODED, before: bytes = b"IDAT") -> bytes:
    """A PNG with one more chunk."""
    body = file(flat(colour, "RGB" if isinstance(colour, tuple) else "L"), "PNG")
    place = body.index(before) - 4
    more = struct.pack("!I", len(data)) + chunk + data + struct.pack("!I", zlib.crc32(chunk + data))
    return body[:place] + more + body[place:]


def cicp(primaries: int, transfer: int, colour: Colour | int = CODED) -> bytes:
    return png(b"cICP", bytes([primaries, transfer, 0, 1]), colour)


def nclx(kind: str, primaries: int, transfer: int, colour: Colour = CODED) -> bytes:
    """An AVIF or HEIC whose `colr` box says so."""
    body = file(flat(colour), kind, quality=100)
    place = body.index(b"colrnclx") + 8
    return body[:place] + struct.pack("!HH", primaries, transfer) + body[place + 4 :]


def gama(gamma: float, colour: Colour | int = CODED) -> bytes:
    return png(b"gAMA", struct.pack("!I", round(gamma * 100_000)), colour)


def chrm(primaries: spaces.Chromaticities, gamma: float) -> bytes:
    chunk = struct.pack("!8I", *(round(each * 100_000) for each in primaries))
    body, data = gama(gamma), b"cHRM" + chunk
    place = body.index(b"IDAT") - 4
    return body[:place] + struct.pack("!I", 32) + data + struct.pack("!I", zlib.crc32(data)) + body[place:]


def with_light_level(body: bytes, level: int) -> bytes:
    """A PNG with the brightest pixel's cd/m² (cLLI)."""
    place, data = body.index(b"IDAT") - 4, b"cLLI" + struct.pack("!II", level * 10_000, 0)
    return body[:place] + struct.pack("!I", 8) + data + struct.pack("!I", zlib.crc32(data)) + body[place:]


def cmyk_profile() -> bytes:
    """A CMYK profile (ICC.1:2001, 6.5.8) of two nodes a side that knows lightness alone: half of black is L* 50."""
    table = b"".join(
        bytes([round(255 * (1 - k) * (3 - c - m - y) / 3), 128, 128]) for c, m, y, k in product((0, 1), repeat=4)
    )
    identity = struct.pack("!9i", *(65536 * (place % 4 == 0) for place in range(9)))
    curve = bytes(range(256))
    lut = struct.pack("!4s4x4B", b"mft1", 4, 3, 2, 0) + identity + 4 * curve + table + 3 * curve
    header = struct.pack(
        "!I4xI4s4s4s12x4s28x3i48x",
        144 + len(lut),
        0x02400000,
        b"prtr",
        b"CMYK",
        b"Lab ",
        b"acsp",
        0xF6D6,
        0x10000,
        0xD32D,
    )
    return header + struct.pack("!I4sII", 1, b"A2B0", 144, len(lut)) + lut


ICC_FORMATS = {
    "JPEG": {"quality": 100, "subsampling": 0},
    "PNG": {},
    "WEBP": {"lossless": True},
    "TIFF": {},
    "AVIF": {"quality": 100, "subsampling": "4:4:4"},
    "HEIF": {"quality": 100, "chroma": 444},
}
NAMES = {
    "as Samsung's phones": b"DCI-P3 D65 Gamut with sRGB Transfer",
    "as Android's Ultra HDR": b"Display P3 Gamut with sRGB Transfer",
    "as Huawei's phones": b"sRGB EOTF with DCI-P3 Color Gamut",
    "as sRGB itself": b"sRGB IEC61966-2.1",
}
SAID: dict[str, tuple[Callable[[], bytes], Colour]] = {
    **{
        f"P3 by a profile in {kind}": (
            lambda kind=kind, options=options: file(flat(), kind, icc_profile=P3, **options),  # type: ignore[misc]
            (216, 69, 50),
        )
        for kind, options in ICC_FORMATS.items()
    },
    **{
        f"P3 by a profile named {how}": (
            lambda name=name: file(flat(), "PNG", icc_profile=named(P3, name)),  # type: ignore[misc]
            (216, 69, 50),
        )
        for how, name in NAMES.items()
    },
    "P3 by nclx in AVIF": (lambda: nclx("AVIF", 12, 13), (216, 69, 50)),
    "P3 by nclx in HEIC": (lambda: nclx("HEIF", 12, 13), (216, 69, 50)),
    "P3 by cICP": (lambda: cicp(12, 13), (216, 69, 50)),
    "P3 by cHRM and gAMA": (lambda: chrm(spaces._PRIMARIES[12], 0.45455), (218, 67, 47)),
    "P3 by a profile, under a grey picture": (lambda: file(flat(128, "L"), "PNG", icc_profile=P3), (128, 128, 128)),
    "BT.2020 by cICP": (lambda: cicp(9, 13), (244, 37, 50)),
    "BT.2020 by nclx in AVIF": (lambda: nclx("AVIF", 9, 13), (244, 37, 50)),
    "BT.470 M by cICP": (lambda: cicp(4, 13), (234, 72, 48)),
    "SMPTE 170M by cICP": (lambda: cicp(6, 13), (195, 84, 59)),
    "film by cICP": (lambda: cicp(8, 13), (225, 68, 50)),
    "XYZ by cICP": (lambda: cicp(10, 13), (255, 0, 76)),
    "DCI-P3 by cICP": (lambda: cicp(11, 13), (212, 69, 51)),
    "EBU by cICP": (lambda: cicp(22, 13), (202, 84, 59)),
    "linear by a profile": (
        lambda: file(flat((128, 64, 64)), "PNG", icc_profile=named(LINEAR, b"GIMP built-in Linear sRGB")),
        (188, 137, 137),
    ),
    "linear by gAMA": (lambda: gama(1.0, (128, 64, 64)), (188, 137, 137)),
    "linear by cICP": (lambda: cicp(1, 8, (128, 64, 64)), (188, 137, 137)),
    "linear by cICP, grey": (lambda: cicp(1, 8, 128), (188, 188, 188)),
    "linear by nclx in HEIC": (lambda: nclx("HEIF", 1, 8, (128, 64, 64)), (188, 137, 137)),
    "linear by a grey profile in PNG": (
        lambda: file(flat(128, "L"), "PNG", icc_profile=grey_profile(1.0)),
        (188, 188, 188),
    ),
    "linear by a grey profile in JPEG": (
        lambda: file(flat(128, "L"), "JPEG", icc_profile=grey_profile(1.0)),
        (188, 188, 188),
    ),
    "linear by a grey profile in TIFF": (
        lambda: file(flat(128, "L"), "TIFF", icc_profile=grey_profile(1.0)),
        (188, 188, 188),
    ),
    "linear by a grey profile, with alpha": (
        lambda: file(Image.new("LA", (64, 48), (128, 255)), "PNG", icc_profile=grey_profile(1.0)),
        (188, 188, 188),
    ),
    "gamma 1.8 by a grey profile": (
        lambda: file(flat(128, "L"), "PNG", icc_profile=grey_profile(1.8)),
        (146, 146, 146),
    ),
    "BT.709 by cICP": (lambda: cicp(1, 1, (30, 128, 200)), (18, 121, 197)),
    "gamma 2.8 by cICP": (lambda: cicp(1, 5, (30, 128, 200)), (8, 106, 189)),
    "SMPTE 240M by cICP": (lambda: cicp(1, 7, (30, 128, 200)), (48, 141, 206)),
    "gamma 2 by gAMA": (lambda: gama(0.5, (30, 128, 200)), (31, 137, 206)),
    "sRGB by gAMA": (lambda: gama(0.45455), CODED),
    "nothing by a gAMA of no sense": (lambda: gama(0), CODED),
    "nothing by unspecified code points": (lambda: cicp(2, 2), CODED),
    "PQ white by nclx in AVIF": (lambda: nclx("AVIF", 9, 16, (148, 148, 148)), (187, 187, 187)),
    "PQ white by nclx in HEIC": (lambda: nclx("HEIF", 9, 16, (148, 148, 148)), (187, 187, 187)),
    "PQ white by cICP": (lambda: cicp(9, 16, (148, 148, 148)), (187, 187, 187)),
    "PQ shadow by cICP": (lambda: cicp(9, 16, (64, 64, 64)), (30, 30, 30)),
    "PQ light by cICP": (lambda: cicp(9, 16, (175, 175, 175)), (235, 235, 235)),
    "PQ peak by cICP": (lambda: cicp(9, 16, (230, 230, 230)), (255, 255, 255)),
    "PQ red by cICP": (lambda: cicp(9, 16, (128, 64, 64)), (165, 0, 24)),
    "PQ yellow by cICP": (lambda: cicp(9, 16, (150, 148, 20)), (203, 187, 0)),
    "PQ white by cICP, of a picture as bright as 506 cd/m²": (
        lambda: with_light_level(cicp(9, 16, (148, 148, 148)), 506),
        (218, 218, 218),
    ),
    "HLG white by nclx in HEIC": (lambda: nclx("HEIF", 9, 18, (191, 191, 191)), (187, 187, 187)),
    "HLG white by nclx in AVIF": (lambda: nclx("AVIF", 9, 18, (191, 191, 191)), (187, 187, 187)),
    "HLG shadow by cICP": (lambda: cicp(9, 18, (64, 64, 64)), (43, 43, 43)),
    "HLG orange by cICP": (lambda: cicp(9, 18, (200, 150, 60)), (227, 114, 15)),
    "CMYK by a profile": (
        lambda: file(Image.new("CMYK", (64, 48), (0, 0, 0, 128)), "JPEG", icc_profile=cmyk_profile()),
        (119, 119, 119),
    ),
}


def seen(body: bytes) -> Colour:
    with Image.open(BytesIO(examine(body).large)) as image:
        found = image.convert("RGB").getpixel((image.width // 2, image.height // 2))
    assert isinstance(found, tuple)
    return found[0], found[1], found[2]


@pytest.mark.parametrize("how", SAID)
def test_a_colour_is_the_same_however_it_is_said(how: str) -> None:
    make, right = SAID[how]
    found = seen(make())
    assert max(abs(a - b) for a, b in zip(found, right, strict=True)) <= 6, (found, right)
