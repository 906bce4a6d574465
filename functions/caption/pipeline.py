"""From what was sent to a captioned picture, so that a repeat changes nothing and a crash loses nothing.

A ticket is good for one upload: the first bytes that are found under `incoming/` become the original, by a conditional
write; what is sent after that, or by somebody disabled, is deleted unseen. It is deleted last, so that whoever is
killed on the way is followed by the same message, or by the sweeper's.

Everything that is written is conditional on the version of the picture that was read. The row is written last: until
then the message comes again, and nobody knows the addresses of renditions that were already stored, which are random.
They are stored anew under others; the sweeper deletes what no row names.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Any

from caption.classifier import Classifier, as_int8, classifier, labels_of
from caption.examine import Examination, Rejected, examine, side_of
from caption.metadata.dating import dated
from caption.sentence import sentence
from caption.stacking import group
from gallery.albums import membership
from gallery.aws import table
from gallery.aws.errors import service_error
from gallery.aws.table import Conflict, Throttled
from gallery.feedback import reports
from gallery.lifecycle import removal
from gallery.mosaics import mosaics
from gallery.people import people
from gallery.pictures import catalogue, duplicates, storage, takedowns, withholding
from gallery.pictures.model import Content, Failure, Picture, Prediction, Tile, captioned, failed, pending
from gallery.pictures.storage import Arrival, Original
from gallery.sizes import Size
from gallery.timestamps import now


@dataclass(frozen=True)
class Inspection:
    """What became of looking at an original: its examination, or why there is none."""

    original: Original
    sha256: str
    examination: Examination | None = None
    failure: Failure | None = None

    @property
    def tile(self) -> Tile | None:
        """What the picture looks like at tile size."""
        return self.examination.tile if self.examination else None

    @cached_property
    def reading(self) -> Prediction | None:
        """What the model sees, asked once; None where there is no model or nothing to see."""
        model = classifier()
        return predict(self.examination, model) if self.examination and model else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A picture as it is now, None when there is nothing (left) of it; and whether its bytes had to be looked at."""

    picture: Picture | None
    looked: bool = False
    renewed: bool = False
    """Whether nothing but its renditions was made anew."""


def caption(image_id: str) -> Picture | None:
    """Bring a picture up to date with its original; return it, or None when there is nothing (left) of it."""
    return attend(image_id).picture


def attend(image_id: str) -> Outcome:
    """Bring a picture up to date with what was sent or its original; tell what became of it.

    Raises what S3 or DynamoDB raise when they fail for longer than the SDK's retries; the message then comes again.
    """
    outcome = _attend(image_id)
    picture = outcome.picture
    if picture is None or picture.owner is None:
        return outcome
    if people.is_leaving(picture.owner):
        # Asked last: who began to leave only now finds the picture among their own.
        removal.soft_delete(picture)
        return Outcome(None, outcome.looked)
    if picture.stack is None:
        group(picture)
    return outcome


def _attend(image_id: str) -> Outcome:
    picture = catalogue.find(image_id)
    if picture is not None and picture.status == "deleted":
        removal.purge_objects(image_id)
        return Outcome(None)
    if picture is not None and picture.status != "awaiting":
        storage.discard_incoming(image_id)
    elif arrival := storage.read_incoming(image_id):
        return _receive(image_id, picture, arrival)
    return _caption_original(image_id, picture)


def _receive(image_id: str, picture: Picture | None, arrival: Arrival) -> Outcome:
    """Make what was sent the original, unless there is one, and caption that."""
    picture = picture or _recorded(image_id)
    if picture is None:
        return Outcome(None)
    if picture.owner is not None and people.was_blocked(picture.owner, arrival.at):
        storage.discard_incoming(image_id)
        return Outcome(picture)
    with ThreadPoolExecutor(1) as meanwhile:
        keeping = meanwhile.submit(storage.keep_original, image_id, arrival)
        inspection = _inspect(arrival.original, picture)
        kept = keeping.result()
    outcome = Outcome(_commit(picture, inspection), looked=True) if kept else _caption_original(image_id, picture)
    storage.discard_incoming(image_id)
    return outcome


