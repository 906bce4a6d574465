"""Somebody's originals as ZIP files, with what the gallery knows of each beside it: docs/exporting.md has the format.

| pk | sk | What |
|---|---|---|
| `PERSON#{sub}` | `ORIGINALS` | the last such files, the job that makes the next, and how far it is (`progress`) |

A plan in the bucket names each picture and its path, so that whoever goes on knows what comes next. The files are
written by `people.zipping`; after each picture with which a part is full, and every few seconds, a snapshot is stored
and then named by the row, on the condition that the job is still this process's (a lease with a heartbeat). A process
that dies leaves the last snapshot to its successor: Lambda calls again twice, and so does who asks for the files.
"""

import os
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from gallery import limits
from gallery.albums import albums
from gallery.albums.albums import Album
from gallery.api.album import page_of
from gallery.api.image import present
from gallery.aws import table
from gallery.aws.calls import call
from gallery.jobs import exports
from gallery.jobs.exports import Export
from gallery.jobs.superseded import JobSuperseded
from gallery.people import people
from gallery.people.people import Person
from gallery.pictures import catalogue, months, multipart, storage
from gallery.pictures.access import Caller
from gallery.pictures.filenames import saved_as
from gallery.pictures.model import Picture
from gallery.pictures.multipart import UploadGone
from people import sidecars
from people.exporting import owned_albums, owned_pictures, shown_in_export
from people.zipping import Zip

Progress = Literal["done", "more", "over"]
"""over: it is no longer this process's to do."""

_RESERVE_MS = 60_000
"""Time that is left to the next call of the function."""
_KEPT_EVERY_SECONDS = 10
_BATCH = 50


@dataclass(frozen=True, slots=True)
class Job:
    """The making of one person's files; `name` is that of the process at work."""

    sub: str
    name: str

    @property
    def export(self) -> Export:
        """Which row tells of the files."""
        key = people.originals_key(self.sub)
        return Export(key["pk"], key["sk"], self.name, people.originals_prefix(self.sub), limits.EXPORT_SECONDS)


@dataclass(frozen=True, slots=True)
class State:
    """How far a job is.

    `done` of the plan's pictures and albums are in the ZIP files, `parts` are those files that are whole (`key`,
    `bytes`). The one that grows began with the `began`th, in the upload `upload_id`, and goes on from `snapshot`, or
    from its beginning.
    """

    folder: str
    pictures: int
    done: int = 0
    parts: Sequence[Mapping[str, Any]] = field(default_factory=list)
    began: int = 0
    upload_id: str | None = None
    snapshot: str | None = None

    @property
    def growing(self) -> str:
        """The key of the ZIP file that grows."""
        return f"{self.folder}{len(self.parts) + 1}.zip"


@dataclass(frozen=True, slots=True)
class Part:
    """One of the files: where to get it for an hour, and its length."""

    url: str
    bytes: int


def parts_or_progress(sub: str, *, anew: bool) -> list[Part] | tuple[int, int]:
    """Return somebody's files, or of how many pictures how many are in them so far; what stands still goes on now.

    `anew` has files that are older than a day made again.
    """
    row = table.get(people.originals_key(sub)) or {}
    if exports.is_younger(row, limits.EXPORT_AGAIN_SECONDS if anew else limits.EXPORT_SECONDS):
        return [_part(number, part) for number, part in enumerate(row["progress"]["parts"], 1)]
    job = Job(sub, secrets.token_hex(16))
    if exports.begin(job.export, forgotten=["progress", "made_at"] if "file_key" in row else []):
        _call(job)
    if "file_key" in row or "progress" not in row:
        return 0, months.owned(sub).pictures
    state = State(**row["progress"])
    return min(state.done, state.pictures), state.pictures


def _part(number: int, made: Mapping[str, Any]) -> Part:
    url = storage.address(made["key"], seconds=limits.EXPORT_URL_SECONDS, filename=f"gallery-{number}.zip")
    return Part(url, made["bytes"])


def _call(job: Job) -> None:
    call(os.environ["EXPORT_FUNCTION"], {"originals": asdict(job)})


