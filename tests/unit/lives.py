"""Somebody who has done all that one can do in the gallery."""

from typing import Any

from tests.unit.captioning import PHOTO
from tests.unit.pictures import ticket
from ulid import ULID

from caption import pipeline
from gallery.albums import albums, complaints, links, membership
from gallery.albums.albums import Album
from gallery.lifecycle.trash import put_into_trash
from gallery.people import favourites, follows, people
from gallery.pictures import catalogue, storage
from gallery.pictures.access import Caller
from gallery.pictures.model import Picture
from gallery.posts import likes, posts, shares
from gallery.posts.posts import Post
from gallery.timestamps import now


def captioned(**said: Any) -> Picture:  # noqa: ANN401
    picture = ticket(**said)
    storage.client().put_object(Bucket="gallery-test-media", Key=f"originals/{picture.id}", Body=PHOTO)
    found = pipeline.caption(picture.id)
    assert found
    return found


def post(author: str, picture: Picture) -> Post:
    made = Post(id=str(ULID()), image_id=picture.id, author=author, text="Look!", created_at="2026-01-01T00:00:00.000Z")
    posts.create(made)
    return made


def lived(sub: str) -> None:
    """Let somebody do all that one can do in the gallery, and others with them."""
    for each in (sub, "ben", "cleo"):
        people.get_or_create_person(Caller(each))
    bens = post("ben", captioned(owner="ben", declared_sha256=None))
    captioned(owner=sub, visibility="private")
    shown = annas_like(sub)
    mine = post(sub, shown)
    shares.share(mine.id, 3600)
    likes.like(mine.id, "ben")
    likes.like(bens.id, sub)
    likes.like(bens.id, "cleo")
    favourites.mark(current(bens.image_id), sub)
    favourites.mark(current(mine.image_id), sub)
    put_into_trash(current(annas_like(sub).id))
    in_albums(sub, shown, current(bens.image_id))
    follows.follow(sub, "ben")
    follows.follow("cleo", sub)
    follows.follow("cleo", "ben")
    storage.client().put_object(Bucket="gallery-test-media", Key=f"{people.export_prefix(sub)}x.zip", Body=b"PK")


def in_albums(sub: str, shown: Picture, bens: Picture) -> None:
    """Let somebody share an album by a link, be a contributor to Ben's, and be asked into Cleo's."""
    own = album_of(sub, people={"ben": "contributor"})
    links.create(
        links.made(own.id, links.new_token(), mode="view", downloads="none", place=False, review=True,
                   max_pictures=1, max_bytes=1)
    )  # fmt: skip
    complaints.note(own, shown.id, "It is mine.")
    membership.add(current(shown.id), own, sub, originals=None, since=now())
    membership.add(current(bens.id), own, "ben", originals=None, since=now())
    of_ben = album_of("ben", people={sub: "contributor"})
    membership.add(current(shown.id), of_ben, sub, originals=None, since=now())
    album_of("cleo", invited={sub: "viewer"})


def album_of(sub: str, **said: Any) -> Album:  # noqa: ANN401
    return albums.create(Album(id=str(ULID()), owner=sub, title="Sea", created_at=now(), **said))


def current(image_id: str) -> Picture:
    """Return a picture as it is now."""
    picture = catalogue.find(image_id)
    assert picture
    return picture


def annas_like(sub: str) -> Picture:
    """Return a public picture of somebody's, of other bytes than the others."""
    picture = ticket(owner=sub)
    storage.client().put_object(
        Bucket="gallery-test-media", Key=f"originals/{picture.id}", Body=PHOTO + picture.id.encode()
    )
    found = pipeline.caption(picture.id)
    assert found
    return found
