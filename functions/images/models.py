"""What the pictures' API takes and gives, as the contract writes it."""

from typing import Annotated, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
    StrictBool,
    StringConstraints,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from gallery import limits
from gallery.api.batch import BatchIds
from gallery.api.image import Image, ImageId
from gallery.api.one_line import lines, one_line, without_controls
from gallery.captioning.allowance import Allowance
from gallery.captioning.pausing import Pause
from gallery.mosaics.mosaics import TileSet
from gallery.settings import AccessMode, SignUp, Visibility
from images.dates import Clock, Moment, Offset

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F]{64}$", to_lower=True)]
Title = Annotated[
    str, StringConstraints(max_length=limits.MAX_TITLE_LENGTH, strip_whitespace=True), AfterValidator(one_line)
]
Attribution = Annotated[
    str, StringConstraints(max_length=limits.MAX_ATTRIBUTION_LENGTH, strip_whitespace=True), AfterValidator(lines)
]
Description = Annotated[
    str, StringConstraints(max_length=limits.MAX_DESCRIPTION_LENGTH, strip_whitespace=True), AfterValidator(lines)
]
Word = Annotated[
    str,
    StringConstraints(min_length=1, max_length=limits.MAX_LABEL_LENGTH, strip_whitespace=True),
    AfterValidator(one_line),
]


def _file_name(name: str) -> str:
    return without_controls(name) or "picture"


def _once_each(labels: list[str]) -> list[str]:
    return list({label.casefold(): label for label in reversed(labels)}.values())[::-1]


Labels = Annotated[list[Word], Field(max_length=limits.MAX_LABELS), AfterValidator(_once_each)]


class Place(BaseModel):
    """Where a picture was taken: degrees of WGS 84, metres above the sea."""

    model_config = ConfigDict(extra="forbid")

    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    altitude_m: Annotated[float | None, Field(ge=-20_000, le=100_000, allow_inf_nan=False)] = None


class FileToUpload(BaseModel):
    """What the uploader says of a file before sending it; `size` in bytes, `type` may be empty if unknown.

    `modified_at` is when the file was, by the sender's clock: it counts where neither the sender nor the file says when
    the picture was taken.
    """

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(min_length=1, max_length=limits.MAX_NAME_LENGTH), AfterValidator(_file_name)]
    type: Annotated[str, StringConstraints(max_length=100), AfterValidator(without_controls)] = ""
    size: Annotated[int, Field(ge=0, strict=True)]
    sha256: Sha256 | None = None
    title: Title | None = None
    attribution: Attribution | None = None
    visibility: Visibility | None = None
    taken_at: Clock | None = None
    taken_offset: Offset | None = None
    taken_source: Literal["owner", "sidecar"] | None = None
    modified_at: Moment | None = None
    description: Description | None = None
    location: Place | None = None
    labels: Labels | None = None
    favourite: StrictBool | None = None
    archived: StrictBool | None = None
    caption_hidden: StrictBool | None = None
    album: ImageId | None = None

    @field_validator("taken_offset", "taken_source")
    @classmethod
    def _of_a_date(cls, value: str | None, known: ValidationInfo) -> str | None:
        if value is not None and known.data.get("taken_at", ...) is None:
            raise PydanticCustomError("undated", "It says something of taken_at, which is missing.")
        return value


class UploadsRequest(BaseModel):
    """Files somebody wants to upload."""

    model_config = ConfigDict(extra="forbid")

    files: Annotated[list[FileToUpload], Field(min_length=1, max_length=limits.MAX_FILES_PER_REQUEST)]


class ReadyUpload(BaseModel):
    """A ticket: POST `fields` and then the file to `url` as multipart/form-data before `expires_at`."""

    status: Literal["ready"] = "ready"
    image_id: str
    url: str
    fields: dict[str, str]
    expires_at: str


class DuplicateUpload(BaseModel):
    """The gallery has these bytes already; `trashed` stands there for those that are in the sender's trash alone."""

    status: Literal["duplicate"] = "duplicate"
    duplicate_of: str
    trashed: Annotated[Literal[True] | None, Field(exclude_if=lambda trashed: trashed is None)] = None


class RejectedUpload(BaseModel):
    """The file cannot be taken, and why; `rate_limited` says after when to try again."""

    status: Literal["rejected"] = "rejected"
    code: Literal["not_an_image", "unsupported_format", "too_large", "rate_limited"]
    detail: str


Upload: TypeAlias = Annotated[ReadyUpload | DuplicateUpload | RejectedUpload, Field(discriminator="status")]


class UploadsAnswer(BaseModel):
    """One answer for each file, in order."""

    uploads: list[Upload]


class ImagesAnswer(BaseModel):
    """A part of a list, newest first; `next_cursor` is null at its end."""

    images: list[Image]
    next_cursor: str | None