def _recorded(image_id: str) -> Picture | None:
    """Return the picture of a ticket whose row is lost, or None where there was no ticket."""
    record = storage.read_record(image_id)
    return catalogue.adopt(record) if record else None


def _caption_original(image_id: str, picture: Picture | None) -> Outcome:
    original = storage.read_original(image_id)
    if original is None:
        return Outcome(picture)
    picture = picture or _recorded(image_id) or catalogue.adopt(_unknown(image_id))
    if not _is_processed(picture, original):
        return Outcome(_commit(picture, _inspect(original, picture)), looked=True)
    if picture.content and (picture.content.is_outdated or picture.content.signature is None):
        return Outcome(_renew(picture, _inspect(original, picture)), looked=True, renewed=True)
    return Outcome(_without_objects_of_duplicate(picture))


def _unknown(image_id: str) -> Picture:
    """Return a picture of which nobody knows whose it is, and which therefore nobody may see but an admin."""
    return Picture(id=image_id, owner=None, visibility="private", created_at=now())


def _is_processed(picture: Picture, original: Original) -> bool:
    if picture.processed_etag == original.etag:
        return True
    waits_for_model = picture.status == "pending" and classifier() is None
    return waits_for_model and picture.content is not None and picture.content.etag == original.etag


def _inspect(original: Original, picture: Picture) -> Inspection:
    digest = sha256(original.body).hexdigest()
    if picture.declared_sha256 not in {None, digest}:
        detail = "The bytes that arrived are not the ones that were announced (SHA-256 differs). Please upload again."
        return Inspection(original, digest, failure=Failure("checksum_mismatch", detail))
    try:
        examination = examine(original.body, side_of(classifier()))
    except Rejected as rejected:
        return Inspection(original, digest, failure=Failure(rejected.code, rejected.detail))
    return Inspection(original, digest, examination)


def predict(examination: Examination, model: Classifier) -> Prediction:
    """Return what a model sees in a picture."""
    output = model.classify(examination.tensor)
    labels = labels_of(output)
    took = round(output.inference_time_ms, 2)
    return Prediction(model.name, labels, sentence(labels), now(), took, as_int8(output.features))


def _commit(picture: Picture, inspection: Inspection) -> Picture | None:
    """Write down what was seen, again and again until nobody else was first.

    Looking took its time: the picture is read again before anything of it is stored where its visibility says.
    """

    def attempt() -> Picture | None:
        current = catalogue.find(picture.id)
        if current is None or current.status == "deleted":
            removal.purge_objects(picture.id)
            return None
        return _without_objects_of_duplicate(
            current if _is_processed(current, inspection.original) else _write_down(current, inspection)
        )

    return table.retry_on_conflict(attempt)


def _write_down(picture: Picture, inspection: Inspection) -> Picture:
    """Store renditions and the picture that names them; raises Conflict, and leaves none, where another was first."""
    claim = duplicates.claim(picture, inspection.sha256) if inspection.examination else duplicates.UNCLAIMED
    if claim.first:
        return catalogue.change(picture, duplicates.as_duplicate(claim.first, picture, inspection.original.etag))
    new = _outcome(_withhold(_let_in(picture), inspection), inspection)
    return publish(picture, new, inspection.tile, claim.take)


def _renew(picture: Picture, inspection: Inspection) -> Picture | None:
    """Give a picture renditions of the present sizes, or only a signature where that is all it lacks.

    What was written of it stays. Where its file can't be read any more, it keeps the renditions that it has for good,
    and an empty signature.
    """

    def attempt() -> Picture | None:
        current = catalogue.find(picture.id)
        if current is None or current.content is None:
            return current
        content, examination = current.content, inspection.examination
        if content.is_outdated and examination is not None:
            return publish(current, with_renditions(current, content, examination), inspection.tile)
        if not content.is_outdated and content.signature is not None:
            return current
        signature = examination.signature if examination else b""
        return catalogue.change(
            current, replace(current, content=replace(content, sizes=content.made, signature=signature))
        )

    return table.retry_on_conflict(attempt)


def with_renditions(picture: Picture, content: Content, examination: Examination) -> Picture:
    """Store renditions of a picture whose bytes are known, and return it as it names them."""
    content = _described(content, examination)
    _store_renditions(picture, content, examination)
    return replace(dated(picture, examination.metadata), content=content)


