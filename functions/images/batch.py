"""One action upon many pictures: each by the very code of the single call, and none stops another."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from http import HTTPStatus

from gallery import limits
from gallery.albums import albums
from gallery.api.album_pictures import add_one, contributor_to, require_room, take_out_one
from gallery.api.batch import Act, BatchAnswer, act_on_each
from gallery.api.http import person_of, require_sub
from gallery.aws.table import Conflict
from gallery.lifecycle.revision import retry_for_caller
from gallery.people.people import Person
from gallery.pictures.access import Caller
from gallery.pictures.model import Picture
from gallery.pictures.viewing import find_image
from gallery.problems import Problem, invalid
from gallery.timestamps import now
from images.dates import shifted
from images.deletion import delete
from images.edits import edit, entity_tag, etag
from images.favourites import set_favourite
from images.models import (
    Batch,
    BatchAlbum,
    BatchArchive,
    BatchCaptionHidden,
    BatchDelete,
    BatchFavourite,
    BatchLabels,
    BatchShiftTaken,
    BatchTrash,
    BatchVisibility,
    ImageChange,
)
from images.trash import TrashAction, move

_Change = Callable[[Picture], ImageChange]


def act_upon(request: Batch, caller: Caller) -> BatchAnswer:
    """Answer each id, in order, as the single call would; what is not begun in time is a 503 and may be sent again."""
    return act_on_each(_act(request, caller), request.ids)


def _act(request: Batch, caller: Caller) -> Act:
    match request:
        case BatchAlbum():
            return _act_on_album(request, caller)
        case BatchDelete():
            return partial(_delete, caller)
        case BatchTrash(action=action):
            return partial(_move, caller, action)
        case BatchFavourite(favourite=favourite):
            return partial(_favourite, caller, cache(partial(person_of, caller)), favourite)
        case BatchShiftTaken(ids=ids, versions=versions, seconds=seconds):
            return partial(_shift, caller, dict(zip(ids, versions, strict=True)), seconds)
        case _:
            return partial(_edit, caller, _change(request))


def _change(request: BatchVisibility | BatchCaptionHidden | BatchArchive | BatchLabels) -> _Change:
    """Return what a batch changes of a picture."""
    match request:
        case BatchVisibility(visibility=visibility):
            return lambda _: ImageChange(visibility=visibility)
        case BatchCaptionHidden(caption_hidden=hidden):
            return lambda _: ImageChange(caption_hidden=hidden)
        case BatchArchive(action=action):
            return lambda _: ImageChange(archived=action == "archive")
        case BatchLabels():
            return partial(_labels, request)


def _act_on_album(request: BatchAlbum, caller: Caller) -> Act:
    if request.action == "album_remove":
        require_sub(caller)
        return partial(take_out_one, albums.find_for(request.album, caller), caller)
    album = contributor_to(request.album, caller)
    require_room(album, len(request.ids))
    return partial(add_one, album, caller, None, now())


def _delete(caller: Caller, image_id: str) -> HTTPStatus:
    delete(image_id, caller)
    return HTTPStatus.NO_CONTENT


def _move(caller: Caller, action: TrashAction, image_id: str) -> HTTPStatus:
    move(action, image_id, caller)
    return HTTPStatus.OK


def _favourite(caller: Caller, person: Callable[[], Person], favourite: bool, image_id: str) -> HTTPStatus:
    set_favourite(image_id, person(), caller, favourite=favourite)
    return HTTPStatus.NO_CONTENT


def _edit(caller: Caller, change: _Change, image_id: str) -> HTTPStatus:
    """Change the version that is there, whichever that is: a batch speaks of pictures, not of versions."""

    def attempt() -> HTTPStatus:
        picture = find_image(image_id, caller)
        try:
            edit(image_id, change(picture), etag(picture), caller)
        except Problem as problem:
            if problem.status == HTTPStatus.PRECONDITION_FAILED:
                raise Conflict(image_id) from problem
            raise
        return HTTPStatus.OK

    return retry_for_caller(attempt)


def _shift(caller: Caller, versions: Mapping[str, int], seconds: int, image_id: str) -> HTTPStatus:
    """Move a picture's date in the version that its author saw, so that a shift that is sent again moves it once."""
    taken = find_image(image_id, caller).taken
    edit(image_id, ImageChange(taken_at=shifted(taken.at, seconds)), entity_tag(versions[image_id]), caller)
    return HTTPStatus.OK


def _labels(request: BatchLabels, picture: Picture) -> ImageChange:
    """Return the labels under which a picture is listed, with some more and without others; case does not matter."""
    listed = picture.listed_labels()
    removed = {label.casefold() for label in request.remove}
    kept = [label for label in listed if label.casefold() not in removed]
    known = {label.casefold() for label in kept}
    labels = kept + [label for label in request.add if label.casefold() not in known]
    if labels == listed:
        return ImageChange()
    if len(labels) > limits.MAX_LABELS:
        raise invalid("add", f"The image would have {len(labels)} labels; it may have {limits.MAX_LABELS}.")
    return ImageChange(labels=labels)
