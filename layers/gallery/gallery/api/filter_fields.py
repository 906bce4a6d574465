"""The values of filters as requests name them."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from gallery.pictures.colors import COLOR_NAMES
from gallery.pictures.filters import TYPES, Filters
from gallery.problems import invalid

_MOST = 100


def _file_type(text: str) -> str:
    kind = text.casefold()
    if kind not in TYPES:
        raise PydanticCustomError("file_type", "A type of pictures: image/jpeg, or short: {short}.", {"short": _SHORT})
    return kind


def _color(text: str) -> str:
    color = text.casefold().replace("gray", "grey")
    if color not in COLOR_NAMES and not re.fullmatch(r"#[0-9a-f]{6}", color):
        raise PydanticCustomError("color", "One of {names}, or #rrggbb.", {"names": ", ".join(COLOR_NAMES)})
    return color


def _camera(text: str) -> str:
    if not re.search(r"\w", text):
        raise PydanticCustomError("camera", "A word of a camera's maker or model.")
    return text


_SHORT = ", ".join(sorted(each for each in TYPES if "/" not in each))

Name = Annotated[str, StringConstraints(min_length=1, max_length=_MOST)]
FileType = Annotated[
    str, StringConstraints(min_length=1, max_length=_MOST), AfterValidator(_file_type), Field(examples=["image/jpeg"])
]
Color = Annotated[str, StringConstraints(min_length=1, max_length=20), AfterValidator(_color), Field(examples=["blue"])]
CameraWords = Annotated[
    str, StringConstraints(min_length=1, max_length=_MOST), AfterValidator(_camera), Field(examples=["Canon EOS 5D"])
]


def require_possible(filters: Filters) -> None:
    """Raise the 422 for filters that no picture can pass."""
    if filters.first and filters.last and filters.last < filters.first:
        raise invalid("to", "It lies before from.")
