"""Each engine honours what docs/engines.md says it does, and nothing else."""

from collections.abc import Iterator

import pytest
from tests.engines.assumptions import ASSUMPTIONS, Assumption, Client
from tests.engines.trying import ENGINES, client_of, honours, marks, missing, words


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[tuple[str, Client]]:
    if reason := missing(request.param):
        pytest.skip(reason)
    with client_of(request.param) as client:
        yield request.param, client


@pytest.mark.parametrize("assumption", ASSUMPTIONS, ids=lambda assumption: assumption.__name__)
def test_an_engine_honours_what_the_page_says(engine: tuple[str, Client], assumption: Assumption) -> None:
    name, client = engine
    assert honours(client, assumption) == marks()[words(assumption)][name]


def test_the_page_lists_every_assumption_and_no_other() -> None:
    assert list(marks()) == [words(assumption) for assumption in ASSUMPTIONS]


def test_every_assumption_is_honoured_by_more_engines_than_one() -> None:
    """What only one of them does as DynamoDB would be no second opinion."""
    assert [name for name, of in marks().items() if sum(of.values()) < 2] == []