class ImagesAround(ImagesAnswer):
    """A part of a list that was asked for `around` a picture.

    `previous_cursor` leads to what comes before, null at its beginning.
    """

    previous_cursor: str | None


class MonthCount(BaseModel):
    """How many pictures of a list were taken in a month."""

    month: Annotated[str, Field(examples=["2024-07"])]
    count: int


class TimelineAnswer(BaseModel):
    """The months in which pictures of a list were taken, newest first."""

    months: list[MonthCount]


class LabelCount(BaseModel):
    """How many public pictures show something."""

    label: str
    count: int


class LabelsAnswer(BaseModel):
    """What public pictures show, most used first."""

    labels: list[LabelCount]


class ImageChange(BaseModel):
    """What to change of a picture; `labels` are the owner's corrections, null gives the word back to the model."""

    model_config = ConfigDict(extra="forbid")

    title: Title | None = None
    attribution: Attribution | None = None
    labels: Labels | None = None
    visibility: Visibility | None = None
    caption_hidden: Annotated[StrictBool | None, Field(description="Show others nothing that models wrote")] = None
    description: Description | None = None
    archived: Annotated[StrictBool | None, Field(description="Show it in no list but its owner's archive")] = None
    taken_at: Annotated[Clock | None, Field(description="Null gives the date back to the file")] = None
    taken_offset: Offset | None = None
    location: Annotated[Place | None, Field(description="Null forgets it")] = None


class BatchDelete(BaseModel):
    """Delete pictures for good."""

    model_config = ConfigDict(extra="forbid")

    action: Literal["delete"]
    ids: BatchIds


class BatchTrash(BaseModel):
    """Put pictures into the trash, or restore them."""

    model_config = ConfigDict(extra="forbid")

    action: Literal["trash", "restore"]
    ids: BatchIds


class BatchArchive(BaseModel):
    """Archive pictures, or show them in lists again."""

    model_config = ConfigDict(extra="forbid")

    action: Literal["archive", "unarchive"]
    ids: BatchIds


class BatchShiftTaken(BaseModel):
    """Move the dates of pictures, of each in the version given in the same place as its id; 412 for another one."""

    model_config = ConfigDict(extra="forbid")

    action: Literal["shift_taken"]
    ids: BatchIds
    seconds: Annotated[
        int,
        Field(
            ge=-limits.MOST_SHIFTED,
            le=limits.MOST_SHIFTED,
            strict=True,
            examples=[3600],
            description="Later, or earlier below 0",
        ),
    ]
    versions: Annotated[list[Annotated[int, Field(ge=1, strict=True)]], Field(examples=[[2]])]

    @field_validator("versions")
    @classmethod
    def _one_for_each(cls, versions: list[int], known: ValidationInfo) -> list[int]:
        if len(versions) != len(known.data.get("ids", versions)):
            raise PydanticCustomError("unequal", "One version for each id, in the same order.")
        return versions


class BatchFavourite(BaseModel):
    """Make pictures one's favourites, or none any more."""

    model_config = ConfigDict(extra="forbid")

    action: Literal["favourite"]
    ids: BatchIds
    favourite: StrictBool


class BatchVisibility(BaseModel):
    """Change who may see pictures."""

    model_config = ConfigDict(extra="forbid")

    action: Literal["visibility"]
    ids: BatchIds
    visibility: Visibility


class BatchLabels(BaseModel):
    """Put words to the labels under which pictures are listed, and take others away."""

    model_config = ConfigDict(extra="forbid")

    action: Literal["labels"]
    ids: BatchIds
    add: Annotated[Labels, Field(examples=[["holiday"]])] = []
    remove: Annotated[Labels, Field(examples=[[]])] = []


class BatchCaptionHidden(BaseModel):
    """Hide what models wrote of pictures, or show it again; a field left out hides."""

    model_config = ConfigDict(extra="forbid")

    action: Literal["caption_hidden"]
    ids: BatchIds
    caption_hidden: StrictBool = True


class BatchAlbum(BaseModel):
    """Put pictures of one's own into an album, or take pictures out of it."""

    model_config = ConfigDict(extra="forbid")

    action: Literal["album_add", "album_remove"]
    ids: BatchIds
    album: ImageId


Batch = (
    BatchAlbum
    | BatchDelete
    | BatchTrash
    | BatchArchive
    | BatchFavourite
    | BatchVisibility
    | BatchLabels
    | BatchCaptionHidden
    | BatchShiftTaken
)


class BatchRequest(RootModel[Annotated[Batch, Field(discriminator="action")]]):
    """What to do to many pictures."""


class Stack(BaseModel):
    """Near copies of one picture; the best one, whose id is `best`, comes first among its images."""

    id: ImageId
    best: ImageId
    images: list[Image]


class StacksAnswer(BaseModel):
    """A part of one's own stacks, the newest first; `next_cursor` is null at the end."""

    stacks: list[Stack]
    next_cursor: str | None


