"""The contract's Image: a picture as everybody sees it through the API."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from gallery import limits
from gallery.aws import table
from gallery.people import favourites, people
from gallery.people.people import Person
from gallery.pictures import stacks, storage
from gallery.pictures.access import ANYONE, Caller, owns, sees_place
from gallery.pictures.metadata import TakenFrom
from gallery.pictures.model import IMAGE_ID, Content, FailureCode, Picture
from gallery.settings import Visibility
from gallery.sizes import stand_ins

ImageId = Annotated[str, Field(pattern=IMAGE_ID, examples=["01KAGVQ2W3M8Y6Z5T4R7N9P0XC"])]


class ImageLabel(BaseModel):
    """One thing in the picture; what an owner says counts as certain."""

    label: str
    probability: float
    source: Literal["model", "owner"]


class ImageCaption(BaseModel):
    """One sentence about the picture, and who wrote it."""

    source: str
    text: str


class ImageUrls(BaseModel):
    """Where to get the picture; a rendition is null until it is made."""

    original: str
    large: str | None
    medium: Annotated[str | None, Field(description="The large one where no other was made")]
    small: str | None


class ImageExtent(BaseModel):
    """Width and height in pixels."""

    width: int
    height: int


class ImageSizes(BaseModel):
    """How large each rendition is: its shorter side has about 360, 800 and 1500 pixels, or all that the picture has."""

    small: ImageExtent
    medium: ImageExtent
    large: ImageExtent


class ImageFailure(BaseModel):
    """Why the picture could not be captioned."""

    code: FailureCode
    detail: str
    duplicate_of: str | None = None


class ImageCamera(BaseModel):
    """What the picture was taken with, and how, as far as its file says."""

    model_config = ConfigDict(from_attributes=True)

    make: str | None
    model: str | None
    lens: str | None
    exposure_s: Annotated[float | None, Field(description="Seconds")]
    f_number: float | None
    iso: int | None
    focal_length_mm: float | None
    focal_length_35mm: Annotated[float | None, Field(description="What shows as much on 35 mm film, in millimetres")]
    flash: Annotated[bool | None, Field(description="Whether it fired")]


class ImageLocation(BaseModel):
    """Where the picture was taken: degrees of WGS 84, metres above the sea."""

    model_config = ConfigDict(from_attributes=True)

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]
    altitude_m: float | None


class ImageOwner(BaseModel):
    """Whose picture it is, by the names of their profile."""

    model_config = ConfigDict(from_attributes=True)

    username: str
    display_name: str | None


class ImageStack(BaseModel):
    """The stack of near copies that the picture is in, and how many there are in it, itself included."""

    id: ImageId
    count: int


class Image(BaseModel):
    """A picture."""

    id: ImageId
    status: Literal["pending", "captioned", "failed"]
    caption: str | None
    labels: list[ImageLabel]
    captions: list[ImageCaption]
    key: str
    version: int
    title: str | None
    description: Annotated[str | None, Field(description="What its owner wrote of it")]
    filename: str | None
    attribution: str | None
    owner: str | None
    owner_name: Annotated[ImageOwner | None, Field(description="Null where nobody owns it, or has no profile")]
    visibility: Visibility
    caption_hidden: Annotated[bool, Field(description="Whether its owner hid its captions from all others")]
    hidden: Annotated[bool, Field(description="Whether an admin hid it from all but its owner and admins")]
    archived: Annotated[bool, Field(description="Whether it stands in no list but its owner's archive")]
    trashed_at: Annotated[str | None, Field(description="When it was put into the trash; null elsewhere")]
    favourite: Annotated[bool, Field(description="The caller's own; in posts it is told of one's own pictures alone")]
    type: str | None
    size: int | None
    width: int | None
    height: int | None
    sha256: str | None
    color: str | None
    placeholder: str | None
    created_at: str
    taken_at: Annotated[str, Field(description="What the clock showed where it was taken, YYYY-MM-DDTHH:MM:SS")]
    taken_offset: Annotated[str | None, Field(description="How far that clock was from UTC, ±HH:MM, if that is known")]
    taken_from: Annotated[TakenFrom, Field(description="What says when it was taken")]
    camera: ImageCamera | None
    location: Annotated[
        ImageLocation | None, Field(description="For its owner, admins, and who has a link of theirs that says so")
    ]
    captioned_at: str | None
    inference_time_ms: float | None
    model: str | None
    urls: ImageUrls
    sizes: Annotated[ImageSizes | None, Field(description="Null until renditions are made")]
    failure: ImageFailure | None
    albums: Annotated[list[str], Field(description="Those that it is in, by their ids; for its owner and admins alone")]
    guest_name: Annotated[str | None, Field(description="How the guest signed who added it; likewise")]
    review: Annotated[
        Literal["pending"] | None, Field(description="Whether a guest's picture waits; for its owner alone")
    ]
    stack: Annotated[ImageStack | None, Field(description="Its near copies; for its owner alone, and not in posts")]


def present_all(pictures: Iterable[Picture], caller: Caller, *, beside: bool = True) -> list[Image]:
    """Return pictures as the contract shows them to somebody, with their owners' names and somebody's favourites.

    Both are read in one go, then how many near copies the caller's own have; not without `beside`, for whom none of it
    matters.
    """
    shown = list(pictures)
    marks = favourites.mark_keys(shown, caller) if beside else []
    owners = dict.fromkeys(picture.owner for picture in shown if picture.owner) if beside else {}
    rows = list(table.read([*map(people.person_key, owners), *marks]))
    names = {person.sub: person for person in map(people.from_row, (row for row in rows if people.is_profile(row)))}
    marked = {row["sk"] for row in rows if not people.is_profile(row)}
    counted = _stacks(shown, caller) if beside else {}
    return [
        present(
            picture,
            caller,
            names.get(picture.owner or ""),
            favourite=picture.id in marked,
            stack=counted.get(picture.stack or ""),
        )
        for picture in shown
    ]


_MAX_WORKERS = 8


def _stacks(pictures: Sequence[Picture], caller: Caller) -> Mapping[str, ImageStack]:
    """Return the stacks that some pictures of the caller's are in, of more than one picture, by their ids."""
    own = [picture for picture in pictures if owns(caller, picture) and stacks.is_listed(picture)]
    named = sorted({picture.stack for picture in own if picture.stack})
    if caller.sub is None or not named:
        return {}
    sub = caller.sub
    with ThreadPoolExecutor(_MAX_WORKERS) as pool:
        counts = list(pool.map(lambda stack: len(stacks.ids_in(sub, stack)), named))
    return {stack: ImageStack(id=stack, count=count) for stack, count in zip(named, counts, strict=True) if count > 1}


