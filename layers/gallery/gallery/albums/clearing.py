"""Taking pictures out of albums that are gone, and those of people out of albums that they left.

An album that is deleted, or lets somebody go, notes that in the transaction that does it (`CLEARINGS`,
`{album}#{sub}`; without `sub` where it is gone, or its document alone is to be written again). Nobody sees those
pictures there from then on; they are taken out a part at a time, and whoever dies in between leaves the rest to the
next call, or to the sweeper.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from gallery.albums import albums, links, membership, room
from gallery.albums.albums import CLEARINGS, Album
from gallery.aws import table
from gallery.aws.calls import call
from gallery.pictures import album_lists, catalogue, months, rows
from gallery.pictures.model import Picture
from gallery.settings import settings

_PART, _MONTHS = 25, 1000


def dissolve(album: Album) -> None:
    """Make an album and its links be gone for everybody; its pictures stay, and leave it one by one.

    Raises table.Conflict where it is no longer this version.
    """
    end(album)
    ask_for(f"{album.id}#")


def end(album: Album) -> None:
    """Make an album and its links be gone, and leave its pictures to the sweeper; likewise."""
    albums.delete(album)
    links.end_all(album.id)


def leave(album_id: str, sub: str) -> None:
    """Let somebody go from an album, with their pictures, or ask them no more; done again it changes nothing."""

    def attempt() -> bool:
        album = albums.find(album_id)
        if album is None or sub not in {*album.people, *album.invited}:
            return False
        contributed = album.people.get(sub) == "contributor"
        noted = [albums.note_clearing(album_id, sub)] if contributed else []
        albums.change(album, albums.without_person(album, sub), extra_writes=noted)
        return contributed

    if table.retry_on_conflict(attempt):
        ask_for(f"{album_id}#{sub}")


def ask_for(name: str) -> None:
    """Have a clearing go on some time soon, as is noted already."""
    call(settings().albums_function, {"clear": name})


def unfinished(limit: int, after: str | None = None) -> tuple[list[str], str | None]:
    """Return some of the clearings that are not over, and where to go on, None at the end."""
    listed, after = table.newest(CLEARINGS, limit, after)
    return [row["sk"] for row in listed], after


def clear(name: str, goes_on: Callable[[], bool]) -> bool:
    """Go on with a clearing while `goes_on()`; tell whether it is over. Done again it does no harm."""
    album_id, _, sub = name.partition("#")
    note = albums.clearing_noted(name)
    album = albums.find(album_id)
    if album is None:
        albums.finish_deleting(album_id)
        links.end_all(album_id)
        room.forget(album_id)
    else:
        albums.write_document(album_id)
    leaving = album is None or (sub and sub not in album.contributors)
    for part in _parts(album_id) if leaving else ():
        if not goes_on():
            return False
        for picture in part:
            if album is None or picture.owner == sub:
                catalogue.update(picture, partial(_without, album_id))
    if album is None:
        _forget_months(album_id)
    if note is not None:
        albums.forget_clearing(name, note)
    return True


def _forget_months(album_id: str) -> None:
    partition = months.by_owner(album_lists.as_owner(album_id))
    while counted := table.sort_keys(partition, _MONTHS, consistent=True):
        table.delete_all(table.key(partition, month) for month in counted)


def _without(album_id: str, picture: Picture) -> Picture | None:
    return membership.without(picture, album_id) if album_id in picture.albums else None


def _parts(album_id: str) -> Iterator[Sequence[Picture]]:
    """Yield all pictures that are in an album, shown in it or not, some at a time."""
    shown = [album_lists.by_added(album_id, partition) for partition in album_lists.visible_to("all")]
    for partition in (*shown, album_lists.by_absence(album_id)):
        after: str | None = None
        while True:
            posted, after = table.newest(partition, _PART, after)
            yield catalogue.find_all([rows.id_in(row["sk"]) for row in posted])
            if after is None:
                break
