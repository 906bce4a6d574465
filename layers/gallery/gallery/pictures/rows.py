"""Pictures as rows of the table: keys, and the way between a `Picture` and what DynamoDB stores.

One table, `pk` and `sk`. The row of a picture is the only place that says anything about it. A posting is its key and
which version of the picture put it there and when, so that no list can tell yesterday's story.

Which kinds of partitions there are is declared in gallery.partitions.

Ids are ULIDs, so that a partition read backwards is newest first. Rows of pictures, people, posts and of what admins
did say in which form they are, see schema; the others are a key with a number or a moment, can be made again,
or expire.
"""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, Literal

from gallery import schema
from gallery.aws import table
from gallery.partitions import holds_postings
from gallery.pictures import album_lists, index, sentences, stacks
from gallery.pictures.metadata import Camera, Location, Taken
from gallery.pictures.model import SCHEMA, Content, Description, Failure, Label, Membership, Picture, Prediction, Tile
from gallery.settings import Visibility

PUBLIC = "LIST#public"
TOMBSTONES = "TOMBSTONES"
FAILURES = "FAILURES"
TRASH = "TRASH"
LABELS = "LABELS"

COMPRESSED = 3
"""Form of a picture's row from which on features are compressed."""


def image_key(image_id: str) -> table.Row:
    """Return the key of a picture's row."""
    return table.key(f"IMAGE#{image_id}", "IMAGE")


def bookmark_key(rule: str) -> table.Row:
    """Return the key of the sweeper's bookmark for a rule."""
    return table.key("SWEEPER", rule)


def withdrawal_key() -> table.Row:
    """Return the key of the moment in which a picture last ceased to be a tile."""
    return table.key("MOSAICS", "WITHDRAWN")


def posting_row(posting: tuple[str, str], version: int, at: int) -> table.Row:
    """Return the row of a posting put there by a version of its picture, `at` seconds since the epoch."""
    return {**table.key(*posting), "version": version, "posted_at": at}


def posting_id(row: Mapping[str, Any]) -> str | None:
    """Return which picture a posting is about; None for rows that are no postings."""
    return id_in(str(row["sk"])) if holds_postings(str(row["pk"])) else None


def id_in(sk: str) -> str:
    """Return which picture a posting is about, by its sort key, which ends with the picture's id."""
    return sk.rpartition("#")[2]


def claim_key(sha256: str, scope: str) -> table.Row:
    """Return the key of the claim on some bytes among public pictures (`public`) or those of an owner."""
    return table.key(f"CLAIM#{sha256}", scope)


def label_key(label: str) -> table.Row:
    """Return the key of a label's count."""
    return table.key(LABELS, label.casefold())


def labels(picture: Picture) -> dict[str, str]:
    """Return the labels that count a picture: as they are compared, and as they are shown."""
    if picture.visibility != "public" or picture.archived or picture.status in {"awaiting", "deleted", "failed"}:
        return {}
    return {label.casefold(): label for label in picture.counted_labels()}


def by_label(label: str) -> str:
    """Return the partition of the pictures that show a label; case does not matter."""
    return f"LABEL#{label.casefold()}"


def by_owner(sub: str, *, private: bool) -> str:
    """Return the partition of one owner's pictures, with the private ones or without."""
    return f"OWNER#{sub}#{'all' if private else 'public'}"


def by_status(status: str) -> str:
    """Return the partition of the public pictures in a state that most are in for minutes alone, or never."""
    return f"STATUS#{status}"


def by_failed(sub: str) -> str:
    """Return the partition of one owner's failed pictures."""
    return f"STATUS#failed#{sub}"


def by_trash(sub: str) -> str:
    """Return the partition of what is in one owner's trash."""
    return f"TRASH#{sub}"


def by_favourite(sub: str) -> str:
    """Return the partition of those of somebody's own pictures that are their favourites."""
    return f"FAVOURITES#{sub}"


def by_archive(sub: str) -> str:
    """Return the partition of one owner's archived pictures."""
    return f"ARCHIVE#{sub}"


DateList = Literal["public", "private", "archived", "favourites"]
"""Lists by when pictures were taken. A picture stands in one of the first three; favourites, of the owner's own that
are not archived, besides."""


