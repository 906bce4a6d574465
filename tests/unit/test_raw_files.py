"""Cameras' raw files, made byte by byte: what is shown is their largest preview, what is kept is the file."""

import struct
from collections.abc import Callable, Sequence
from io import BytesIO

import pytest
from PIL import Image

from caption.examine import Examination, Rejected, examine
from gallery.pictures.filenames import saved_as

ORIENTATION = 0x0112
RED, BLUE = (200, 30, 40), (20, 60, 200)
Entry = tuple[int, int, Sequence[int] | bytes]


def jpeg(width: int, height: int, **options: object) -> bytes:
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    out = BytesIO()
    image.save(out, "JPEG", **options)
    return out.getvalue()


class Tiff:
    """A TIFF under construction: data first, directories as they are added, each linked to the one before."""

    def __init__(self, magic: bytes = b"II*\0", after: bytes = b"") -> None:
        self.body = bytearray(magic + bytes(4) + after)
        self.link = 4

    def put(self, data: bytes) -> int:
        self.body += bytes(len(self.body) % 2)
        self.body += data
        return len(self.body) - len(data)

    def directory(self, entries: Sequence[Entry], *, linked: bool = True) -> int:
        packed = []
        for tag, kind, value in sorted(entries):
            data = value if isinstance(value, bytes) else struct.pack(f"<{len(value)}{'..sHI'[kind]}", *value)
            count = len(data) // {2: 1, 3: 2, 4: 4}[kind]
            inline = data.ljust(4, b"\0") if len(data) <= 4 else struct.pack("<I", self.put(data))
            packed.append(struct.pack("<HHI", tag, kind, count) + inline)
        place = self.put(struct.pack("<H", len(packed)) + b"".join(packed) + bytes(4))
        if linked:
            self.body[self.link : self.link + 4] = struct.pack("<I", place)
            self.link = len(self.body) - 4
        return place


def size(width: int, height: int) -> list[Entry]:
    return [(256, 4, [width]), (257, 4, [height])]


def mosaic(tiff: Tiff, width: int = 6000, height: int = 4000) -> list[Entry]:
    place = tiff.put(bytes(64))
    return [*size(width, height), (259, 3, [1]), (262, 3, [32803]), (273, 4, [place]), (279, 4, [64])]


def strip(tiff: Tiff, body: bytes, width: int, height: int, compression: int = 7) -> list[Entry]:
    place = tiff.put(body)
    return [*size(width, height), (259, 3, [compression]), (262, 3, [6]), (273, 4, [place]), (279, 4, [len(body)])]


def dng(width: int = 1500, height: int = 1000, turn: int = 1) -> bytes:
    """A thumbnail in the first directory, below it the mosaic and a preview (Adobe DNG, 1.4)."""
    tiff = Tiff()
    below = [tiff.directory(mosaic(tiff), linked=False)]
    below += [tiff.directory(strip(tiff, jpeg(width, height), width, height), linked=False)]
    thumbnail = tiff.put(bytes(60 * 40 * 3))
    first = [*size(60, 40), (254, 4, [1]), (259, 3, [1]), (262, 3, [2]), (273, 4, [thumbnail]), (274, 3, [turn])]
    tiff.directory([*first, (277, 3, [3]), (279, 4, [7200]), (330, 4, below), (50706, 4, [0x0401])])
    return bytes(tiff.body)


def nef(turn: int = 1) -> bytes:
    """The preview in tags 513 and 514 of a directory below the first."""
    tiff, preview = Tiff(), jpeg(1500, 1000)
    place = tiff.put(preview)
    below = [tiff.directory([(513, 4, [place]), (514, 4, [len(preview)])], linked=False)]
    below += [tiff.directory(mosaic(tiff), linked=False)]
    tiff.directory(
        [*size(160, 120), (254, 4, [1]), (271, 2, b"NIKON CORPORATION\0"), (274, 3, [turn]), (330, 4, below)]
    )
    return bytes(tiff.body)


def arw(turn: int = 1) -> bytes:
    """The preview in the first directory, which says no size."""
    tiff, preview = Tiff(), jpeg(1616, 1080)
    place = tiff.put(preview)
    below = [tiff.directory(mosaic(tiff), linked=False)]
    named = [(271, 2, b"SONY\0"), (274, 3, [turn]), (513, 4, [place]), (514, 4, [len(preview)]), (330, 4, below)]
    tiff.directory(named)
    return bytes(tiff.body)


def cr2(turn: int = 1) -> bytes:
    """The picture as a JPEG in the first directory, a thumbnail in the next."""
    tiff = Tiff(after=b"CR\2\0" + bytes(4))
    tiff.directory([*strip(tiff, jpeg(1500, 1000), 1500, 1000, 6), (274, 3, [turn])])
    thumbnail = jpeg(160, 120)
    tiff.directory([(513, 4, [tiff.put(thumbnail)]), (514, 4, [len(thumbnail)])])
    return bytes(tiff.body)


