"""A picture as the gallery knows it: what was said of it, what was found in it, what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from gallery.pictures.metadata import SAID_BY_PEOPLE, Camera, Location, Metadata, Taken, TakenFrom, assumed
from gallery.settings import Visibility
from gallery.sizes import Extent, Size, former
from gallery.vocabulary.sensitive import is_sensitive, may_be_named

Status = Literal["awaiting", "pending", "captioned", "failed", "deleted"]
"""awaiting: a ticket without bytes · pending: bytes, no caption yet · deleted: a tombstone."""

FailureCode = Literal[
    "not_an_image", "unsupported_format", "too_large", "truncated", "checksum_mismatch", "duplicate", "unreadable"
]

IMAGE_ID = r"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"
"""The form of an id: a ULID in Crockford's base 32."""

SCHEMA = 7
"""Version of rows and records; a reader of yesterday's must know how to raise them to today's.

Version 1 had no `caption_hidden`, which is False there; before version 4 nothing was known of when, where and with
what pictures were taken, and there were no `sizes`; before version 5 there were no trash and no favourites, owners
described and archived nothing, and places were those of files alone; before version 6 no picture was in an album;
before version 7 there were neither signatures nor stacks.
"""

LISTED_FROM = 0.05
"""Probability from which a picture stands in the list of a label; its best label always does."""


@dataclass(frozen=True, slots=True)
class Label:
    """One thing the model sees, with the WordNet id of its class and a probability 0…1."""

    label: str
    wnid: str
    probability: float


@dataclass(frozen=True, slots=True)
class Caption:
    """A sentence about the picture and who wrote it (a model's name)."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a picture could not be captioned, in words fit for its uploader."""

    code: FailureCode
    detail: str
    duplicate_of: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What the bytes are, once they were examined.

    `etag` names the exact bytes; `rendition` is the number in the names of the renditions, which nothing but the
    row tells, `extension` their format, and `sizes` which of them there are, with width and height, empty for those
    made before there were three, see gallery.sizes. Width and height of the picture are in pixels as seen, after EXIF
    rotation; size is in bytes. Near copies have nearly the same `signature`, see gallery.pictures.signature; it is None
    where the picture was looked at before there were any.
    """

    etag: str
    media_type: str
    size: int
    sha256: str
    width: int
    height: int
    color: str
    placeholder: str
    rendition: int
    extension: str
    sizes: Mapping[Size, Extent] = field(default_factory=dict)
    signature: bytes | None = None

    @property
    def is_outdated(self) -> bool:
        """Whether the renditions were made before there were three, and none in the present way since."""
        return not self.sizes

    @property
    def made(self) -> Mapping[Size, Extent]:
        """The sizes of which there is a rendition, with width and height in pixels."""
        return self.sizes or former((self.width, self.height))


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the model made of a picture: its best classes, a sentence, and how long it took in milliseconds.

    The sentence is None where the model knows too little for one. `features` are the pooled values (2048 in ResNet50)
    that similar pictures share, as int8 of any common scale.
    """

    model: str
    labels: Sequence[Label]
    caption: str | None
    captioned_at: str
    inference_time_ms: float
    features: bytes = b""

    @property
    def named(self) -> Sequence[Label]:
        """The best classes without those that must not be guessed and are not certain."""
        return [label for label in self.labels if may_be_named(label.wnid, label.probability)]


