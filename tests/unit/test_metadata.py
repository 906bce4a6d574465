"""What files say of when, where and with what they were taken; Pillow and pillow-heif write them."""

import struct
from io import BytesIO
from typing import Any

import pillow_heif
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational
from tests.unit.cameras import CHANGED, MUNICH, PHOTO, TAKEN, exif_of, file_of, jpeg, packet

from caption.metadata import exif, iptc, xmp
from caption.metadata.camera import camera
from caption.metadata.reading import read
from gallery.pictures.metadata import Camera, Location, Metadata, Taken

pillow_heif.register_heif_opener()


def taken_by(**directories: dict[int, Any]) -> Metadata:
    return found_in(jpeg(exif=exif_of(**directories)))


def found_in(body: bytes) -> Metadata:
    image = Image.open(BytesIO(body))
    image.load()
    return read(image, body)


def photoshop(records: dict[tuple[int, int], bytes]) -> bytes:
    """Return Photoshop's segment of a JPEG with IPTC records."""
    body = b"".join(struct.pack(">BBBH", 0x1C, *key, len(value)) + value for key, value in records.items())
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(body)) + body + b"\0" * (len(body) % 2)
    segment = b"Photoshop 3.0\0" + block
    return b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment


def with_iptc(records: dict[tuple[int, int], bytes], **how: Any) -> bytes:  # noqa: ANN401 - Pillow's own
    body = jpeg(**how)
    return body[:2] + photoshop(records) + body[2:]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF", "TIFF"])
def test_every_format_tells_when_where_and_with_what(kind: str) -> None:
    block = exif_of(
        main={0x010F: "Canon", 0x0110: "Canon EOS 5D", 0x0132: CHANGED},
        photo={0x9003: TAKEN, 0x9011: "+02:00", 0x829A: IFDRational(1, 125)},
        gps=MUNICH,
    )
    found = found_in(file_of(kind, exif=block))
    assert found.taken == Taken("2024-07-14T16:20:05", "+02:00", "exif")
    assert found.changed == Taken("2024-07-20T09:00:00", None, "exif")
    assert found.camera == Camera(make="Canon", model="EOS 5D", exposure_s=0.008)
    assert found.location == Location(48.137100, 11.575300)


@pytest.mark.parametrize(
    ("written", "at", "offset"),
    [
        ("2024:07:14 16:20:05", "2024-07-14T16:20:05", None),
        ("2024:07:14 16:20:05\0\0\0", "2024-07-14T16:20:05", None),
        ("2024-07-14 16:20:05", "2024-07-14T16:20:05", None),
        ("2024/07/14 16:20:05", "2024-07-14T16:20:05", None),
        ("2024-07-14T16:20:05.123", "2024-07-14T16:20:05", None),
        ("2024:07:14 16:20:05+09:00", "2024-07-14T16:20:05", "+09:00"),
        ("2024:07:14 16:20:05Z", "2024-07-14T16:20:05", "+00:00"),
        ("2024:7:4  6:20:05", "2024-07-04T06:20:05", None),
        ("2024:07:14 16:20", "2024-07-14T16:20:00", None),
        ("2024:07:14 16:20:60", "2024-07-14T16:20:59", None),
        ("2024:07:14   :  :  ", "2024-07-14T00:00:00", None),
        ("2024:02:29 00:00:00", "2024-02-29T00:00:00", None),
        ("1838:01:01 08:00:00", "1838-01-01T08:00:00", None),
    ],
)
def test_a_date_is_read_however_cameras_write_it(written: str, at: str, offset: str | None) -> None:
    assert taken_by(photo={0x9003: written}).taken == Taken(at, offset, "exif")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "    :  :     :  :  ",
        "0000:00:00 00:00:00",
        "2024:00:00 00:00:00",
        "2023:02:29 12:00:00",
        "1900:02:29 12:00:00",
        "2024:07:14 25:61:00",
        "2024:07:14 16:60:00",
        "2024:13:01 00:00:00",
        "2024:06:31 00:00:00",
        "2038:01:19 03:14:07",
        "9999:99:99 99:99:99",
        "1825:12:31 23:59:59",
        "2024:0?:03 15:31:45",
        "yesterday",
        "2024:07:14 16:20:05 and a half",
        "20240714162005",
    ],
)
def test_what_is_no_date_counts_for_nothing(written: str) -> None:
    found = taken_by(main={0x0132: written}, photo={0x9003: written})
    assert (found.taken, found.changed) == (None, None)


