"""Sentences: what people and a language model wrote of a picture, compared with queries by what it means.

Each stands in a list of its audience: everybody's, or its owner's for a private picture. Its posting names the picture
and the text by a digest, so that a text that changes is another posting, and the vector of a former text finds nothing.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping

from gallery.pictures.index import PRIVATE, PUBLIC
from gallery.pictures.model import Picture

VERSION = 1
"""Of the way in which texts become vectors: another encoder, or other texts, raise it."""

PARTITION = "SENTENCES#"
"""How the partitions begin."""

MOST = 8
"""Texts of a picture at most; of a description the first ones."""

LONGEST = 300
"""Characters of a text that count: the encoder reads some 60 pieces of words."""

_END = re.compile(r"(?<=[.!?。！？])\s+|\n+")  # noqa: RUF001 - full stops of other scripts


def postings(picture: Picture) -> set[tuple[str, str]]:
    """Return the (pk, sk) of every text of a picture in the list of its audience; one in the trash has none."""
    audience = PUBLIC if picture.visibility == "public" else picture.owner or PRIVATE
    return {(by_audience(audience), f"{picture.id}#{digest}#{picture.id}") for digest in texts(picture)}


def by_audience(audience: str) -> str:
    """Return the partition of public pictures' sentences, or of those of one owner's private pictures."""
    return f"{PARTITION}{audience}"


def text_at(picture: Picture, sk: str) -> str | None:
    """Return the text that a posting is about; None where its picture says that no more."""
    _, _, rest = sk.partition("#")
    return texts(picture).get(rest.partition("#")[0])


def texts(picture: Picture) -> Mapping[str, str]:
    """Return the texts of a picture that have a meaning of their own, by their digests."""
    if picture.status not in {"captioned", "pending"} or picture.trashed_at:
        return {}
    cut = (" ".join(text.split())[:LONGEST] for text in _written(picture))
    return {_digest(text): text for text in list(dict.fromkeys(filter(None, cut)))[:MOST]}


def _written(picture: Picture) -> Iterator[str]:
    yield picture.title or ""
    if picture.owner_labels:
        yield ", ".join(picture.owner_labels)
    elif picture.description is not None and picture.is_described and not picture.caption_hidden:
        yield picture.description.text
    yield from _END.split(picture.owner_description or "")


def _digest(text: str) -> str:
    return hashlib.sha256(f"{VERSION} {text}".encode()).hexdigest()[:16]
