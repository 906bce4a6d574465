"""What the search API gives, as the contract writes it."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from gallery.api.image import Image

Part = Annotated[float, Field(ge=0, le=1)]


class Why(BaseModel):
    """A reason: something in the picture or a word said of it, how surely it is there, and how much it matters here."""

    label: str
    probability: Part
    relevance: Part


class Result(BaseModel):
    """A picture, how well it fits the query, and what speaks for it, the weightiest first."""

    image: Image
    score: Part
    why: list[Why]


class SearchTotal(BaseModel):
    """How many pictures there are in all; where that is not exact, at least so many."""

    model_config = ConfigDict(from_attributes=True)

    count: int
    exact: bool


class SearchAnswer(BaseModel):
    """A part of the results, best first; `next_cursor` is null at their end. By filters alone a page may be short.

    `corrected` is the query as it may have been meant, where a word of it seems misspelt; that was looked for as well.
    What scores less than `floor` fits less, and hardly answers the query.
    """

    query: Annotated[str | None, Field(description="Null where filters alone were asked for")]
    corrected: Annotated[str | None, Field(examples=["elephant"])] = None
    floor: Part
    results: list[Result]
    next_cursor: str | None
    total: SearchTotal


class SimilarResult(BaseModel):
    """A picture and how similar it looks."""

    image: Image
    score: Part


class SimilarAnswer(BaseModel):
    """Pictures that look similar, the most similar first."""

    results: list[SimilarResult]
