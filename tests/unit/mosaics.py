"""Pictures of one colour, and asking for mosaics of them."""

import time
from dataclasses import asdict, replace
from io import BytesIO
from typing import Any

from PIL import Image
from tests.unit.conftest import Answer, Api
from tests.unit.pictures import CONTENT, READING, ticket

from caption.renditions import tile_file
from gallery.mosaics.mosaics import Design, Job
from gallery.pictures import catalogue, storage
from gallery.pictures.model import Picture, Tile, captioned

DESIGN = Design("gallery", 32, 0.5, 640)


ASKED: dict[str, Any] = asdict(DESIGN)


Color = tuple[int, int, int]


def shown(color: Color = (200, 30, 40), **said: object) -> Picture:
    """A captioned picture of one colour, with its renditions and its tile."""
    picture = ticket(**said)
    content = replace(CONTENT, rendition=1, sha256=f"{time.time_ns():064x}")
    square = Image.new("RGB", (64, 64), color)
    picture = catalogue.change(picture, captioned(picture, content, READING), Tile(tile_file(square), color))
    large = BytesIO()
    Image.new("RGB", (160, 120), color).save(large, "JPEG")
    for key in storage.rendition_keys(picture).values():
        storage.write_rendition(key, large.getvalue(), "image/jpeg")
    return picture


def ask(api: Api, picture: Picture, headers: dict[str, str] | None = None, **words: Any) -> Answer:  # noqa: ANN401
    return api("POST", f"/api/images/{picture.id}/mosaic", body=ASKED | words, headers=headers)


def state(api: Api, picture: Picture, headers: dict[str, str] | None = None, **words: Any) -> Answer:  # noqa: ANN401
    query = {name: str(value) for name, value in (ASKED | words).items()}
    return api("GET", f"/api/images/{picture.id}/mosaic", query=query, headers=headers)


def job_of(event: dict[str, Any]) -> Job:
    given = event["mosaic"]
    return Job(**{**given, "design": Design(**given["design"])})