@dataclass(frozen=True, slots=True)
class Description:
    """The sentence of a language model, whose name `model` is, about the bytes that `etag` names."""

    model: str
    text: str
    etag: str
    described_at: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A picture as a small stone of other pictures' mosaics: a square image file, and its mean colour (sRGB)."""

    image: bytes
    color: tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """That a picture is in an album: since when (RFC 3339), by whose doing (`sub`; None for a guest's).

    `rank` is where it stands in the album's own order, in which it has a place by its date until somebody moves it.
    `originals` tells whether who has a link to the album may have the original. A guest's picture that is `pending`
    is shown to its owner alone until they accept it; `visit` is the digest of the secret by which the guest is known.
    """

    since: str
    by: str | None = None
    rank: str | None = None
    originals: bool = False
    pending: bool = False
    visit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Everything the gallery knows of one picture; `version` counts its changes.

    `favourite_at` is since when it is its owner's favourite. Of the changes, `uncounted` are of nothing that others
    see, so that they are none of the version that people change, `edition`.
    `hidden` is the visibility that a picture had when an admin hid it, `trashed` the one that it had when it was put
    into the trash (at `trashed_at`); as long as it has either, it is private, see `restricted`. With `caption_hidden`
    no sentence about it is shown, a language model's included; both stay stored. `modified_at` is when its file was, by
    its sender's clock; the date is None where nothing says when it was taken, see `taken`. Where people said so,
    `found_taken` is what its file says, to return to; `located_by_people` tells that the location, or its absence, is
    theirs. `owner_description` is people's, `description` a language model's. What is `archived` stands in no list but
    its owner's archive and albums, and is found by search as before. `albums` are those that it is in, by their ids,
    `guest_name` is how the guest signed who added it. Near copies have the same `stack`, and the one whose owner chose
    it last, at `stack_front_at`, stands in front; what `stands_alone` its owner took out of a stack for good.
    """

    id: str
    owner: str | None = None
    visibility: Visibility
    created_at: str
    status: Status = "awaiting"
    version: int = 1
    filename: str | None = None
    title: str | None = None
    owner_description: str | None = None
    attribution: str | None = None
    declared_sha256: str | None = None
    owner_labels: Sequence[str] | None = None
    content: Content | None = None
    reading: Prediction | None = None
    description: Description | None = None
    failure: Failure | None = None
    failed_etag: str | None = None
    expires_at: int | None = None
    hidden: Visibility | None = None
    trashed: Visibility | None = None
    trashed_at: str | None = None
    favourite_at: str | None = None
    uncounted: int = 0
    caption_hidden: bool = False
    archived: bool = False
    modified_at: str | None = None
    taken_at: str | None = None
    taken_offset: str | None = None
    taken_from: TakenFrom | None = None
    found_taken: Taken | None = None
    camera: Camera | None = None
    location: Location | None = None
    located_by_people: bool = False
    albums: Mapping[str, Membership] = field(default_factory=dict)
    guest_name: str | None = None
    stack: str | None = None
    stack_front_at: str | None = None
    stands_alone: bool = False

    @property
    def is_shown_in_albums(self) -> bool:
        """Whether its albums show it: there is something to see, and it is neither in the trash nor hidden."""
        return (
            self.content is not None
            and self.status in {"pending", "captioned"}
            and not (self.trashed_at or self.hidden)
        )

    @property
    def edition(self) -> int:
        """The version as the API has it, which ETag and If-Match name."""
        return self.version - self.uncounted

    @property
    def chosen(self) -> Visibility:
        """Who sees the picture once it is neither hidden nor in the trash: what its owner chose."""
        return self.hidden or self.trashed or self.visibility

    @property
    def from_guest(self) -> bool:
        """Whether a guest added it by a link, so that it is its owner's and yet not of their making."""
        return self.guest_name is not None or any(membership.visit for membership in self.albums.values())

    @property
    def taken(self) -> Taken:
        """When the picture was taken, by the strongest of what says so; what nothing tells is assumed."""
        return _stored_date(self) or assumed(self.created_at, self.modified_at)

    @property
    def is_dated_by_people(self) -> bool:
        """Whether somebody said when the picture was taken, which nothing that is found in its file replaces."""
        return self.taken_from in SAID_BY_PEOPLE

    @property
    def processed_etag(self) -> str | None:
        """The bytes about which nothing is left to do: they were captioned or found wanting."""
        if self.status == "failed":
            return self.failed_etag
        return self.content.etag if self.content and self.status == "captioned" else None

    @property
    def captions(self) -> Sequence[Caption]:
        """The sentences about the picture, the one to be shown first; none before any model has seen it."""
        if self.reading is None:
            return []
        texts = []
        if self.description is not None and self.is_described:
            texts.append(Caption(self.description.model, self.description.text))
        if self.reading.caption is not None:
            texts.append(Caption(self.reading.model, self.reading.caption))
        return texts

    @property
    def caption(self) -> str | None:
        """The sentence to show everybody; None where there is none, or its owner hid it."""
        return None if self.caption_hidden else next((caption.text for caption in self.captions), None)

    @property
    def heading(self) -> str | None:
        """What to call the picture: its owner's title, else its caption."""
        return self.title or self.caption

    @property
    def is_described(self) -> bool:
        """Whether a language model has written about the bytes that the picture is made of now."""
        description = self.description
        return description is not None and self.content is not None and description.etag == self.content.etag

    def listed_labels(self) -> list[str]:
        """The labels under which the picture is listed: the owner's own, else those the model is sure enough of."""
        if self.owner_labels is not None:
            return list(self.owner_labels)
        if self.reading is None:
            return []
        best = self.reading.labels[:1]
        return [label.label for label in self.reading.named if label in best or label.probability >= LISTED_FROM]

    def counted_labels(self) -> list[str]:
        """The labels in whose count the picture is, and which thereby stand in the index of labels.

        What must not be guessed stands there only where an owner wrote it.
        """
        if self.owner_labels is not None or self.reading is None:
            return self.listed_labels()
        guessed = {label.label for label in self.reading.labels if is_sensitive(label.wnid)}
        return [label for label in self.listed_labels() if label not in guessed]


