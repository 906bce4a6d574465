"""Which file names say when a picture was taken, and which only look like it."""

import pytest

from caption.metadata.filename import taken_by_name
from gallery.pictures.metadata import Taken

CLOCK, DAY = "2024-07-14T16:20:05", "2024-07-14T00:00:00"


@pytest.mark.parametrize(
    "name",
    [
        "IMG_20240714_162005.jpg",
        "IMG_20240714_162005123.jpg",
        "IMG_20240714_162005_1.jpg",
        "IMG_20240714_162005_HDR.jpg",
        "IMG_20240714_162005~2.jpg",
        "IMG20240714162005.jpg",
        "VID_20240714_162005.mp4",
        "MVIMG_20240714_162005.jpg",
        "PANO_20240714_162005.jpg",
        "00000IMG_00000_BURST20240714162005123_COVER.jpg",
        "00100lPORTRAIT_00100_BURST20240714162005123.jpg",
        "20240714_162005.jpg",
        "20240714_162005(0).jpg",
        "20240714_162005_Richtone(HDR).jpg",
        "20240714-162005.jpg",
        "20240714162005.jpg",
        "image-20240714162005123.png",
        "P_20240714_162005.jpg",
        "JPEG_20240714_162005_1234567890123456.jpg",
        "Screenshot_20240714-162005.png",
        "Screenshot_20240714-162005_Chrome.jpg",
        "Screenshot_2024-07-14-16-20-05-123_com.android.chrome.jpg",
        "Screenshot 2024-07-14 at 16.20.05.png",
        "Screen Shot 2024-07-14 at 4.20.05 PM.png",
        "Screenshot 2024-07-14 at 4.20.05\u202fPM.png",
        "Bildschirmfoto 2024-07-14 um 16.20.05.png",
        "Captura de pantalla 2024-07-14 a las 4.20.05 p. m..png",
        "Capture d\u2019écran 2024-07-14 à 16.20.05.png",
        "Screenshot from 2024-07-14 16-20-05.png",
        "Screenshot 2024-07-14 162005.png",
        "Screenshot 2024-07-14 162005 (2).png",
        "WhatsApp Image 2024-07-14 at 16.20.05.jpeg",
        "WhatsApp Image 2024-07-14 at 4.20.05 PM (1).jpeg",
        "signal-2024-07-14-162005.jpeg",
        "signal-2024-07-14-16-20-05-123.jpg",
        "signal-2024-07-14-162005_002.jpeg",
        "photo_2024-07-14_16-20-05.jpg",
        "photo_2024-07-14_16-20-05 (2).jpg",
        "photo_123@14-07-2024_16-20-05.jpg",
        "2024-07-14 16.20.05.jpg",
        "2024-07-14 16.20.05-1.jpg",
        "2024-07-14T16_20_05.jpg",
        "2024_07_14_16_20_05.jpg",
        "WP_20240714_16_20_05_Pro.jpg",
        "vlcsnap-2024-07-14-16h20m05s123.png",
        "C360_2024-07-14-16-20-05-123.jpg",
        "holiday/2024/IMG_20240714_162005.jpg",
        "C:\\photos\\IMG_20240714_162005.jpg",
    ],
)
def test_a_name_with_a_clock_says_when(name: str) -> None:
    assert taken_by_name(name) == Taken(CLOCK, None, "filename")
    assert taken_by_name(name, "2025-01-01T10:00:00-08:00") == Taken(CLOCK, None, "filename")


@pytest.mark.parametrize(
    "name",
    [
        "IMG-20240714-WA0001.jpg",
        "VID-20240714-WA0012.mp4",
        "WP_20240714_001.jpg",
        "2024-07-14.jpg",
        "2024-07-14 beach 2.jpg",
        "Rome_2024_07_14_0001.jpg",
        "scan 2024.07.14.tif",
    ],
)
def test_a_name_with_a_day_says_its_midnight(name: str) -> None:
    assert taken_by_name(name) == Taken(DAY, None, "filename")


@pytest.mark.parametrize(
    "name",
    [
        "PXL_20240714_142005123.jpg",
        "PXL_20240714_142005123.MP.jpg",
        "PXL_20240714_142005123.NIGHT~2.jpg",
        "1720966805123.jpg",
        "FB_IMG_1720966805123.jpg",
        "mmexport1720966805123.jpg",
        "wx_camera_1720966805123.jpg",
    ],
)
def test_a_name_in_utc_says_when_by_the_senders_clock(name: str) -> None:
    assert taken_by_name(name) == Taken("2024-07-14T14:20:05", "+00:00", "filename")
    assert taken_by_name(name, "2024-07-14T18:00:00+02:00") == Taken(CLOCK, "+02:00", "filename")
    assert taken_by_name(name, "2024-07-15T01:00:00+10:00") == Taken("2024-07-15T00:20:05", "+10:00", "filename")


@pytest.mark.parametrize(
    "name",
    [
        None,
        "",
        "picture",
        "DSC_0001.jpg",
        "DSC01234.ARW",
        "IMG_1234.HEIC",
        "IMG_E1234.JPG",
        "P1010001.JPG",
        "image0.jpeg",
        "20240714.jpg",
        "Photo 14.07.2024.jpg",
        "03-04-2024.jpg",
        "+4917620240714.jpg",
        "+49 176 20240714.jpg",
        "4915120240714162005.jpg",
        "2024071416200512345.jpg",
        "20240714_1620051234567890_123456789012345678_n.jpg",
        "received_1720966805123456.jpeg",
        "9781234567897.jpg",
        "invoice 2024-071-4.png",
        "1720966805.jpg",
        "17209668051234.jpg",
        "3f20240714162005.jpg",
        "image_123456789_20240714.jpg",
        "b5a20240-7140-4162-8005-000000000000.jpg",
        "IMG_20241399_162005.jpg",
        "IMG_20240714_256105.jpg",
        "IMG_20230229_120000.jpg",
        "IMG_00000000_000000.jpg",
        "Screenshot 2024-07-14 at 25.61.05.png",
        "PXL_20240714_256105123.jpg",
        "IMG_20990714_162005.jpg",
        "IMG-20990714-WA0001.jpg",
        "1999999999999.jpg",
    ],
)
def test_a_name_that_only_looks_like_a_date_says_nothing(name: str | None) -> None:
    assert taken_by_name(name, "2024-07-14T18:00:00+02:00") is None
