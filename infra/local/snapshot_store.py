"""States on disk, each written whole or not at all."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path


class SnapshotStore:
    """A folder of complete states: a generation is a folder of one file a service, and a pointer names the newest.

    The pointer is replaced last and the generation before is kept, so a write that is torn anywhere loses nothing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pointer = folder / "newest"
        folder.mkdir(parents=True, exist_ok=True)
        self._number = int(self._pointer.read_text()) if self._pointer.exists() else 0
        self._digests: dict[str, str] = {}
        self._forget_all_but({self._number})

    @property
    def newest(self) -> Path:
        """Folder of the newest complete generation, with a file `{service}.json` each; there is none at first."""
        return self._generation(self._number)

    def write(self, state: Mapping[str, str]) -> None:
        """Make a state (service → JSON) the newest generation; a service that it lacks keeps its last."""
        number = self._number + 1
        folder = self._generation(number)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for service, text in state.items():
            self._write_service(service, text, folder)
        for last in self.newest.glob("*.json"):
            if last.stem not in state:
                os.link(last, folder / last.name)
        _write_through(self._folder / "newest.new", str(number))
        (self._folder / "newest.new").replace(self._pointer)
        previous, self._number = self._number, number
        self._forget_all_but({previous, number})

    def _write_service(self, service: str, text: str, folder: Path) -> None:
        digest = hashlib.sha256(text.encode()).hexdigest()
        if digest == self._digests.get(service):
            os.link(self.newest / f"{service}.json", folder / f"{service}.json")
        else:
            _write_through(folder / f"{service}.json", text)
            self._digests[service] = digest

    def _generation(self, number: int) -> Path:
        return self._folder / f"{number:08}"

    def _forget_all_but(self, numbers: Iterable[int]) -> None:
        kept = {self._generation(number) for number in numbers}
        for folder in self._folder.iterdir():
            if folder.is_dir() and folder not in kept:
                shutil.rmtree(folder, ignore_errors=True)


def _write_through(file: Path, text: str) -> None:
    with file.open("w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
