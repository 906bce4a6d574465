"""People as others see them: a profile each, made when they first need one, and known by their account's `sub`.

| pk | sk | What |
|---|---|---|
| `PERSON#{sub}` | `PERSON` | a profile and its counts; of an erased person nothing but that they are |
| `USERNAME#{name}` | `USERNAME` | whose name that is (`sub`) |
| `PERSON#{sub}` | `EXPORT` | the last file of everything of theirs |
| `PERSON#{sub}` | `ORIGINALS` | the last files of their originals |
| `PEOPLE` | `{sub}` | posting: everybody who has a profile |
| `ERASURES` | `{sub}` | somebody whose things are being erased, since when, and when that last went on |

Who follows whom is in gallery.people.follows.
"""

import re
import secrets
import string
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timedelta
from functools import partial
from http import HTTPStatus
from typing import Any, Literal

from gallery import schema
from gallery.aws import table
from gallery.aws.calls import call
from gallery.aws.table import Conflict
from gallery.pictures import rows, storage
from gallery.pictures.access import Caller
from gallery.problems import Problem
from gallery.settings import Visibility, settings
from gallery.timestamps import now, timestamp

State = Literal["active", "disabled", "erasing", "erased"]
Counter = Literal["followers", "following", "posts"]

SCHEMA = 1
"""Version of the rows of people, see gallery.schema."""

USERNAME = r"^[a-z0-9_]{3,30}$"

PEOPLE, ERASURES = "PEOPLE", "ERASURES"

_LETTERS = string.ascii_lowercase + string.digits
_GIVEN_LETTERS = 8
_STATE = {"#state": "state"}
"""A word of DynamoDB's own, which has to be called something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with an account, as far as the gallery knows them.

    `username_chosen` is false as long as the name is the one given at first sight. An erased person has no name.
    `default_visibility` is that of pictures of which nothing is said; None for the gallery's own.
    `state_at` is when the state last changed (RFC 3339), None where it never did.
    """

    sub: str
    username: str = ""
    username_chosen: bool = False
    display_name: str | None = None
    bio: str | None = None
    default_visibility: Visibility | None = None
    followers: int = 0
    following: int = 0
    posts: int = 0
    created_at: str = ""
    state: State = field(default="active")
    state_at: str | None = None

    @property
    def active(self) -> bool:
        """Whether the person may do anything, and others may see them."""
        return self.state == "active"


_STORED = [attribute.name for attribute in fields(Person)]


def person_key(sub: str) -> table.Row:
    """Return the key of a profile."""
    return table.key(f"PERSON#{sub}", "PERSON")


def is_profile(row: table.Row) -> bool:
    """Tell whether a row is a profile."""
    return str(row["sk"]) == "PERSON"


def username_key(name: str) -> table.Row:
    """Return the key of the claim on a name."""
    return table.key(f"USERNAME#{name}", "USERNAME")


def export_key(sub: str) -> table.Row:
    """Return the key of the row that tells of the last file of everything of somebody's."""
    return table.key(f"PERSON#{sub}", "EXPORT")


def export_prefix(sub: str) -> str:
    """Return how the keys of such files begin."""
    return f"{storage.EXPORTS}people/{sub}/"


def originals_key(sub: str) -> table.Row:
    """Return the key of the row that tells of the last files of somebody's originals."""
    return table.key(f"PERSON#{sub}", "ORIGINALS")


def originals_prefix(sub: str) -> str:
    """Return how the keys of those begin."""
    return f"{storage.PARTS}{sub}/"


def find(sub: str) -> Person | None:
    """Return a person as they are at this moment, whatever their state; None for who was never seen."""
    row = table.get(person_key(sub))
    return from_row(row) if row else None


def find_all(subs: Iterable[str]) -> dict[str, Person]:
    """Return people by their `sub`, whatever their state, without those who were never seen."""
    people_found = map(from_row, table.read(map(person_key, dict.fromkeys(subs))))
    return {person.sub: person for person in people_found}


def is_username(text: str) -> bool:
    """Tell whether a text has the form of a username."""
    return re.fullmatch(USERNAME, text) is not None


def by_username(name: str) -> Person | None:
    """Return the person of that name, whatever their state; None where nobody has it."""
    row = table.get(username_key(name)) if is_username(name) else None
    person = find(row["sub"]) if row else None
    return person if person and person.username == name else None


def no_such_person() -> Problem:
    """Return the 404 that is the same for who never was, is gone, or is disabled."""
    return Problem(HTTPStatus.NOT_FOUND, "There is nobody of that name.")


def get_or_create_person(caller: Caller) -> Person:
    """Return the profile of somebody signed in, whatever its state; made now if this is the first time."""
    if caller.sub is None:
        raise ValueError("nobody is signed in")
    return table.retry_on_conflict(partial(_get_or_create, caller.sub))


def _get_or_create(sub: str) -> Person:
    """Return a profile, made now if there is none; raises Conflict where it was just made, or the name is taken."""
    if existing := find(sub):
        return existing
    person = Person(sub=sub, username=_given_name(), created_at=now())
    table.transact_write(_introduce(person))
    return person


def _given_name() -> str:
    return "member_" + "".join(secrets.choice(_LETTERS) for _ in range(_GIVEN_LETTERS))


