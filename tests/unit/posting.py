"""People who post, and what the table says of posts, likes and their counts."""

from collections import Counter
from dataclasses import replace
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps
from tests.unit.conftest import Gallery
from tests.unit.pictures import annas
from ulid import ULID

from gallery.people import people
from gallery.people.people import Person
from gallery.pictures import catalogue, storage
from gallery.pictures.access import Caller
from gallery.posts import posts
from gallery.posts.posts import Post
from gallery.sizes import Extent, Size, fitted
from gallery.timestamps import now


def known(sub: str) -> Person:
    """Have somebody been seen in the gallery."""
    return people.get_or_create_person(Caller(sub))


def posted(author: str = "anna", image_id: str | None = None, text: str = "") -> Post:
    """Have somebody post a picture: Anna's, unless another is given."""
    known(author)
    post = Post(id=str(ULID()), image_id=image_id or annas().id, author=author, text=text, created_at=now())
    posts.create(post)
    return post


def keys(gallery: Gallery, *beginnings: str) -> set[tuple[str, str]]:
    """The keys of rows whose partitions begin in one of these ways."""
    found = {(row["pk"], row["sk"]) for row in gallery.rows()}
    return {each for each in found if each[0].startswith(beginnings)}


OF_POSTS = ("POST#", "POSTS", "AUTHOR#", "POSTED#", "RETRACTIONS", "LIKES#", "LIKED#")


def agree(gallery: Gallery) -> None:
    """Fail unless lists, edges and counts say the same of every post, and nothing is left of those that are gone."""
    rows: list[dict[str, Any]] = gallery.rows()
    alive = [posts.from_row(each) for each in rows if each["sk"] == "POST"]
    likes = {(pk.removeprefix("LIKES#"), sk) for pk, sk in keys(gallery, "LIKES#")}
    assert likes == {(sk, pk.removeprefix("LIKED#")) for pk, sk in keys(gallery, "LIKED#")}
    counted = Counter(post for post, _ in likes)
    assert {each.id: each.likes for each in alive} == {each.id: counted[each.id] for each in alive}
    assert counted.keys() <= {each.id for each in alive}
    listed = {(row["pk"], row["sk"]) for each in alive for row in posts.postings(each)}
    assert keys(gallery, "POSTS", "AUTHOR#", "POSTED#") == listed
    authors = Counter(each.author for each in alive)
    people_there = [people.from_row(each) for each in rows if each["sk"] == "PERSON"]
    assert {each.sub: each.posts for each in people_there} == {each.sub: authors[each.sub] for each in people_there}
    assert keys(gallery, "RETRACTIONS") == set()


def shaped(size: tuple[int, int]) -> Post:
    """Have somebody post a picture of a size in pixels, whose large rendition is red in its middle alone."""
    post = posted()
    picture = catalogue.find(post.image_id)
    assert picture
    assert picture.content
    width, height = size
    large = Image.new("RGB", fitted(size, "large"), "blue")
    made: dict[Size, Extent] = {"large": large.size, "medium": fitted(large.size, "medium")}
    content = replace(picture.content, width=width, height=height, sizes=made)
    picture, file = catalogue.change(picture, replace(picture, content=content)), BytesIO()
    middle = ImageOps.scale(large, 0.2)
    large.paste(
        Image.new("RGB", middle.size, "red"), ((large.width - middle.width) // 2, (large.height - middle.height) // 2)
    )
    large.save(file, "JPEG")
    storage.write_rendition(storage.rendition_keys(picture)["large"], file.getvalue(), "image/jpeg")
    return post
