"""Search as its callers see it: what is found, in which order, why, and for whom."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.collection import ask, class_named, found, index_rows, needs_encoder, results, showing
from tests.unit.conftest import Api, Gallery
from tests.unit.faults import each_death, empty, killed_before_write
from tests.unit.identity import Pool
from tests.unit.pictures import CONTENT, ticket
from ulid import ULID

from gallery.aws.items import encode
from gallery.lifecycle.removal import soft_delete
from gallery.pictures import catalogue, index, rows
from gallery.pictures.model import Picture, pending
from search import lists

SOME_ID = "01KAGVQ2W3M8Y6Z5T4R7N9P0XC"

words_alone = pytest.mark.usefixtures("words_alone")
"""For what does not depend on the encoder, without which a query is about exactly what its words say."""


def change(api: Api, pool: Pool, picture: Picture, **said: object) -> None:
    headers = {**pool.bearer("anna"), "if-match": "*"}
    assert api("PATCH", f"/api/images/{picture.id}", body=said, headers=headers).status == 200


# What is found


@words_alone
@pytest.mark.parametrize(
    "query",
    ["timber wolf", "wolves", "gray wolf", "canine", "animals that are wolfs", "Canis lupus", "tmiber wolves"],
)
def test_a_picture_is_found_by_its_class_its_synonyms_and_all_that_it_is_a_kind_of(api: Api, query: str) -> None:
    wolf = showing("timber wolf")
    showing("teapot")
    assert found(api, query) == [wolf.id]


@words_alone
def test_a_word_finds_all_kinds_of_a_thing_the_surest_first(api: Api) -> None:
    perhaps = showing({"pug": 0.3, "teapot": 0.6})
    surely = showing({"beagle": 0.9})
    transact_write = showing({"pug": 0.4, "beagle": 0.3, "tabby": 0.2})
    showing("Persian cat")
    assert found(api, "dog") == [surely.id, transact_write.id, perhaps.id]


@words_alone
def test_of_several_words_pictures_of_all_come_before_pictures_of_one(api: Api) -> None:
    cup, both, pot = showing({"cup": 0.6}), showing({"cup": 0.5, "teapot": 0.45}), showing({"teapot": 0.6})
    assert found(api, "a cup and a teapot")[0] == both.id
    assert set(found(api, "a cup and a teapot")) == {cup.id, both.id, pot.id}


@needs_encoder
def test_a_description_finds_what_it_describes_before_anything_else(api: Api) -> None:
    for other in ("teapot", "volcano", "tabby", "passenger car"):
        showing(other)
    described = {showing("toy terrier").id, showing("seashore").id, showing("miniature poodle").id}
    assert set(found(api, "a small dog on the beach")[:3]) == described


@needs_encoder
def test_what_no_class_is_called_finds_what_is_meant(api: Api) -> None:
    pizza, cat = showing("pizza"), showing("tabby")
    assert found(api, "pepperoni slice", limit=1) == [pizza.id]
    assert found(api, "kitten", limit=1) == [cat.id]


@words_alone
@pytest.mark.parametrize("query", ["Ludwig", "LUDWIG'S", "ludwigs walking", "walks with Ludwig"])
def test_titles_are_found_by_their_words_whatever_their_endings(api: Api, query: str) -> None:
    picture = showing("teapot", title="Ludwig walked home")
    showing("teapot", title="A teapot")
    assert found(api, query) == [picture.id]


@words_alone
def test_a_word_counts_more_in_a_title_than_in_a_caption_and_there_more_than_in_an_attribution(api: Api) -> None:
    credited = showing("volcano", attribution="Photograph by Pug Studios")
    titled = showing("volcano", title="Pug")
    owned = showing("volcano", owner_labels=["Pug Mountain"])
    assert found(api, "pug") == [owned.id, titled.id, credited.id]


@words_alone
def test_a_word_and_its_class_together_rank_higher_than_either_alone(api: Api) -> None:
    seen = showing({"espresso": 0.7, "cup": 0.2}, owner_labels=None)
    said = showing("teapot", title="Espresso")
    both = showing({"espresso": 0.7, "cup": 0.2}, title="Espresso")
    assert found(api, "espresso")[0] == both.id
    assert set(found(api, "espresso")) == {seen.id, said.id, both.id}


@words_alone
def test_a_picture_that_waits_for_its_caption_is_found_by_its_title(api: Api) -> None:
    picture = ticket(title="Ludwig")
    assert found(api, "ludwig") == []
    catalogue.change(picture, pending(picture, CONTENT))
    assert found(api, "ludwig") == [picture.id]


@words_alone
def test_without_an_encoder_words_still_find_and_what_is_only_meant_finds_nothing(api: Api) -> None:
    picture = showing("tabby", title="Ludwig")
    for query in ("cat", "tabby", "ludwig"):
        assert found(api, query) == [picture.id]
    assert found(api, "kitten") == []


# Owners and what they say


@words_alone
def test_owners_labels_replace_the_models_and_are_certain(api: Api) -> None:
    seen, corrected = showing({"beagle": 0.95}), showing("teapot", owner_labels=["pug"])
    assert found(api, "dog") == [corrected.id, seen.id]
    assert found(api, "domestic animal")[0] == corrected.id
    assert found(api, "teapot") == []
    (best, *_) = results(api, "dog")
    assert best["score"] == pytest.approx(1)
    assert best["why"][0] == {"label": "pug", "probability": 1, "relevance": 1}


@words_alone
def test_a_change_of_words_moves_the_picture_to_its_new_words(api: Api, pool: Pool) -> None:
    picture = showing("volcano", owner="anna", title="Ludwig")
    change(api, pool, picture, title="Clara", labels=["teapot", "Grandma"])
    for query in ("ludwig", "volcano"):
        assert found(api, query) == []
    for query in ("clara", "teapot", "cooking utensil", "grandma"):
        assert found(api, query) == [picture.id]
    change(api, pool, picture, title=None, labels=None)
    assert found(api, "clara") == found(api, "teapot") == []
    assert found(api, "volcano") == [picture.id]


@words_alone
def test_a_deleted_picture_leaves_nothing_in_the_index(api: Api, pool: Pool, gallery: Gallery) -> None:
    picture = showing("pug", owner="anna", title="Ludwig")
    assert index_rows(gallery)
    assert api("DELETE", f"/api/images/{picture.id}", headers=pool.bearer("anna")).status == 204
    assert index_rows(gallery) == set()
    assert found(api, "pug") == found(api, "ludwig") == []


@words_alone
def test_a_hidden_picture_is_found_by_its_owner_and_admins_alone(api: Api, pool: Pool, gallery: Gallery) -> None:
    picture = showing("pug", owner="anna", title="Ludwig")
    anna, eve, root = pool.bearer("anna"), pool.bearer("eve"), pool.bearer("root", groups=["admin"])
    change(api, pool, picture, visibility="private")
    for query in ("pug", "ludwig", "dog"):
        assert found(api, query) == found(api, query, eve) == []
        assert found(api, query, anna) == found(api, query, root) == [picture.id]
    assert not any(pk.endswith("#public") for pk, _ in index_rows(gallery))
    change(api, pool, picture, visibility="public")
    assert found(api, "pug") == found(api, "pug", eve) == found(api, "pug", root) == [picture.id]


@words_alone
def test_private_pictures_stand_among_the_public_ones_where_they_belong(api: Api, pool: Pool) -> None:
    first, last = showing({"pug": 0.98}), showing({"pug": 0.3, "teapot": 0.5})
    between = showing({"pug": 0.95}, owner="anna", visibility="private")
    assert found(api, "pug", pool.bearer("anna")) == [first.id, between.id, last.id]
    assert found(api, "pug", pool.bearer("eve")) == [first.id, last.id]


def test_whoever_has_a_bad_token_is_not_taken_for_nobody(api: Api, pool: Pool) -> None:  # noqa: ARG001 - accounts
    assert ask(api, "dog", {"authorization": "Bearer nonsense"}).status == 401


# Postings that no longer say the truth


@words_alone
def test_a_posting_whose_picture_does_not_belong_there_finds_nothing(api: Api, gallery: Gallery) -> None:
    pug, hidden = showing("pug"), showing("teapot", owner="anna", visibility="private")
    gone = showing("espresso")
    soft_delete(gone)
    list_of_espresso = f"{index.by_group(class_named('espresso').wnid)}#public"
    for image_id in (pug.id, hidden.id, gone.id, str(ULID())):
        for partition in (list_of_espresso, "WORD#ludwig#public"):
            posting = (partition, index.sort_key(0.9, image_id))
            gallery.dynamodb.put_item(TableName="gallery-test", Item=encode(rows.posting_row(posting, 1, at=0)))
    assert found(api, "espresso") == found(api, "ludwig") == []


@words_alone
def test_a_picture_is_found_by_what_it_is_now_whatever_old_postings_say(api: Api, gallery: Gallery) -> None:
    picture = showing({"espresso": 0.8}, title="Clara")
    before = rows.postings(picture)
    catalogue.change(picture, replace(picture, title="Ludwig", owner_labels=["teapot"]))
    for posting in before:
        gallery.dynamodb.put_item(TableName="gallery-test", Item=encode(rows.posting_row(posting, 1, at=0)))
    assert found(api, "espresso") == found(api, "clara") == []
    assert found(api, "teapot") == found(api, "ludwig") == [picture.id]


@words_alone
@pytest.mark.fault("a change of words is killed before any of its writes", "found by the old words or by the new ones")
def test_a_change_killed_anywhere_leaves_the_picture_to_be_found_by_what_it_is(api: Api) -> None:
    for death in each_death():
        empty("gallery-test-media", "gallery-test")
        picture = showing({"espresso": 0.8}, title="Clara at home")
        with killed_before_write(death) as deaths:
            catalogue.change(picture, replace(picture, title="Ludwig at home", owner_labels=["espresso", "teapot"]))
        now = catalogue.find(picture.id)
        assert now
        old, new = (now.title == each for each in ("Clara at home", "Ludwig at home"))
        assert old != new
        for query in ("espresso", "home", "espresso at home"):
            assert found(api, query) == [picture.id]
        assert found(api, "clara") == [picture.id] * old
        assert found(api, "ludwig") == found(api, "teapot") == [picture.id] * new
        score = results(api, "espresso")[0]["score"]
        assert score == pytest.approx(1 if new else 0.9, abs=0.001)
        if len(deaths.writes) <= death:
            break
    assert death >= 5


# The order of results and their pages


@pytest.fixture
def many(gallery: Gallery) -> list[str]:  # noqa: ARG001 - which they are put into
    """Pictures of dogs, some as sure as others; their ids, best first and newest first among equals."""
    seen = [(p, showing({"pug": p, "teapot": 0.05})) for p in (0.1, 0.7, 0.3, 0.7, 0.7, 0.2, 0.9, 0.3, 0.5)]
    return [picture.id for _, picture in sorted(seen, key=lambda each: (each[0], each[1].id), reverse=True)]


@words_alone
@given(sizes=st.lists(st.integers(1, 4), min_size=10, max_size=10))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_of_any_size_hold_every_result_once_and_in_order(api: Api, many: list[str], sizes: list[int]) -> None:
    seen: list[str] = []
    cursor: str | None = None
    for size in sizes:
        answer = ask(api, "dogs", limit=size, cursor=cursor).json
        assert len(answer["results"]) <= size
        seen += [each["image"]["id"] for each in answer["results"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert seen == many


@words_alone
def test_a_cursor_goes_on_where_it_was_though_pictures_come_and_go(api: Api, many: list[str]) -> None:
    first = ask(api, "dogs", limit=4).json
    better = showing({"pug": 0.95})
    for gone in (many[0], many[3], many[4]):
        picture = catalogue.find(gone)
        assert picture
        soft_delete(picture)
    rest = found(api, "dogs", limit=100, cursor=first["next_cursor"])
    assert rest == many[5:]
    assert found(api, "dogs", limit=1) == [better.id]


@words_alone
def test_scores_lie_between_0_and_1_and_only_fall(api: Api, many: list[str]) -> None:
    scores = [each["score"] for each in results(api, "dogs")]
    assert len(scores) == len(many)
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[-1] < scores[0] <= 1


@words_alone
def test_a_least_score_leaves_out_what_fits_less(api: Api, many: list[str]) -> None:
    scores = [each["score"] for each in results(api, "dogs")]
    assert found(api, "dogs", min_score=scores[3]) == many[: scores.count(scores[3]) + scores.index(scores[3])]
    assert found(api, "dogs", min_score=1) == []
    first = ask(api, "dogs", min_score=scores[3], limit=1).json
    assert found(api, "dogs", min_score=scores[3], cursor=first["next_cursor"])[0] == many[1]


@words_alone
def test_no_query_has_more_results_than_its_depth(api: Api, many: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert lists.DEEPEST == 500
    monkeypatch.setattr(lists, "DEEPEST", 5)
    first = ask(api, "dogs", limit=3).json
    assert found(api, "dogs", limit=100) == many[:5]
    assert found(api, "dogs", limit=100, cursor=first["next_cursor"]) == many[3:5]


@pytest.mark.parametrize(
    "cursor",
    ["x", "0.5", SOME_ID, f"2.000000-{SOME_ID}", f"0.5-{SOME_ID}", "0.500000-" + "!" * 26, "", f"-0.500000-{SOME_ID}"],
)
def test_a_foreign_cursor_is_refused(api: Api, cursor: str) -> None:
    answer = ask(api, "dog", cursor=cursor)
    assert (answer.status, answer.json["errors"][0]["field"]) == (400, "cursor")


# Why


@words_alone
def test_each_result_says_what_in_it_speaks_for_it_the_weightiest_first(api: Api) -> None:
    showing({"pug": 0.6, "beagle": 0.2, "teapot": 0.15}, title="My dogs")
    (result,) = results(api, "dogs")
    assert result["why"] == [
        {"label": "dogs", "probability": index.SAID, "relevance": 1},
        {"label": "pug", "probability": 0.6, "relevance": 1},
        {"label": "beagle", "probability": 0.2, "relevance": 1},
    ]
    assert result["image"]["title"] == "My dogs"


@needs_encoder
def test_reasons_are_few_and_worth_saying(api: Api) -> None:
    showing({"toy terrier": 0.3, "Chihuahua": 0.2, "seashore": 0.2, "sandbar": 0.1, "pug": 0.1, "beagle": 0.05})
    (why,) = (each["why"] for each in results(api, "a small dog on the beach"))
    assert 2 <= len(why) <= 5
    weights = [each["probability"] * each["relevance"] for each in why]
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] >= 0.01