def present(
    picture: Picture,
    caller: Caller = ANYONE,
    owner: Person | None = None,
    *,
    favourite: bool = False,
    stack: ImageStack | None = None,
) -> Image:
    """Return a picture that is not a tombstone as the contract shows it to somebody, by default to a stranger.

    `favourite` is whether it is theirs though the picture is not, and `stack` how many copies their picture has, which
    its row does not tell.
    Sentences that its owner hid are for its owner and admins, and where it was taken for who sees_place.
    """
    trusted = caller.admin or owns(caller, picture)
    captions = picture.captions if trusted or not picture.caption_hidden else ()
    taken, content, reading, failure = picture.taken, picture.content, picture.reading, picture.failure
    return Image(
        id=picture.id,
        status=_status(picture),
        caption=picture.caption,
        labels=_labels(picture),
        captions=[ImageCaption(source=caption.source, text=caption.text) for caption in captions],
        key=storage.original_key(picture.id),
        version=picture.edition,
        title=picture.title,
        description=picture.owner_description,
        filename=picture.filename,
        attribution=picture.attribution,
        owner=picture.owner,
        owner_name=ImageOwner.model_validate(owner) if owner and owner.active else None,
        visibility="private" if picture.hidden else picture.chosen,
        caption_hidden=picture.caption_hidden,
        hidden=picture.hidden is not None,
        archived=picture.archived,
        trashed_at=picture.trashed_at,
        favourite=favourite or (owns(caller, picture) and picture.favourite_at is not None),
        type=content.media_type if content else None,
        size=content.size if content else None,
        width=content.width if content else None,
        height=content.height if content else None,
        sha256=content.sha256 if content else None,
        color=content.color if content else None,
        placeholder=content.placeholder if content else None,
        created_at=picture.created_at,
        taken_at=taken.at,
        taken_offset=taken.offset,
        taken_from=taken.source,
        camera=ImageCamera.model_validate(picture.camera) if picture.camera else None,
        location=ImageLocation.model_validate(picture.location)
        if picture.location and sees_place(caller, picture)
        else None,
        captioned_at=reading.captioned_at if reading else None,
        inference_time_ms=reading.inference_time_ms if reading else None,
        model=reading.model if reading else None,
        urls=_urls(picture),
        sizes=_sizes(content) if content else None,
        failure=ImageFailure(code=failure.code, detail=failure.detail, duplicate_of=failure.duplicate_of)
        if failure
        else None,
        albums=sorted(picture.albums) if trusted else [],
        guest_name=picture.guest_name if trusted else None,
        review="pending"
        if owns(caller, picture) and any(membership.pending for membership in picture.albums.values())
        else None,
        stack=stack if owns(caller, picture) and stacks.is_listed(picture) else None,
    )


def _status(picture: Picture) -> Literal["pending", "captioned", "failed"]:
    match picture.status:
        case "captioned" | "failed":
            return picture.status
        case _:
            return "pending"


def _labels(picture: Picture) -> list[ImageLabel]:
    if picture.owner_labels is not None:
        return [ImageLabel(label=label, probability=1, source="owner") for label in picture.owner_labels]
    named = picture.reading.named if picture.reading else ()
    return [ImageLabel(label=label.label, probability=label.probability, source="model") for label in named]


def _urls(picture: Picture) -> ImageUrls:
    keys = storage.rendition_keys(picture)
    return ImageUrls(
        original=f"/api/images/{picture.id}/download",
        large=address_of(keys.get("large")),
        medium=address_of(keys.get("medium")),
        small=address_of(keys.get("small")),
    )


def _sizes(content: Content) -> ImageSizes:
    made = content.made
    shown = {size: made[stand_in] for size, stand_in in stand_ins(made).items()}
    return ImageSizes(**{size: ImageExtent(width=width, height=height) for size, (width, height) in shown.items()})


def address_of(key: str | None) -> str | None:
    """Return where a browser finds what is made of a picture: on the site, or if it is private for a while at S3."""
    if key is None:
        return None
    if key.startswith(storage.MEDIA):
        return f"/{key}"
    return storage.lasting_address(key, seconds=limits.PRIVATE_URL_SECONDS)
