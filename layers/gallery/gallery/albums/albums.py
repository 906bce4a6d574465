"""Albums: what is said of each and who its people are. Which pictures are in it, those say themselves.

| pk | sk | What |
|---|---|---|
| `ALBUM#{id}` | `ALBUM` | the head of an album, as `albums/{id}.json` in the media bucket has it |
| `ALBUMS#{sub}`, `ALBUMS#public` | `{id}` | newest albums of one owner, and of everybody the public ones |
| `SHARED#{sub}` | `{id}` | albums that somebody was let into |
| `INVITED#{sub}` | `{id}` | albums that somebody is asked into |

A change writes the row and what moves of the lists in one transaction, with a note that the document in the bucket has
to follow (transactional outbox, C. Richardson, "Microservices Patterns", 2018, 3.3.7); then the document, and removes
the note. Where the process is killed in between, the sweeper finds the note. So a lost table is brought back from the
bucket, by the sweeper as well.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from http import HTTPStatus
from typing import Any, Literal

from ulid import ULID

from gallery import schema
from gallery.aws import table
from gallery.aws.table import Conflict
from gallery.pictures import storage
from gallery.pictures.access import Caller
from gallery.pictures.album_lists import Audience, Order
from gallery.pictures.model import IMAGE_ID
from gallery.problems import Problem
from gallery.settings import Visibility

Role = Literal["contributor", "viewer"]

SCHEMA = 1
"""Version of the rows and documents of albums, see gallery.schema."""

PUBLIC = "ALBUMS#public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Album:
    """What is said of an album; `owner` is their `sub`, `cover` the id of a picture, `version` counts its changes.

    `people` are those who were let in besides, by their `sub`, `invited` those who have not answered yet.
    """

    id: str
    owner: str
    title: str
    created_at: str
    description: str | None = None
    visibility: Visibility = "private"
    order: Order = "taken"
    cover: str | None = None
    people: Mapping[str, Role] = field(default_factory=dict)
    invited: Mapping[str, Role] = field(default_factory=dict)
    version: int = 1

    @property
    def contributors(self) -> set[str]:
        """Whose pictures may be in it."""
        return {self.owner, *(sub for sub, role in self.people.items() if role == "contributor")}

    def role_of(self, sub: str | None) -> Literal["owner"] | Role | None:
        """Return what somebody is to the album; None for who has no part in it."""
        if sub is None:
            return None
        return "owner" if sub == self.owner else self.people.get(sub)


_STORED = [field_.name for field_ in fields(Album)]


def album_key(album_id: str) -> table.Row:
    """Return the key of an album's head."""
    return table.key(f"ALBUM#{album_id}", "ALBUM")


def document_key(album_id: str) -> str:
    """Return where the document of an album lies in the media bucket."""
    return f"{storage.ALBUMS}{album_id}.json"


def by_owner(sub: str) -> str:
    """Return the partition of one owner's albums."""
    return f"ALBUMS#{sub}"


def by_member(sub: str) -> str:
    """Return the partition of the albums that somebody was let into."""
    return f"SHARED#{sub}"


def by_invitation(sub: str) -> str:
    """Return the partition of the albums that somebody is asked into."""
    return f"INVITED#{sub}"


def find(album_id: str) -> Album | None:
    """Return an album as it is at this moment; None where there is none."""
    row = table.get(album_key(album_id))
    return from_row(row) if row else None


def find_all(ids: Iterable[str]) -> list[Album]:
    """Return the albums of some ids in the order asked for, without those that do not exist."""
    return list(map(from_row, table.read_in_order(map(album_key, ids))))


def no_such_album() -> Problem:
    """Return the 404 that is the same for an album that never was, is gone, or is somebody else's secret."""
    return Problem(HTTPStatus.NOT_FOUND, "There is no such album.")


def audience_of(album: Album, caller: Caller) -> Audience | None:
    """Return which of an album's pictures somebody sees; None where it does not exist for them."""
    if caller.admin or album.role_of(caller.sub):
        return "all"
    return "public" if album.visibility == "public" else None