def by_taken(name: DateList, sub: str | None = None) -> str:
    """Return the partition of a list by when pictures were taken: one owner's, or of all pictures the public ones."""
    return f"TAKEN#{name}" if sub is None else f"TAKEN#{sub}#{name}"


def by_hash(sha256: str) -> str:
    """Return the partition of the pictures made of exactly these bytes."""
    return f"HASH#{sha256}"


def hashes_of(scope: str) -> tuple[str, ...]:
    """Return how the sort keys in `by_hash` begin of all `public` pictures, or of an owner's."""
    return ("public#",) if scope == "public" else (f"public#{scope}#", f"private#{scope}#")


def by_tile(visibility: Visibility) -> str:
    """Return the partition of the tiles of all public or of all private pictures."""
    return f"TILES#{visibility}"


def postings(picture: Picture) -> set[tuple[str, str]]:
    """Return the (pk, sk) of every list in which a picture has to stand, and of no other."""
    searched = index.postings(picture) | sentences.postings(picture) if _is_shown(picture) else set()
    return _listed(picture) | searched


_SEARCHED = (*index.PARTITIONS, sentences.PARTITION)
"""How the partitions begin that search goes through."""


def belongs(picture: Picture, posting: tuple[str, str]) -> bool:
    """Tell whether a picture has to stand at a (pk, sk); the words of its texts are gone through only for search."""
    return posting in (postings(picture) if posting[0].startswith(_SEARCHED) else _listed(picture))


def _is_shown(picture: Picture) -> bool:
    return picture.status in {"pending", "captioned"} and not picture.trashed_at


def _listed(picture: Picture) -> set[tuple[str, str]]:
    """Return where a picture has to stand besides what search goes through."""
    if picture.status == "awaiting":
        return set()
    if picture.status == "deleted":
        return {(TOMBSTONES, picture.id)}
    if picture.trashed_at:
        return _trash_postings(picture) | _hash_posting(picture) | album_lists.postings(picture)
    if picture.status == "failed":
        partitions = set() if picture.owner is None else {by_owner(picture.owner, private=True)}
        partitions |= {FAILURES} if picture.owner is None else {FAILURES, by_failed(picture.owner)}
        return {(pk, picture.id) for pk in partitions} | album_lists.postings(picture)
    partitions = _lists(picture)
    if tile := tile_posting(picture):
        partitions.add(tile[0])
    posted = {(pk, picture.id) for pk in partitions} | _favourite_posting(picture)
    posted |= taken_postings(picture) | _hash_posting(picture) | album_lists.postings(picture)
    return posted | stacks.postings(picture)


def taken_postings(picture: Picture) -> set[tuple[str, str]]:
    """Return the (pk, sk) of every list by when pictures were taken in which a picture has to stand."""
    sk = f"{picture.taken.at}#{picture.id}"
    return {(by_taken(name, sub), sk) for sub, name in taken_lists(picture)}


def taken_lists(picture: Picture) -> set[tuple[str | None, DateList]]:
    """Return the lists by date in which a picture stands, each with whose it is (None: everybody's).

    What failed and what is in the trash stands in none.
    """
    if not _is_shown(picture):
        return set()
    lists = set[tuple[str | None, DateList]]()
    if picture.visibility == "public" and not picture.archived:
        lists.add((None, "public"))
    if picture.owner is not None:
        lists.add((picture.owner, "archived" if picture.archived else picture.visibility))
        if picture.favourite_at and not picture.archived:
            lists.add((picture.owner, "favourites"))
    for album_id in album_lists.shown_in(picture):
        lists.add((album_lists.as_owner(album_id), picture.visibility))
    return lists


def _favourite_posting(picture: Picture) -> set[tuple[str, str]]:
    if picture.owner is None or picture.favourite_at is None or picture.archived:
        return set()
    return {(by_favourite(picture.owner), f"{picture.favourite_at}#{picture.id}")}


