"""Reviewing stacks of one's own near copies: what each holds, what stays, what goes into the trash."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from itertools import groupby

from gallery import limits
from gallery.api.batch import BatchAnswer, act_on_each
from gallery.api.http import require_sub
from gallery.api.image import present_all
from gallery.api.paging import place_cursor, place_in
from gallery.aws import table
from gallery.lifecycle.revision import retry_for_caller, revise
from gallery.pictures import catalogue, stacks
from gallery.pictures.access import Caller
from gallery.pictures.model import Membership, Picture
from gallery.problems import Problem, invalid, no_such_image
from gallery.timestamps import now
from images.models import Stack, StackReview, StacksAnswer
from images.trash import move

_LIST = "stacks"
_READ = 200
"""Postings that are read in one go: at least as many as the largest stack has, and one more."""
_ROUNDS = 5


def list_stacks(limit: int, cursor: str | None, caller: Caller) -> StacksAnswer:
    """Return one page of the caller's stacks, the newest first; it is short where the stacks in it are large.

    What is left of a stack by itself is no stack.
    """
    sub, after = require_sub(caller), place_in(cursor, _LIST).sk
    for _ in range(_ROUNDS):
        whole, after = _read(sub, limit, after)
        shown = [stack for members in _members(sub, whole) if len(members) > 1 and (stack := _shown(members, caller))]
        if shown or after is None:
            break
    return StacksAnswer(stacks=shown, next_cursor=place_cursor(after, _LIST))


def _read(sub: str, limit: int, after: str | None) -> tuple[list[list[str]], str | None]:
    """Return the ids in whole stacks below a sort key, stack by stack, and where to go on; None at the end."""
    listed, more = table.newest(stacks.by_stack(sub), _READ, after)
    groups = [list(keys) for _, keys in groupby((row["sk"] for row in listed), key=lambda sk: sk.partition("#")[0])]
    whole = (groups[:-1] if more else groups)[:limit]
    end = whole[-1][-1] if whole and (more or len(whole) < len(groups)) else None
    return [[sk.partition("#")[2] for sk in keys] for keys in whole], end


def _members(sub: str, groups: Iterable[Sequence[str]]) -> list[list[Picture]]:
    """Return the pictures of some stacks, without those that have left meanwhile."""
    listed = list(groups)
    known = {picture.id: picture for picture in catalogue.find_all([image_id for ids in listed for image_id in ids])}
    return [
        [known[image_id] for image_id in ids if image_id in known and _is_in(sub, known[image_id])] for ids in listed
    ]


def _is_in(sub: str, picture: Picture) -> bool:
    return (stacks.by_stack(sub), f"{picture.stack}#{picture.id}") in stacks.postings(picture)


def _shown(members: Sequence[Picture], caller: Caller) -> Stack:
    ordered = stacks.in_front(members)
    return Stack(id=ordered[0].stack or "", best=ordered[0].id, images=present_all(ordered, caller))


def review(stack: str, request: StackReview, caller: Caller) -> BatchAnswer:
    """Do to the pictures of a stack what its owner says of each; idempotent.

    With `merge` the one in front takes over what was said of those that go into the trash, before any of them goes: a
    process that is killed has lost nothing. Raises the 404 where the caller has no such stack.
    """
    members = _own(stack, request, caller)
    best = _best(request, members)
    acts: dict[str, Callable[[], object]] = {}
    if request.best is not None or request.merge:
        united = [members[image_id] for image_id in request.trash if image_id in members] if request.merge else []
        acts[best] = partial(_put_in_front, best, stack, united, caller, chosen=request.best is not None)
    acts |= {
        image_id: partial(_let_stand_alone, image_id, stack, caller)
        for image_id in request.kept
        if image_id not in acts
    }
    first = act_on_each(partial(_act, members, acts), list(acts)) if acts else BatchAnswer(results=[])
    if any(result.id == best and result.status != HTTPStatus.OK for result in first.results) and request.merge:
        return first
    going = {image_id: partial(move, "trash", image_id, caller) for image_id in request.trash}
    gone = act_on_each(partial(_act, members, going), list(going)) if going else BatchAnswer(results=[])
    return BatchAnswer(results=[*first.results, *gone.results])


def _own(stack: str, request: StackReview, caller: Caller) -> Mapping[str, Picture]:
    """Return the pictures of one of the caller's stacks by their ids, those too that a review before this one took out.

    Raises the 404 where there is none.
    """
    sub = require_sub(caller)
    named = [image_id for image_id in (request.best, *request.kept, *request.trash) if image_id]
    pictures = catalogue.find_all(list(dict.fromkeys([*stacks.ids_in(sub, stack), *named])))
    members = {picture.id: picture for picture in pictures if picture.owner == sub and _was_in(stack, picture)}
    if not members:
        raise Problem(HTTPStatus.NOT_FOUND, "You have no such stack.")
    return members


def _was_in(stack: str, picture: Picture) -> bool:
    return picture.stack == stack or picture.stands_alone


def _best(request: StackReview, members: Mapping[str, Picture]) -> str:
    if request.best is not None:
        return request.best
    going = {*request.kept, *request.trash}
    staying = [picture for image_id, picture in members.items() if image_id not in going and stacks.is_listed(picture)]
    if request.merge and not staying:
        raise invalid("merge", "No image of the stack would be left to take over what was said of the others.")
    return stacks.best_of(staying).id if staying else ""


def _act(members: Mapping[str, Picture], acts: Mapping[str, Callable[[], object]], image_id: str) -> HTTPStatus:
    """Act upon one picture of the stack; raises the 404 for one that is not in it."""
    if image_id not in members:
        raise no_such_image()
    acts[image_id]()
    return HTTPStatus.OK


def _changed(image_id: str, stack: str, change: Callable[[Picture], Picture]) -> None:
    """Change a picture of a stack, whichever version is there; one that has left it is the 404."""

    def attempt() -> None:
        picture = catalogue.find(image_id)
        if picture is None or not _was_in(stack, picture):
            raise no_such_image()
        if (new := change(picture)) != picture:
            revise(picture, new)

    retry_for_caller(attempt)


def _put_in_front(image_id: str, stack: str, united: Sequence[Picture], caller: Caller, *, chosen: bool) -> None:
    """Put a picture in front of its stack, and give it what was said of others of it."""
    at, before = now(), caller.sub

    def change(picture: Picture) -> Picture:
        merged = merge(picture, [other for other in united if other.id != picture.id and other.owner == before])
        if not chosen:
            return merged
        return replace(merged, stack_front_at=at, uncounted=merged.uncounted + (merged == picture))

    _changed(image_id, stack, change)


def _let_stand_alone(image_id: str, stack: str, _caller: Caller) -> None:
    """Take a picture out of its stack, for good."""

    def change(picture: Picture) -> Picture:
        if picture.stands_alone:
            return picture
        return replace(picture, stack=None, stack_front_at=None, stands_alone=True, uncounted=picture.uncounted + 1)

    _changed(image_id, stack, change)


def merge(picture: Picture, others: Sequence[Picture]) -> Picture:
    """Return a picture with what was said of its copies as well; what was said of itself comes first.

    A title that it has stays. Descriptions follow one another, as far as there is room; labels that people gave, up to
    ten, and albums, up to fifty, are united; it is a favourite where any of them is.
    """
    every = [picture, *others]
    return replace(
        picture,
        title=next((each.title for each in every if each.title), None),
        owner_description=_joined([each.owner_description for each in every if each.owner_description]),
        owner_labels=_labels(every),
        albums=dict([*picture.albums.items(), *_albums(picture, others)][: limits.MAX_ALBUMS_OF_PICTURE]),
        favourite_at=min((each.favourite_at for each in every if each.favourite_at), default=None),
        location=next((each.location for each in every if each.location), None),
        located_by_people=picture.located_by_people
        or (picture.location is None and any(each.location for each in others)),
    )


def _joined(texts: Sequence[str]) -> str | None:
    """Return different texts one below the other, as many as there is room for; None without any."""
    joined = ""
    for text in dict.fromkeys(texts):
        longer = f"{joined}\n\n{text}" if joined else text
        if text not in joined and len(longer) <= limits.MAX_DESCRIPTION_LENGTH:
            joined = longer
    return joined or None


def _labels(pictures: Sequence[Picture]) -> Sequence[str] | None:
    """Return the labels that people gave to any of some pictures; None where they left all to the model."""
    given = [label for picture in pictures for label in picture.owner_labels or ()]
    if all(picture.owner_labels is None for picture in pictures):
        return None
    unique = {label.casefold(): label for label in reversed(given)}
    return list(reversed(unique.values()))[: limits.MAX_LABELS]


def _albums(picture: Picture, others: Sequence[Picture]) -> Iterable[tuple[str, Membership]]:
    for other in others:
        yield from ((album_id, entry) for album_id, entry in other.albums.items() if album_id not in picture.albums)
