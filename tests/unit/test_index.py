"""The search index: in which lists a picture stands, for whom, and how high."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.collection import class_named, shown
from tests.unit.pictures import PICTURES

from gallery.aws import table
from gallery.pictures import index, rows
from gallery.pictures.model import Failure, Picture, Status, failed
from gallery.vocabulary.groups import groups
from gallery.vocabulary.words import STEMMED

AWAITING = Picture(id="0" * 26, visibility="public", created_at="2026-01-01T00:00:00.000Z", title="Rex")


def standing(picture: Picture) -> dict[str, float]:
    """The probability of everything that a picture stands for, by name."""
    names = {each.wnid: each.name for each in groups()}
    return {names[wnid]: p for wnid, p in index.standing(picture).items()}


def lists(picture: Picture) -> set[str]:
    return {pk for pk, _ in index.postings(picture)}


def test_what_several_classes_are_kinds_of_is_as_likely_as_all_of_them_together() -> None:
    found = standing(shown({"pug": 0.4, "beagle": 0.3, "tabby": 0.2}))
    assert (found["pug"], found["beagle"]) == (0.4, 0.3)
    assert found["dog"] == pytest.approx(0.7)
    assert found["domestic animal"] == pytest.approx(0.9)
    assert found["feline"] == pytest.approx(0.2)


def test_what_is_unlikely_has_no_posting_but_the_best_always_has() -> None:
    unlikely = index.LEAST / 2
    assert "teapot" not in standing(shown({"pug": 0.9, "teapot": unlikely}))
    assert standing(shown({"pug": unlikely, "teapot": unlikely / 2}))["pug"] == unlikely


def test_unlikely_kinds_of_one_thing_make_it_likely_together() -> None:
    unlikely = 0.6 * index.LEAST
    found = standing(shown({"teapot": 0.5, "pug": unlikely, "beagle": unlikely}))
    assert "pug" not in found
    assert found["dog"] == pytest.approx(2 * unlikely)


def test_owners_labels_replace_what_the_model_saw_and_are_certain_and_so_is_what_they_are_kinds_of() -> None:
    found = standing(shown("teapot", owner_labels=["pugs"]))
    assert set(found.values()) == {1.0}
    assert {"pug", "dog", "domestic animal"} <= found.keys()
    assert {"teapot", "tabby", "beagle"}.isdisjoint(found)


def test_an_owners_broader_word_stands_for_no_kind_of_it() -> None:
    found = standing(shown("teapot", owner_labels=["Dog"]))
    assert {"dog", "carnivore"} <= found.keys()
    assert "pug" not in found


def test_a_classs_own_name_means_that_class_alone() -> None:
    found = standing(shown("teapot", owner_labels=["crane"]))
    assert "crane" in found
    assert "construction crane" not in found


def test_an_owners_word_that_stands_for_nothing_is_still_a_word() -> None:
    picture = shown("pug", owner_labels=["Grandma's attic"])
    assert standing(picture) == {}
    assert index.words(picture) == {"grandmas": index.OWNERS_WORD, "grandma": STEMMED, "attic": index.OWNERS_WORD}


def test_an_owner_may_say_that_there_is_nothing() -> None:
    assert index.postings(shown("pug", owner_labels=[])) == set()


def test_words_count_by_who_used_them_and_once() -> None:
    picture = shown("pug", title="My dogs", attribution="Dog pictures by Rex")
    found = index.words(picture)
    assert {each: found[each] for each in ("my", "dogs", "pug", "pictures", "by", "rex")} == {
        "my": index.SAID, "dogs": index.SAID, "pug": index.CAPTIONED,
        "pictures": index.CREDITED, "by": index.CREDITED, "rex": index.CREDITED,
    }  # fmt: skip
    assert found.keys() - {"my", "dogs", "pug", "pictures", "by", "rex"} == {"dog", "pictur"}
    assert found["dog"] == pytest.approx(0.9 * index.SAID)
    assert found["pictur"] == pytest.approx(0.9 * index.CREDITED)


def test_the_models_caption_says_nothing_any_more_once_its_labels_are_replaced() -> None:
    assert "pug" not in index.words(shown("pug", owner_labels=["teapot"]))


def test_every_word_counts_up_to_four_hundred_in_all_spellings_and_whole_ones_come_first() -> None:
    title, attribution = " ".join(f"título{n}s" for n in range(90)), " ".join(f"ñombré{n}" for n in range(250))
    found = index.words(shown("pug", title=title, attribution=attribution))
    assert len(found) == index.MOST_WORDS == 400
    assert {f"título{n}s" for n in range(90)} | {f"ñombré{n}" for n in range(200)} | {"pug"} <= found.keys()


@pytest.mark.parametrize(
    ("said", "audiences"),
    [
        ({}, {"public"}),
        ({"owner": "anna"}, {"public"}),
        ({"owner": "anna", "visibility": "private"}, {"private", "anna"}),
        ({"visibility": "private"}, {"private"}),
    ],
)
def test_a_private_picture_is_listed_for_its_owner_and_for_admins_alone(
    said: dict[str, Any], audiences: set[str]
) -> None:
    picture = replace(shown("pug", title="Rex"), **said)
    assert {each.rpartition("#")[2] for each in lists(picture)} == audiences
    assert lists(picture) >= {f"{index.by_word('rex')}#{each}" for each in audiences}
    assert lists(picture) >= {f"{index.by_group(class_named('pug').wnid)}#{each}" for each in audiences}


def test_a_picture_that_waits_for_its_caption_is_found_by_its_words() -> None:
    assert lists(replace(AWAITING, status="pending")) == {"WORD#rex#public"}


@pytest.mark.parametrize("status", ["awaiting", "failed", "deleted"])
def test_what_is_no_picture_yet_or_any_more_stands_in_no_list(status: Status) -> None:
    assert index.postings(replace(AWAITING, status=status)) == set()
    assert index.postings(failed(AWAITING, "e", Failure("truncated", "cut off"))) == set()


@given(st.floats(0, 1.1), st.floats(0, 1.1), st.permutations(["01" + "A" * 24, "01" + "B" * 24]))
def test_keys_sort_by_score_then_by_age_and_say_both(one: float, other: float, ids: list[str]) -> None:
    first, second = index.sort_key(one, ids[0]), index.sort_key(other, ids[1])
    score, image_id = index.read_key(first)
    assert score == pytest.approx(min(one, 1), abs=1e-5)
    assert image_id == ids[0]
    if abs(min(one, 1) - min(other, 1)) > 1e-5:
        assert (first < second) == (one < other)
    assert (index.sort_key(one, ids[0]) < index.sort_key(one, ids[1])) == (ids[0] < ids[1])


@given(PICTURES)
def test_any_picture_has_a_bounded_number_of_postings_that_the_sweeper_knows_as_its(picture: Picture) -> None:
    found = index.postings(replace(picture, status="captioned"))
    assert len(found) <= 2 * (index.MOST_WORDS + 10 * 30)
    assert {rows.posting_id(table.key(*each)) for each in found} <= {picture.id}
    assert all(len(pk.encode()) <= 2048 for pk, _ in found)
