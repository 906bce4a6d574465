"""Who may do what: every route, asked by everybody, about everything."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from time import time
from typing import Any

import pytest
from tests.unit.conftest import Api, forget_clients
from tests.unit.identity import STRANGER, Pool
from tests.unit.pictures import annas, broken, ticket
from tests.unit.posting import known, posted, shaped
from ulid import ULID

from gallery.albums import albums, links, membership
from gallery.albums.albums import Album
from gallery.api.openapi import routes
from gallery.aws import table
from gallery.lifecycle.trash import put_into_trash
from gallery.mosaics import mosaics
from gallery.mosaics.mosaics import Design
from gallery.people import people
from gallery.pictures import catalogue
from gallery.pictures.access import Caller
from gallery.pictures.model import Picture
from gallery.posts import shares
from gallery.settings import Visibility
from gallery.timestamps import now, timestamp
from openapi import DOCUMENT

PHOTO = {"name": "dog.jpg", "type": "image/jpeg", "size": 1000}
READS = ("GET ", "HEAD ")
LEAVE = "DELETE /api/me"
"""Asked last, since nobody may do anything afterwards."""
CALLERS = ("anonymous", "member", "owner", "admin")

# (route, whose picture) → what anonymous, a member, the owner and an admin get where sign-in is needed to upload.
MEMBERS: dict[tuple[str, str], tuple[int, int, int, int]] = {
    ("POST /api/uploads", "-"): (401, 201, 201, 201),
    ("POST /api/uploads (private)", "-"): (401, 201, 201, 201),
    ("GET /api/images", "-"): (200, 200, 200, 200),
    ("GET /api/images/<image_id>", "public"): (200, 200, 200, 200),
    ("GET /api/images/<image_id>", "private"): (404, 404, 200, 200),
    ("GET /api/images/<image_id>", "unowned"): (200, 200, 200, 200),
    ("PATCH /api/images/<image_id>", "public"): (401, 403, 200, 200),
    ("PATCH /api/images/<image_id>", "private"): (404, 404, 200, 200),
    ("PATCH /api/images/<image_id>", "unowned"): (401, 403, 403, 200),
    ("DELETE /api/images/<image_id>", "public"): (401, 403, 204, 204),
    ("DELETE /api/images/<image_id>", "private"): (404, 404, 204, 204),
    ("DELETE /api/images/<image_id>", "unowned"): (401, 403, 403, 204),
    ("GET /api/images/<image_id>", "failed"): (404, 404, 200, 200),
    ("GET /api/images/<image_id>", "failed, unowned"): (200, 200, 200, 200),
    ("PATCH /api/images/<image_id>", "failed"): (404, 404, 200, 200),
    ("DELETE /api/images/<image_id>", "failed"): (404, 404, 204, 204),
    ("GET /api/images/<image_id>/download", "failed"): (404, 404, 302, 302),
    ("POST /api/reports", "failed"): (404, 404, 202, 202),
    ("GET /api/images (trash)", "-"): (401, 200, 200, 200),
    ("GET /api/images (favourites)", "-"): (401, 200, 200, 200),
    ("GET /api/images (by date)", "-"): (200, 200, 200, 200),
    ("GET /api/images (one's own by date)", "-"): (401, 200, 200, 200),
    ("GET /api/images (archived, by date)", "-"): (401, 200, 200, 200),
    ("GET /api/timeline", "-"): (200, 200, 200, 200),
    ("GET /api/stacks", "-"): (401, 200, 200, 200),
    ("POST /api/stacks/<stack_id>", "stack"): (401, 404, 200, 404),
    ("GET /api/timeline (one's own)", "-"): (401, 200, 200, 200),
    ("GET /api/timeline (favourites)", "-"): (401, 200, 200, 200),
    ("GET /api/timeline (archived)", "-"): (401, 200, 200, 200),
    ("PUT /api/images/<image_id>/favourite", "public"): (401, 204, 204, 204),
    ("PUT /api/images/<image_id>/favourite", "private"): (401, 404, 204, 204),
    ("PUT /api/images/<image_id>/favourite", "unowned"): (401, 204, 204, 204),
    ("PUT /api/images/<image_id>/favourite", "trashed"): (401, 404, 204, 204),
    ("DELETE /api/images/<image_id>/favourite", "public"): (401, 204, 204, 204),
    ("DELETE /api/images/<image_id>/favourite", "private"): (401, 404, 204, 204),
    ("POST /api/images/<image_id>/trash", "public"): (401, 403, 200, 200),
    ("POST /api/images/<image_id>/trash", "private"): (404, 404, 200, 200),
    ("POST /api/images/<image_id>/trash", "unowned"): (401, 403, 403, 200),
    ("POST /api/images/<image_id>/trash", "failed"): (404, 404, 200, 200),
    ("POST /api/images/<image_id>/restore", "public"): (401, 403, 200, 200),
    ("POST /api/images/<image_id>/restore", "trashed"): (404, 404, 200, 200),
    ("POST /api/images/<image_id>/restore", "trashed, unowned"): (404, 404, 404, 200),
    ("GET /api/images/<image_id>", "trashed"): (404, 404, 200, 200),
    ("GET /api/images/<image_id>", "trashed, unowned"): (404, 404, 404, 200),
    ("PATCH /api/images/<image_id>", "trashed"): (404, 404, 200, 200),
    ("DELETE /api/images/<image_id>", "trashed"): (404, 404, 204, 204),
    ("DELETE /api/images/<image_id>", "trashed, unowned"): (404, 404, 404, 204),
    ("GET /api/images/<image_id>/download", "trashed"): (404, 404, 302, 302),
    ("GET /api/images/<image_id>/similar", "trashed"): (404, 404, 200, 200),
    ("POST /api/images/<image_id>/mosaic", "trashed"): (404, 404, 202, 202),
    ("POST /api/reports", "trashed"): (404, 404, 202, 202),
    ("POST /api/images/batch", "-"): (200, 200, 200, 200),
    ("GET /api/images/<image_id>/download", "public"): (302, 302, 302, 302),
    ("GET /api/images/<image_id>/download", "private"): (404, 404, 302, 302),
    ("GET /api/images/<image_id>/similar", "public"): (200, 200, 200, 200),
    ("GET /api/images/<image_id>/similar", "private"): (404, 404, 200, 200),
    ("GET /api/images/<image_id>/similar", "unowned"): (200, 200, 200, 200),
    ("POST /api/images/<image_id>/mosaic", "public"): (202, 202, 202, 202),
    ("POST /api/images/<image_id>/mosaic", "private"): (404, 404, 202, 202),
    ("GET /api/images/<image_id>/mosaic", "public, in the making"): (200, 200, 200, 200),
    ("GET /api/images/<image_id>/mosaic", "private, in the making"): (404, 404, 200, 200),
    ("GET /api/labels", "-"): (200, 200, 200, 200),
    ("POST /api/classify", "-"): (415, 415, 415, 415),
    ("GET /api/search", "-"): (200, 200, 200, 200),
    ("GET /api/search (filters)", "-"): (200, 200, 200, 200),
    ("GET /api/search (one's own)", "-"): (401, 200, 200, 200),
    ("GET /api/search (favourites)", "-"): (401, 200, 200, 200),
    ("GET /api/search (with a place)", "-"): (401, 200, 200, 200),
    ("GET /api/suggestions/search", "-"): (200, 200, 200, 200),
    ("GET /api/health", "-"): (200, 200, 200, 200),
    ("GET /api/settings", "-"): (200, 200, 200, 200),
    ("GET /api/openapi.json", "-"): (200, 200, 200, 200),
    ("GET /api/docs", "-"): (200, 200, 200, 200),
    ("POST /api/feedback", "-"): (202, 202, 202, 202),
    ("POST /api/posts", "-"): (401, 201, 201, 201),
    ("POST /api/posts (private)", "-"): (401, 404, 409, 409),
    ("GET /api/posts", "-"): (200, 200, 200, 200),
    ("GET /api/posts/most-liked", "-"): (200, 200, 200, 200),
    ("GET /api/feed", "-"): (401, 200, 200, 200),
    ("GET /api/posts/<post_id>", "post"): (200, 200, 200, 200),
    ("PATCH /api/posts/<post_id>", "post"): (401, 403, 200, 403),
    ("DELETE /api/posts/<post_id>", "post"): (401, 403, 204, 204),
    ("PUT /api/posts/<post_id>/like", "post"): (401, 204, 204, 204),
    ("DELETE /api/posts/<post_id>/like", "post"): (401, 204, 204, 204),
    ("POST /api/posts/<post_id>/share", "post"): (401, 403, 201, 201),
    ("GET /api/posts/<post_id>/share", "post"): (401, 403, 200, 200),
    ("DELETE /api/posts/<post_id>/share/<token>", "post"): (401, 403, 204, 204),
    ("GET /api/posts/<post_id>", "post of a hidden picture"): (404, 404, 404, 404),
    ("PATCH /api/posts/<post_id>", "post of a hidden picture"): (401, 404, 404, 404),
    ("DELETE /api/posts/<post_id>", "post of a hidden picture"): (401, 404, 204, 204),
    ("PUT /api/posts/<post_id>/like", "post of a hidden picture"): (401, 404, 404, 404),
    ("POST /api/posts/<post_id>/share", "post of a hidden picture"): (401, 404, 409, 409),
    ("GET /api/posts/<post_id>/share", "post of a hidden picture"): (401, 404, 200, 200),
    ("GET /api/shared/<token>", "link"): (200, 200, 200, 200),
    ("GET /s/<token>", "link"): (200, 200, 200, 200),
    ("HEAD /s/<token>", "link"): (200, 200, 200, 200),
    ("GET /s/<token>/preview.jpg", "link to a panorama"): (200, 200, 200, 200),
    ("POST /api/albums", "-"): (401, 201, 201, 201),
    ("GET /api/albums", "-"): (200, 200, 200, 200),
    ("GET /api/albums (own)", "-"): (401, 200, 200, 200),
    ("GET /api/albums/<album_id>", "album"): (404, 404, 200, 200),
    ("GET /api/albums/<album_id>", "public album"): (200, 200, 200, 200),
    ("PATCH /api/albums/<album_id>", "album"): (404, 404, 200, 200),
    ("PATCH /api/albums/<album_id>", "public album"): (401, 403, 200, 200),
    ("DELETE /api/albums/<album_id>", "album"): (404, 404, 204, 204),
    ("DELETE /api/albums/<album_id>", "public album"): (401, 403, 204, 204),
    ("PUT /api/albums/<album_id>/images", "album"): (401, 404, 200, 403),
    ("PUT /api/albums/<album_id>/images", "public album"): (401, 403, 200, 403),
    ("DELETE /api/albums/<album_id>/images", "album"): (401, 404, 200, 200),
    ("POST /api/albums/<album_id>/order", "public album"): (401, 403, 409, 403),
    ("GET /api/albums/<album_id>/people", "album"): (404, 404, 200, 200),
    ("GET /api/albums/<album_id>/people", "public album"): (401, 403, 200, 200),
    ("PUT /api/albums/<album_id>/people/<username>", "album"): (401, 404, 404, 404),
    ("PUT /api/albums/<album_id>/people/<username>", "public album"): (401, 403, 404, 404),
    ("DELETE /api/albums/<album_id>/people/<username>", "album"): (401, 404, 404, 404),
    ("POST /api/albums/<album_id>/links", "album"): (401, 404, 201, 201),
    ("POST /api/albums/<album_id>/links", "public album"): (401, 403, 201, 201),
    ("GET /api/albums/<album_id>/links", "album"): (401, 404, 200, 200),
    ("GET /api/albums/<album_id>/links", "public album"): (401, 403, 200, 200),
    ("PATCH /api/albums/<album_id>/links/<link_id>", "public album"): (401, 403, 404, 404),
    ("DELETE /api/albums/<album_id>/links/<link_id>", "public album"): (401, 403, 204, 204),
    ("POST /api/albums/<album_id>/review", "album"): (401, 404, 200, 403),
    ("POST /api/albums/<album_id>/review", "public album"): (401, 403, 200, 403),
    ("GET /api/images (review)", "-"): (401, 200, 200, 200),
    ("GET /api/analytics", "-"): (401, 403, 403, 200),
    ("GET /api/counter", "-"): (200, 200, 200, 200),
    ("GET /api/admin/failures", "-"): (401, 403, 403, 200),
    ("POST /api/admin/failures/redrive", "-"): (401, 403, 403, 202),
    ("POST /api/admin/pause", "-"): (401, 403, 403, 200),
    ("POST /api/admin/resume", "-"): (401, 403, 403, 200),
    ("POST /api/admin/allowance", "-"): (401, 403, 403, 200),
    ("GET /api/admin/stats", "-"): (401, 403, 403, 200),
    ("GET /api/admin/recaption", "-"): (401, 403, 403, 200),
    ("POST /api/admin/recaption", "-"): (401, 403, 403, 202),
    ("GET /api/admin/people", "-"): (401, 403, 403, 200),
    ("POST /api/admin/people", "-"): (401, 403, 403, 409),
    ("POST /api/admin/people/<username>/disable", "-"): (401, 403, 403, 404),
    ("POST /api/admin/people/<username>/enable", "-"): (401, 403, 403, 404),
    ("DELETE /api/admin/people/<username>", "-"): (401, 403, 403, 404),
    ("GET /api/admin/reports", "-"): (401, 403, 403, 200),
    ("POST /api/admin/reports/<kind>/<thing_id>/<decision>", "public"): (401, 403, 403, 200),
    ("POST /api/admin/images/<image_id>/hide", "unowned"): (401, 403, 403, 200),
    ("POST /api/admin/images/<image_id>/restore", "private"): (401, 403, 403, 200),
    ("GET /api/admin/log", "-"): (401, 403, 403, 200),
    ("POST /api/reports", "public"): (202, 202, 202, 202),
    ("POST /api/reports", "private"): (404, 404, 202, 202),
    ("GET /api/users", "-"): (401, 200, 200, 200),
    ("GET /api/users/<username>", "somebody"): (200, 200, 200, 200),
    ("PUT /api/users/<username>/follow", "somebody"): (401, 204, 204, 204),
    ("DELETE /api/users/<username>/follow", "somebody"): (401, 204, 204, 204),
    ("GET /api/users/<username>/followers", "somebody"): (200, 200, 200, 200),
    ("GET /api/users/<username>/following", "somebody"): (200, 200, 200, 200),
    ("GET /api/users/<username>/mutual", "somebody"): (401, 200, 200, 200),
    ("GET /api/suggestions", "-"): (401, 200, 200, 200),
    ("GET /api/me", "-"): (401, 200, 200, 200),
    ("PATCH /api/me", "-"): (401, 200, 200, 200),
    ("POST /api/me/export", "-"): (401, 202, 202, 202),
    (LEAVE, "-"): (401, 202, 202, 202),
}
# By a link all are the same, since no account counts there.
BY_LINK: dict[tuple[str, str], tuple[int, int, int, int]] = {
    ("GET /api/links/<token>", "album link"): (200, 200, 200, 200),
    ("GET /api/links/<token>/images", "album link"): (200, 200, 200, 200),
    ("GET /api/links/<token>/timeline", "album link"): (200, 200, 200, 200),
    ("GET /api/links/<token>/cover", "album link"): (302, 302, 302, 302),
    ("GET /api/links/<token>/images/<image_id>", "album link"): (200, 200, 200, 200),
    ("GET /api/links/<token>/images/<image_id>/download", "album link"): (302, 302, 302, 302),
    ("POST /api/links/<token>/uploads", "album link"): (403, 403, 403, 403),
    ("POST /api/links/<token>/uploads", "album link for adding"): (201, 201, 201, 201),
    ("DELETE /api/links/<token>/images/<image_id>", "album link"): (404, 404, 404, 404),
    ("POST /api/links/<token>/images/<image_id>/report", "album link"): (202, 202, 202, 202),
    ("GET /a/<token>", "album link"): (200, 200, 200, 200),
    ("HEAD /a/<token>", "album link"): (200, 200, 200, 200),
    ("GET /a/<token>/cover.jpg", "link to an album of a panorama"): (200, 200, 200, 200),
}
# What differs in a gallery that is open to everybody.
OPEN = MEMBERS | {
    ("POST /api/uploads", "-"): (201, 201, 201, 201),
    ("PATCH /api/images/<image_id>", "unowned"): (200, 200, 200, 200),
    ("DELETE /api/images/<image_id>", "unowned"): (204, 204, 204, 204),
    ("POST /api/images/<image_id>/trash", "unowned"): (200, 200, 200, 200),
    ("POST /api/images/<image_id>/restore", "trashed, unowned"): (200, 200, 200, 200),
    ("GET /api/images/<image_id>", "trashed, unowned"): (200, 200, 200, 200),
    ("DELETE /api/images/<image_id>", "trashed, unowned"): (204, 204, 204, 204),
}

DESIGN = Design("gallery", 32, 0.5, 2048)
MOSAIC: dict[str, Any] = asdict(DESIGN)
QUERIES = {
    "GET /api/albums (own)": {"owner": "me"},
    "GET /api/images (review)": {"review": "pending"},
    "GET /api/images (favourites)": {"favourite": "true"},
    "GET /api/images (trash)": {"trashed": "true"},
    "GET /api/images (by date)": {"order": "taken"},
    "GET /api/images (one's own by date)": {"order": "taken", "owner": "me"},
    "GET /api/images (archived, by date)": {"order": "taken", "archived": "true"},
    "GET /api/timeline (one's own)": {"owner": "me"},
    "GET /api/timeline (favourites)": {"favourite": "true"},
    "GET /api/timeline (archived)": {"archived": "true"},
    "GET /api/users": {"query": "cle"},
    "GET /api/counter": {"digit": "7", "n": "1000"},
    "GET /api/search": {"query": "dog"},
    "GET /api/suggestions/search": {"query": "do"},
    "GET /api/search (filters)": {"type": "jpeg", "label": "pug", "owner": "anna", "color": "blue"},
    "GET /api/search (one's own)": {"owner": "me"},
    "GET /api/search (favourites)": {"favourite": "true", "query": "dog"},
    "GET /api/search (with a place)": {"has_place": "true"},
    "GET /api/images/<image_id>/mosaic": {name: str(value) for name, value in MOSAIC.items()},
}


def plain(route: str) -> str:
    """Return a route without what is said in brackets of how it is asked."""
    return re.sub(r" \(.*\)$", "", route)


def in_the_making(picture: Picture) -> str:
    mosaics.begin(picture, DESIGN, b"", None)
    return picture.id


def of_a_hidden_picture() -> str:
    picture = annas()
    post = posted(image_id=picture.id)
    catalogue.change(picture, replace(picture, visibility="private"))
    return post.id


BODIES: dict[str, Callable[[str], Any]] = {
    "POST /api/uploads": lambda _: {"files": [PHOTO]},
    "POST /api/uploads (private)": lambda _: {"files": [{**PHOTO, "visibility": "private"}]},
    "PATCH /api/images/<image_id>": lambda _: {"title": "changed"},
    "POST /api/feedback": lambda _: {"feedback": [{"query": "dog", "positive": [ticket().id]}]},
    "POST /api/images/batch": lambda _: {"action": "delete", "ids": [ticket().id]},
    "POST /api/stacks/<stack_id>": lambda stack: {"keep": [stack]},
    "POST /api/reports": lambda image_id: {"image_id": image_id, "reason": "This is mine."},
    "POST /api/posts": lambda _: {"image_id": annas().id},
    "POST /api/posts (private)": lambda _: {"image_id": annas(visibility="private").id},
    "PATCH /api/posts/<post_id>": lambda _: {"text": "changed"},
    "POST /api/posts/<post_id>/share": lambda _: {},
    "POST /api/links/<token>/uploads": lambda _: {"files": [PHOTO]},
    "POST /api/links/<token>/images/<image_id>/report": lambda _: {"reason": "I am on it."},
    "POST /api/albums": lambda _: {"title": "Sea"},
    "PATCH /api/albums/<album_id>": lambda _: {"title": "changed"},
    "PUT /api/albums/<album_id>/images": lambda _: {"ids": [NOT_THERE]},
    "DELETE /api/albums/<album_id>/images": lambda _: {"ids": [NOT_THERE]},
    "POST /api/albums/<album_id>/order": lambda _: {"ids": [NOT_THERE], "after": None},
    "PUT /api/albums/<album_id>/people/<username>": lambda _: {"role": "viewer"},
    "POST /api/albums/<album_id>/links": lambda _: {},
    "PATCH /api/albums/<album_id>/links/<link_id>": lambda _: {"name": "changed"},
    "POST /api/albums/<album_id>/review": lambda _: {"accept": [NOT_THERE]},
    "PATCH /api/me": lambda _: {"display_name": "changed"},
    "POST /api/admin/pause": lambda _: {"reason": "Too dear."},
    "POST /api/admin/allowance": lambda _: {"pictures": 10, "until": timestamp(datetime.now(UTC) + timedelta(days=1))},
    "POST /api/admin/people": lambda _: {"email": "ada@example.org"},
    "POST /api/admin/recaption": lambda _: {},
}

NOT_THERE = "01KAGVQ2W3M8Y6Z5T4R7N9P0XC"


def annas_album(visibility: Visibility = "private") -> str:
    album = Album(id=str(ULID()), owner="anna", title="Sea", created_at=now(), visibility=visibility)
    return albums.create(album).id


def found(image_id: str) -> Picture:
    picture = catalogue.find(image_id)
    assert picture
    return picture


def annas_link(picture: Picture | None = None, **said: Any) -> str:  # noqa: ANN401
    """Return the token of a link to an album, and the id of the picture in it."""
    album, picture, token = albums.find(annas_album()), picture or annas(visibility="private"), links.new_token()
    assert album
    membership.add(picture, album, "anna", originals=True, since=now())
    chosen: dict[str, Any] = {"mode": "view", "downloads": "originals", "place": False, "review": True}
    links.create(links.made(album.id, token, **chosen | {"max_pictures": 10, "max_bytes": 10**6} | said))
    known("anna")
    return f"{token}/{picture.id}"


def annas_stack() -> str:
    one, other = annas(), annas()
    for picture in (one, other):
        catalogue.change(picture, replace(picture, stack=one.id))
    return one.id


PICTURES: dict[str, Callable[[], str]] = {
    "stack": annas_stack,
    "post": lambda: posted().id,
    "post of a hidden picture": of_a_hidden_picture,
    "link": lambda: shares.share(posted().id, 60).token,
    "link to a panorama": lambda: shares.share(shaped((1600, 150)).id, 60).token,
    "public": lambda: annas().id,
    "private": lambda: annas(visibility="private").id,
    "unowned": lambda: ticket().id,
    "trashed": lambda: put_into_trash(annas()).id,
    "trashed, unowned": lambda: put_into_trash(ticket()).id,
    "failed": lambda: broken(owner="anna").id,
    "failed, unowned": lambda: broken().id,
    "public, in the making": lambda: in_the_making(annas()),
    "private, in the making": lambda: in_the_making(annas(visibility="private")),
    "somebody": lambda: people.get_or_create_person(Caller("cleo")).username,
    "album": annas_album,
    "album link": annas_link,
    "album link for adding": lambda: annas_link(mode="view_and_add"),
    "link to an album of a panorama": lambda: annas_link(picture=found(shaped((1600, 150)).image_id)),
    "public album": lambda: annas_album("public"),
    "-": lambda: "",
}


def headers(pool: Pool, who: str) -> dict[str, str]:
    match who:
        case "anonymous":
            return {}
        case "admin":
            return pool.bearer("root", groups=["admin"])
        case _:
            return pool.bearer("anna" if who == "owner" else "eve")


PLACES = {"kind": "image", "decision": "hide"}


def body(route: str, image_id: str) -> Any:  # noqa: ANN401
    if route in BODIES:
        return BODIES[route](image_id)
    return MOSAIC if route.endswith("/mosaic") else None


def address(path: str, place: str) -> str:
    if "/" in place:
        token, image_id = place.split("/")
        return path.replace("<token>", token).replace("<image_id>", image_id)
    return re.sub("<(.*?)>", lambda name: PLACES.get(name[1]) or place or "nobody", path)


@pytest.mark.usefixtures("called", "site")
@pytest.mark.parametrize("who", range(4), ids=CALLERS)
@pytest.mark.parametrize(
    ("mode", "matrix"), [("members", BY_LINK | MEMBERS), ("open", BY_LINK | OPEN)], ids=["members", "open"]
)
def test_everybody_gets_what_they_may(
    api: Api, pool: Pool, environment: pytest.MonkeyPatch, mode: str, matrix: dict[Any, Any], who: int
) -> None:
    environment.setenv("ACCESS_MODE", mode)
    environment.setenv("SIGN_UP", "closed")
    forget_clients()
    answered = {}
    for route, whose in sorted(matrix, key=lambda row: row[0] == LEAVE):
        method, path, *_ = route.split()
        sent = {**headers(pool, CALLERS[who]), "if-match": "*"}
        place = PICTURES[whose]()
        answer = api(method, address(path, place), query=QUERIES.get(route), body=body(route, place), headers=sent)
        answered[route, whose] = answer.status
    assert answered == {row: expected[who] for row, expected in matrix.items()}


BAD: dict[str, Callable[[Pool], str]] = {
    "tampered with": lambda pool: pool.token()[:-8] + "AAAAAAAA",
    "expired": lambda pool: pool.token(exp=int(time()) - 1),
    "of another pool": lambda pool: pool.token(iss="https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Other"),
    "for another client": lambda pool: pool.token(client_id="another"),
    "signed by a stranger": lambda pool: pool.token(key=STRANGER),
    "not signed": lambda pool: pool.token(key="", algorithm="none"),
    "signed by a shared secret": lambda pool: pool.token(key="secret" * 8, algorithm="HS256"),
    "an id token": lambda pool: pool.token(token_use="id"),
    "no token": lambda _: "nonsense",
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_bad_token_is_refused_by_every_route(api: Api, pool: Pool, bad: Callable[[Pool], str]) -> None:
    image_id = ticket().id
    sent = {"authorization": f"Bearer {bad(pool)}", "if-match": "*"}
    found = {}
    for route in {plain(route) for route, _ in MEMBERS}:
        method, path = route.split()
        said = body(route, image_id)
        answer = api(method, address(path, image_id), query=QUERIES.get(route), body=said, headers=sent)
        found[route] = (answer.status, answer.headers["content-type"], answer.headers.get("www-authenticate"))
    refused = (401, "application/problem+json", 'Bearer error="invalid_token"')
    assert found == dict.fromkeys(found, refused)


BLOCKED: dict[people.State, int] = {"disabled": 403, "erasing": 401}


@pytest.mark.parametrize(("state", "status"), BLOCKED.items(), ids=BLOCKED)
def test_who_is_blocked_changes_nothing_by_any_route_and_reads_nothing_that_needs_an_account(
    api: Api, pool: Pool, state: people.State, status: int
) -> None:
    image_id = ticket().id
    people.get_or_create_person(Caller("root"))
    table.transact_write([people.become("root", state, "active")])
    sent = {**pool.bearer("root", groups=["admin"]), "if-match": "*"}
    asked = {route for (route, _), expected in MEMBERS.items() if not route.startswith(READS) or 401 in expected}
    found = {}
    for route in asked:
        method, path, *_ = route.split()
        sought = address(path, image_id)
        answer = api(method, sought, query=QUERIES.get(route), body=body(route, image_id), headers=sent)
        found[route] = (answer.status, answer.headers["content-type"])
    assert found == dict.fromkeys(asked, (status, "application/problem+json"))


FUNCTIONS = Path(__file__).parents[2] / "functions"
FOR_PEOPLE = {
    "GET /s/<token>", "HEAD /s/<token>", "GET /s/<token>/preview.jpg",
    "GET /a/<token>", "HEAD /a/<token>", "GET /a/<token>/cover.jpg",
}  # fmt: skip
"""Pages and their images, which are no part of the API."""


def routers() -> Iterator[Any]:
    """Every router that any function has, whoever wrote it."""
    for file in FUNCTIONS.glob("*/*.py"):
        if "= resolver(" in file.read_text():
            yield import_module(f"{file.parent.name}.{file.stem}").app


def described() -> set[str]:
    paths = json.loads(DOCUMENT.read_text())["paths"]
    found = {f"{method.upper()} {path}" for path, operations in paths.items() for method in operations}
    return {each.replace("{", "<").replace("}", ">") for each in found}


@pytest.mark.usefixtures("api")
def test_the_matrix_leaves_no_route_out() -> None:
    asked = {plain(route) for route, _ in MEMBERS | BY_LINK}
    assert asked == {f"{route.method} {route.path}" for app in routers() for route in routes(app)}
    assert asked - FOR_PEOPLE == described()