def publish(
    picture: Picture, new: Picture, tile: Tile | None, just_before: Callable[[], None] | None = None
) -> Picture:
    """Write a picture that names other renditions than before, which are stored, and delete those of before.

    `just_before` is done as the last thing before its row is written, and may raise Conflict.
    Raises Conflict, and leaves none of the new ones, where another was first.
    """
    with takedowns.noted(picture, new):
        try:
            stored = catalogue.change(picture, new, tile, just_before=just_before)
        except Conflict:
            storage.delete(storage.rendition_keys(new).values())
            raise
        except (service_error(), Throttled):
            _take_back(new)
            raise
        _take_away_renditions_of(picture)
    return stored


def _take_back(new: Picture) -> None:
    """Delete the renditions of a picture that could not be written, unless its row names them all the same.

    An answer of 500 may come after the write. What can't be found out or deleted now is left to the sweeper.
    """
    with suppress(service_error()):
        current = catalogue.find(new.id)
        keys = storage.rendition_keys(new).values()
        storage.delete(set(keys) - set(storage.rendition_keys(current).values() if current else ()))


def _take_away_renditions_of(former: Picture) -> None:
    """Delete what the picture as it was named, so that nothing is left of it where the picture is hidden later."""
    if former.content:
        mosaics.forget(former.id)
        storage.delete([*storage.rendition_keys(former).values(), *storage.download_keys(former)])


def _let_in(picture: Picture) -> Picture:
    """Return a ticket as albums show it, which may be another way than when it was issued."""
    return membership.let_in(picture) if picture.albums and duplicates.is_ticket(picture) else picture


def _withhold(picture: Picture, inspection: Inspection) -> Picture:
    """Return a ticket as it may be shown; where an admin hid its bytes, nobody sees them until one has looked."""
    if inspection.examination is None or not duplicates.is_ticket(picture):
        return picture
    withheld = withholding.withheld(picture, inspection.sha256)
    if withheld is not picture:
        reports.report_withheld(picture.id)
    return withheld


def _without_objects_of_duplicate(picture: Picture) -> Picture:
    """Return a picture after having removed its bytes if the gallery has them elsewhere."""
    if duplicates.is_duplicate(picture):
        removal.delete_objects(picture.id)
    return picture


def _outcome(picture: Picture, inspection: Inspection) -> Picture:
    if inspection.examination is None:
        if inspection.failure is None:
            raise AssertionError("what could not be examined has a reason")
        return failed(picture, inspection.original.etag, inspection.failure)
    picture, content = dated(picture, inspection.examination.metadata), _content(inspection, inspection.examination)
    with ThreadPoolExecutor(1) as meanwhile:
        storing = meanwhile.submit(_store_renditions, picture, content, inspection.examination)
        reading = inspection.reading
        storing.result()
    return captioned(picture, content, reading) if reading else pending(picture, content)


def _content(inspection: Inspection, examination: Examination) -> Content:
    return Content(
        etag=inspection.original.etag,
        size=len(inspection.original.body),
        sha256=inspection.sha256,
        **_appearance(examination),
    )


def _described(content: Content, examination: Examination) -> Content:
    return replace(content, **_appearance(examination))


def _appearance(examination: Examination) -> dict[str, Any]:
    """Return what an examination tells of the content of a picture, with a number for its renditions."""
    return {
        "media_type": examination.media_type,
        "width": examination.width,
        "height": examination.height,
        "color": examination.color,
        "placeholder": examination.placeholder,
        "signature": examination.signature,
        "rendition": storage.new_rendition(),
        "extension": examination.rendition_extension,
        "sizes": examination.sizes,
    }


def _store_renditions(picture: Picture, content: Content, examination: Examination) -> None:
    bodies = examination.renditions

    def store(size: Size) -> None:
        key = storage.rendition_key(picture.id, picture.visibility, content.rendition, size, content.extension)
        storage.write_rendition(key, bodies[size], examination.rendition_type)

    with ThreadPoolExecutor(len(bodies)) as pool:
        list(pool.map(store, bodies))
