"""Concepts of WordNet by their first word."""

from gallery.vocabulary.classes import Concept
from gallery.vocabulary.lexicon import concepts_named


def concept(word: str) -> Concept:
    """The concept that a word is the first word for."""
    return next(each for each in concepts_named(tuple(word.split())) if each.words[0] == word)