def find_for(album_id: str, caller: Caller) -> Album:
    """Return an album that somebody may see; raises the 404 that tells nothing else."""
    album = find(album_id) if re.match(IMAGE_ID, album_id) else None
    if album is None or audience_of(album, caller) is None:
        raise no_such_album()
    return album


def seen_through(album: Album, caller: Caller) -> Caller:
    """Return somebody who sees all that an album shows as one who does."""
    return replace(caller, grants=caller.grants | {(album.id, sub) for sub in album.contributors})


def create(album: Album) -> Album:
    """Make an album; return it."""
    entered = [table.put(table.key(*place)) for place in sorted(_lists(album))]
    _store(album, [table.put_new(to_row(album)), *entered])
    return album


def enter(album: Album) -> None:
    """Write the lists that an album stands in, then its row, which decides; raises Conflict where it has one."""
    table.put_all(table.key(*partition) for partition in sorted(_lists(album)))
    table.transact_write([table.put_new(to_row(album))])


def bring_back(album_id: str) -> bool:
    """Make an album again as the bucket tells of it, unless it is there or is being cleared; tell whether it was lost.

    Asked in this order, one that is deleted meanwhile is never made again: its clearing is noted with its end, and
    goes once the document has gone.
    """
    if find(album_id) or clearing_noted(f"{album_id}#") is not None:
        return False
    album = read_document(album_id)
    if album is None:
        return False
    try:
        enter(album)
    except Conflict:
        return False
    return True


def change(old: Album, new: Album, *, extra_writes: Sequence[Any] = ()) -> Album:
    """Replace an album by its next version; return it as stored. `extra_writes` succeed or fail with it.

    Raises Conflict where it is no longer the version `old`.
    """
    new = replace(new, version=old.version + 1)
    _store(new, [*_moves(old, new), *extra_writes])
    return new


def _store(new: Album, writes: Sequence[Any]) -> None:
    """Do the writes of a version of an album, then have its document follow."""
    note = str(ULID())
    try:
        table.transact_write([*writes, note_clearing(new.id, note=note)])
    except Conflict:
        # It may be this very write that the SDK's next try met, where the answer to the first was lost.
        if find(new.id) != new:
            raise
    write_document(new.id)
    forget_clearing(f"{new.id}#", note)


def remove_person(album: Album, sub: str) -> None:
    """Take somebody off an album for who may not write its document, which is noted to be written again.

    Raises Conflict where it is no longer this version.
    """
    new = replace(without_person(album, sub), version=album.version + 1)
    table.transact_write([*_moves(album, new), note_clearing(album.id)])


def _moves(old: Album, new: Album) -> list[Any]:
    """Return the writes of a version of an album and of the lists that it comes into and leaves."""
    before, after = _lists(old), _lists(new)
    entered = [table.put(table.key(*partition)) for partition in sorted(after - before)]
    left = [table.delete(table.key(*partition)) for partition in sorted(before - after)]
    return [_put(new, old.version), *entered, *left]


def write_document(album_id: str) -> None:
    """Have the bucket say what the row of an album says, and again where that has changed meanwhile."""
    stored = find(album_id)
    while True:
        _write_document(album_id, stored)
        latest = find(album_id)
        if latest == stored:
            return
        stored = latest


def _write_document(album_id: str, album: Album | None) -> None:
    if album:
        storage.write_document(document_key(album_id), document(album))
    else:
        storage.delete([document_key(album_id)])


def delete(album: Album) -> None:
    """Make an album be gone for everybody; what is left of it, see gallery.albums.clearing, is noted with that.

    Raises Conflict where it is no longer this version.
    """
    gone = table.delete(
        album_key(album.id),
        ConditionExpression="version = :version",
        ExpressionAttributeValues={":version": album.version},
    )
    own = [(by_owner(album.owner), album.id), (PUBLIC, album.id)]
    table.transact_write([gone, *(table.delete(table.key(*each)) for each in own), note_clearing(album.id)])
    _leave_lists(album)
    storage.delete([document_key(album.id)])