def make(job: Job, remaining_ms: Callable[[], int]) -> Progress:
    """Go on with somebody's files for as long as `remaining_ms()` leaves time. Called again it does no harm."""
    person = people.find(job.sub)
    if person is None or not person.active:
        return "over"
    try:
        export = exports.take_over(job.export, secrets.token_hex(16))
        if _Making(export, person).resume(remaining_ms):
            return "done"
    except JobSuperseded:
        return "over"
    _call(replace(job, name=export.job))
    return "more"


class _Making:
    """A job in the hands of one process."""

    def __init__(self, export: Export, person: Person) -> None:
        row = table.get(table.key(export.pk, export.sk)) or {}
        self._export, self._person = export, person
        self._state = State(**row["progress"]) if "progress" in row else self._planned()
        plan = storage.read_document(f"{self._state.folder}plan.json") or {"pictures": [], "albums": []}
        self._pictures: list[tuple[str, str]] = plan["pictures"]
        self._albums: list[str] = plan["albums"]
        self._titles: dict[str, str] = {}
        self._kept_at = time.monotonic()
        self._zip = self._opened()

    def _planned(self) -> State:
        """Lay down what goes into the files; whatever an earlier job left is deleted."""
        storage.delete_under(self._export.file)
        state = State(folder=f"{self._export.file}{self._export.job}/", pictures=0)
        paths = list(_paths(exports.alive(self._export, owned_pictures(self._person.sub))))
        own = [album.id for album in exports.alive(self._export, owned_albums(self._person.sub))]
        storage.write_document(f"{state.folder}plan.json", {"pictures": paths, "albums": own})
        return self._keep_state(replace(state, pictures=len(paths)))

    def _keep_state(self, state: State) -> State:
        exports.show_life(self._export, progress=asdict(state))
        self._kept_at = time.monotonic()
        return state

    def resume(self, remaining_ms: Callable[[], int]) -> bool:
        """Write what is left of the plan, in any case the next piece of it; tell whether that was all."""
        try:
            while True:
                with suppress(UploadGone):
                    return self._write(remaining_ms)
                # Somebody was at work on the same file, or it had rested for longer than unfinished uploads are kept.
                self._zip.leave()
                self._zip = self._begun(self._state.began)
        finally:
            self._zip.leave()

    def _write(self, remaining_ms: Callable[[], int]) -> bool:
        for number, add in enumerate(self._left()):
            if number and remaining_ms() < _RESERVE_MS:
                self._keep()
                return False
            add()
            self._state = replace(self._state, done=self._state.done + 1)
            if self._zip.makes_a_part or time.monotonic() - self._kept_at > _KEPT_EVERY_SECONDS:
                self._keep()
        self._end_zip()
        exports.finish(self._export, expires_at=int(time.time()) + self._export.seconds)
        return True

    def _left(self) -> Iterator[Callable[[], None]]:
        """Yield what adds each of the plan's pictures and albums that are not in the files yet."""
        done = self._state.done
        for start in range(done, len(self._pictures), _BATCH):
            some = self._pictures[start : start + _BATCH]
            pictures = {picture.id: picture for picture in catalogue.find_all([image_id for image_id, _ in some])}
            for image_id, path in some:
                picture = pictures.get(image_id)
                yield lambda picture=picture, path=path: self._add_picture(picture, path)  # type: ignore[misc]
        for album_id in self._albums[max(0, done - len(self._pictures)) :]:
            yield lambda album_id=album_id: self._add_album(album_id)  # type: ignore[misc]

    def _add_picture(self, picture: Picture | None, path: str) -> None:
        """Add an original and what is known of it; one that was deleted meanwhile is left out."""
        if picture is None or picture.status == "deleted" or picture.owner != self._person.sub:
            return
        key = storage.original_key(picture.id)
        size = multipart.size_of(key)
        if size is None:
            return
        image = shown_in_export(present(picture, Caller(picture.owner), self._person))
        document, xmp = sidecars.of_picture(image, self._titles_of(picture)), sidecars.xmp(image)
        self._make_room(path, size + len(document) + len(xmp))
        self._zip.add(path, picture.taken.at, multipart.read(key, size), packed=False)
        self._zip.add(f"{path}.json", picture.taken.at, [document], packed=True)
        self._zip.add(f"{path}.xmp", picture.taken.at, [xmp], packed=True)

    def _titles_of(self, picture: Picture) -> list[str]:
        """Return the titles of the albums of their owner's own that a picture is in."""
        if unknown := picture.albums.keys() - self._titles.keys():
            own = (album for album in albums.find_all(unknown) if album.owner == self._person.sub)
            self._titles |= dict.fromkeys(unknown, "") | {album.id: album.title for album in own}
        return [title for album_id in sorted(picture.albums) if (title := self._titles[album_id])]

    def _add_album(self, album_id: str) -> None:
        album = albums.find(album_id)
        if album is None or album.owner != self._person.sub:
            return
        document, name = sidecars.of_album(album, list(_own_pictures_in(album))), f"albums/{album_id}.json"
        self._make_room(name, len(document))
        self._zip.add(name, album.created_at, [document], packed=True)

    def _make_room(self, name: str, length: int) -> None:
        """Go on in another ZIP file where what comes next, of up to three entries, would make this one too long."""
        longest = 3 * self._zip.length_with(f"{name}.json", 0) - 2 * self._zip.length_with("", 0) + length
        many = self._zip.entries >= 3 * limits.EXPORT_PICTURES
        if (longest > limits.EXPORT_BYTES or many) and self._state.done > self._state.began:
            self._end_zip()
            self._zip = self._begun(self._state.done)

    def _opened(self) -> Zip:
        """Open the file that grows, as it was left."""
        upload_id = self._state.upload_id
        if upload_id is None:
            return self._begun(self._state.done)
        left = storage.read_snapshot(self._state.snapshot) if self._state.snapshot else None
        if left is None:
            self._state = replace(self._state, done=self._state.began)
        return Zip(self._state.growing, upload_id, left)

    def _begun(self, began: int) -> Zip:
        """Begin a file with the plan's `began`th, whatever of it there was."""
        person = people.find(self._person.sub)
        if person is None or not person.active:
            raise JobSuperseded(self._person.sub)
        key = self._state.growing
        # The row names it before it has a part: what is not named holds nothing, and is given up within a day.
        upload_id = multipart.begin(key, "application/zip")
        state = replace(self._state, began=began, done=began, upload_id=upload_id, snapshot=None)
        self._state = self._keep_state(state)
        made = Zip(key, upload_id)
        if not self._state.parts:
            made.add("README.txt", "", [sidecars.README.encode()], packed=True)
        return made

    def _keep(self) -> None:
        """Store a snapshot, then name it in the row, then delete the one before."""
        former, state = self._state.snapshot, self._state
        key = f"{state.folder}{self._export.job}-{len(state.parts) + 1}-{state.done}.snapshot"
        storage.write_snapshot(key, self._zip.snapshot())
        try:
            self._state = self._keep_state(replace(state, snapshot=key))
        except JobSuperseded:
            storage.delete([key])
            raise
        storage.delete([former] if former != key else [])

    def _end_zip(self) -> None:
        """Have the file that grows stand; whoever dies after its last snapshot leaves nothing but this to be done."""
        self._keep()
        former, state = self._state.snapshot, self._state
        made = {"key": state.growing, "bytes": self._zip.close()}
        state = replace(state, parts=[*state.parts, made], upload_id=None, snapshot=None, began=state.done)
        self._state = self._keep_state(state)
        storage.delete([former])


def _paths(pictures: Iterator[Picture]) -> Iterator[tuple[str, str]]:
    """Yield the id and path of each picture; namesakes of a month, whatever their case, are told apart by their ids."""
    taken = set[str]()
    for picture in pictures:
        media_type = picture.content.media_type if picture.content else None
        name = saved_as(picture.filename, picture.id, media_type)
        folder = f"pictures/{picture.taken.at[:4]}/{picture.taken.at[5:7]}"
        path = f"{folder}/{name}"
        if path.casefold() in taken:
            stem, _, ending = name.rpartition(".")
            path = f"{folder}/{stem}-{picture.id}.{ending}"
        taken.add(path.casefold())
        yield picture.id, path


def _own_pictures_in(album: Album) -> Iterator[str]:
    """Yield the ids of an album's pictures that are its owner's, in its order."""
    after: str | None = None
    while True:
        page = page_of(album, "all", album.order, limits.MAX_PAGE, after)
        yield from (picture.id for picture in page.pictures if picture.owner == album.owner)
        after = page.next_id
        if after is None:
            return
