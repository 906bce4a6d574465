"""Looking at a picture: for whoever may not see it, it does not exist."""

import re
from collections.abc import Iterable
from dataclasses import replace

from gallery.aws import table
from gallery.pictures import catalogue
from gallery.pictures.access import Caller, may
from gallery.pictures.album_lists import shown_in
from gallery.pictures.model import IMAGE_ID, Picture
from gallery.problems import no_such_image
from gallery.settings import settings


def find_image(image_id: str, caller: Caller) -> Picture:
    """Return a picture that the caller may see; raises the 404 that tells nothing else."""
    picture = catalogue.find(image_id) if re.match(IMAGE_ID, image_id) else None
    if picture is None or not may_see(picture, caller):
        raise no_such_image()
    return picture


def find_shared(image_id: str, caller: Caller) -> tuple[Picture, Caller]:
    """Return a picture that the caller may see by itself or in an album, and the caller with the albums that let them.

    Raises the same 404.
    """
    picture = catalogue.find(image_id) if re.match(IMAGE_ID, image_id) else None
    if picture is None:
        raise no_such_image()
    let_in = caller if may_see(picture, caller) else with_albums(caller, [picture])
    if not may_see(picture, let_in):
        raise no_such_image()
    return picture, let_in


def with_albums(caller: Caller, pictures: Iterable[Picture]) -> Caller:
    """Return somebody with those albums of some pictures that they are let into, as the heads say at this moment."""
    ids = {album_id for picture in pictures for album_id in shown_in(picture)} if caller.sub else set()
    heads = table.read(
        [table.key(f"ALBUM#{album_id}", "ALBUM") for album_id in sorted(ids)],
        ProjectionExpression="id, #owner, people",
        ExpressionAttributeNames={"#owner": "owner"},
        ConsistentRead=True,
    )
    granted = {
        (head["id"], sub)
        for head in heads
        if caller.sub == head["owner"] or caller.sub in head["people"]
        for sub in (head["owner"], *(sub for sub, role in head["people"].items() if role == "contributor"))
    }
    return replace(caller, grants=caller.grants | granted)


def may_see(picture: Picture, caller: Caller) -> bool:
    """Tell whether a picture exists for the caller."""
    return picture.status != "deleted" and may(caller, "see", picture, access=settings().access_mode)
