"""Stopping by hand what costs money, and letting it go on."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from gallery.api.one_line import one_line
from gallery.captioning import pausing, spending
from gallery.captioning.pausing import LONGEST_REASON, Pause

Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_REASON), AfterValidator(one_line)
]


class PauseRequest(BaseModel):
    """Why no picture shall be looked at, in words that everybody will read."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[Reason, Field(examples=["Captioning is paused while the gallery is moved."])]


class PauseAnswer(BaseModel):
    """Why no picture is looked at, and since when; null where pictures are."""

    pause: Pause | None


def pause(request: PauseRequest) -> PauseAnswer:
    """Have pictures wait in the queue; where they do already, the first reason stays."""
    pausing.begin(request.reason)
    pausing.enforce()
    return PauseAnswer(pause=pausing.current())


def resume() -> PauseAnswer:
    """Have pictures looked at again; too many from now on stop them again."""
    spending.resume()
    pausing.enforce()
    return PauseAnswer(pause=pausing.current())