def test_a_date_that_makes_no_sense_leaves_the_next_one_to_count() -> None:
    found = taken_by(photo={0x9003: "0000:00:00 00:00:00", 0x9004: TAKEN, 0x9012: "-03:30"})
    assert found.taken == Taken("2024-07-14T16:20:05", "-03:30", "exif")


@pytest.mark.parametrize(
    ("written", "offset"),
    [
        ("+02:00", "+02:00"),
        ("+0545", "+05:45"),
        ("-5:00", "-05:00"),
        ("+09", "+09:00"),
        ("Z", "+00:00"),
        ("+14:00", "+14:00"),
        ("+14:15", None),
        ("-12:30", None),
        ("+02:60", None),
        ("   :  ", None),
        ("CEST", None),
        ("+02:00\0", "+02:00"),
    ],
)
def test_an_offset_is_one_that_some_clock_has(written: str, offset: str | None) -> None:
    assert taken_by(photo={0x9003: TAKEN, 0x9011: written}).taken == Taken("2024-07-14T16:20:05", offset, "exif")


def test_an_offset_counts_for_every_date_of_the_same_clock_and_for_no_other() -> None:
    same = taken_by(main={0x0132: TAKEN}, photo={0x9003: TAKEN, 0x9010: "+02:00"})
    other = taken_by(main={0x0132: CHANGED}, photo={0x9003: TAKEN, 0x9010: "+02:00"})
    assert same.taken
    assert other.taken
    assert other.changed
    assert (same.taken.offset, other.taken.offset, other.changed.offset) == ("+02:00", None, "+02:00")


def test_an_offset_in_xmp_completes_the_date_of_exif() -> None:
    body = jpeg(exif=exif_of(photo={0x9003: TAKEN}), xmp=packet('photoshop:DateCreated="2024-07-14T16:20:05+02:00"'))
    assert found_in(body).taken == Taken("2024-07-14T16:20:05", "+02:00", "exif")


@pytest.mark.parametrize(
    ("day", "time", "offset"),
    [
        ("2024:07:14", (14, 20, 5), "+02:00"),
        ("2024:07:14", (14, 18, 30), "+02:00"),  # the receiver's last moment
        ("2024:07:14", (10, 35, 5), "+05:45"),  # Nepal
        ("2024:07:14", (19, 50, 0), "-03:30"),  # Newfoundland
        ("2024:07:14", (2, 20, 5), "+14:00"),
        ("2024:07:15", (4, 20, 5), "-12:00"),
        ("2024:07:15", (5, 20, 5), None),
        ("2024:07:13", (14, 20, 5), None),
        ("2024:07:14", (13, 40, 5), None),  # older than can be told from the next zone
        ("2024:07:14", (IFDRational(14, 0), 20, 5), None),
        ("0000:00:00", (14, 20, 5), None),
        ("2024-07-14", (14, 20, IFDRational(506, 100)), "+02:00"),
    ],
)
def test_the_time_of_gps_gives_a_missing_offset(day: str, time: tuple[Any, ...], offset: str | None) -> None:
    found = taken_by(photo={0x9003: TAKEN}, gps={7: time, 0x1D: day}).taken
    assert found == Taken("2024-07-14T16:20:05", offset, "exif")


