"""Which fields of images a caller asks for, so that a page of a hundred carries what its reader draws and no more."""

from collections.abc import Collection, Mapping
from typing import Any

from pydantic import BaseModel

from gallery.api.image import Image, ImageSizes, ImageUrls
from gallery.problems import invalid
from images.models import ImagesAnswer

_NESTED: Mapping[str, type[BaseModel]] = {"urls": ImageUrls, "sizes": ImageSizes}
_KNOWN = {*Image.model_fields, *(f"{name}.{part}" for name, model in _NESTED.items() for part in model.model_fields)}

BESIDE = {"owner_name", "favourite", "stack"}
"""What other rows than the pictures' say."""


def fields_in(text: str | None) -> Collection[str] | None:
    """Return the fields that a text names, separated by commas, and the id; None for all.

    Those in `urls` and `sizes` may be named one by one (`urls.small`). Raises the 422 for a name that no field has.
    """
    if text is None:
        return None
    names = {name.strip() for name in text.split(",")}
    if unknown := sorted(names - _KNOWN):
        raise invalid("fields", f"No field of an image is called {unknown[0]!r}.")
    return {"id", *names}


def to_json(answer: ImagesAnswer, fields: Collection[str] | None) -> str:
    """Return an answer as JSON, its images with these fields alone."""
    if fields is None:
        return answer.model_dump_json()
    whole = {field: True for field in fields if "." not in field}
    parts: dict[str, set[str]] = {}
    for name, _, part in (field.partition(".") for field in fields if "." in field):
        parts.setdefault(name, set()).add(part)
    include: Any = {"images": {"__all__": parts | whole}, "next_cursor": True, "previous_cursor": True}
    return answer.model_dump_json(include=include)