_Members = Annotated[
    list[Annotated[str, StringConstraints(min_length=1, max_length=100)]], Field(max_length=limits.MAX_STACK)
]


class StackReview(BaseModel):
    """What becomes of a stack's pictures; those that are not named stay in it.

    `best` is put in front, those to `keep` leave the stack for good, and with `merge` the one in front takes over the
    titles, descriptions, labels, albums and favourites of those that go into the `trash`.
    """

    model_config = ConfigDict(extra="forbid")

    best: Annotated[str | None, Field(min_length=1, max_length=100)] = None
    kept: Annotated[_Members, Field(alias="keep")] = []
    trash: _Members = []
    merge: StrictBool = False

    @field_validator("trash")
    @classmethod
    def _each_once(cls, trash: list[str], known: ValidationInfo) -> list[str]:
        named = [*known.data.get("kept", ()), *trash]
        if len(set(named)) < len(named):
            raise PydanticCustomError("repeated", "Each id may stand in keep or trash once.")
        if known.data.get("best") in trash:
            raise PydanticCustomError("trashed", "The best image stays.")
        return trash


class DownloadAnswer(BaseModel):
    """An address that works until `expires_at`, and the name to save under; `original`: the very bytes uploaded."""

    url: str
    expires_at: str
    filename: str
    original: bool


TileSize = Annotated[
    int, Field(ge=limits.MIN_TILE, le=limits.MAX_TILE, strict=True, description="Side of a tile in pixels")
]
Blend = Annotated[
    float,
    Field(
        ge=0, le=1, strict=True, description="How far each tile takes on the colour of what it stands for; two decimals"
    ),
]
MosaicWidth = Annotated[
    int,
    Field(
        ge=limits.MAX_TILE,
        le=limits.MAX_MOSAIC_PIXELS,
        strict=True,
        description=f"In pixels; narrower where there would be more than {limits.MAX_MOSAIC_TILES} tiles, or more than "
        f"{limits.MAX_MOSAIC_PIXELS} pixels of height",
    ),
]


class MosaicRequest(BaseModel):
    """How a mosaic shall be."""

    model_config = ConfigDict(extra="forbid")

    tiles: TileSet
    tile_size: TileSize
    blend: Blend
    width: MosaicWidth = limits.MOSAIC_PIXELS


class MosaicBegun(BaseModel):
    """The mosaic is being made; ask how far it is."""

    status: Literal["pending"] = "pending"


class MosaicReady(BaseModel):
    """The mosaic is there: `columns` by `rows` tiles, `tiles_used` different ones."""

    status: Literal["ready"] = "ready"
    url: str
    columns: int
    rows: int
    tiles_used: int


class MosaicPending(BaseModel):
    """The mosaic is being made, so much of it is done."""

    status: Literal["pending"] = "pending"
    progress: Annotated[float, Field(ge=0, le=1)]


class MosaicFailed(BaseModel):
    """The mosaic could not be made, and why; it may be asked for again."""

    status: Literal["failed"] = "failed"
    detail: str


class MosaicState(RootModel[Annotated[MosaicReady | MosaicPending | MosaicFailed, Field(discriminator="status")]]):
    """What became of a mosaic."""


class HealthAnswer(BaseModel):
    """The API answers."""

    status: Literal["ok"] = "ok"
    version: str


class UploadLimits(BaseModel):
    """What may be uploaded; endings are for browsers that don't know a type."""

    types: list[str]
    endings: list[str]
    max_bytes: int
    max_files: int


class IdentitySettings(BaseModel):
    """Where people sign in, who gets an account (`closed` means nobody new) and whether passkeys serve as passwords."""

    region: str
    user_pool_id: str
    client_id: str
    endpoint: str | None
    sign_up: SignUp
    passkeys: bool


class SendingLimits(BaseModel):
    """How many pictures may come before the gallery says no, null for any number, and what one of them costs.

    What sends many keeps below them: beyond `uploads_per_hour` one person's are refused until the next hour, beyond
    `captions_per_hour` and `captions_a_day` of all people together captioning stops until an admin lets it go on.
    """

    uploads_per_hour: int | None
    captions_per_hour: int | None
    captions_a_day: int | None
    allowance: Annotated[Allowance | None, Field(description="How many more may come all the same, and until when")]
    picture_dollars: float | None = Field(description="What Amazon charges for an upload and its caption, roughly")


class SettingsAnswer(BaseModel):
    """What the page needs to start; `model` is null until one is compiled."""

    access: AccessMode
    identity: IdentitySettings | None
    uploads: UploadLimits
    model: str | None
    demo_only: bool
    tile_sets: list[str]
    paused: bool
    pause: Pause | None
    limits: SendingLimits
    export_gb_dollars: float | None = Field(description="What Amazon charges for a GB of originals taken away, roughly")
    default_visibility: Visibility
    version: str
