"""Everything of somebody's as a ZIP file of JSON documents, made on the side (gallery.jobs.exports).

| pk | sk | What |
|---|---|---|
| `PERSON#{sub}` | `EXPORT` | the last file of somebody's, and the job that makes the next |
"""

import json
import os
import secrets
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from gallery import limits, partitions
from gallery.albums import albums
from gallery.albums.albums import Album
from gallery.api.image import Image, present
from gallery.aws import table
from gallery.aws.calls import call
from gallery.jobs import exports
from gallery.jobs.exports import Export
from gallery.jobs.superseded import JobSuperseded
from gallery.people import favourites, follows, people
from gallery.people.people import Person
from gallery.pictures import catalogue, rows, storage
from gallery.pictures.access import Caller
from gallery.pictures.model import Picture
from gallery.posts import likes, posts, shares

_FRESH_SECONDS = 300
_PAGE = 100

_README = """What the gallery knows of you.

profile.json    your profile and its counts
pictures.json   your pictures, with what you and the models said of them; an `original` can be saved from the gallery
posts.json      your posts, each with the links to it that work
favourites.json which pictures of others are your favourites; of your own their `favourite` says so
albums.json     your albums; in which of them a picture is its `albums` say
likes.json      the posts that you like
following.json  whom you follow
followers.json  who follows you

Your e-mail address and password are with the sign-in service alone. Votes on search results and counts of what you
asked for within an hour are kept in a way that cannot be traced back to you.
"""


@dataclass(frozen=True, slots=True)
class Job:
    """The making of one person's file."""

    sub: str
    name: str

    @property
    def export(self) -> Export:
        """Which row tells of the file, and where in the bucket it will lie."""
        key = people.export_key(self.sub)
        return Export(key["pk"], key["sk"], self.name, f"{people.export_prefix(self.sub)}{self.name}.zip")


def address_of_file(sub: str) -> str | None:
    """Return where to get somebody's file, or None as long as it is being made, which begins now unless it has."""
    job = Job(sub, secrets.token_hex(16))
    stored = table.get(people.export_key(sub)) or {}
    if exports.is_younger(stored, _FRESH_SECONDS):
        return storage.address(stored["file_key"], seconds=limits.PRIVATE_URL_SECONDS, filename="gallery.zip")
    if exports.begin(job.export):
        call(os.environ["AWS_LAMBDA_FUNCTION_NAME"], {"export": asdict(job)})
    return None


def make(job: Job) -> bool:
    """Make somebody's file; tell whether it was still the job to do. Done again it does no harm."""
    person, export = people.find(job.sub), job.export
    if person is None or not person.active:
        return False
    try:
        exports.show_life(export)
        with tempfile.SpooledTemporaryFile(exports.IN_MEMORY) as file:
            _write(file, person, export)
            file.seek(0)
            storage.write_export(export.file, file, "application/zip")
        exports.finish(export)
    except JobSuperseded:
        return False
    return True


def _write(file: IO[bytes], person: Person, export: Export) -> None:
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _README)
        archive.writestr("profile.json", json.dumps(asdict(person), ensure_ascii=False, indent=2))
        for kind, name in partitions.exported():
            if kind != _PROFILE:
                with archive.open(f"{name}.json", "w", force_zip64=True) as document:
                    _write_list(document, exports.alive(export, _LISTS[kind](person.sub)))


def _write_list(document: IO[bytes], elements: Iterable[Any]) -> None:
    """Write a JSON list, an element at a time, so that it takes no memory however long it is."""
    document.write(b"[")
    for number, element in enumerate(elements):
        document.write(b",\n" if number else b"\n")
        document.write(json.dumps(element, ensure_ascii=False).encode())
    document.write(b"\n]\n")


def owned_pictures(sub: str) -> Iterator[Picture]:
    """Yield somebody's pictures, those in their archive and trash too."""
    for partition in (rows.by_owner(sub, private=True), rows.by_archive(sub), rows.by_trash(sub)):
        after: str | None = None
        while True:
            page = catalogue.page(partition, _PAGE, after)
            yield from page.pictures
            after = page.next_id
            if after is None:
                break


def _pictures(sub: str) -> Iterator[Any]:
    return (shown_in_export(present(picture, Caller(sub))) for picture in owned_pictures(sub))


def shown_in_export(image: Image) -> dict[str, Any]:
    """Return a picture as the API shows it, without the addresses that work for minutes alone."""
    shown = image.model_dump(mode="json")
    return {**shown, "urls": {"original": shown["urls"]["original"]}}


def _posts(sub: str) -> Iterator[Any]:
    for ids in _pages(posts.by_author(sub)):
        for post in posts.find_all(ids):
            yield {**asdict(post), "links": [asdict(share) for share in shares.shares_of(post.id)]}


def owned_albums(sub: str) -> Iterator[Album]:
    """Yield somebody's own albums."""
    for ids in _pages(albums.by_owner(sub)):
        yield from albums.find_all(ids)


def _albums(sub: str) -> Iterator[Any]:
    """Yield somebody's albums; of the people in them their names alone."""
    for album in owned_albums(sub):
        known = people.find_all(album.people)
        names = {known[member].username: role for member, role in album.people.items() if member in known}
        yield {**asdict(album), "people": names, "invited": len(album.invited)}


def _people(partition: str) -> Iterator[Any]:
    for subs in _pages(partition):
        known = people.find_all(subs)
        yield from ({"username": known[sub_].username} for sub_ in subs if sub_ in known and known[sub_].active)


def _listed(partition: str) -> Iterator[str]:
    for keys in _pages(partition):
        yield from keys


def _pages(partition: str) -> Iterator[list[str]]:
    after: str | None = None
    while True:
        keys, after = table.newest(partition, _PAGE, after)
        yield [row["sk"] for row in keys]
        if after is None:
            return


_PROFILE = "PERSON"
_LISTS: Mapping[str, Callable[[str], Iterable[Any]]] = {
    "IMAGE": _pictures,
    "POST": _posts,
    "MARKED": lambda sub: ({"image_id": image_id} for image_id in _listed(favourites.marked_by(sub))),
    "ALBUM": _albums,
    "LIKED": lambda sub: ({"post_id": post_id} for post_id in _listed(likes.liked_by(sub))),
    "FOLLOWING": lambda sub: _people(follows.followed_by(sub)),
    "FOLLOWERS": lambda sub: _people(follows.followers_of(sub)),
}
"""What the export tells of each kind of somebody's rows but the profile, an element for each."""