def test_an_offset_that_is_written_counts_before_that_of_gps() -> None:
    found = taken_by(photo={0x9003: TAKEN, 0x9011: "+03:00"}, gps={7: (14, 20, 5), 0x1D: "2024:07:14"}).taken
    assert found
    assert found.offset == "+03:00"


def test_the_strongest_of_what_says_when_counts() -> None:
    said = packet('exif:DateTimeOriginal="2022-01-01T10:00:00"')
    records = {(2, 55): b"20210101", (2, 60): b"100000+0100"}
    assert found_in(with_iptc(records, xmp=said, exif=exif_of(photo={0x9003: TAKEN}))).taken == Taken(
        "2024-07-14T16:20:05", None, "exif"
    )
    only_changed = exif_of(main={0x0132: CHANGED})
    assert found_in(with_iptc(records, xmp=said, exif=only_changed)).taken == Taken("2022-01-01T10:00:00", None, "xmp")
    assert found_in(with_iptc(records)).taken == Taken("2021-01-01T10:00:00", "+01:00", "iptc")
    found = found_in(jpeg(exif=only_changed))
    assert (found.taken, found.changed) == (None, Taken("2024-07-20T09:00:00", None, "exif"))


@pytest.mark.parametrize(
    ("said", "at", "offset"),
    [
        ('exif:DateTimeOriginal="2024-07-14T16:20:05+02:00"', "2024-07-14T16:20:05", "+02:00"),
        ('photoshop:DateCreated="2024-07-14"', "2024-07-14T00:00:00", None),
        ('photoshop:DateCreated="1954"', "1954-01-01T00:00:00", None),
        ('photoshop:DateCreated="1954-07"', "1954-07-01T00:00:00", None),
        ('xmp:CreateDate="2024-07-14T16:20:05.50-07:00"', "2024-07-14T16:20:05", "-07:00"),
        (
            'exif:DateTimeOriginal="2024-07-14T16:20:05" exifEX:OffsetTimeOriginal="+02:00"',
            "2024-07-14T16:20:05",
            "+02:00",
        ),
        ('xmp:CreateDate="2001-01-01" exif:DateTimeOriginal="2024-07-14T16:20:05Z"', "2024-07-14T16:20:05", "+00:00"),
    ],
)
def test_xmp_tells_when(said: str, at: str, offset: str | None) -> None:
    assert found_in(jpeg(xmp=packet(said))).taken == Taken(at, offset, "xmp")


def test_xmp_tells_of_elements_what_it_tells_of_attributes() -> None:
    elements = (
        "<exif:DateTimeOriginal> 2024-07-14T16:20:05 </exif:DateTimeOriginal><tiff:Make>Leica</tiff:Make>"
        "<exif:FNumber>28/10</exif:FNumber><aux:Lens>Summicron</aux:Lens>"
        "<exif:ISOSpeedRatings><rdf:Seq><rdf:li>400</rdf:li><rdf:li>800</rdf:li></rdf:Seq></exif:ISOSpeedRatings>"
        "<exif:GPSLatitude>33,51.5S</exif:GPSLatitude><exif:GPSLongitude>151,12,30W</exif:GPSLongitude>"
        "<exif:GPSAltitude>305/10</exif:GPSAltitude><exif:GPSAltitudeRef>1</exif:GPSAltitudeRef>"
        "<exif:GPSTimeStamp>2024-07-14T06:20:00Z</exif:GPSTimeStamp>"
    )
    found = found_in(jpeg(xmp=packet(elements=elements)))
    assert found.taken == Taken("2024-07-14T16:20:05", "+10:00", "xmp")
    assert found.camera == Camera(make="Leica", lens="Summicron", f_number=2.8, iso=400)
    assert found.location == Location(-33.858333, -151.208333, -30.5)


