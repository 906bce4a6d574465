"""What was written of pictures, found by what it means: the same by the table's vector index and by lists."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.engines.running import running_engine
from tests.unit.collection import found, needs_encoder, results, showing
from tests.unit.conftest import Api, Gallery, forget_clients
from tests.unit.faults import each_death, empty, failing, killed_before_write, some_deaths
from tests.unit.identity import Pool
from tests.unit.sweeps import plenty

from gallery.aws import calls, table
from gallery.lifecycle.removal import soft_delete
from gallery.lifecycle.revision import hide
from gallery.lifecycle.trash import put_into_trash
from gallery.pictures import catalogue, rows, sentences, vectors
from gallery.pictures.model import Description, Failure, Picture, failed
from search import nearest
from search.embedding import embed
from search.encoder import encoder
from search.written import in_order, sentence_score
from sweep.sweeping import look, sweep

pytestmark = needs_encoder


@pytest.fixture(scope="module", params=["lists", "index"])
def engine(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """Moto, which has no vector index, and the emulator, which has."""
    if request.param == "lists":
        yield None
        return
    if os.environ.get("TABLE_ENGINE") == "dynalite":
        pytest.skip("it brings an engine of its own")
    with running_engine("ministack") as endpoint:
        yield endpoint


@pytest.fixture(autouse=True)
def vector_index(environment: pytest.MonkeyPatch, engine: str | None) -> None:
    environment.setenv("VECTOR_INDEX", str(engine is not None).lower())
    environment.setitem(nearest._resting, "until", 0.0)


def written(owner: str | None = None, **said: Any) -> Picture:  # noqa: ANN401 - any field of a picture
    """Put a picture into the gallery that shows nothing of what is written of it, with the vectors of that."""
    picture = showing("volcano", owner=owner, **said)
    embed([picture.id], plenty)
    return picture


def kept(gallery: Gallery) -> dict[tuple[str, str], dict[str, Any]]:
    """The postings of sentences, by their keys."""
    return {(row["pk"], row["sk"]): row for row in gallery.rows() if row["pk"].startswith(sentences.PARTITION)}


def texts(gallery: Gallery) -> dict[str, set[str]]:
    """What is compared with queries, by its audience."""
    there = [row for row in kept(gallery).values() if "vector" in row]
    return {row["audience"]: {each["text"] for each in there if each["audience"] == row["audience"]} for row in there}


# What is found


@pytest.mark.parametrize("field", ["title", "owner_description"])
def test_sentences_with_the_same_words_are_told_apart_by_their_relation(api: Api, field: str) -> None:
    flying = written(**{field: "Flying a kite on the meadow"})
    shelf = written(**{field: "Kites on the shelf, none of them flying"})
    for query, first, second in (("flying a kite", flying, shelf), ("kites on the shelf", shelf, flying)):
        assert found(api, query)[:2] == [first.id, second.id]


def test_a_sentence_is_found_by_its_meaning_without_any_of_its_words(api: Api) -> None:
    nap = written(title="Our kitten dozing by the stove")
    written(title="The tax office on a Monday")
    best, *_ = results(api, "a sleeping cat")
    assert best["image"]["id"] == nap.id
    assert "Our kitten dozing by the stove" in {reason["label"] for reason in best["why"]}


def test_each_sentence_of_a_description_counts_for_itself(api: Api) -> None:
    long = written(owner_description="We had rain all week. The boys were building a raft. Then the car broke down.")
    written(owner_description="A raft. Boys of all ages. A building.")
    assert found(api, "boys building a raft")[0] == long.id


def test_a_language_models_sentence_counts_unless_its_picture_hides_it(api: Api, gallery: Gallery) -> None:
    picture = showing("volcano", owner="anna")
    assert picture.content
    described = replace(picture, description=Description("m", "A dog chasing a cat", picture.content.etag, "t"))
    picture = catalogue.change(picture, described)
    embed([picture.id], plenty)
    assert found(api, "a dog chasing a cat")[0] == picture.id
    catalogue.change(picture, replace(picture, caption_hidden=True))
    assert kept(gallery) == {}
    assert picture.id not in found(api, "a dog chasing a cat")


def test_an_owners_labels_are_a_sentence(gallery: Gallery) -> None:
    written(owner_labels=("birthday", "grandma"))
    assert texts(gallery) == {"SENTENCES#public": {"birthday, grandma"}}


def test_what_nobody_knows_finds_nothing_that_was_written(api: Api) -> None:
    written(title="Flying a kite on the meadow")
    assert found(api, "xyzzyq") == []


def test_pages_of_what_was_written_go_on_where_they_end(api: Api) -> None:
    ids = {written(title=f"A cat asleep on chair {number}").id for number in range(5)}
    listed: list[str] = []
    cursor: str | None = None
    while cursor or not listed:
        query = {"query": "a cat sleeping on a chair", "limit": "2", **({"cursor": cursor} if cursor else {})}
        answer = api("GET", "/api/search", query).json
        listed += [each["image"]["id"] for each in answer["results"]]
        cursor = answer["next_cursor"]
    assert sorted(listed) == sorted(ids)


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("flying a kite", "Flying a kite", 1 / 2**0.5),
        ("kites", "kites on the shelf", None),
        ("the", "the", None),
        ("red kite", "A red kite", 1),
        ("red kite", "A kite, red", 0),
        ("old red kite", "An old and red kite", (1 / 2**0.5 + 1) / 2),
        ("red kite", "", 0),
    ],
)
def test_words_in_the_same_order_count_the_more_the_closer_they_are(
    query: str, text: str, expected: float | None
) -> None:
    assert in_order(query, text) == (None if expected is None else pytest.approx(expected))


RELATIONS = Path(__file__).parents[1] / "benchmarks" / "relations.json"


def test_of_forty_pairs_with_the_same_words_nine_in_ten_are_in_the_right_order() -> None:
    model, pairs = encoder(), json.loads(RELATIONS.read_text())
    assert model

    def score(query: str, text: str) -> float:
        return sentence_score(query, float(model.encode(query) @ model.encode(text)), text)

    right = [pair for pair in pairs if score(pair["query"], pair["fits"]) > score(pair["query"], pair["other"])]
    assert len(pairs) == 40
    assert len(right) >= 0.9 * len(pairs)


# Who finds it


def test_what_is_private_is_found_by_its_owner_alone(api: Api, pool: Pool, gallery: Gallery) -> None:
    secret = written("anna", title="Our kitten dozing by the stove", visibility="private")
    anna, eve, root = pool.bearer("anna"), pool.bearer("eve"), pool.bearer("root", groups=["admin"])
    asked = {str(headers): found(api, "a sleeping cat", headers) for headers in (None, anna, eve, root)}
    assert asked == {str(None): [], str(anna): [secret.id], str(eve): [], str(root): []}
    assert texts(gallery) == {"SENTENCES#anna": {"Our kitten dozing by the stove"}}


def as_it_is(picture: Picture) -> Picture:
    """A picture after what the gallery has done with it."""
    current = catalogue.find(picture.id)
    assert current
    return current


STATES: dict[str, tuple[Callable[[Picture], object], set[str]]] = {
    "public": (lambda _: None, {"nobody", "anna", "eve", "root"}),
    "private": (lambda picture: catalogue.change(picture, replace(picture, visibility="private")), {"anna"}),
    "hidden by an admin": (lambda picture: hide(lambda: as_it_is(picture)), {"anna"}),
    "archived": (
        lambda picture: catalogue.change(picture, replace(picture, archived=True)), {"nobody", "anna", "eve", "root"}
    ),
    "in the trash": (put_into_trash, set()),
    "deleted": (soft_delete, set()),
    "failed": (
        lambda picture: catalogue.change(picture, failed(picture, "e", Failure("truncated", "cut off"))), set()
    ),
}  # fmt: skip
"""What is done with a public picture of Anna's → who finds it then by the meaning of its title."""