def _lists(picture: Picture) -> set[str]:
    """Return the partitions of the lists by upload in which a picture stands that is there to be seen."""
    owner = picture.owner
    if picture.archived:
        return {by_archive(owner)} if owner is not None else set()
    partitions = set() if owner is None else {by_owner(owner, private=True)}
    if picture.visibility == "public":
        partitions |= {PUBLIC} | {by_label(label) for label in picture.listed_labels()}
        partitions |= {by_status("pending")} if picture.status == "pending" else set()
        partitions |= set() if owner is None else {by_owner(owner, private=False)}
    return partitions


ENTERED = (*index.PARTITIONS, "HASH#")
"""How the partitions begin of what is entered again when `index.VERSION` is raised."""


def entries(picture: Picture) -> set[tuple[str, str]]:
    """Return the postings of a picture that are entered again when `index.VERSION` is raised."""
    return {posting for posting in postings(picture) if posting[0].startswith(ENTERED)}


def tile_posting(picture: Picture) -> tuple[str, str] | None:
    """Return the (pk, sk) at which a picture's tile is kept; None where nothing can be seen of it."""
    if picture.content is None or picture.status in {"awaiting", "deleted", "failed"}:
        return None
    return by_tile(picture.visibility), picture.id


def _trash_postings(picture: Picture) -> set[tuple[str, str]]:
    """Return where a picture in the trash stands: by when it was put there, and where its tile is kept."""
    partitions = [TRASH] if picture.owner is None else [TRASH, by_trash(picture.owner)]
    tile = tile_posting(picture)
    return {(pk, f"{picture.trashed_at}#{picture.id}") for pk in partitions} | ({tile} if tile else set())


def tile_row(tile: Tile) -> table.Row:
    """Return what a tile adds to its posting."""
    return {"tile": tile.image, "color": bytes(tile.color)}


def tile_of(row: Mapping[str, Any]) -> Tile | None:
    """Return the tile of a posting; None where it has none, as of pictures older than tiles."""
    if "tile" not in row:
        return None
    red, green, blue = row["color"]
    return Tile(bytes(row["tile"]), (red, green, blue))


def _hash_posting(picture: Picture) -> set[tuple[str, str]]:
    if picture.content is None:
        return set()
    return {(by_hash(picture.content.sha256), f"{picture.visibility}#{picture.owner or ''}#{picture.id}")}


def to_row(picture: Picture) -> table.Row:
    """Return the row of a picture; what is None is left out.

    Features are compressed (zlib), from 2048 bytes to about 1300: a write costs a unit for each kilobyte begun.
    """
    stored = asdict(picture, dict_factory=_known)
    if "reading" in stored:
        stored["reading"]["features"] = zlib.compress(stored["reading"]["features"])
    for name in ("albums", "stands_alone"):
        if not stored[name]:
            del stored[name]
    return {**image_key(picture.id), **schema.stamp(SCHEMA), **stored}


def from_row(row: Mapping[str, Any]) -> Picture:
    """Return the picture that a row holds; raises schema.Newer for one that a later version wrote."""
    schema.require_known(schema.of_row(row), SCHEMA, row["pk"])
    stored = {name: value for name, value in row.items() if name not in {"pk", "sk", "schema"}}
    if "content" in stored:
        sizes = {size: tuple(extent) for size, extent in stored["content"].get("sizes", {}).items()}
        stored["content"] = Content(**stored["content"] | {"sizes": sizes})
    if "reading" in stored:
        labels = tuple(Label(**label) for label in stored["reading"]["labels"])
        features = _features(stored["reading"].get("features", b""), schema.of_row(row))
        stored["reading"] = Prediction(**{"caption": None, **stored["reading"], "labels": labels, "features": features})
    if "description" in stored:
        stored["description"] = Description(**stored["description"])
    if "failure" in stored:
        stored["failure"] = Failure(**stored["failure"])
    if "camera" in stored:
        stored["camera"] = Camera(**stored["camera"])
    if "found_taken" in stored:
        stored["found_taken"] = Taken(**{"offset": None, **stored["found_taken"]})
    if "location" in stored:
        stored["location"] = Location(**stored["location"])
    if "albums" in stored:
        stored["albums"] = {album_id: Membership(**membership) for album_id, membership in stored["albums"].items()}
    return Picture(**stored)


def _features(stored: bytes, form: int) -> bytes:
    return zlib.decompress(stored) if form >= COMPRESSED else stored


def _known(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in pairs if value is not None}
