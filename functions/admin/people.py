"""The people who have accounts: who they are, blocking and erasing them, inviting others."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from gallery.admin.audit_log import logged
from gallery.api.one_line import one_line
from gallery.api.paging import sealed_cursor, sub_in
from gallery.aws import accounts, table
from gallery.aws.table import Conflict
from gallery.people import people
from gallery.people.people import Person
from gallery.pictures.access import Caller
from gallery.problems import Problem

Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=128, pattern=r"^\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*$"),
    AfterValidator(one_line),
]


class PersonSummary(BaseModel):
    """Somebody, as admins see them."""

    username: str
    display_name: str | None
    state: people.State
    posts: int
    followers: int
    created_at: str
    you: bool


class PeopleAnswer(BaseModel):
    """A part of the list of people; `next_cursor` is null at its end."""

    people: list[PersonSummary]
    next_cursor: str | None


class Invitation(BaseModel):
    """Whom to invite."""

    model_config = ConfigDict(extra="forbid")

    email: Annotated[Email, Field(examples=["ada@example.org"])]


class InvitationAnswer(BaseModel):
    """An invitation is on its way."""

    email: str


class ErasureAnswer(BaseModel):
    """Somebody is blocked, and all that is theirs is being erased."""

    username: str
    state: Literal["erasing"] = "erasing"


def list_people(username: str | None, limit: int, cursor: str | None, caller: Caller) -> PeopleAnswer:
    """Return one page of everybody who was here, or who has exactly that name; raises the 400 for a foreign cursor."""
    if username is not None:
        person = people.by_username(username.strip().lower())
        return PeopleAnswer(people=_listed([person] if person else [], caller), next_cursor=None)
    posted, after = table.newest(people.PEOPLE, limit, sub_in(cursor, people.PEOPLE))
    known = people.find_all(post["sk"] for post in posted)
    ordered = [known[post["sk"]] for post in posted if post["sk"] in known]
    return PeopleAnswer(people=_listed(ordered, caller), next_cursor=sealed_cursor(after, people.PEOPLE))


def _listed(listed: list[Person], caller: Caller) -> list[PersonSummary]:
    return [_summary(person, caller) for person in listed if person.state != "erased"]


def _summary(person: Person, caller: Caller) -> PersonSummary:
    return PersonSummary(
        username=person.username,
        display_name=person.display_name,
        state=person.state,
        posts=person.posts,
        followers=person.followers,
        created_at=person.created_at,
        you=person.sub == caller.sub,
    )


def disable(username: str, caller: Caller) -> None:
    """Refuse a person's requests from now on, then end their sessions; a repeat goes on where a killed one stopped.

    Raises the 404 for nobody, the 409 for oneself, so that an admin is always left, and where it changes meanwhile.
    """
    person = _other(username, caller)
    with logged(caller, "disable", f"person {person.sub}"):
        _attempt(lambda: people.disable(person))
        accounts.block(person.sub)


def enable(username: str, caller: Caller) -> None:
    """Let somebody who was disabled go on; likewise, except that the pool comes first."""
    person = _other(username, caller)
    with logged(caller, "enable", f"person {person.sub}"):
        if person.state in {"erasing", "erased"}:
            raise Problem(HTTPStatus.CONFLICT, "This account is being deleted.")
        accounts.unblock(person.sub)
        _attempt(lambda: people.enable(person))


def delete(username: str, caller: Caller) -> ErasureAnswer:
    """Block somebody at once and have all that is theirs erased; likewise."""
    person = _other(username, caller)
    with logged(caller, "delete", f"person {person.sub}"):
        people.begin_erasure(person)
    return ErasureAnswer(username=person.username)


def invite(invitation: Invitation, caller: Caller) -> InvitationAnswer:
    """Invite somebody by e-mail; raises the 409 where that can't be, the 422 for what is no address."""
    # The log outlives accounts, so it tells no more of an address than to recognise it.
    name, _, domain = invitation.email.partition("@")
    with logged(caller, "invite", f"{name[0]}…@{domain}"):
        accounts.invite(invitation.email)
    return InvitationAnswer(email=invitation.email)


def _other(username: str, caller: Caller) -> Person:
    person = people.by_username(username)
    if person is None or person.state == "erased":
        raise people.no_such_person()
    if person.sub == caller.sub:
        raise Problem(HTTPStatus.CONFLICT, "You can't do that to yourself; another admin can.")
    return person


def _attempt(change: Callable[[], None]) -> None:
    try:
        change()
    except Conflict as error:
        raise Problem(HTTPStatus.CONFLICT, "This account is being changed at this moment. Please try again.") from error