def test_what_xmp_says_of_other_pictures_is_not_said_of_this_one() -> None:
    other = '<rdf:Description exif:DateTimeOriginal="2001-01-01T00:00:00" tiff:Make="Other"/>'
    ingredients = f"<xmpMM:Pantry><rdf:Bag><rdf:li>{other}</rdf:li></rdf:Bag></xmpMM:Pantry>"
    assert found_in(jpeg(xmp=packet(elements=ingredients))) == Metadata()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_xmp_may_be_in_any_encoding_that_it_allows(encoding: str) -> None:
    said = packet('exif:DateTimeOriginal="2024-07-14T16:20:05"').decode().encode(encoding)
    assert xmp.read(said).text("DateTimeOriginal") == "2024-07-14T16:20:05"


def test_entities_of_xmp_are_never_expanded() -> None:
    types = '<!DOCTYPE x [<!ENTITY a "2024"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
    said = packet('exif:DateTimeOriginal="2024-07-14T16:20:05" tiff:Make="&a;"', "<tiff:Model>&b;</tiff:Model>", types)
    assert not xmp.read(said).values
    assert found_in(jpeg(xmp=said)) == Metadata()


def test_xmp_counts_up_to_where_it_is_broken() -> None:
    whole = packet(
        'exif:DateTimeOriginal="2024-07-14T16:20:05"', "<tiff:Make>Leica</tiff:Make><tiff:Model>M</tiff:Model>"
    )
    assert found_in(jpeg(xmp=whole[: whole.index(b"<tiff:Model>")])).camera == Camera(make="Leica")


def test_deep_and_endless_xmp_is_read_no_further() -> None:
    assert not xmp.read(packet(elements="<exif:Flash>" * 10_000)).values
    many = packet('tiff:Make="Leica"', "<tiff:Model/>" * 50_000)
    assert xmp.read(many).text("Make") == "Leica"


@pytest.mark.parametrize(
    ("records", "at", "offset"),
    [
        ({(2, 55): b"20240714", (2, 60): b"162005+0200"}, "2024-07-14T16:20:05", "+02:00"),
        ({(2, 55): b"20240714"}, "2024-07-14T00:00:00", None),
        ({(2, 62): b"20240714", (2, 63): b"162005"}, "2024-07-14T16:20:05", None),
        ({(2, 55): b"00000000", (2, 62): b"20240714"}, "2024-07-14T00:00:00", None),
        ({(2, 55): b"19540000"}, "1954-01-01T00:00:00", None),
    ],
)
def test_iptc_tells_when(records: dict[tuple[int, int], bytes], at: str, offset: str | None) -> None:
    assert found_in(with_iptc(records)).taken == Taken(at, offset, "iptc")


@pytest.mark.parametrize(
    ("name", "text", "at", "offset"),
    [
        ("Creation Time", "2024-07-14T16:20:05+02:00", "2024-07-14T16:20:05", "+02:00"),
        ("Creation Time", "Sun, 14 Jul 2024 16:20:05 +0200", "2024-07-14T16:20:05", "+02:00"),
        ("Creation Time", "Sun 14 Jul 2024 04:20:05 PM CEST", "2024-07-14T16:20:05", None),
        ("Creation Time", "Sun Jul 14 16:20:05 2024", "2024-07-14T16:20:05", None),
        ("creation time", "2024:07:14 16:20:05", "2024-07-14T16:20:05", None),
        ("exif:DateTimeOriginal", "2024:07:14 16:20:05", "2024-07-14T16:20:05", None),
    ],
)
def test_png_tells_when_in_text(name: str, text: str, at: str, offset: str | None) -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text(name, text)
    texts.add_text("date:create", "2001-01-01T00:00:00+00:00")  # when ImageMagick wrote the file
    assert found_in(file_of("PNG", pnginfo=texts)).taken == Taken(at, offset, "exif")


def test_png_may_hold_exif_in_hexadecimal_text_with_more_behind_it() -> None:
    block = b"Exif\0\0" + exif_of(photo={0x9003: TAKEN}).removeprefix(b"Exif\0\0")
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Raw profile type exif", f"\nexif\n{len(block):8}\n{block.hex()}\n\0", zip=True)
    assert found_in(file_of("PNG", pnginfo=texts)).taken == Taken("2024-07-14T16:20:05", None, "exif")


