"""Profiles as they are shown, and changing one's own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from gallery import limits
from gallery.albums import albums
from gallery.albums.albums import Album
from gallery.api.album import waiting
from gallery.api.image import ImageOwner
from gallery.aws import table
from gallery.people import follows, names, people
from gallery.people.people import Person
from gallery.pictures import months
from gallery.pictures.access import Caller
from gallery.problems import FieldError, Problem
from gallery.settings import settings
from people.models import AlbumInvitation, Me, ProfileChange, User

Texts = Mapping[str, str | None]

_SHOWN = ("username", "display_name", "bio", "followers", "following", "posts")


def me(person: Person, caller: Caller) -> Me:
    """Return somebody as they see themselves."""
    own = {name: getattr(person, name) for name in (*_SHOWN, "sub", "username_chosen", "created_at")}
    shown_to = person.default_visibility or settings().default_visibility
    owned = months.owned(person.sub)
    return Me(
        pictures=owned.pictures,
        bytes=owned.bytes,
        **own,
        admin=caller.admin,
        default_visibility=shown_to,
        review=waiting(person.sub),
        invitations=_invitations(person.sub),
    )


def _invitations(sub: str) -> list[AlbumInvitation]:
    """Return the albums that somebody is asked into, newest first."""
    listed, _ = table.newest(albums.by_invitation(sub), limits.MAX_PAGE)
    asked = [album for album in albums.find_all(row["sk"] for row in listed) if sub in album.invited]
    owners = people.find_all(album.owner for album in asked)
    return [_invitation(album, sub, owners.get(album.owner)) for album in asked]


def _invitation(album: Album, sub: str, owner: Person | None) -> AlbumInvitation:
    shown = ImageOwner.model_validate(owner) if owner and owner.active else None
    return AlbumInvitation(album_id=album.id, title=album.title, role=album.invited[sub], owner=shown)


def user(person: Person, *, followed: bool) -> User:
    """Return somebody as others see them."""
    return User(**shown(person), followed_by_me=followed)


def shown(person: Person) -> dict[str, Any]:
    """Return what everybody may know of somebody."""
    return {name: getattr(person, name) for name in _SHOWN}


def users(listed: Sequence[Person], caller: Caller) -> list[User]:
    """Return people as a caller sees them, each with whether the caller follows them."""
    followed = follows.followed_among(caller.sub, [person.sub for person in listed]) if caller.sub else set()
    return [user(person, followed=person.sub in followed) for person in listed]


def named(username: str) -> Person:
    """Return the person of that name whom everybody may see; raises the 404 where there is none."""
    person = people.by_username(username)
    if person is None or not person.active:
        raise people.no_such_person()
    return person


def change(person: Person, request: ProfileChange) -> Person:
    """Change one's profile; return it as it is then.

    Raises the 409 where a username was chosen before, or the one wanted is somebody's, and the 401 or 403 where the
    person was blocked meanwhile.
    """
    given: dict[str, str | None] = request.model_dump(include=request.model_fields_set)
    username = given.pop("username", None)
    texts = {name: text or None for name, text in given.items()}
    if username and person.username_chosen:
        if username != person.username:
            raise _chosen_already()
        username = None
    if username or any(getattr(person, name) != text for name, text in texts.items()):
        _store(person, username, texts)
    return people.find(person.sub) or person


def _store(old: Person, username: str | None, texts: Texts) -> None:
    versions = _versions(old, username)

    def attempt() -> None:
        person = next(versions)
        table.transact_write(
            [_update(person, username, texts), *_rename(person, username), *_name(person, username, texts)]
        )

    table.retry_on_conflict(attempt)


def _versions(old: Person, username: str | None) -> Iterator[Person]:
    """Yield a person as they were read, then as they are whenever they are asked for again."""
    while True:
        yield old
        old = _found_again(old, username)


def _update(old: Person, username: str | None, texts: Texts) -> Any:  # noqa: ANN401 - one of the client's own
    """Return the write of what changes alone, since counts may change at the same time."""
    sets: table.Row = {name: text for name, text in texts.items() if text is not None}
    sets |= {"username": username, "username_chosen": True} if username else {}
    removed = [name for name, text in texts.items() if text is None]
    parts = ["SET " + ", ".join(f"{name} = :{name}" for name in sets)] if sets else []
    parts += [f"REMOVE {', '.join(removed)}"] if removed else []
    values = {f":{name}": value for name, value in sets.items()}
    condition, was = names.unchanged(old)
    return table.change(
        people.person_key(old.sub),
        UpdateExpression=" ".join(parts),
        ConditionExpression=f"#state = :active AND {condition}",
        ExpressionAttributeNames={"#state": "state"},
        ExpressionAttributeValues={":active": "active", **values, **was},
    )


def _rename(old: Person, username: str | None) -> list[Any]:
    """Return the writes that claim the new name and give the old one back."""
    if username is None or username == old.username:
        return []
    return [people.claim_name(username, old.sub), table.delete(people.username_key(old.username))]


def _name(old: Person, username: str | None, texts: Texts) -> list[Any]:
    """Return the writes that let somebody be found by other names."""
    new = replace(old, display_name=texts.get("display_name", old.display_name))
    return names.renamed(old, replace(new, username=username, username_chosen=True) if username else new)


def _found_again(old: Person, username: str | None) -> Person:
    """Return somebody as they are now whose profile could not be changed; raises why, unless it was for a moment."""
    person = people.find(old.sub)
    if person is not None:
        people.require_active(person)
    if person is None or person.username != old.username:
        raise _chosen_already()
    if username and table.get(people.username_key(username)) and username != old.username:
        raise _conflict("This name is taken. Choose another one.")
    return person


def _chosen_already() -> Problem:
    return _conflict("You have chosen your username already, which can be done once.")


def _conflict(detail: str) -> Problem:
    return Problem(HTTPStatus.CONFLICT, detail, [FieldError("username", detail)])
