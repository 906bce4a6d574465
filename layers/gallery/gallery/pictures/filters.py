"""What pictures may be narrowed down to: when, whose, in which album, of what kind; each filter joins the others.

A filter goes by what its caller sees of a picture, so that nobody learns from it what they are not shown: where it
was taken, and whose favourite it is, are for its owner (the place for admins as well).
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from gallery.limits import MEDIA_TYPES
from gallery.pictures.access import Caller, owns
from gallery.pictures.album_lists import shown_in
from gallery.pictures.colors import is_near, name_of
from gallery.pictures.metadata import Camera
from gallery.pictures.model import Content, Picture

Orientation = Literal["landscape", "portrait", "square"]

TYPES: Mapping[str, Collection[str]] = {
    **{each.removeprefix("image/"): {each} for each in MEDIA_TYPES if not each.startswith("image/x-")},
    **{each.rpartition("-")[2]: {each} for each in MEDIA_TYPES if each.startswith("image/x-")},
    **{each: {each} for each in MEDIA_TYPES},
    "jpg": {"image/jpeg"},
    "tif": {"image/tiff"},
    "heic": {"image/heic", "image/heif"},
    "raw": {each for each in MEDIA_TYPES if each.startswith("image/x-")},
}
"""The media types that a kind of file has, by what it may be asked for with: the type itself, or a short name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which pictures; None does not narrow. `first` and `last` are days of the place, both included.

    `owner` is somebody's `sub`, `album` an id; `color` is the name of one, or #rrggbb for what is near it.
    """

    first: str | None = None
    last: str | None = None
    owner: str | None = None
    album: str | None = None
    label: str | None = None
    type: str | None = None
    orientation: Orientation | None = None
    camera: str | None = None
    color: str | None = None
    favourite: bool | None = None
    has_place: bool | None = None

    def given(self) -> Mapping[str, Any]:
        """Return the filters that narrow, by their names."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in values.items() if value is not None}


FAVOURITE = "favourite"
"""The filter that pictures can't tell of themselves, see gallery.people.favourites."""


def passes(filters: Mapping[str, Any], picture: Picture, caller: Caller) -> bool:
    """Tell whether a picture that the caller may see is among those that some filters leave, favourites aside.

    What somebody else archived is found in albums alone, and what is in the trash or failed nowhere.
    """
    if picture.trashed_at or picture.status not in {"pending", "captioned"}:
        return False
    if picture.archived and not (caller.admin or owns(caller, picture) or "album" in filters):
        return False
    return all(_TESTS[name](picture, value, caller) for name, value in filters.items() if name != FAVOURITE)


def _has_color(picture: Picture, color: str, _: Caller) -> bool:
    own = picture.content.color if picture.content else ""
    if not re.fullmatch(r"#[0-9a-f]{6}", own):
        return False
    return is_near(own, color) if color.startswith("#") else name_of(own) == color


def _has_label(picture: Picture, label: str, _: Caller) -> bool:
    return label.casefold() in map(str.casefold, picture.listed_labels())


def _has_place(picture: Picture, has_one: bool, caller: Caller) -> bool:
    return (caller.admin or owns(caller, picture)) and (picture.location is not None) == has_one


def orientation_of(content: Content) -> Orientation:
    """Return how a picture is framed, as it is seen."""
    if content.width == content.height:
        return "square"
    return "landscape" if content.width > content.height else "portrait"


def camera_name(camera: Camera) -> str | None:
    """Return what people call a camera: its model, behind its maker where that does not say so; None for unknown."""
    make, model = camera.make or "", camera.model or ""
    first = next(iter(_words(make)), "")
    named = model if model and first in _words(model) else f"{make} {model}".strip()
    return named or None


def _is_taken_with(picture: Picture, asked: str, _: Caller) -> bool:
    camera = picture.camera
    own = set(_words(f"{camera.make or ''} {camera.model or ''}")) if camera else set[str]()
    return bool(own) and set(_words(asked)) <= own


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


_TESTS: Mapping[str, Callable[[Picture, Any, Caller], bool]] = {
    "first": lambda picture, day, _: picture.taken.at[: len(day)] >= day,
    "last": lambda picture, day, _: picture.taken.at[: len(day)] <= day,
    "owner": lambda picture, sub, _: picture.owner == sub,
    "album": lambda picture, album_id, _: album_id in shown_in(picture),
    "label": _has_label,
    "type": lambda picture, kind, _: picture.content is not None and picture.content.media_type in TYPES[kind],
    "orientation": lambda picture, way, _: picture.content is not None and orientation_of(picture.content) == way,
    "camera": _is_taken_with,
    "color": _has_color,
    "has_place": _has_place,
}
"""Whether a picture passes each filter, by its name: asked of the picture, the filter's value and the caller."""