@pytest.mark.parametrize(
    ("gps", "place"),
    [
        (MUNICH, (48.1371, 11.5753, None)),
        ({**MUNICH, 1: "S", 3: "W"}, (-48.1371, -11.5753, None)),
        ({**MUNICH, 1: "n\0", 3: "East"}, (48.1371, 11.5753, None)),
        ({**MUNICH, 2: 48.1371}, (48.1371, 11.5753, None)),
        ({**MUNICH, 2: (48, 8.226)}, (48.1371, 11.5753, None)),
        ({**MUNICH, 5: b"\0", 6: 519.44}, (48.1371, 11.5753, 519.4)),
        ({**MUNICH, 5: b"\1", 6: 30}, (48.1371, 11.5753, -30)),
        ({**MUNICH, 6: IFDRational(5, 0)}, (48.1371, 11.5753, None)),
        ({**MUNICH, 6: 4_000_000}, (48.1371, 11.5753, None)),
        ({**MUNICH, 2: (0, 0, 0)}, (0, 11.5753, None)),
        ({**MUNICH, 2: (0, 0, 0), 4: (0, 0, 0)}, None),
        ({2: MUNICH[2], 4: MUNICH[4]}, None),
        ({**MUNICH, 1: "?"}, None),
        ({**MUNICH, 2: (91, 0, 0)}, None),
        ({**MUNICH, 4: (180, 0, 1)}, None),
        ({**MUNICH, 2: (48, 75, 0)}, None),
        ({**MUNICH, 2: (IFDRational(48, 0), 8, 13)}, None),
        ({**MUNICH, 2: (48, IFDRational(0, 0), 13)}, None),
        ({1: "N", 3: "E"}, None),
    ],
)
def test_a_place_is_one_on_earth(gps: dict[int, Any], place: tuple[float, float, float | None] | None) -> None:
    assert taken_by(gps=gps).location == (Location(*place) if place else None)


@pytest.mark.parametrize(
    ("main", "photo", "expected"),
    [
        ({0x010F: "Canon\0\0", 0x0110: "Canon EOS 5D  "}, {}, Camera(make="Canon", model="EOS 5D")),
        ({0x010F: "NIKON CORPORATION", 0x0110: "NIKON D850"}, {}, Camera(make="NIKON CORPORATION", model="D850")),
        ({0x010F: "Apple", 0x0110: "iPhone 15"}, {}, Camera(make="Apple", model="iPhone 15")),
        ({0x010F: "Jolla", 0x0110: "Jolla"}, {}, Camera(make="Jolla", model="Jolla")),
        ({0x0110: "A\nB\x01 C"}, {}, Camera(model="A B C")),
        ({0x010F: "   ", 0x0110: "\0"}, {}, None),
        ({}, {0x829A: IFDRational(1, 3), 0x829D: 1.78}, Camera(exposure_s=0.333333, f_number=1.78)),
        ({}, {0x829A: IFDRational(1, 0), 0x829D: IFDRational(0, 0), 0x920A: IFDRational(0, 1)}, None),
        ({}, {0x9201: 7.0, 0x9202: 4.0}, Camera(exposure_s=0.0078125, f_number=4)),
        ({}, {0x9201: 1e9, 0x9202: -1e9}, None),
        ({}, {0x829A: IFDRational(1, 4_000_000_000)}, None),
        ({}, {0x8827: 400, 0x920A: 6.7649, 0xA405: 24}, Camera(iso=400, focal_length_mm=6.76, focal_length_35mm=24)),
        ({}, {0x8827: 65535, 0x8832: 102400}, Camera(iso=102400)),
        ({}, {0x8827: (200, 0)}, Camera(iso=200)),
        ({}, {0x9209: 0x19}, Camera(flash=True)),
        ({}, {0x9209: 0x10}, Camera(flash=False)),
        ({}, {0xA434: "iPhone 15 back camera 6.76mm f/1.78"}, Camera(lens="iPhone 15 back camera 6.76mm f/1.78")),
        ({0x010F: "x" * 5000}, {}, Camera(make="x" * 200)),
    ],
)
def test_a_camera_is_told_in_plain_words_and_numbers(
    main: dict[int, Any], photo: dict[int, Any], expected: Camera | None
) -> None:
    assert taken_by(main=main, photo=photo).camera == expected