def finish_deleting(album_id: str) -> None:
    """Remove what is left of an album that is gone: the lists that its document tells of, then the document."""
    left = read_document(album_id)
    if left:
        _leave_lists(left)
    storage.delete([document_key(album_id)])


def _leave_lists(album: Album) -> None:
    table.delete_all(table.key(*partition) for partition in sorted(_lists(album)))


def without_person(album: Album, sub: str) -> Album:
    """Return an album in which somebody has no part any more, nor is asked into it."""
    return replace(album, people=without(album.people, sub), invited=without(album.invited, sub))


def without(roles: Mapping[str, Role], sub: str) -> Mapping[str, Role]:
    """Return the roles of all others."""
    return {sub_: role for sub_, role in roles.items() if sub_ != sub}


CLEARINGS = "CLEARINGS"


def note_clearing(album_id: str, sub: str = "", *, note: str | None = None) -> Any:  # noqa: ANN401 - the client's own
    """Return the write which notes that pictures have to be taken out of an album: all, or those of who left it.

    `note` tells it from notes of the same name, which replace each other.
    """
    return table.put({**table.key(CLEARINGS, f"{album_id}#{sub}"), "note": note or str(ULID())})


def clearing_noted(name: str) -> str | None:
    """Return which note there is by a name, `{album}#{sub}`; None without one, and empty for a former version's."""
    row = table.get(table.key(CLEARINGS, name))
    return row.get("note", "") if row else None


def forget_clearing(name: str, note: str) -> None:
    """Remove a note unless another one has replaced it."""
    with suppress(Conflict):
        table.remove(
            table.key(CLEARINGS, name),
            ConditionExpression="attribute_not_exists(note) OR note = :note",
            ExpressionAttributeValues={":note": note},
        )


def takes_from(album_id: str, sub: str) -> Any:  # noqa: ANN401 - one of the client's own
    """Return the part of a transaction that fails unless there is the album and somebody may add to it."""
    return table.check(
        album_key(album_id),
        ConditionExpression="#owner = :sub OR people.#sub = :contributor",
        ExpressionAttributeNames={"#owner": "owner", "#sub": sub},
        ExpressionAttributeValues={":sub": sub, ":contributor": "contributor"},
    )


def _put(album: Album, version: int) -> Any:  # noqa: ANN401 - one of the client's own
    values = {":version": version}
    return table.put(to_row(album), ConditionExpression="version = :version", ExpressionAttributeValues=values)


def _lists(album: Album) -> set[tuple[str, str]]:
    """Return the (pk, sk) of every list that an album stands in."""
    partitions = {by_owner(album.owner), *map(by_member, album.people), *map(by_invitation, album.invited)}
    partitions |= {PUBLIC} if album.visibility == "public" else set()
    return {(partition, album.id) for partition in partitions}


def document(album: Album) -> dict[str, Any]:
    """Return what the bucket keeps of an album."""
    return {**schema.stamp(SCHEMA), **asdict(album)}


def read_document(album_id: str) -> Album | None:
    """Return an album as the bucket has it; None where it has none. Raises schema.Newer for a later form."""
    stored = storage.read_document(document_key(album_id))
    if stored is None:
        return None
    schema.require_known(stored["schema"], SCHEMA, document_key(album_id))
    return _album(stored)


def to_row(album: Album) -> table.Row:
    """Return the row of an album; what is None is left out."""
    fields_ = {name: value for name, value in asdict(album).items() if value is not None}
    return {**album_key(album.id), **schema.stamp(SCHEMA), **fields_}


def from_row(row: table.Row) -> Album:
    """Return the album that a row tells of; raises schema.Newer for one that a later version wrote."""
    schema.require_known(schema.of_row(row), SCHEMA, row["pk"])
    return _album(row)


def _album(stored: Mapping[str, Any]) -> Album:
    return Album(**{name: stored[name] for name in _STORED if name in stored})