@pytest.mark.parametrize("state", STATES)
def test_who_finds_what_was_written_of_a_picture(api: Api, pool: Pool, state: str) -> None:
    picture = written("anna", title="Our kitten dozing by the stove")
    act, finders = STATES[state]
    act(picture)
    embed(vectors.noted(10), plenty)
    callers = {"nobody": None, "anna": pool.bearer("anna"), "eve": pool.bearer("eve")}
    callers["root"] = pool.bearer("root", groups=["admin"])
    assert {name for name, headers in callers.items() if picture.id in found(api, "a sleeping cat", headers)} == finders


def test_a_vector_that_says_what_its_picture_says_no_more_finds_nothing(api: Api, gallery: Gallery) -> None:
    picture = written("anna", title="Our kitten dozing by the stove")
    former = kept(gallery)
    catalogue.change(picture, replace(picture, title="The tax office", visibility="private"))
    table.put_all(former.values())
    assert found(api, "a sleeping cat") == []


@pytest.mark.parametrize("visibility", ["public", "private"])
def test_a_change_of_visibility_moves_vectors_along_and_makes_none_anew(
    api: Api, pool: Pool, gallery: Gallery, visibility: str
) -> None:
    picture = written("anna", title="Our kitten dozing by the stove", visibility=visibility)
    other = "private" if visibility == "public" else "public"
    headers = {**pool.bearer("anna"), "if-match": "*"}
    assert api("PATCH", f"/api/images/{picture.id}", body={"visibility": other}, headers=headers).status == 200
    assert vectors.noted(10) == []
    assert set(texts(gallery)) == {"SENTENCES#anna" if other == "private" else "SENTENCES#public"}
    assert found(api, "a sleeping cat", pool.bearer("anna")) == [picture.id]
    assert found(api, "a sleeping cat") == ([] if other == "private" else [picture.id])


