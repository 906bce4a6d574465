"""A captioner without a network, and what has to be true of a gallery once it has worked."""

from collections import Counter
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
from tests.unit.conftest import Gallery
from tests.unit.faults import photograph

from gallery.albums import albums, links
from gallery.pictures import months, rows, storage
from gallery.pictures.model import Picture
from gallery.vocabulary.classes import image_classes
from sweep.sweeping import sweep

PHOTO = photograph()
ALBUM_LISTS = ("ALBUMS#", "SHARED#", "INVITED#")


@dataclass
class SeesAPug:
    """A model that always sees the same; what these tests are about happens around it."""

    name: str = "resnet50"
    input_size: int = 224
    asked: list[Any] = field(default_factory=list)

    def classify(self, tensor: Any) -> Any:  # noqa: ANN401
        self.asked.append(tensor)
        return SimpleNamespace(best=[(image_classes()[254], 0.9)], features=np.ones(8), inference_time_ms=1.0)


def consistent(gallery: Gallery) -> None:
    """Bucket and table tell the same story, and nothing is left over."""
    pictures = [rows.from_row(row) for row in gallery.rows() if row["sk"] == "IMAGE"]
    alive = [each for each in pictures if each.status != "deleted"]
    found = {(row["pk"], row["sk"]) for row in gallery.rows() if rows.posting_id(row)}
    assert found == {posting for each in alive for posting in rows.postings(each)}
    counted = {row["sk"]: row["pictures"] for row in gallery.rows() if row["pk"] == rows.LABELS}
    assert counted == Counter(label for each in alive for label in rows.labels(each))
    kept = (row for row in gallery.rows() if row["pk"].partition("#")[0] == months.MONTHS)
    true = Counter[tuple[months.Month | None, str]]()
    for each in alive:
        for month, weight in months.weights(each).items():
            true.update({(month, name): number for name, number in weight.items()})
    assert {
        (months.month_at(row["pk"], row["sk"]), name): row[name]
        for row in kept
        for name in months._NAMES
        if row.get(name)
    } == {counted: number for counted, number in true.items() if number}
    expected = {key for each in alive for key in objects_of(each)} | albums_consistent(gallery)
    assert gallery.objects() == expected, gallery.objects() ^ expected


def albums_consistent(gallery: Gallery) -> set[str]:
    """Albums, their documents, lists, links and the room of these tell the same story; return the documents' keys."""
    kept = [albums.from_row(row) for row in gallery.rows() if row["sk"] == "ALBUM"]
    assert [albums.read_document(album.id) for album in kept] == kept
    listed = {(row["pk"], row["sk"]) for row in gallery.rows() if row["pk"].startswith(ALBUM_LISTS)}
    assert listed == {place for album in kept for place in albums._lists(album)}
    assert not [row for row in gallery.rows() if row["pk"] == albums.CLEARINGS]
    known = {links.from_row(row) for row in gallery.rows() if row["sk"] == "LINK"}
    named = {(row["pk"], row["sk"], row["digest"]) for row in gallery.rows() if row["pk"].startswith("LINKS#")
             and row["sk"] != "KEY"}  # fmt: skip
    assert named == {(f"LINKS#{link.album_id}", link.link_id, link.digest) for link in known}
    assert {link.album_id for link in known} <= {album.id for album in kept}
    taken = Counter(row["digest"] for row in gallery.rows() if row["pk"].startswith("ROOM#"))
    assert {link.digest: link.added for link in known if link.added} == dict(taken)
    return {albums.document_key(album.id) for album in kept}


def objects_of(picture: Picture) -> set[str]:
    fixed = {storage.original_key(picture.id), storage.record_key(picture.id)}
    return fixed | set(storage.rendition_keys(picture).values())


def swept(times: int = 2) -> None:
    for _ in range(times):
        sweep(lambda: 300_000)