def restricted(picture: Picture, *, hidden: bool, trashed_at: str | None) -> Picture:
    """Return a picture as it is stored while an admin hides it, or since it was put into the trash, or while neither.

    Either makes it private; the visibility that its owner chose is kept beside, so that in whichever order the two are
    taken back the last of them alone gives it back.
    """
    chosen = picture.chosen
    return replace(
        picture,
        visibility="private" if hidden or trashed_at else chosen,
        hidden=chosen if hidden else None,
        trashed=chosen if trashed_at else None,
        trashed_at=trashed_at,
    )


def with_visibility(picture: Picture, chosen: Visibility) -> Picture:
    """Return a picture of which its owner chose who sees it, at once or as soon as nothing restricts it any more."""
    free = replace(picture, visibility=chosen, hidden=None, trashed=None)
    return restricted(free, hidden=picture.hidden is not None, trashed_at=picture.trashed_at)


def with_metadata(picture: Picture, taken: Taken | None, metadata: Metadata) -> Picture:
    """Return the picture as its file says it was taken; `taken` is when, unless somebody said so already."""
    location = picture.location if picture.located_by_people else metadata.location
    new = replace(picture, camera=metadata.camera, location=location)
    if picture.is_dated_by_people:
        return replace(new, found_taken=taken)
    return _dated(new, taken)


def dated_by_owner(picture: Picture, taken: Taken) -> Picture:
    """Return the picture as its owner dates it; what its file says is kept beside."""
    from_file = picture.found_taken if picture.is_dated_by_people else _stored_date(picture)
    return replace(_dated(picture, taken), found_taken=from_file)


def dated_by_file(picture: Picture) -> Picture:
    """Return the picture as its file dates it, whatever people said."""
    return replace(_dated(picture, picture.found_taken), found_taken=None) if picture.is_dated_by_people else picture


def _stored_date(picture: Picture) -> Taken | None:
    if picture.taken_at is None or picture.taken_from is None:
        return None
    return Taken(picture.taken_at, picture.taken_offset, picture.taken_from)


def _dated(picture: Picture, taken: Taken | None) -> Picture:
    at, offset, source = (taken.at, taken.offset, taken.source) if taken else (None, None, None)
    return replace(picture, taken_at=at, taken_offset=offset, taken_from=source)


def captioned(picture: Picture, content: Content, reading: Prediction) -> Picture:
    """Return the picture with what was found in it; what its uploader said stays."""
    return replace(
        picture, status="captioned", content=content, reading=reading, failure=None, failed_etag=None, expires_at=None
    )


def pending(picture: Picture, content: Content) -> Picture:
    """Return the picture whose bytes are there and shown, but which no model has seen yet."""
    return replace(picture, status="pending", content=content, failure=None, failed_etag=None, expires_at=None)


def failed(picture: Picture, etag: str, failure: Failure) -> Picture:
    """Return the picture that the bytes named by `etag` turned out not to be."""
    return replace(
        picture, status="failed", content=None, reading=None, failure=failure, failed_etag=etag, expires_at=None
    )
