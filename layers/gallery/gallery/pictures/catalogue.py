"""The catalogue: reading, listing and changing pictures so that two at once, a repeat or a crash do no harm.

A change writes in an order in which every moment is harmless: record, new postings, row, old postings, counts. The row
decides; a posting whose picture does not belong there is dropped by whoever reads it and swept up later.
"""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from aws_lambda_powertools import Logger

from gallery.aws import table
from gallery.aws.errors import request_error, service_error
from gallery.aws.table import EVERYTHING, Bounds, Conflict, Throttled
from gallery.pictures import counters, label_counts, months, rows, storage, vectors, withdrawals, withholding
from gallery.pictures.model import Picture, Status, Tile

logger = Logger()

_ROUNDS = 5
"""How often a page is topped up when postings turn out to be orphans; more would let a page cost without bound."""

_MAX_WORKERS = 8
"""How many requests for rows are on their way at the same time."""

_MANY, _TOGETHER = 5, 100
"""From how many postings on they are removed in one transaction, and the most that there may be in it."""

_BATCH = 100
"""How many pictures one of these requests asks about."""


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list: pictures in order, and the sort key to go on from (mostly an id), None at the end."""

    pictures: Sequence[Picture]
    next_id: str | None


def find(image_id: str) -> Picture | None:
    """Return the picture, its ticket or its tombstone as it is at this moment; None where there never was one."""
    row = table.get(rows.image_key(image_id))
    return rows.from_row(row) if row else None


def find_all(ids: Sequence[str]) -> list[Picture]:
    """Return the pictures of some ids in the order asked for, without those that do not exist."""
    return list(map(rows.from_row, table.read_in_order(map(rows.image_key, ids))))


def page(
    partitions: str | Sequence[str],
    limit: int,
    after: str | None = None,
    bounds: Bounds = EVERYTHING,
    *,
    upwards: bool = False,
    only: Status | None = None,
) -> Page:
    """Return up to `limit` pictures of a list, the greatest sort key first, going on below `after`.

    The list may consist of several partitions that have no picture in common. With `upwards` the least comes first,
    going on above `after`. One more than asked for is read, so that the last page knows that it is the last. `only`
    leaves out pictures in other states; where hundreds of these follow each other, the page is short.
    """
    partitions = [partitions] if isinstance(partitions, str) else partitions
    listed: list[tuple[str, Picture]] = []
    for turn in range(_ROUNDS):
        most = _BATCH if only and turn else limit - len(listed) + 1
        posted, after = table.merged(partitions, most, after, bounds, upwards=upwards)
        listed += [(sk, picture) for sk, picture in _belonging(posted) if only in {None, picture.status}]
        if after is None or len(listed) > limit:
            break
    pictures = [picture for _, picture in listed[:limit]]
    return Page(pictures, listed[limit - 1][0] if len(listed) > limit else after)


def _belonging(posted: Sequence[tuple[str, str]]) -> list[tuple[str, Picture]]:
    """Return those pictures of some postings (pk, sk) that belong there, each with its sort key."""
    pictures = {picture.id: picture for picture in find_all([rows.id_in(sk) for _, sk in posted])}
    paired = ((posting, pictures[rows.id_in(posting[1])]) for posting in posted if rows.id_in(posting[1]) in pictures)
    return [(posting[1], picture) for posting, picture in paired if rows.belongs(picture, posting)]


def find_duplicate(sha256: str, scope: str) -> Picture | None:
    """Return a picture made of exactly these bytes, among all `public` ones or an owner's; None without."""
    partition, beginnings = rows.by_hash(sha256), rows.hashes_of(scope)
    keys = [key for beginning in beginnings for key in table.sort_keys_beginning(partition, beginning, 10)]
    pictures = find_all([rows.id_in(sk) for sk in keys])
    there = (
        picture
        for picture in pictures
        if any(pk == partition and sk.startswith(beginnings) for pk, sk in rows.postings(picture))
    )
    return next(there, None)


def issue(tickets: Sequence[Picture]) -> None:
    """Write the rows of new tickets. Their ids are new, so nothing can be overwritten."""
    table.put_all(map(rows.to_row, tickets))


def adopt(picture: Picture) -> Picture:
    """Write the row of a picture that has none (its original was found in the bucket); return what stands there now."""
    try:
        _put(picture, "attribute_not_exists(pk)")
    except Conflict:
        return find(picture.id) or picture
    return picture


