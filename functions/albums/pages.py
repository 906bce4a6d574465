"""The page behind a link to an album: the guests' page as it was built, with what chat programs preview filled in.

Its file is read from where the distribution has it from, so that scripts and tags are of one release; the
page then asks the API for the album by the token in its own address. The tags are those of https://ogp.me.
"""

import os
import re
import time
from functools import cache
from html import escape
from http import HTTPStatus

from gallery.albums import links
from gallery.albums.albums import Album
from gallery.albums.links import Link
from gallery.api.album import count
from gallery.api.cutting import SIZE, cut
from gallery.api.opening import audience_of, living, previewed
from gallery.pictures import storage
from gallery.problems import Problem
from gallery.settings import settings

_FRESH_SECONDS = 60
"""How long the page's file is taken to be the newest release's; those before can still be served."""

HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
"""Nobody but who has the address may come to know it."""


def page_of(token: str) -> tuple[HTTPStatus, str]:
    """Return the page behind a link, and its status; one that is over is the page that says so, with the 404."""
    try:
        status, title, tags = HTTPStatus.OK, *_preview(token, *living(token))
    except Problem as problem:
        status, title, tags = problem.status, "Nothing here", dict[str, str]()
    named = "".join(f'<meta property="{name}" content="{escape(text)}">' for name, text in tags.items())
    head = f'<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">{named}</head>'
    page = _page(int(time.time()) // _FRESH_SECONDS)
    page = re.sub("<title>.*?</title>", lambda _: f"<title>{escape(title)} · Neural Gallery</title>", page)
    return status, page.replace("</head>", head, 1)


def cover(token: str) -> bytes:
    """Return what chat programs show of an album; raises the 404 where they are shown nothing."""
    picture = previewed(*living(token))
    image = cut(picture) if picture else None
    if image is None:
        raise links.no_such_link()
    return image


def _preview(token: str, link: Link, album: Album) -> tuple[str, dict[str, str]]:
    """Return the title, and tags by their names: of an album with a password nothing but that it has one."""
    title = album.title if link.salt is None else "An album"
    tags = {
        "og:type": "website",
        "og:site_name": "Neural Gallery",
        "og:title": title,
        "og:description": _description(link, album),
        "og:url": f"{settings().site_url}/a/{token}",
    }
    if previewed(link, album):
        image = f"{settings().site_url}/api/links/{token}/cover"
        tags |= {"og:image": image, "og:image:width": str(SIZE[0]), "og:image:height": str(SIZE[1])}
    return title, tags


def _description(link: Link, album: Album) -> str:
    audience = audience_of(link)
    if link.salt is not None:
        return "It opens with a password."
    if audience is None:
        return "Add your pictures."
    pictures = count(album.id, audience)
    return "1 picture" if pictures == 1 else f"{pictures} pictures"


@cache
def _page_at(minute: int) -> str:  # noqa: ARG001 - a key, so that another minute reads anew
    stored = storage.client().get_object(Bucket=os.environ["SITE_BUCKET"], Key="album.html")
    return stored["Body"].read().decode()


def _page(minute: int) -> str:
    if _page_at.cache_info().currsize > 1:
        _page_at.cache_clear()
    return _page_at(minute)