def maker(magic: bytes) -> Callable[[int], bytes]:
    """Like a TIFF, with the preview where only its maker's tags point."""

    def make(turn: int = 1) -> bytes:
        tiff = Tiff(magic)
        tiff.put(b"maker's note" + jpeg(160, 120) + bytes(30) + jpeg(1600, 1200))
        tiff.directory([*size(4000, 3000), (274, 3, [turn])])
        return bytes(tiff.body)

    return make


def raf(turn: int = 1) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = turn
    return b"FUJIFILMCCD-RAW 0201".ljust(148, b"\0") + jpeg(1920, 1280, exif=exif.tobytes()) + bytes(100)


def cr3(turn: int = 1) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = turn
    told = exif.tobytes().removeprefix(b"Exif\0\0")
    cmt1 = struct.pack("!I4s", 8 + len(told), b"CMT1") + told
    moov = struct.pack("!I4s", 8 + len(cmt1), b"moov") + cmt1
    return struct.pack("!I4s", 24, b"ftyp") + b"crx \0\0\0\1crx isom" + moov + b"\0\0\0\0mdat" + jpeg(1620, 1080)


RAWS: dict[str, tuple[Callable[[int], bytes], str, tuple[int, int], str]] = {
    "DNG": (lambda turn: dng(turn=turn), "image/x-adobe-dng", (1500, 1000), ".dng"),
    "NEF": (nef, "image/x-nikon-nef", (1500, 1000), ".nef"),
    "ARW": (arw, "image/x-sony-arw", (1616, 1080), ".arw"),
    "CR2": (cr2, "image/x-canon-cr2", (1500, 1000), ".cr2"),
    "CR3": (cr3, "image/x-canon-cr3", (1620, 1080), ".cr3"),
    "RAF": (raf, "image/x-fuji-raf", (1920, 1280), ".raf"),
    "ORF": (maker(b"IIRO"), "image/x-olympus-orf", (1600, 1200), ".orf"),
    "ORF of old": (maker(b"IIRS"), "image/x-olympus-orf", (1600, 1200), ".orf"),
    "RW2": (maker(b"IIU\0"), "image/x-panasonic-rw2", (1600, 1200), ".rw2"),
}


def left(found: Examination) -> tuple[int, ...]:
    with Image.open(BytesIO(found.large)) as image:
        colour = image.getpixel((image.width // 8, image.height // 8))
    assert isinstance(colour, tuple)
    return colour


@pytest.mark.parametrize("name", RAWS)
def test_a_raw_file_is_shown_by_its_largest_preview(name: str) -> None:
    make, media_type, size, _ = RAWS[name]
    found = examine(make(1))
    assert (found.media_type, (found.width, found.height)) == (media_type, size)
    assert left(found) == pytest.approx(RED, abs=12)


@pytest.mark.parametrize("name", RAWS)
def test_a_raw_file_is_turned_as_it_says_itself(name: str) -> None:
    make, _, (width, height), _ = RAWS[name]
    found = examine(make(8))
    assert (found.width, found.height) == (height, width)
    assert left(found) == pytest.approx(BLUE, abs=12)


@pytest.mark.parametrize("name", RAWS)
def test_a_raw_file_is_downloaded_under_its_own_ending(name: str) -> None:
    _, media_type, _, ending = RAWS[name]
    assert saved_as(f"Rome{ending.upper()}", "x", media_type) == f"Rome{ending.upper()}"
    assert saved_as("Rome", "x", media_type) == f"Rome{ending}"


def without_preview() -> bytes:
    tiff = Tiff()
    tiff.directory([*mosaic(tiff), (50706, 4, [0x0401])])
    return bytes(tiff.body)


def of_another_maker() -> bytes:
    tiff = Tiff()
    tiff.directory([*mosaic(tiff), (271, 2, b"PENTAX\0")])
    return bytes(tiff.body)


@pytest.mark.parametrize(
    "body", [without_preview(), of_another_maker(), dng(640, 480)], ids=["none", "another maker's", "a small one"]
)
def test_a_raw_file_without_a_preview_of_a_size_is_refused_in_words(body: bytes) -> None:
    with pytest.raises(Rejected) as rejected:
        examine(body)
    assert rejected.value.code == "unsupported_format"
    assert "raw file" in rejected.value.detail


def test_tiles_of_a_mosaic_coded_as_jpeg_are_no_previews() -> None:
    tiff = Tiff()
    tile = jpeg(1024, 1024)
    place = tiff.put(tile)
    coded: list[Entry] = [(259, 3, [34892]), (262, 3, [34892]), (273, 4, [place]), (279, 4, [len(tile)])]
    tiff.directory([*size(1024, 1024), *coded, (50706, 4, [0x0401])])
    with pytest.raises(Rejected, match="raw file"):
        examine(bytes(tiff.body))


def test_bytes_that_begin_as_a_jpeg_a_million_times_are_no_trouble() -> None:
    with pytest.raises(Rejected, match="raw file"):
        examine(b"IIU\0" + b"\xff\xd8\xff" * 1_000_000)