def change(
    old: Picture,
    new: Picture,
    tile: Tile | None = None,
    *,
    extra_writes: Sequence[Any] = (),
    just_before: Callable[[], None] | None = None,
) -> Picture:
    """Replace a picture by its next version and move its postings; return it as stored.

    `tile` is the picture at the size of a tile, where that is new; `extra_writes` succeed or fail with the row's, and
    `just_before` is done as the last thing before it. Raises Conflict, leaving the picture alone, when it is no longer
    the version `old`, or one of these fails.
    """
    new = replace(new, version=old.version + 1)
    before, after = rows.postings(old), rows.postings(new)
    is_said_anew = new.status != "deleted" and storage.record(old) != storage.record(new)
    if is_said_anew:
        storage.write_record(new)
    held = {**_tile_rows(old, new, tile), **vectors.moved(before, after)}
    _post(after - before, new.version, held)
    lacking = vectors.of_sentences(after - before) - held.keys()
    if lacking:
        vectors.note(new)
    withholding.before(old, new)
    try:
        if just_before:
            just_before()
        _put(new, "version = :version", _at(old), extra_writes)
    except Conflict:
        # It may be this very write that the SDK's next try met, where the answer to the first was lost.
        if find(new.id) != new:
            if is_said_anew:
                _restore_record(new.id)
            raise
    if withdrawals.concern_public_tiles(before - after):
        withdrawals.note()
    _withdraw(before - after, new.version)
    withholding.after(old, new)
    _count(old, new)
    if lacking:
        _request_vectors(new)
    return new


def update(picture: Picture, revised: Callable[[Picture], Picture | None], tile: Tile | None = None) -> Picture | None:
    """Change a picture, and again what it is then as long as other writes come first; return it as stored.

    `revised` returns the next version of what it is given, None where nothing is (any more) to be changed; then, or
    where the picture is gone, None is returned. Raises table.Contended where others were first at each attempt.
    """
    versions = _versions(picture)

    def attempt() -> Picture | None:
        picture = next(versions)
        new = revised(picture) if picture else None
        return change(picture, new, tile) if picture and new else None

    return table.retry_on_conflict(attempt)


def _versions(picture: Picture) -> Iterator[Picture | None]:
    """Yield a picture as it was read, then as it is whenever it is asked for again."""
    yield picture
    while True:
        yield find(picture.id)


def _count(old: Picture, new: Picture) -> None:
    """Count what was written, so that what is refused or comes again changes no count.

    The change stands where it can't be counted, or the process is killed before: the sweeper counts anew.
    """
    try:
        counters.count(old, new)
        months.count(old, new)
        label_counts.count(_labels_only_of(new, old), 1)
        label_counts.count(_labels_only_of(old, new), -1)
    except (request_error(), service_error(), Throttled):
        logger.warning("a change could not be counted", exc_info=True, extra={"correlation_id": new.id})


def _request_vectors(picture: Picture) -> None:
    """Have vectors made of what was written; where nobody can be asked for them, the sweeper asks again."""
    try:
        vectors.request([picture.id])
    except (request_error(), service_error()):
        logger.warning("vectors could not be asked for", exc_info=True, extra={"correlation_id": picture.id})


def _labels_only_of(one: Picture, other: Picture) -> dict[str, str]:
    elsewhere = rows.labels(other)
    return {label: shown for label, shown in rows.labels(one).items() if label not in elsewhere}


def _post(
    postings: Iterable[tuple[str, str]], version: int, kept: Mapping[tuple[str, str], table.Row] | None = None
) -> None:
    """Write postings, with what some of them hold besides."""
    at, kept = int(time.time()), kept or {}
    table.put_all(
        rows.posting_row(posting, version, at) | kept.get(posting, {}) for posting in sorted({*postings, *kept})
    )


def _tile_rows(old: Picture, new: Picture, tile: Tile | None) -> dict[tuple[str, str], table.Row]:
    """Return what the posting of a tile holds: the tile if it is new, or where it moves what it held elsewhere."""
    former, place = rows.tile_posting(old), rows.tile_posting(new)
    if place is None:
        return {}
    if tile is None and former not in {None, place}:
        tile = _tile_at(*former)
    return {place: rows.tile_row(tile)} if tile else {}


