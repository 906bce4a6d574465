"""What each concept means, in sentences that the encoder compares a query with."""

from collections.abc import Sequence

from gallery.vocabulary.classes import Concept, ImageClass
from gallery.vocabulary.lexicon import concepts


def concept_texts() -> Sequence[str]:
    """Return a text for each of `gallery.vocabulary.lexicon.concepts()`, in their order."""
    return [_text(concept) for concept in concepts()]


def _text(concept: Concept) -> str:
    words = ", ".join(concept.words)
    if not isinstance(concept, ImageClass):
        return f"{words}. {concept.gloss}"
    broader = ", ".join(step.words[0] for step in reversed(concept.path))
    return f"{words}: {broader}. {concept.gloss}"
