"""The local cloud that integration and browser tests share."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from tests.accounts import Account, account
from tests.endpoints import ENDPOINT, gallery_at
from tests.local_cloud import LocalCloud, entered, running

# The same made-up examples in every run, however busy the machine.
settings.load_profile("ci")


@pytest.fixture(scope="session")
def local_cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    """A local cloud on ports and a folder of its own, the gallery deployed; nothing of it is left afterwards.

    Where AWS_ENDPOINT_URL names another one, that is used and none is started.
    """
    if ENDPOINT:
        yield gallery_at(ENDPOINT)
        return
    with running(Path(tmp_path_factory.mktemp("cloud"))) as cloud:
        yield cloud
        assert cloud.stop() == 0
        assert cloud.leftovers() == []


@pytest.fixture(scope="session")
def admin(local_cloud: LocalCloud) -> Account:
    """Somebody who may do everything in the local cloud's gallery."""
    return account(local_cloud, "admin")


@pytest.fixture
def inside(local_cloud: LocalCloud) -> Iterator[None]:
    """Have this process reach the deployed table as the functions do."""
    with entered(local_cloud):
        yield


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:  # noqa: ANN401 - pytest's own
    """Print the table of faults where only those were asked for (`make faults`)."""
    if config.option.markexpr == "fault":
        rows = {FAULTS[each.nodeid]: each.outcome for each in terminalreporter.stats.get("passed", [])}
        rows |= {FAULTS[each.nodeid]: each.outcome for each in terminalreporter.stats.get("failed", [])}
        terminalreporter.write_line("| Fault | What happens | |\n|---|---|---|")
        for (what, outcome), result in rows.items():
            terminalreporter.write_line(f"| {what} | {outcome} | {result} |")


FAULTS: dict[str, tuple[str, str]] = {}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest; take no two tests of one name, of which xdist would run one alone."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    twice = [name for name, count in Counter(item.nodeid for item in items).items() if count > 1]
    if twice:
        raise pytest.UsageError(f"several tests are called {twice[0]}")
    for item in items:  # and remember what each test of a fault is about
        if marker := item.get_closest_marker("fault"):
            FAULTS[item.nodeid] = marker.args
