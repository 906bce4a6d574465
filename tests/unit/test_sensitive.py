"""What must not be guessed: the list itself, and that only what is certain of it is shown, found and counted."""

import pytest
from tests.unit.collection import class_named, found, needs_encoder, showing
from tests.unit.conftest import Api
from tests.unit.labels import counts

from gallery.api.image import present
from gallery.pictures import label_counts, rows
from gallery.vocabulary.classes import image_classes
from gallery.vocabulary.sensitive import SENSITIVE, is_sensitive
from search.relevance import relevance_of
from sweep import rules

PEOPLE = [
    "girl",
    "boy",
    "woman",
    "man",
    "baby",
    "child",
    "kid",
    "toddler",
    "teenager",
    "grandma",
    "grandpa",
    "mother",
    "father",
    "son",
    "daughter",
    "wife",
    "husband",
    "sister",
    "brother",
    "uncle",
    "aunt",
    "friend",
    "family",
    "people",
    "face",
    "portrait",
    "bride",
    "lady",
    "guy",
    "nurse",
]


def test_each_listed_class_exists_under_its_name_and_is_listed_once_for_a_reason() -> None:
    listed = [each for classes in SENSITIVE.values() for each in classes.items()]
    assert all(class_named(name).wnid == wnid for wnid, name in listed)
    assert len(dict(listed)) == len(listed)
    assert all(len(reason) > 20 and classes for reason, classes in SENSITIVE.items())


@pytest.mark.parametrize("word", ["weapon", "swimsuit", "undergarment", "primate"])
def test_every_kind_of_what_shames_is_listed(word: str) -> None:
    kinds = [each for each in image_classes() if any(word in above.words for above in each.ancestors)]
    assert kinds
    assert all(is_sensitive(each.wnid) for each in kinds)


def test_what_is_guessed_is_no_label_stands_in_no_list_and_is_stored_all_the_same(api: Api) -> None:
    picture = showing({"nipple": 0.7, "syringe": 0.16, "bubble": 0.06})
    assert [each.label for each in present(picture).labels] == ["bubble"]
    assert picture.listed_labels() == ["bubble"]
    assert counts(api) == {"bubble": 1}
    assert api("GET", "/api/images", {"label": "nipple"}).json["images"] == []
    assert found(api, "nipple") == found(api, "syringe") == []
    assert picture.reading
    assert len(picture.reading.labels) == 3


def test_what_is_certain_is_named_and_found_by_its_words_but_stands_in_no_index(api: Api) -> None:
    picture = showing({"revolver": 0.99})
    assert present(picture).caption == "A revolver"
    assert [each["id"] for each in api("GET", "/api/images", {"label": "revolver"}).json["images"]] == [picture.id]
    assert found(api, "revolver") == found(api, "weapon") == found(api, "pistol") == [picture.id]
    assert counts(api) == {}


def test_what_an_owner_writes_stands_in_the_index(api: Api) -> None:
    showing({"revolver": 0.99})
    owned = showing("teapot", owner_labels=["Revolver"])
    assert counts(api) == {"Revolver": 1}
    assert found(api, "revolver")[0] == owned.id
    wrong = label_counts.LabelCount("Revolver", 1)
    assert label_counts.reconcile(wrong) is False


def test_what_was_counted_before_it_was_listed_is_swept_from_the_index(api: Api) -> None:
    showing({"revolver": 0.99})
    label_counts.count({"revolver": "revolver"}, 1)
    assert counts(api) == {"revolver": 1}
    rules.labels(None)
    assert counts(api) == {}


@needs_encoder
@pytest.mark.parametrize("word", PEOPLE)
def test_no_word_for_people_means_what_must_not_be_guessed(word: str) -> None:
    relevance = relevance_of(word)
    assert [each.name for each in image_classes() if is_sensitive(each.wnid) and relevance.of(each.wnid)] == []


@needs_encoder
@pytest.mark.parametrize("query", ["girl", "woman", "my wife at the beach"])
def test_a_search_for_people_does_not_find_what_is_certain_but_not_meant(api: Api, query: str) -> None:
    for name in ("bikini", "miniskirt", "brassiere", "wig"):
        showing({name: 0.99})
    titled = showing({"swimming trunks": 0.99}, title=query)
    assert found(api, query) == [titled.id]
    assert rows.labels(titled) == {}