def test_a_file_without_metadata_says_nothing() -> None:
    for kind in ("JPEG", "PNG", "WEBP", "AVIF", "HEIF", "TIFF", "GIF", "BMP"):
        assert found_in(file_of(kind)) == Metadata()


def test_tags_that_point_nowhere_are_passed_over_one_by_one() -> None:
    block = exif_of(main={0x010F: "Canon", 0x0110: "Canon EOS 5D Mark III"})
    at = block.index(struct.pack("<H", 0x0110)) if b"II" in block[:8] else block.index(struct.pack(">H", 0x0110))
    order = "<" if b"II" in block[:8] else ">"
    broken = block[: at + 8] + struct.pack(f"{order}I", 0x7FFFFFFF) + block[at + 12 :]
    assert exif.read(broken).values == {"Make": "Canon\0"}


def test_big_tiff_is_read_as_well() -> None:
    def directory(tag: int, kind: int, count: int, value: int) -> bytes:
        return struct.pack("<QHHQQQ", 1, tag, kind, count, value, 0)

    header = b"II\x2b\0\x08\0\0\0" + struct.pack("<Q", 16)
    main, photo = directory(PHOTO, 13, 1, 52), directory(0x9003, 2, 20, 88)
    assert exif.read(header + main + photo + TAKEN.encode() + b"\0").text("DateTimeOriginal") == TAKEN


def test_texts_of_exif_3_in_utf_8_are_read_as_those_in_ascii() -> None:
    model = "Größe Ⅱ".encode() + b"\0"
    block = b"II\x2a\0\x08\0\0\0" + struct.pack("<HHHIII", 1, 0x0110, 129, len(model), 26, 0) + model
    assert exif.read(block).text("Model") == "Größe Ⅱ"


HOSTILE = exif_of(main={0x010F: "Canon", 0x0132: CHANGED}, photo={0x9003: TAKEN, 0x829A: 0.01}, gps=MUNICH)


@given(st.integers(0, len(HOSTILE) - 1), st.binary(min_size=1, max_size=8), st.integers(0, 200))
def test_no_block_of_exif_does_worse_than_say_nothing(at: int, noise: bytes, missing: int) -> None:
    broken = HOSTILE[:at] + noise + HOSTILE[at + len(noise) : len(HOSTILE) - missing]
    exif.read(broken)


@given(st.binary(max_size=300))
def test_nothing_that_is_read_raises(noise: bytes) -> None:
    exif.read(b"II*\0\x08\0\0\0" + noise)
    xmp.read(packet()[:500] + noise)
    iptc.read(b"\x1c\x02\x37\0\x08" + noise)


def test_a_block_of_a_million_tags_takes_no_time() -> None:
    entry = struct.pack("<HHII", 0x010F, 5, 0x7FFFFFF, 8)
    assert camera(exif.read(b"II*\0\x08\0\0\0" + b"\xff\xff" + entry * 1_000_000)) is None


def test_broken_metadata_leaves_the_rest_to_be_read() -> None:
    found = found_in(jpeg(exif=b"Exif\0\0nonsense", xmp=packet('tiff:Make="Leica" xmp:CreateDate="2024-07-14"')))
    assert found.camera == Camera(make="Leica")
    assert found.taken == Taken("2024-07-14T00:00:00", None, "xmp")