def _introduce(person: Person) -> list[Any]:
    posting = rows.posting_row((PEOPLE, person.sub), 1, int(time.time()))
    return [table.put_new(to_row(person)), claim_name(person.username, person.sub), table.put(posting)]


def claim_name(name: str, sub: str) -> Any:  # noqa: ANN401 - one of the client's own
    """Return the write that makes a name somebody's, which fails where it is somebody's already."""
    return table.put_new({**username_key(name), "sub": sub})


def counted(sub: str, counter: Counter, by: int) -> Any:  # noqa: ANN401 - one of the client's own
    """Return the write that changes a count of somebody's, to be done together with what it counts.

    More fails unless they are active, so that nothing new comes to who is being erased; less where nothing is counted.
    """
    condition = "#state = :active" if by > 0 else "attribute_exists(#counter)"
    values = {":by": by} | ({":active": "active"} if by > 0 else {})
    return table.change(
        person_key(sub),
        UpdateExpression="ADD #counter :by",
        ConditionExpression=condition,
        ExpressionAttributeNames={"#counter": counter, **(_STATE if by > 0 else {})},
        ExpressionAttributeValues=values,
    )


def active(sub: str) -> Any:  # noqa: ANN401 - one of the client's own
    """Return the part of a transaction that fails unless somebody is active."""
    return table.check(
        person_key(sub),
        ConditionExpression="#state = :active",
        ExpressionAttributeNames=_STATE,
        ExpressionAttributeValues={":active": "active"},
    )


def become(sub: str, state: State, former: State) -> Any:  # noqa: ANN401 - one of the client's own
    """Return the write that changes somebody's state, which fails unless it is `former`."""
    return table.change(
        person_key(sub),
        UpdateExpression="SET #state = :state, state_at = :now",
        ConditionExpression="#state = :former",
        ExpressionAttributeNames=_STATE,
        ExpressionAttributeValues={":state": state, ":former": former, ":now": now()},
    )


def disable(person: Person) -> None:
    """Have whatever somebody sends from now on refused; raises Conflict where their state changed meanwhile."""
    if person.active:
        table.transact_write([become(person.sub, "disabled", "active")])


def enable(person: Person) -> None:
    """Let somebody who was disabled go on; raises Conflict where their state changed meanwhile."""
    if person.state == "disabled":
        table.transact_write([become(person.sub, "active", "disabled")])


def require_active(person: Person) -> None:
    """Raise the 403 for somebody disabled, and the 401 for whose account is deleted, though their token is good yet."""
    if person.active:
        return
    if person.state == "disabled":
        raise Problem(HTTPStatus.FORBIDDEN, "This account is disabled. Ask the gallery's owner why.")
    challenge = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
    raise Problem(HTTPStatus.UNAUTHORIZED, "This account is deleted.", headers=challenge)


def was_blocked(sub: str, at: datetime) -> bool:
    """Tell whether somebody may not send anything, and could not at that moment either, which S3 tells in seconds."""
    person = find(sub)
    return person is not None and not person.active and (person.state_at or "") < timestamp(at + timedelta(seconds=1))


def is_leaving(sub: str) -> bool:
    """Tell whether somebody's account is deleted, so that nothing of theirs may come into the gallery any more."""
    person = find(sub)
    return person is not None and person.state in {"erasing", "erased"}


def begin_erasure(person: Person) -> None:
    """Block somebody at once and have all that is theirs erased; a repeat only resumes it.

    Whoever is to go on may die at any moment: the row in `ERASURES` stays until nothing is left, and the sweeper calls
    again where nothing has happened for a while.
    """
    while person.state not in {"erasing", "erased"}:
        job = {**table.key(ERASURES, person.sub), "begun_at": now(), "alive_at": int(time.time())}
        try:
            table.transact_write([become(person.sub, "erasing", person.state), table.put_new(job)])
            break
        except Conflict:
            person = find(person.sub) or Person(sub=person.sub, state="erased")
    call_eraser(person.sub)


def note_erasing(sub: str) -> None:
    """Note that somebody's erasure goes on at this moment, so that nobody else takes it up for a while."""
    with suppress(Conflict):
        table.update(
            table.key(ERASURES, sub),
            UpdateExpression="SET alive_at = :now",
            ConditionExpression="attribute_exists(pk)",
            ExpressionAttributeValues={":now": int(time.time())},
        )


def stuck_erasures(limit: int, after: str | None) -> tuple[list[str], str | None]:
    """Return people whose erasure has not gone on for a while, of `limit` that are looked at; and where to go on."""
    stuck, after = table.newest(ERASURES, limit, after)
    until = time.time() - settings().stuck_seconds
    return [row["sk"] for row in stuck if row["alive_at"] < until], after


def call_eraser(sub: str) -> None:
    """Have the erasure of somebody's things go on, some time soon."""
    call(settings().erase_function, {"erase": sub})


def to_row(person: Person) -> table.Row:
    """Return the row of a person; what is None is left out."""
    attributes = {name: value for name, value in asdict(person).items() if value is not None}
    return {**person_key(person.sub), **schema.stamp(SCHEMA), **attributes}


def from_row(row: table.Row) -> Person:
    """Return the person that a row tells of; raises schema.Newer for one that a later version wrote."""
    schema.require_known(schema.of_row(row), SCHEMA, row["pk"])
    return Person(**{name: row[name] for name in _STORED if name in row})
