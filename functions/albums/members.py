"""The people of albums: let in or asked by the owner, who accept, decline and leave by themselves."""

from dataclasses import replace
from http import HTTPStatus

from albums.managing import find_own
from albums.models import AlbumPeopleAnswer, AlbumPerson
from gallery import limits
from gallery.albums import albums, clearing
from gallery.albums.albums import Album, Role
from gallery.api.http import require_sub
from gallery.api.image import ImageOwner
from gallery.aws import table
from gallery.lifecycle.revision import retry_for_caller
from gallery.people import follows, people
from gallery.people.people import Person
from gallery.pictures.access import Caller
from gallery.problems import Problem, invalid

_COMPARED = 1000
"""Of how many albums of two people each it is looked whether they share one."""


def list_people(album_id: str, caller: Caller) -> AlbumPeopleAnswer:
    """Return everybody who has a part in an album; raises the 404, or the 401 or 403 for who has none."""
    album = albums.find_for(album_id, caller)
    require_sub(caller)
    if not (caller.admin or album.role_of(caller.sub)):
        raise Problem(HTTPStatus.FORBIDDEN, "Only its people see who they are.")
    asked = album.invited if caller.admin or caller.sub == album.owner else {}
    known = people.find_all([album.owner, *album.people, *asked])
    listed = [(album.owner, "owner", "member")]
    listed += [(sub, role, "member") for sub, role in album.people.items()]
    listed += [(sub, role, "invited") for sub, role in asked.items()]
    return AlbumPeopleAnswer(
        people=[_shown(known[sub], role, status) for sub, role, status in listed if sub in known and known[sub].active]
    )


def _shown(person: Person, role: str, status: str) -> AlbumPerson:
    return AlbumPerson.model_validate({"person": ImageOwner.model_validate(person), "role": role, "status": status})


def let_in(album_id: str, username: str, role: Role, caller: Caller) -> None:
    """Let somebody into an album whom its owner follows or shares one with, else invite them; a repeat changes roles.

    Raises the 404 for who is not there, the 422 for the owner, the 409 where the album has too many people.
    """

    def attempt() -> None:
        album = find_own(album_id, caller)
        person = people.by_username(username)
        if person is None or not person.active:
            raise people.no_such_person()
        if person.sub == album.owner:
            raise invalid("username", "It is their album.")
        new = _with(album, person.sub, role)
        if new != album:
            albums.change(album, new, extra_writes=[people.active(person.sub)])

    retry_for_caller(attempt)


def _with(album: Album, sub: str, role: Role) -> Album:
    if sub in album.people:
        return replace(album, people={**album.people, sub: role})
    if len({*album.people, *album.invited, sub}) > limits.MAX_ALBUM_PEOPLE:
        raise Problem(HTTPStatus.CONFLICT, f"An album has {limits.MAX_ALBUM_PEOPLE} people at the most.")
    if follows.follows(album.owner, sub) or _albums_of(album.owner) & _albums_of(sub):
        return replace(album, people={**album.people, sub: role}, invited=albums.without(album.invited, sub))
    return replace(album, invited={**album.invited, sub: role})


def _albums_of(sub: str) -> set[str]:
    partitions = (albums.by_owner(sub), albums.by_member(sub))
    return {album_id for partition in partitions for album_id in table.sort_keys(partition, _COMPARED, consistent=True)}


def accept(album_id: str, person: Person) -> None:
    """Accept the invitation into an album; idempotent. Raises the 404 for who is not."""

    def attempt() -> None:
        album = albums.find(album_id)
        if album is None or not (person.sub == album.owner or person.sub in {*album.people, *album.invited}):
            raise albums.no_such_album()
        if person.sub in album.invited:
            let_in = {**album.people, person.sub: album.invited[person.sub]}
            new = replace(album, people=let_in, invited=albums.without(album.invited, person.sub))
            albums.change(album, new, extra_writes=[people.active(person.sub)])

    retry_for_caller(attempt)


def remove(album_id: str, username: str, caller: Caller) -> None:
    """Let somebody go, with their pictures, or ask them no more; done again it changes nothing."""
    find_own(album_id, caller)
    person = people.by_username(username)
    if person is None:
        raise people.no_such_person()
    clearing.leave(album_id, person.sub)
