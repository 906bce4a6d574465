"""Erasing everything of somebody's, a part at a time, so that whoever dies in between leaves the rest to the next.

The state `erasing`, written first, lets nothing new begin: what counts for somebody is conditional on their being
active, and the captioner buries what still arrives of theirs. So the lists are empty in the end. Last go the account,
the name and the job itself; a tombstone says that there was somebody for as long as tokens and events may turn up.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from typing import Any, Literal

from gallery import limits, partitions, schema
from gallery.albums import albums, clearing, complaints
from gallery.aws import accounts, table
from gallery.aws.table import Conflict
from gallery.lifecycle import removal, retraction
from gallery.people import favourites, follows, names, people
from gallery.people.people import Person
from gallery.pictures import catalogue, months, multipart, rows, storage
from gallery.posts import likes, posts

Progress = Literal["done", "more"]

_BATCH = 25
_RESERVE_MS = 30_000
"""Time a part must have left to be begun."""


def resume(sub: str, deadline_ms: Callable[[], int]) -> Progress:
    """Erase what is somebody's for as long as `deadline_ms()` leaves time; done again it does no harm."""
    person = people.find(sub)
    if person is None or person.state != "erasing":
        return "done"
    people.note_erasing(sub)
    accounts.block(sub)
    _stop_originals(sub)
    for remove in _removals(sub):
        remove()
        if deadline_ms() < _RESERVE_MS:
            return "more"
    _forget_export(sub)
    accounts.delete(sub)
    _close(person)
    return "done"


def _removals(sub: str) -> Iterator[Callable[[], None]]:
    """Yield what removes each thing that stands in somebody's lists, until none of the lists has any.

    An admin may move a picture from a list that was emptied already to another, out of the trash for example.
    """
    left = True
    while left:
        left = False
        for kind in partitions.emptied():
            partition, remove = _LISTS[kind]
            while listed := table.sort_keys(partition(sub), _BATCH, consistent=True):
                left = True
                yield from (partial(remove, sub, sk) for sk in listed)


def _delete_listed(partition: Callable[[str], str], sub: str, sk: str) -> None:
    """Delete a picture, which takes it out of the lists that it is in; a posting that it left behind goes as well."""
    posting = table.key(partition(sub), sk)
    picture = catalogue.find(rows.id_in(posting["sk"]))
    own = picture if picture and picture.owner == sub else None
    if own is None or (posting["pk"], posting["sk"]) not in rows.postings(own):
        table.delete_all([posting])
    if own:
        with suppress(Conflict):
            removal.soft_delete(own)


def _retract(_sub: str, post_id: str) -> None:
    if post := posts.find(post_id):
        retraction.retract(post)


def _unmark(sub: str, image_id: str) -> None:
    with suppress(Conflict):
        favourites.forget(sub, image_id)


def _forget_month(sub: str, month: str) -> None:
    table.delete_all([table.key(months.by_owner(sub), month)])


def _unlike(sub: str, post_id: str) -> None:
    likes.unlike(post_id, sub)


def _lose(sub: str, follower: str) -> None:
    follows.unfollow(follower, sub)


def _dissolve(sub: str, album_id: str) -> None:
    """Delete an album, which takes it out of the lists it stands in; a row that it left behind goes as well."""
    album = albums.find(album_id)
    if album and album.owner == sub:
        with suppress(Conflict):
            clearing.end(album)
    else:
        table.delete_all([table.key(albums.by_owner(sub), album_id)])


def _leave(sub: str, album_id: str) -> None:
    """Take somebody's name off an album; no picture of theirs is left there, since all of them are deleted."""
    album = albums.find(album_id)
    if album and sub in {*album.people, *album.invited}:
        with suppress(Conflict):
            albums.remove_person(album, sub)
    else:
        table.delete_all(
            [table.key(partition(sub), album_id) for partition in (albums.by_member, albums.by_invitation)]
        )


def _forget_complaint(sub: str, sk: str) -> None:
    table.delete_all([table.key(complaints.by_owner(sub), sk)])


def _pictures_of(sub: str) -> str:
    return rows.by_owner(sub, private=True)


_LISTS: Mapping[str, tuple[Callable[[str], str], Callable[[str, str], None]]] = {
    "OWNER": (_pictures_of, partial(_delete_listed, _pictures_of)),
    "ARCHIVE": (rows.by_archive, partial(_delete_listed, rows.by_archive)),
    "TRASH": (rows.by_trash, partial(_delete_listed, rows.by_trash)),
    "MONTHS": (months.by_owner, _forget_month),
    "MARKED": (favourites.marked_by, _unmark),
    "AUTHOR": (posts.by_author, _retract),
    "ALBUMS": (albums.by_owner, _dissolve),
    "SHARED": (albums.by_member, _leave),
    "INVITED": (albums.by_invitation, _leave),
    "COMPLAINTS": (complaints.by_owner, _forget_complaint),
    "LIKED": (likes.liked_by, _unlike),
    "FOLLOWING": (follows.followed_by, follows.unfollow),
    "FOLLOWERS": (follows.followers_of, _lose),
}
"""Somebody's own partition of each kind, and how what stands in it is removed, which takes it out of the list."""


def _stop_originals(sub: str) -> None:
    """Have whoever makes files of somebody's originals find the job gone, and delete what was uploaded of the last.

    Only the row tells of an upload that is not finished, so it goes last, and only if no other was begun meanwhile.
    """
    key = people.originals_key(sub)
    while row := table.get(key):
        progress = row.get("progress", {})
        if upload_id := progress.get("upload_id"):
            multipart.abort(f"{progress['folder']}{len(progress['parts']) + 1}.zip", upload_id)
        with suppress(Conflict):
            table.remove(key, **_with_upload(upload_id))


def _with_upload(upload_id: str | None) -> dict[str, Any]:
    """Return the condition that this upload is what such a row tells of; None for no upload."""
    if upload_id is None:
        return {
            "ConditionExpression": "attribute_not_exists(progress) OR progress.upload_id = :none",
            "ExpressionAttributeValues": {":none": None},
        }
    return {"ConditionExpression": "progress.upload_id = :upload", "ExpressionAttributeValues": {":upload": upload_id}}


def _forget_export(sub: str) -> None:
    storage.delete_under(people.export_prefix(sub))
    storage.delete_under(people.originals_prefix(sub))
    table.delete_all([people.export_key(sub)])


def _close(person: Person) -> None:
    """Leave nothing but that there was somebody; in one transaction, so that the job ends when it is over."""
    tombstone = {
        **people.person_key(person.sub),
        **schema.stamp(people.SCHEMA),
        "sub": person.sub,
        "state": "erased",
        "expires_at": int(time.time()) + limits.TOMBSTONE_SECONDS,
    }
    put = table.put(
        tombstone,
        ConditionExpression="#state = :erasing",
        ExpressionAttributeNames={"#state": "state"},
        ExpressionAttributeValues={":erasing": "erasing"},
    )
    gone = (
        people.username_key(person.username),
        table.key(people.PEOPLE, person.sub),
        table.key(people.ERASURES, person.sub),
        *names.keys(person),
    )
    with suppress(Conflict):
        table.transact_write([put, *map(table.delete, gone)])
