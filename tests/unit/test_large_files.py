"""Files that are too large for several of them to be held in memory at the same time."""

import threading
from concurrent.futures import ThreadPoolExecutor
from mmap import mmap

import pytest
from infra.settings import Settings
from tests.unit.conftest import Gallery
from tests.unit.faults import photograph
from tests.unit.pictures import ticket

from caption import pipeline
from caption.child import Child
from caption.examine import examine
from gallery import limits
from gallery.pictures import storage
from gallery.settings import settings

PHOTO = photograph()


@pytest.fixture(autouse=True)
def _little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is large is larger than this."""
    monkeypatch.setattr(limits, "IN_MEMORY_BYTES", 1000)


@pytest.mark.usefixtures("model")
def test_a_large_file_lies_on_disk_while_it_is_looked_at(gallery: Gallery) -> None:
    picture = ticket()
    gallery.upload(picture.id, PHOTO)
    arrival = storage.read_incoming(picture.id)
    assert arrival
    assert isinstance(arrival.original.body, mmap)
    done = pipeline.caption(picture.id)
    assert done
    assert done.content
    assert (done.status, done.content.size) == ("captioned", len(PHOTO))
    kept = storage.read_original(picture.id)
    assert kept
    assert kept.body[:] == PHOTO


def test_of_large_files_one_at_a_time_is_with_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    page_size, most, counting = 0, 0, threading.Lock()
    ask = Child.ask

    def counted(self: Child, *arguments: object) -> object:
        nonlocal page_size, most
        with counting:
            page_size += 1
            most = max(most, page_size)
        try:
            return ask(self, *arguments)  # type: ignore[arg-type]  # as it was called
        finally:
            with counting:
                page_size -= 1

    monkeypatch.setattr(Child, "ask", counted)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(examine, [PHOTO] * 4))
    assert most == 1


def test_a_stage_allows_no_more_than_the_captioner_takes() -> None:
    assert Settings(stage="x").max_upload_mb * 2**20 <= limits.MAX_UPLOAD_BYTES
    assert settings().max_upload_mb * 2**20 <= limits.MAX_UPLOAD_BYTES
