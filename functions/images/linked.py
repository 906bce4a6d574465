"""What a link to an album shows, and hands out, to whoever has it."""

from datetime import UTC, datetime
from http import HTTPStatus

from gallery.albums import links
from gallery.api.album import present_linked
from gallery.api.image import Image, present_all
from gallery.api.opening import Opened, access_to, living, previewed
from gallery.pictures import album_lists, months
from gallery.pictures.access import added, is_granted, sees_place
from gallery.pictures.model import Picture
from gallery.pictures.viewing import find_image
from gallery.problems import Problem, no_such_image
from gallery.timestamps import timestamp
from images.downloads import for_holder
from images.link_models import LinkView
from images.listing import Order, Part, in_album, in_list
from images.models import DownloadAnswer, ImagesAnswer, MonthCount, TimelineAnswer


def show(opened: Opened) -> LinkView:
    """Return what a link opens, and count that it did."""
    links.count_opened(opened.link)
    ends = opened.link.expires_at
    return LinkView(
        album=present_linked(opened.album, opened.caller, opened.audience),
        mode=opened.link.mode,
        downloads=opened.link.downloads,
        expires_at=timestamp(datetime.fromtimestamp(ends, UTC)) if ends else None,
        access=access_to(opened.link),
    )


def page(opened: Opened, order: Order, part: Part, *, mine: bool) -> ImagesAnswer:
    """Return one page of what a link shows, or of what this visit added."""
    if mine or opened.audience is None:
        visit = opened.caller.visit
        listed = in_list([album_lists.by_visit(visit or "")], ("visit",), part, opened.caller)
    else:
        listed = in_album(opened.album, opened.audience, order, part, opened.caller)
    return listed.model_copy(update={"images": [_as_linked(image, opened) for image in listed.images]})


def months_of(opened: Opened) -> TimelineAnswer:
    """Return the months of what a link shows."""
    if opened.audience is None:
        return TimelineAnswer(months=[])
    counted = months.months(album_lists.as_owner(opened.album.id), album_lists.visible_to(opened.audience))
    return TimelineAnswer(months=[MonthCount(month=month, count=number) for month, number in counted])


def image(opened: Opened, image_id: str) -> Image:
    """Return one picture that a link shows; raises the 404."""
    (shown,) = present_all([find(opened, image_id)], opened.caller)
    return _as_linked(shown, opened)


def find(opened: Opened, image_id: str) -> Picture:
    """Return a picture that this very link shows; raises the 404, for what anybody may see elsewhere as well."""
    picture = find_image(image_id, opened.caller)
    if not (is_granted(opened.caller, picture) or added(opened.caller, picture)):
        raise no_such_image()
    return picture


def download(opened: Opened, image_id: str) -> DownloadAnswer:
    """Return where to save what a link hands out of a picture; raises the 404, and the 403 where that is nothing."""
    picture = find(opened, image_id)
    if opened.link.downloads == "none":
        raise Problem(HTTPStatus.FORBIDDEN, "This link shows pictures, and hands out no files of them.")
    membership = picture.albums[opened.album.id]
    originals = opened.link.downloads == "originals" and membership.originals
    placed = sees_place(opened.caller, picture)
    return for_holder(picture, opened.caller, originals=originals, placed=placed)


def cover(token: str) -> str:
    """Return where the picture lies that stands for a link where it is previewed; raises the 404 without one."""
    if previewed(*living(token)) is None:
        raise links.no_such_link()
    return f"/a/{token}/cover.jpg"


def _as_linked(image: Image, opened: Opened) -> Image:
    """Return a picture as guests see it: its file is at the link, and of whose it is they hear no account."""
    path = f"/api/links/{opened.token}/images/{image.id}/download"
    return image.model_copy(update={"urls": image.urls.model_copy(update={"original": path}), "owner": None})
