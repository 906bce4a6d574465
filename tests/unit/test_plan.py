"""Which lists a query reads: few, and those whose sum is nearest to what the query is about."""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.collection import class_named
from tests.unit.vocabulary import concept

from gallery.vocabulary.classes import image_classes
from gallery.vocabulary.groups import Group, group_of, groups
from search import plan as planning
from search.meaning import Values
from search.plan import MOST_LISTS, plan

PARTS = st.dictionaries(st.sampled_from(groups()), st.floats(0, 1), min_size=1, max_size=60)
"""Groups of classes and how relevant they are."""


def relevance(parts: Mapping[Group, float]) -> Values:
    """The relevance of each class if a query is about some groups: that of its most relevant group."""
    values: Values = np.zeros(len(image_classes()), np.float32)
    for group, weight in parts.items():
        rows = list(group.members)
        values[rows] = np.maximum(values[rows], np.float32(weight))
    return values


def summed(weights: Mapping[Group, float]) -> Values:
    """What the lists of a plan say of each class, all added up."""
    values: Values = np.zeros(len(image_classes()), np.float32)
    for group, weight in weights.items():
        values[list(group.members)] += np.float32(weight)
    return values


def squared_error(wanted: Values, weights: Mapping[Group, float]) -> float:
    return float(((wanted - summed(weights)) ** 2).sum())


@pytest.mark.parametrize("word", ["dog", "bird", "musical instrument", "vehicle", "fruit"])
def test_a_broad_thing_is_a_single_list(word: str) -> None:
    group = group_of(concept(word))
    assert group
    assert plan(relevance({group: 1})) == {group: pytest.approx(1)}


def test_a_class_is_a_single_list() -> None:
    pug = groups()[class_named("pug").index]
    assert plan(relevance({pug: 0.4})) == {pug: pytest.approx(0.4)}


def test_two_things_are_two_lists() -> None:
    dogs, boats = group_of(concept("dog")), group_of(concept("boat"))
    assert dogs
    assert boats
    assert plan(relevance({dogs: 1, boats: 0.5})) == {dogs: pytest.approx(1), boats: pytest.approx(0.5)}


def test_a_kind_that_matters_less_than_the_rest_is_taken_off_again() -> None:
    dogs, pug = group_of(concept("dog")), class_named("pug").index
    assert dogs
    values = relevance({dogs: 1})
    values[pug] = 0
    found = plan(values)
    assert set(found) == {dogs, groups()[pug]}
    assert found[groups()[pug]] < -0.9


def test_a_query_about_nothing_reads_nothing() -> None:
    assert plan(relevance({})) == {}


@given(PARTS)
def test_a_plan_is_bounded_and_says_most_of_what_it_stands_for(parts: Mapping[Group, float]) -> None:
    wanted = relevance(parts)
    found = plan(wanted)
    assert len(found) <= MOST_LISTS
    assert squared_error(wanted, found) <= float((wanted**2).sum()) + 1e-4
    assert not found or max(found.values()) > 0


@given(parts=PARTS)
def test_more_lists_never_say_less(parts: Mapping[Group, float]) -> None:
    wanted = relevance(parts)
    with pytest.MonkeyPatch.context() as patch:
        errors = []
        for most in (1, 2, 4, 8, 16, 24, 48):
            patch.setattr(planning, "MOST_LISTS", most)
            errors.append(squared_error(wanted, plan(wanted)))
    assert all(more <= fewer + 1e-4 for fewer, more in pairwise(errors))


def test_noise_of_all_classes_still_reads_few_lists() -> None:
    noise = np.random.default_rng(1).random(len(image_classes()), np.float32)
    assert 0 < len(plan(noise)) <= MOST_LISTS