@pytest.mark.parametrize("leave", [put_into_trash, soft_delete])
def test_nothing_is_left_of_what_is_deleted_or_in_the_trash(api: Api, gallery: Gallery, leave: Any) -> None:  # noqa: ANN401
    picture = written("anna", title="Our kitten dozing by the stove")
    leave(picture)
    assert kept(gallery) == {}
    assert found(api, "a sleeping cat") == []


# Events twice, late, killed in between


@pytest.mark.usefixtures("gallery")
def test_a_vector_is_asked_for_when_a_text_is_new_and_not_when_anything_else_is(
    environment: pytest.MonkeyPatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.setenv("EMBED_FUNCTION", "embed")
    forget_clients()
    asked: list[Any] = []
    monkeypatch.setattr(vectors, "call", lambda _, event: asked.append(event))
    picture = written("anna", title="Our kitten")
    assert asked == [{"ids": [picture.id]}]
    picture = catalogue.change(picture, replace(picture, favourite_at="2026-01-01T00:00:00.000Z"))
    picture = catalogue.change(picture, replace(picture, visibility="private"))
    assert len(asked) == 1
    picture = catalogue.change(picture, replace(picture, title="Their dog"))
    assert len(asked) == 2
    assert vectors.noted(10) == [picture.id]


@pytest.mark.usefixtures("gallery")
def test_whoever_is_not_reached_is_asked_again_by_the_sweeper(
    environment: pytest.MonkeyPatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.setenv("EMBED_FUNCTION", "embed")
    forget_clients()
    picture = showing("volcano", owner="anna")
    with failing(calls.client(), "Invoke", 99, 500, "ServiceException"):
        picture = catalogue.change(picture, replace(picture, title="Our kitten"))
    asked: list[Any] = []
    monkeypatch.setattr(vectors, "call", lambda _, event: asked.append(event))
    assert look()["embedded"] == 1
    assert asked == [{"ids": [picture.id]}]
    embed(asked[0]["ids"], plenty)
    assert look()["embedded"] == 0


def test_making_a_vector_twice_changes_nothing(gallery: Gallery) -> None:
    picture = showing("volcano", title="Our kitten")
    assert embed([picture.id], plenty) == {"pictures": 1, "sentences": 1}
    before = gallery.rows()
    assert embed([picture.id], plenty) == {"pictures": 0, "sentences": 0}
    assert gallery.rows() == before


@pytest.mark.usefixtures("gallery")
def test_a_note_of_a_change_that_is_not_written_yet_is_kept_until_nobody_can_be_at_work_on_it(
    environment: pytest.MonkeyPatch,
    later: Any,  # noqa: ANN401 - lets time pass
) -> None:
    environment.setenv("STUCK_SECONDS", "900")
    forget_clients()
    picture = showing("volcano", title="Our kitten")
    vectors.note(replace(picture, version=picture.version + 1))
    assert embed([picture.id], plenty) == {"pictures": 0, "sentences": 1}
    assert vectors.noted(10) == [picture.id]
    later(1000)
    embed([picture.id], plenty)
    assert vectors.noted(10) == []


@some_deaths
@pytest.mark.fault(
    "a change of what is written is killed before any of its writes", "its vectors are those of its texts"
)
def test_a_change_killed_anywhere_leaves_vectors_of_what_is_written(api: Api, gallery: Gallery, stride: int) -> None:
    for death in each_death(stride):
        empty("gallery-test-media", "gallery-test")
        picture = written("anna", title="Our kitten dozing by the stove", owner_description="At home")
        with killed_before_write(death) as deaths:
            catalogue.change(picture, replace(picture, title="Flying a kite", visibility="private"))
        embed(vectors.noted(10), plenty)
        now = catalogue.find(picture.id)
        assert now
        assert vectors.of_sentences(rows.postings(now)) <= {
            key for key, row in kept(gallery).items() if "vector" in row
        }
        assert found(api, "a sleeping cat") == [picture.id] * (now.title != "Flying a kite")
        sweep(plenty, everything=True)
        assert vectors.of_sentences(rows.postings(now)) == set(kept(gallery))
        if len(deaths.writes) <= death:
            break
    assert death >= 4


@pytest.mark.fault("making a vector is killed before any of its writes", "the next call makes it")
def test_making_vectors_killed_anywhere_is_done_by_the_next_call(gallery: Gallery) -> None:
    for death in each_death():
        empty("gallery-test-media", "gallery-test")
        picture = showing("volcano", title="Our kitten", owner_description="At home")
        with killed_before_write(death) as deaths:
            embed([picture.id], plenty)
        embed(vectors.noted(10), plenty)
        assert vectors.noted(10) == []
        assert texts(gallery) == {"SENTENCES#public": {"Our kitten", "At home"}}
        if len(deaths.writes) <= death:
            break
    assert death >= 2


def test_pictures_of_before_are_entered_by_the_sweeper_once(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = showing("volcano", title="Our kitten"), written(title="Flying a kite")
    posted = [key for key in kept(gallery) if rows.id_in(key[1]) == old.id]
    table.delete_all([table.key(*posted[0]), vectors.note_key(old.id)])
    before = kept(gallery)
    asked: list[str] = []
    monkeypatch.setattr(vectors, "request", asked.extend)
    sweep(plenty)
    assert asked == [old.id]
    embed(asked, plenty)
    assert kept(gallery).items() >= before.items()
    assert texts(gallery) == {"SENTENCES#public": {"Our kitten", "Flying a kite"}}
    sweep(plenty)
    assert asked == [old.id]
    assert new.id != old.id


# An index that is not there yet


def test_while_an_index_is_filled_lists_are_read(api: Api, engine: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if engine is None:
        pytest.skip("there is no index")
    nap = written(title="Our kitten dozing by the stove")
    monkeypatch.setattr(nearest, "INDEX", "another")
    assert found(api, "a sleeping cat") == [nap.id]
    monkeypatch.setattr(nearest, "_by_index", lambda *_: pytest.fail("it rests"))
    assert found(api, "a sleeping cat") == [nap.id]


@pytest.mark.usefixtures("gallery")
def test_the_nearest_come_first_and_at_most_a_hundred() -> None:
    angles: Sequence[float] = [0.3, 0.1, 0.2]
    plane = [np.array([np.cos(a), np.sin(a), *[0] * (vectors.DIMENSIONS - 2)], np.float32) for a in angles]
    postings = [("SENTENCES#public", f"{number}#x#{number}") for number in range(3)]
    table.put_all(
        {**rows.posting_row(posting, 1, 0), **vectors.content(posting, one.tolist(), text="x")}
        for posting, one in zip(postings, plane, strict=True)
    )
    east = np.array([1, *[0] * (vectors.DIMENSIONS - 1)], np.float32)
    near = nearest.nearest(east, "SENTENCES#public")
    assert [one.image_id for one in near] == ["1", "2", "0"]
    assert [one.cosine for one in near] == pytest.approx([np.cos(0.1), np.cos(0.2), np.cos(0.3)], abs=1e-5)
    assert nearest.nearest(east, "SENTENCES#anna") == []
