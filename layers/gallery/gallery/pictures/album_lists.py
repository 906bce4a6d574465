"""The lists of albums in which a picture stands: postings like those of all other lists, made from its row alone.

| pk | sk | What |
|---|---|---|
| `ENTRIES#{album}#{visibility}#added` | `{since}#{id}` | pictures of an album by when they were added |
| `ENTRIES#{album}#{visibility}#manual` | `{rank, or date}#{id}` | the same in the order that people made by hand |
| `ENTRIES#{album}#absent` | `{id}` | pictures that are in it, though it shows them not at present, or not yet |
| `REVIEW#{sub}` | `{album}#{id}` | what guests added to somebody's albums, and waits for their answer |
| `VISITED#{digest}` | `{id}` | what a guest added in one visit |

Those by date are among the lists by date, as if an album were an owner (`as_owner`), see gallery.pictures.rows. Public
and private pictures are apart, so that a page for strangers, who see of a public album its public pictures alone, reads
no others.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from gallery.pictures.model import Membership, Picture
from gallery.settings import Visibility

Audience = Literal["all", "public"]
"""Who sees every picture of an album, and everybody else."""
Order = Literal["taken", "added", "manual"]


def as_owner(album_id: str) -> str:
    """Return what stands for an album where lists by date, and counts of them, name an owner."""
    return f"album:{album_id}"


def visible_to(audience: Audience) -> Sequence[Visibility]:
    """Return which pictures of an album somebody sees."""
    return ("public", "private") if audience == "all" else ("public",)


def by_added(album_id: str, visibility: Visibility) -> str:
    """Return the partition of an album's public or private pictures by when they were added."""
    return f"ENTRIES#{album_id}#{visibility}#added"


def by_hand(album_id: str, visibility: Visibility) -> str:
    """Return the partition of the same in the order that people made by hand."""
    return f"ENTRIES#{album_id}#{visibility}#manual"


def by_absence(album_id: str) -> str:
    """Return the partition of the pictures that are in an album but not shown in it."""
    return f"ENTRIES#{album_id}#absent"


def by_review(sub: str) -> str:
    """Return the partition of guests' pictures that wait for somebody's answer."""
    return f"REVIEW#{sub}"


def by_visit(digest: str) -> str:
    """Return the partition of what a guest added in one visit."""
    return f"VISITED#{digest}"


def shown_in(picture: Picture) -> Mapping[str, Membership]:
    """Return the albums that show a picture to who may see them."""
    if not picture.is_shown_in_albums:
        return {}
    return {album_id: membership for album_id, membership in picture.albums.items() if not membership.pending}


def postings(picture: Picture) -> set[tuple[str, str]]:
    """Return the (pk, sk) of every list of an album in which a picture has to stand, but those by date."""
    shown = shown_in(picture)
    listed = {(by_absence(album_id), picture.id) for album_id in picture.albums.keys() - shown.keys()}
    for album_id, membership in shown.items():
        listed.add((by_added(album_id, picture.visibility), f"{membership.since}#{picture.id}"))
        listed.add((by_hand(album_id, picture.visibility), f"{membership.rank or picture.taken.at}#{picture.id}"))
    return listed | set(_of_guests(picture))


def _of_guests(picture: Picture) -> Iterator[tuple[str, str]]:
    if not picture.is_shown_in_albums:
        return
    for album_id, membership in picture.albums.items():
        if membership.pending and picture.owner:
            yield by_review(picture.owner), f"{album_id}#{picture.id}"
        if membership.visit:
            yield by_visit(membership.visit), picture.id
