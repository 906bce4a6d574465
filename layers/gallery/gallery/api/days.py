"""Days of the place where pictures were taken, as requests name them."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise PydanticCustomError("day", "No calendar has that day.") from error


Day = Annotated[
    str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d$"), AfterValidator(_day), Field(examples=["2024-07-14"])
]
"""A day of the place."""
