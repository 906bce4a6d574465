"""What a picture was taken with, and how."""

from caption.metadata.tags import Tags
from gallery.pictures.metadata import Camera

_FIRED = 1
"""The bit of Flash that says so."""
_ISO = ("ISOSpeedRatings", "RecommendedExposureIndex", "ISOSpeed")
_SHORTEST, _LONGEST = 1e-9, 1e6
"""Seconds of an exposure; what is shorter could not even be stored."""
_BEYOND_SHORT = 65535
"""What ISOSpeedRatings, a short, says where the sensitivity is larger; then the others say it."""


def camera(tags: Tags) -> Camera | None:
    """Return what tags say of the camera; None where they say nothing, or nothing that makes sense."""
    make, model = tags.text("Make"), tags.text("Model")
    known = Camera(
        make=make,
        model=_without_make(model, make),
        lens=tags.text("LensModel") or tags.text("Lens"),
        exposure_s=_exposure(tags),
        f_number=_rounded(tags.number("FNumber") or _power(tags.number("ApertureValue"), 0.5), 2, 1000),
        iso=_iso(tags),
        focal_length_mm=_rounded(tags.number("FocalLength"), 2, 100_000),
        focal_length_35mm=_rounded(tags.number("FocalLengthIn35mmFilm"), 2, 100_000),
        flash=_flash(tags),
    )
    return None if known == Camera() else known


def _without_make(model: str | None, make: str | None) -> str | None:
    """Return a model without the maker's name before it, unless it is called nothing else."""
    names = {word.casefold() for word in (make or "").split()}
    words = (model or "").split()
    while len(words) > 1 and words[0].casefold() in names:
        words.pop(0)
    return " ".join(words) or None


def _exposure(tags: Tags) -> float | None:
    seconds = tags.number("ExposureTime") or _power(tags.number("ShutterSpeedValue"), -1)
    return None if seconds is None or not _SHORTEST <= seconds <= _LONGEST else float(f"{seconds:.6g}")


def _power(value: float | None, by: float) -> float | None:
    """Return what an APEX value stands for, of which each step doubles the light; 0 is written where it is unknown."""
    return 2 ** (by * value) if value and abs(value) < 40 else None


def _iso(tags: Tags) -> int | None:
    numbers = [tags.number(name) for name in _ISO]
    whole = [round(number) for number in numbers if number is not None and 0 < number < 10_000_000]
    return next((number for number in whole if number != _BEYOND_SHORT), None)


def _rounded(value: float | None, places: int, most: float) -> float | None:
    """Return a length or ratio; 0 stands for what a camera does not know, such as a lens without contacts."""
    if value is None or not 0 < value <= most:
        return None
    return round(value, places) or None


def _flash(tags: Tags) -> bool | None:
    number = tags.number("Flash")
    return None if number is None else bool(int(number) & _FIRED)
