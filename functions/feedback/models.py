"""What the API of votes takes and gives, as the contract writes it."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, RootModel, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from gallery import limits
from gallery.api.image import ImageId
from gallery.api.one_line import without_controls
from gallery.feedback.votes import normalised


def _not_blank(query: str) -> str:
    if not normalised(query):
        raise PydanticCustomError("blank", "The query is blank.")
    return query


QueryText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=limits.MAX_QUERY_LENGTH),
    AfterValidator(without_controls),
    AfterValidator(_not_blank),
]


class FeedbackEntry(BaseModel):
    """Which pictures somebody found right for a query, and which wrong; at most 100 in all."""

    model_config = ConfigDict(extra="forbid")

    query: QueryText
    positive: Annotated[list[ImageId], Field(max_length=limits.MAX_IDS)] = []
    negative: Annotated[list[ImageId], Field(max_length=limits.MAX_IDS)] = []

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> "FeedbackEntry":
        if len(self.positive) + len(self.negative) > limits.MAX_IDS:
            raise PydanticCustomError("too_many", "At most {most} ids in an entry.", {"most": limits.MAX_IDS})
        if not set(self.positive).isdisjoint(self.negative):
            raise PydanticCustomError("both", "A picture is either right or wrong for a query.")
        return self


class FeedbackRequest(BaseModel):
    """Votes on results of searches."""

    model_config = ConfigDict(extra="forbid")

    feedback: Annotated[list[FeedbackEntry], Field(min_length=1, max_length=limits.MAX_FEEDBACK_ENTRIES)]


class FeedbackAnswer(BaseModel):
    """How many entries hold at least one vote that counts, now or since an earlier time."""

    accepted: int


class PictureCount(BaseModel):
    """How many people voted so on a picture."""

    image_id: ImageId
    count: int


class DayCount(BaseModel):
    """The votes of one day (UTC)."""

    date: str
    positive: int
    negative: int


class QueryFeedback(BaseModel):
    """What people said of a query's results: up to 100 pictures each way, most voted first, and a year's days."""

    query: str
    positive: list[PictureCount]
    negative: list[PictureCount]
    first_at: str
    last_at: str
    daily: list[DayCount]


class FeedbackPage(BaseModel):
    """A part of all queries, most voted first; `next_cursor` is null at the end."""

    feedback: list[QueryFeedback]
    next_cursor: str | None


class FeedbackFile(BaseModel):
    """Where to save the file from; the address works for an hour."""

    url: str


class FeedbackFilePending(BaseModel):
    """The file is being made; ask again."""

    status: Literal["pending"] = "pending"


class Analytics(RootModel[FeedbackPage | FeedbackFile]):
    """A page of queries, or where a file of everything is."""
