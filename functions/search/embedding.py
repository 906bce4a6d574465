"""Making vectors of what was written of pictures: what a posting lacks is read off its picture as it is now."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from gallery.aws import table
from gallery.aws.table import Conflict
from gallery.pictures import catalogue, rows, sentences, vectors
from gallery.pictures.model import Picture
from gallery.settings import settings
from search.encoder import Encoder, encoder

_RESERVE_MS = 2000
"""Time that a picture must have left to be begun."""


def embed(image_ids: Sequence[str], deadline_ms: Callable[[], int]) -> dict[str, int]:
    """Give the sentences of some pictures their vectors; return how many pictures and sentences were done.

    A picture that isn't reached in time, or whose change isn't written yet, keeps its note. Without an encoder nothing
    is done.
    """
    model, done = encoder(), {"pictures": 0, "sentences": 0}
    if model is None:
        return done
    notes = {note["sk"]: note for note in vectors.notes(image_ids)}
    pictures = {picture.id: picture for picture in catalogue.find_all(list(notes))}
    for image_id, note in notes.items():
        if deadline_ms() < _RESERVE_MS:
            break
        picture = pictures.get(image_id)
        done["sentences"] += _fill(picture, model) if picture else 0
        if _is_settled(note, picture):
            vectors.forget_note(image_id, note["version"])
            done["pictures"] += 1
    return done


def _fill(picture: Picture, model: Encoder) -> int:
    """Fill in the vectors that a picture's sentences lack; return how many."""
    postings = vectors.of_sentences(rows.postings(picture))
    lacking = [(row["pk"], row["sk"]) for row in vectors.held(postings) if vectors.AUDIENCE not in row]
    for posting in lacking:
        text = sentences.text_at(picture, posting[1])
        if text:
            with suppress(Conflict):  # changed meanwhile, and noted again
                vectors.fill(posting, vectors.content(posting, model.encode(text).tolist(), text=text))
    return len(lacking)


def _is_settled(note: table.Row, picture: Picture | None) -> bool:
    """Tell whether a note has come to its end: the version that it is about is there, or will never be."""
    if picture and picture.version >= note["version"]:
        return True
    return bool(note["noted_at"] < time.time() - settings().stuck_seconds)
