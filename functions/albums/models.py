"""What the API of albums takes and gives, as the contract writes it."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StringConstraints, model_validator

from gallery import limits
from gallery.albums.albums import Role
from gallery.albums.links import Downloads, Mode
from gallery.api.album import AlbumView
from gallery.api.batch import BatchIds
from gallery.api.image import ImageId, ImageOwner
from gallery.api.one_line import lines, one_line
from gallery.pictures.album_lists import Order
from gallery.settings import Visibility

Title = Annotated[
    str,
    StringConstraints(min_length=1, max_length=limits.MAX_TITLE_LENGTH, strip_whitespace=True),
    AfterValidator(one_line),
]
Description = Annotated[
    str, StringConstraints(max_length=limits.MAX_DESCRIPTION_LENGTH, strip_whitespace=True), AfterValidator(lines)
]


class NewAlbum(BaseModel):
    """What to call an album, who sees it, and in which order its pictures stand."""

    model_config = ConfigDict(extra="forbid")

    title: Annotated[Title, Field(examples=["Summer by the sea"])]
    description: Description | None = None
    visibility: Visibility = "private"
    order: Annotated[Order, Field(examples=["taken"])] = "taken"


class AlbumChange(BaseModel):
    """What to change of an album; a cover of null gives that place to its first picture."""

    model_config = ConfigDict(extra="forbid")

    title: Annotated[Title | None, Field(examples=["Summer by the sea"])] = None
    description: Description | None = None
    visibility: Visibility | None = None
    order: Annotated[Order | None, Field(examples=["taken"])] = None
    cover: ImageId | None = None


class AlbumsAnswer(BaseModel):
    """A part of a list of albums, newest first; `next_cursor` is null at its end. A page may be short before that."""

    albums: list[AlbumView]
    next_cursor: str | None


class PicturesToAdd(BaseModel):
    """Pictures of one's own; `originals` tells whether who has a link may have the originals of these."""

    model_config = ConfigDict(extra="forbid")

    ids: BatchIds
    originals: Annotated[
        StrictBool | None, Field(description="Left out, true for the album's owner and false for contributors")
    ] = None


class PicturesToTakeOut(BaseModel):
    """Pictures that shall be in the album no more."""

    model_config = ConfigDict(extra="forbid")

    ids: BatchIds


class PicturesToMove(BaseModel):
    """Pictures that shall stand in this order, right behind another one, or first of all where `after` is null."""

    model_config = ConfigDict(extra="forbid")

    ids: BatchIds
    after: ImageId | None


class PersonToLetIn(BaseModel):
    """What somebody shall be to the album; who accepts for themselves (`me`) says nothing."""

    model_config = ConfigDict(extra="forbid")

    role: Annotated[Role, Field(examples=["viewer"])] = "viewer"


class AlbumPerson(BaseModel):
    """Somebody who has a part in an album, or is asked into it."""

    person: ImageOwner
    role: Literal["owner"] | Role
    status: Annotated[Literal["member", "invited"], Field(examples=["member"])]


class AlbumPeopleAnswer(BaseModel):
    """Everybody who has a part in an album, its owner first; who is asked into it its owner alone hears."""

    people: list[AlbumPerson]


Password = Annotated[str, StringConstraints(min_length=limits.MIN_PASSWORD, max_length=limits.MAX_PASSWORD)]
LinkName = Annotated[
    str, StringConstraints(max_length=limits.MAX_DISPLAY_NAME, strip_whitespace=True), AfterValidator(one_line)
]
ExpiresIn = Annotated[
    int, Field(ge=limits.MIN_SHARE_SECONDS, le=limits.MAX_LINK_SECONDS, strict=True, description="Seconds from now")
]
MaxPictures = Annotated[int, Field(ge=1, le=limits.MAX_ALBUM_PICTURES, strict=True)]
MaxBytes = Annotated[int, Field(ge=1, le=limits.MAX_LINK_BYTES, strict=True)]


class NewLink(BaseModel):
    """What a link opens and allows; one without `expires_in` never ends by itself."""

    model_config = ConfigDict(extra="forbid")

    expires_in: Annotated[ExpiresIn | None, Field(examples=[2_592_000])] = None
    password: Annotated[Password | None, Field(examples=["by the sea"])] = None
    mode: Mode = "view"
    downloads: Downloads = "renditions"
    place: Annotated[StrictBool, Field(description="Whether it tells where the owner's own pictures were taken")] = (
        False
    )
    review: Annotated[StrictBool, Field(description="Whether what guests add waits for the owner")] = True
    name: Annotated[LinkName | None, Field(description="For the owner alone", examples=["the family"])] = None
    max_pictures: MaxPictures = limits.LINK_PICTURES
    max_bytes: MaxBytes = limits.LINK_BYTES


class LinkChange(BaseModel):
    """What to change of a link; null takes the end, the password or the name away."""

    model_config = ConfigDict(extra="forbid")

    expires_in: Annotated[ExpiresIn | None, Field(examples=[2_592_000])] = None
    password: Annotated[Password | None, Field(examples=["by the sea"])] = None
    mode: Mode | None = None
    downloads: Downloads | None = None
    place: StrictBool | None = None
    review: StrictBool | None = None
    name: Annotated[LinkName | None, Field(examples=["the family"])] = None
    max_pictures: MaxPictures | None = None
    max_bytes: MaxBytes | None = None


class LinkAnswer(BaseModel):
    """A link as the album's owner sees it: how often it was opened, and how many pictures guests added."""

    link_id: str
    name: Annotated[str | None, Field(examples=["the family"])]
    mode: Mode
    downloads: Downloads
    place: bool
    review: bool
    has_password: bool
    expires_at: str | None
    max_pictures: int
    max_bytes: int
    opened: Annotated[int, Field(examples=[12])]
    added: Annotated[int, Field(examples=[3])]
    created_at: str


class MadeLink(LinkAnswer):
    """A new link; its token is told this once."""

    url: Annotated[str, Field(examples=["https://gallery.example.org/a/9sXr2LwqT1m0aYV3kQ8ZbA"])]
    token: Annotated[str, Field(examples=["9sXr2LwqT1m0aYV3kQ8ZbA"])]


class LinksAnswer(BaseModel):
    """The links to an album that work, the newest first."""

    links: list[LinkAnswer]


ReviewIds = Annotated[list[ImageId], Field(max_length=limits.MAX_IDS, examples=[["01KAGVQ2W3M8Y6Z5T4R7N9P0XC"]])]


class Review(BaseModel):
    """Guests' pictures to show in the album, and those to put into the trash."""

    model_config = ConfigDict(extra="forbid")

    accept: ReviewIds = []
    reject: ReviewIds = []

    @model_validator(mode="after")
    def _each_once(self) -> "Review":
        ids = [*self.accept, *self.reject]
        if not 1 <= len(ids) <= limits.MAX_IDS or len(set(ids)) < len(ids):
            raise ValueError(f"Name 1 to {limits.MAX_IDS} pictures, each once.")
        return self
