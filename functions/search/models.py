"""What the search API gives, as the contract writes it."""

from collections.abc import Mapping
from typing import Annotated, Literal

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


class Understood(BaseModel):
    """A part of the query that was taken for filters, as it was typed, and these as parameters of this call."""

    text: Annotated[str, Field(examples=["last summer"])]
    filters: Annotated[dict[str, str], Field(examples=[{"from": "2026-06-01", "to": "2026-08-31"}])]

    @classmethod
    def of(cls, text: str, filters: Mapping[str, str | bool]) -> "Understood":
        """Return a part of a query with its filters by the names of parameters."""
        named = {_PARAMETERS.get(name, name): value for name, value in filters.items()}
        return cls(text=text, filters={name: "true" if value is True else str(value) for name, value in named.items()})


_PARAMETERS = {"first": "from", "last": "to"}


class SearchTotal(BaseModel):
    """How many pictures there are in all; where that is not exact, at least so many."""

    model_config = ConfigDict(from_attributes=True)

    count: int
    exact: bool


class SearchAnswer(BaseModel):
    """A part of the results, best first; `next_cursor` is null at their end. By filters alone a page may be short.

    `corrected` is the query as it may have been meant, where a word of it seems misspelt; that was looked for as well.
    What scores less than `floor` fits less, and hardly answers the query. What of the query was `understood` as filters
    counts as words again where `as_words` has its text.
    """

    query: Annotated[str | None, Field(description="Null where filters alone were asked for")]
    corrected: Annotated[str | None, Field(examples=["elephant"])] = None
    understood: list[Understood] = []
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


class SearchSuggestion(BaseModel):
    """Something that there is: how people call it, and what the filter of that kind takes (of a month 2024-07)."""

    kind: Literal["person", "album", "label", "month", "camera"]
    text: str
    value: str


class SearchSuggestions(BaseModel):
    """What the words of a query begin to say."""

    suggestions: list[SearchSuggestion]