def _tile_at(pk: str, sk: str) -> Tile | None:
    return rows.tile_of(table.get(table.key(pk, sk)) or {})


def public_among(ids: Sequence[str]) -> set[str]:
    """Return which of some pictures anybody may see at this moment."""
    batches = [ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH)]
    with ThreadPoolExecutor(_MAX_WORKERS) as pool:
        return {image_id for ids_of_batch in pool.map(_public, batches) for image_id in ids_of_batch}


def _public(ids: Collection[str]) -> list[str]:
    asked = map(rows.image_key, ids)
    rows_read = table.read(asked, ConsistentRead=True, ProjectionExpression="id, visibility, content.etag")
    return [row["id"] for row in rows_read if row["visibility"] == "public" and "content" in row]


def _withdraw(postings: Iterable[tuple[str, str]], version: int) -> None:
    """Remove postings, except those that a later version of the picture has put there again.

    Many are removed in one transaction: that costs twice the units, but a fortieth of the requests, of which a batch of
    pictures has time for a few thousand. Where one of them may not be removed, each is for itself.
    """
    condition, values = "version <= :version", {":version": version}
    ordered = sorted(postings)
    for start in range(0, len(ordered), _TOGETHER):
        part = ordered[start : start + _TOGETHER]
        if len(part) < _MANY or not _removed_together(part, condition, values):
            with ThreadPoolExecutor(_MAX_WORKERS) as pool:
                list(pool.map(lambda posting: remove_posting(posting, condition, values), part))


def _removed_together(postings: Iterable[tuple[str, str]], condition: str, values: dict[str, Any]) -> bool:
    """Remove postings in one transaction; tell whether that was done, as it is where all are as the condition says."""
    try:
        table.transact_write(
            [table.delete(table.key(*posting), **_if_still(condition, values)) for posting in postings]
        )
    except Conflict:
        return False
    return True


def remove_posting(posting: tuple[str, str], condition: str, values: dict[str, Any]) -> None:
    """Remove a posting (pk, sk) if it still is as the condition says."""
    with suppress(Conflict):
        table.remove(table.key(*posting), **_if_still(condition, values))


def _if_still(condition: str, values: dict[str, Any]) -> dict[str, Any]:
    return {
        "ConditionExpression": f"attribute_not_exists(pk) OR {condition}",
        "ExpressionAttributeValues": values,
    }


def enter_again(picture: Picture) -> None:
    """Write a picture's postings in the search index and by its bytes again, whatever stands there.

    Should the picture change meanwhile, readers and the sweeper drop what it does not belong into any more.
    """
    _post(rows.entries(picture), picture.version)


def enter_sentences(picture: Picture) -> bool:
    """Write those postings of a picture's sentences that are missing; tell whether any lacks its vector."""
    postings = vectors.of_sentences(rows.postings(picture))
    there = {(row["pk"], row["sk"]): row for row in vectors.held(postings)}
    _post(postings - there.keys(), picture.version)
    if all(vectors.AUDIENCE in there.get(posting, ()) for posting in postings):
        return False
    vectors.note(picture)
    return True


def enter_by_date(picture: Picture) -> None:
    """Write a picture's postings in the lists by date, whatever stands there; likewise."""
    _post(rows.taken_postings(picture), picture.version)


def let_expire(tombstone: Picture, expires_at: int) -> None:
    """Have DynamoDB remove a tombstone after `expires_at` (seconds since the epoch)."""
    _put(replace(tombstone, expires_at=expires_at), "version = :version", _at(tombstone))


def _restore_record(image_id: str) -> None:
    """Make the record tell the story of whoever was first."""
    winner = find(image_id)
    if winner is not None and winner.status != "deleted":
        storage.write_record(winner)


def _at(picture: Picture) -> dict[str, Any]:
    return {":version": picture.version}


def _put(
    picture: Picture, condition: str, values: dict[str, Any] | None = None, extra_writes: Sequence[Any] = ()
) -> None:
    how = {"ConditionExpression": condition, **({"ExpressionAttributeValues": values} if values else {})}
    row = rows.to_row(picture)
    if extra_writes:
        table.transact_write([table.put(row, **how), *extra_writes])
    else:
        table.store(row, **how)
