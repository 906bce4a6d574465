"""Finding people by the beginnings of their names."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.unit.conftest import Api, Gallery
from tests.unit.identity import Pool
from tests.unit.sweeps import plenty

from gallery.aws import table
from gallery.people import names, people
from gallery.pictures.access import Caller
from people.models import ProfileChange
from people.profiles import change
from sweep.sweeping import sweep

Named = Callable[..., None]


@pytest.fixture
def named(gallery: Gallery) -> Named:
    def name(sub: str, **profile: Any) -> None:  # noqa: ANN401 - a name or None
        change(people.get_or_create_person(Caller(sub)), ProfileChange(**profile))

    assert gallery
    return name


@pytest.fixture
def asked(api: Api, pool: Pool) -> Callable[[str], list[str]]:
    def ask(query: str) -> list[str]:
        answer = api("GET", "/api/users", query={"query": query}, headers=pool.bearer("eve"))
        assert answer.status == 200, answer.text
        return [user["username"] for user in answer.json["users"]]

    return ask


Asked = Callable[[str], list[str]]


@pytest.mark.parametrize(
    "query",
    ["an", "Ann", "ANNA", "anna", "le", "lena", "annal", "Anna-L", "mü", "mu", "mue", "müller", "Lena mül", "an m"],
)
def test_each_word_of_a_display_name_counts_from_its_beginning(named: Named, asked: Asked, query: str) -> None:
    named("a", username="xyz_1", display_name="Anna-Lena Müller")
    named("b", username="zzz_2", display_name="Joanna Smuel")
    assert asked(query) == ["xyz_1"]


@pytest.mark.parametrize("query", ["ad", "ada", "ada_", "ada_l", "@ada_l", "lov", "ADA_LOV"])
def test_a_chosen_username_counts_as_well(named: Named, asked: Asked, query: str) -> None:
    named("a", username="ada_lovelace")
    named("b", username="canada")
    assert asked(query) == ["ada_lovelace"]


@pytest.mark.parametrize("query", ["", "a", "é", " a ", "-", "a b c", "x" * 101])
def test_less_than_two_letters_are_refused(api: Api, pool: Pool, query: str) -> None:
    answer = api("GET", "/api/users", query={"query": query}, headers=pool.bearer("eve"))
    assert answer.status == 422
    assert [error["field"] for error in answer.json["errors"]] == ["query"]


def test_a_name_of_another_script_is_found(named: Named, asked: Asked) -> None:
    named("a", username="wang_1", display_name="王小明")
    named("b", username="ivan_1", display_name="Иван Петров")
    assert (asked("王小"), asked("小明"), asked("ив"), asked("ПЕТ")) == (["wang_1"], ["wang_1"], ["ivan_1"], ["ivan_1"])


def test_ten_are_told_and_none_who_is_blocked(named: Named, asked: Asked) -> None:
    for number in range(13):
        named(f"s{number}", username=f"carla_{number:02}")
    people.disable(people.get_or_create_person(Caller("s3")))
    assert asked("carla") == [f"carla_{number:02}" for number in range(13) if number != 3][:10]


def test_another_name_replaces_the_old_one(named: Named, asked: Asked, gallery: Gallery) -> None:
    named("a", username="ada_1", display_name="Ada Adams")
    named("a", display_name="Grace Adams")
    assert (asked("gra"), asked("adams"), asked("ada")) == (["ada_1"], ["ada_1"], ["ada_1"])
    named("a", display_name=None)
    assert (asked("gra"), asked("adams"), asked("ada")) == ([], [], ["ada_1"])
    assert len([row for row in gallery.rows() if "adams" in row["sk"] or "grace" in row["sk"]]) == 0


def test_a_name_that_the_gallery_gave_is_nobody_s_beginning(asked: Asked) -> None:
    people.get_or_create_person(Caller("a"))
    assert asked("member") == []


def test_people_of_the_version_before_are_entered_by_the_sweeper(named: Named, asked: Asked, gallery: Gallery) -> None:
    named("a", username="ada_1", display_name="Ada Adams")
    named("b", username="ben_1")
    named("c", display_name="Cleo")
    before = {(row["pk"], row["sk"]) for row in gallery.rows() if row["pk"].startswith("INITIALS#")}
    table.delete_all([table.key(*key) for key in before])
    table.store({**table.key("SWEEPER", "named"), "after": f"{names.VERSION - 1} all"})
    assert asked("ada") == []
    assert sweep(plenty)["named"] >= 3
    assert {(row["pk"], row["sk"]) for row in gallery.rows() if row["pk"].startswith("INITIALS#")} == before
    assert (asked("ada"), asked("ben")) == (["ada_1"], ["ben_1"])
