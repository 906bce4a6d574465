"""What the lists of the index say of a picture, taken together, and how deep they are read."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gallery.pictures import index
from gallery.pictures.access import ANYONE, Caller
from search import lists
from search.lists import DEEPEST, MOST_POSTINGS, SHALLOWEST, IndexList, Question, Sought, candidates, revised

PICTURES = [f"01{letter * 24}" for letter in "ABCDEFGH"]

Standing = Mapping[str, Mapping[str, float]]
"""The score of each picture in each list, by partition."""


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, float]]:
    """Lists that a test fills."""
    standing: dict[str, dict[str, float]] = {}
    monkeypatch.setattr("gallery.aws.table.sort_keys", lambda partition, limit: keys(standing, partition)[:limit])
    return standing


def keys(standing: Standing, partition: str) -> Sequence[str]:
    found = standing.get(partition, {})
    return sorted((index.sort_key(score, image_id) for image_id, score in found.items()), reverse=True)


def scores(wanted: Sequence[IndexList], caller: Caller = ANYONE) -> dict[str, float]:
    return {each.image_id: each.score for each in candidates(asking(wanted), caller)[1]}


def asking(wanted: Sequence[IndexList]) -> Question:
    """The question that reads some lists, each of those of words for a word of its own."""
    said = [place for place, each in enumerate(wanted) if each.name.startswith("WORD#")]
    return Question(wanted, [Sought(wanted[place].weight, [(1, [place])]) for place in said])


DOGS = IndexList("CLASS#dogs", 0.6, frozenset(range(100)))
PUGS = IndexList("CLASS#pugs", 0.4, frozenset([7]))
CATS = IndexList("CLASS#cats", -0.5, frozenset([200]))
REX = IndexList("WORD#rex", 0.5)
BIG = IndexList("WORD#big", 0.5)
ONE, TWO, THREE, *_ = PICTURES


def test_classes_add_up_and_words_add_up_and_both_are_as_likely_as_that_not_both_err(
    table: dict[str, dict[str, float]],
) -> None:
    table["CLASS#dogs#public"] = {ONE: 0.5, TWO: 0.9}
    table["CLASS#pugs#public"] = {ONE: 0.5}
    table["WORD#rex#public"] = {ONE: 0.8, THREE: 0.8}
    table["WORD#big#public"] = {THREE: 0.4}
    found = scores([DOGS, PUGS, REX, BIG])
    assert found == {ONE: pytest.approx(1 - 0.5 * 0.6), THREE: pytest.approx(0.6), TWO: pytest.approx(0.54)}
    assert list(found) == [ONE, THREE, TWO]


def test_what_counts_against_a_picture_takes_it_out_at_the_most(table: dict[str, dict[str, float]]) -> None:
    table["CLASS#dogs#public"] = {ONE: 0.5, TWO: 0.5}
    table["CLASS#cats#public"] = {ONE: 0.9, TWO: 0.2, THREE: 0.9}
    assert scores([DOGS, CATS]) == {TWO: pytest.approx(0.2)}


def test_who_is_read_in_a_narrow_list_counts_in_the_broader_one_whose_read_end_it_is_behind(
    table: dict[str, dict[str, float]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "DEEPEST", 2)
    table["CLASS#dogs#public"] = {ONE: 1, TWO: 0.99, THREE: 0.98}
    table["CLASS#pugs#public"] = {THREE: 0.97}
    _, (best, *_) = candidates(asking([DOGS, PUGS]), ANYONE)
    assert best.image_id == THREE
    assert best.score == pytest.approx(0.97)
    assert [partition for _, _, (partition, _) in best.hits] == ["CLASS#pugs#public"]


def test_everybody_reads_what_is_public_and_their_own_and_admins_read_all(table: dict[str, dict[str, float]]) -> None:
    table["CLASS#pugs#public"], table["CLASS#pugs#anna"] = {ONE: 1}, {TWO: 1}
    table["CLASS#pugs#private"] = {TWO: 1, THREE: 1}
    assert set(scores([PUGS])) == set(scores([PUGS], Caller("eve"))) == {ONE}
    assert set(scores([PUGS], Caller("anna"))) == {ONE, TWO}
    assert set(scores([PUGS], Caller("root", admin=True))) == {ONE, TWO, THREE}


def test_a_candidate_is_judged_anew_by_the_postings_it_still_has(table: dict[str, dict[str, float]]) -> None:
    table["CLASS#dogs#public"], table["WORD#rex#public"] = {ONE: 0.5}, {ONE: 1}
    wanted, (candidate,) = candidates(asking([DOGS, REX]), ANYONE)
    postings = {posting for _, _, posting in candidate.hits}
    assert revised(candidate, wanted, postings) == candidate
    without_rex = {each for each in postings if not each[0].startswith("WORD#rex")}
    assert revised(candidate, wanted, without_rex).score == pytest.approx(0.3)
    assert revised(candidate, wanted, set()).score == 0


WANTED = st.lists(st.floats(-1, 1).filter(lambda weight: abs(weight) > 0.001), min_size=1, max_size=32)


@given(WANTED)
def test_lists_are_read_as_deep_as_they_count_within_the_bounds(weights: Sequence[float]) -> None:
    depths = lists._depths([IndexList(f"CLASS#{n}", weight) for n, weight in enumerate(weights)])
    assert sum(depths) <= MOST_POSTINGS
    assert all(SHALLOWEST <= each <= DEEPEST for each in depths)
    by_weight = sorted(zip(map(abs, weights), depths, strict=True))
    assert [depth for _, depth in by_weight] == sorted(depths)


STANDING = st.dictionaries(
    st.sampled_from(
        ["CLASS#dogs#public", "CLASS#pugs#public", "CLASS#cats#public", "WORD#rex#public", "WORD#big#public"]
    ),
    st.dictionaries(st.sampled_from(PICTURES), st.integers(0, 100).map(lambda p: p / 100), max_size=8),
)


@given(STANDING)
def test_candidates_are_in_order_once_each_and_between_not_at_all_and_fully(standing: Standing) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gallery.aws.table.sort_keys", lambda partition, limit: keys(standing, partition)[:limit])
        _, found = candidates(asking([DOGS, PUGS, CATS, REX, BIG]), ANYONE)
    order = [(each.score, each.image_id) for each in found]
    assert order == sorted(order, reverse=True)
    assert len({each.image_id for each in found}) == len(found)
    assert all(0 < each.score <= 1 for each in found)
