"""Postings that hold a vector: for the table's vector index, or to be compared by whoever reads the list.

| Attribute | What |
|---|---|
| `vector` | a list of numbers, as the index wants it; it has length one, so that the product of two is their cosine |
| `audience` | the posting's own partition: the index's HASH part, without which a row is in no index |
| `text` | of a sentence, the text that the vector is of |

A change of a picture enters such a posting with all its others, moves the vector along to another audience, and notes
pictures that lack one in `EMBEDDINGS`, before the row that shows them is written. The function `embed` has the encoder,
and fills in what is missing some time after; it is called at once, and again by the sweeper as long as a note is left.
"""

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from gallery.aws import table
from gallery.aws.calls import call
from gallery.pictures import sentences
from gallery.pictures.model import Picture
from gallery.settings import settings

Posting = tuple[str, str]

INDEX, VECTOR, AUDIENCE = "vectors", "vector", "audience"
"""Names of the table's vector index, of the attribute it is of, and of its HASH part."""

DIMENSIONS = 384
"""Of every vector: one index, since CloudFormation makes one at a time in a table that is there."""

_EMBEDDINGS = "EMBEDDINGS"
_DIGITS = 5
"""Significant digits of a number that are kept: more than a byte has."""


def of_sentences(postings: Iterable[Posting]) -> set[Posting]:
    """Return those of some postings that are of sentences."""
    return {posting for posting in postings if posting[0].startswith(sentences.PARTITION)}


def content(posting: Posting, vector: Sequence[float], **shown: str) -> table.Row:
    """Return what a vector adds to its posting."""
    return {VECTOR: [float(f"{value:.{_DIGITS}g}") for value in vector], AUDIENCE: posting[0], **shown}


def moved(before: Collection[Posting], after: Collection[Posting]) -> Mapping[Posting, table.Row]:
    """Return what sentences hold that move to another audience, by their new postings, where they have a vector."""
    former = {sk: pk for pk, sk in of_sentences(before)}
    moving = [(pk, sk) for pk, sk in of_sentences(after) if former.get(sk, pk) != pk]
    rows = table.read((table.key(former[sk], sk) for _, sk in moving), ConsistentRead=True) if moving else ()
    held = {row["sk"]: row for row in rows if VECTOR in row}
    return {
        posting: {VECTOR: held[posting[1]][VECTOR], AUDIENCE: posting[0], "text": held[posting[1]]["text"]}
        for posting in moving
        if posting[1] in held
    }


def held(postings: Iterable[Posting]) -> list[table.Row]:
    """Return the rows that there are of some postings, of which one without `audience` lacks its vector."""
    keys = [table.key(*posting) for posting in postings]
    return list(table.read(keys, ConsistentRead=True, ProjectionExpression=f"pk, sk, {AUDIENCE}"))


def note(picture: Picture) -> None:
    """Note that a version of a picture has sentences without vectors."""
    table.put_all([{**note_key(picture.id), "version": picture.version, "noted_at": int(time.time())}])


def note_key(image_id: str) -> table.Row:
    """Return the key of the note that a picture lacks a vector."""
    return table.key(_EMBEDDINGS, image_id)


def noted(limit: int) -> list[str]:
    """Return some of the pictures that may lack a vector."""
    return table.sort_keys(_EMBEDDINGS, limit)


def notes(image_ids: Iterable[str]) -> list[table.Row]:
    """Return the notes that there are of some pictures."""
    return list(table.read(map(note_key, image_ids), ConsistentRead=True))


def request(image_ids: Collection[str]) -> None:
    """Have vectors made some time soon of what pictures lack; nothing where the function is not known."""
    if settings().embed_function and image_ids:
        call(settings().embed_function, {"ids": list(image_ids)})


def fill(posting: Posting, held: table.Row) -> None:
    """Give a posting its vector; raises table.Conflict where it was removed meanwhile."""
    names = {f"#{name}": name for name in held}
    values: dict[str, Any] = {f":{name}": value for name, value in held.items()}
    table.update(
        table.key(*posting),
        ConditionExpression="attribute_exists(pk)",
        UpdateExpression=f"SET {', '.join(f'#{name} = :{name}' for name in held)}",
        ExpressionAttributeNames=names,
        ExpressionAttributeValues=values,
    )


def forget_note(image_id: str, version: int) -> None:
    """Remove the note about a picture of which nothing is missing up to a version."""
    table.remove(
        note_key(image_id),
        ConditionExpression="attribute_not_exists(pk) OR version <= :version",
        ExpressionAttributeValues={":version": version},
    )
