"""The local cloud that integration and browser tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.local_cloud import LocalCloud, running


@pytest.fixture(scope="session")
def local_cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    """A local cloud on ports and a folder of its own, the gallery deployed; nothing of it is left afterwards."""
    with running(Path(tmp_path_factory.mktemp("cloud"))) as cloud:
        yield cloud
        assert cloud.stop() == 0
        assert cloud.leftovers() == []
