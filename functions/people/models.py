"""What the API of people takes and gives, as the contract writes it."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from gallery import limits
from gallery.albums.albums import Role
from gallery.api.image import ImageOwner
from gallery.api.one_line import one_line
from gallery.people import people
from gallery.settings import Visibility

_RESERVED = {
    "about", "account", "admin", "administrator", "admins", "anonymous", "api", "everybody", "everyone", "feed",
    "gallery", "help", "login", "logout", "mail", "me", "media", "moderator", "neural_gallery", "nobody", "null",
    "official", "owner", "people", "posts", "root", "search", "security", "settings", "share", "staff", "support",
    "system", "undefined", "user", "users", "www",
}  # fmt: skip
"""What somebody could be taken for, or an address mistaken for."""


def _not_reserved(name: str) -> str:
    if name in _RESERVED:
        raise PydanticCustomError("reserved", "This name is reserved.")
    return name


Username = Annotated[str, StringConstraints(pattern=people.USERNAME), AfterValidator(_not_reserved)]
DisplayName = Annotated[str, StringConstraints(max_length=limits.MAX_DISPLAY_NAME), AfterValidator(one_line)]
Bio = Annotated[str, StringConstraints(max_length=limits.MAX_BIO), AfterValidator(one_line)]


class ProfileChange(BaseModel):
    """What to change of one's profile; a username can be chosen once, and null gives `default_visibility` back to the
    gallery's own."""

    model_config = ConfigDict(extra="forbid")

    username: Annotated[Username | None, Field(examples=["ada_l"])] = None
    display_name: Annotated[DisplayName | None, Field(examples=["Ada"])] = None
    bio: Annotated[Bio | None, Field(examples=["Cats, mostly."])] = None
    default_visibility: Annotated[Visibility | None, Field(examples=["private"])] = None


class AlbumInvitation(BaseModel):
    """An album that somebody asks one into: to be accepted or declined with `/api/albums/{album_id}/people/me`."""

    album_id: Annotated[str, Field(examples=["01KAGVQ2W3M8Y6Z5T4R7N9P0XC"])]
    title: Annotated[str, Field(examples=["Summer by the sea"])]
    role: Role
    owner: Annotated[ImageOwner | None, Field(description="Who asks; null where they have no profile any more")]


class Me(BaseModel):
    """Oneself; `username_chosen` is false as long as the name is one that the gallery gave."""

    sub: Annotated[str, Field(examples=["5f0c1a52-7021-70d4-8a6b-2f5be9b1c8d3"])]
    admin: Annotated[bool, Field(examples=[False])]
    username: Annotated[str, Field(examples=["ada_l"])]
    username_chosen: Annotated[bool, Field(examples=[True])]
    display_name: Annotated[str | None, Field(examples=["Ada"])]
    bio: Annotated[str | None, Field(examples=["Cats, mostly."])]
    followers: Annotated[int, Field(examples=[12])]
    following: Annotated[int, Field(examples=[7])]
    posts: Annotated[int, Field(examples=[3])]
    pictures: Annotated[int, Field(examples=[120], description="One's own that are neither failed nor in the trash")]
    bytes: Annotated[int, Field(examples=[412000000], description="Of the originals of these")]
    default_visibility: Annotated[
        Visibility, Field(examples=["private"], description="Of pictures uploaded without saying who may see them")
    ]
    review: Annotated[int, Field(ge=0, le=1000, description="How many guests' pictures wait, counted up to 1000")]
    invitations: Annotated[list[AlbumInvitation], Field(description="The newest hundred")]
    created_at: str


class User(BaseModel):
    """Somebody as everybody may see them."""

    username: Annotated[str, Field(examples=["ada_l"])]
    display_name: Annotated[str | None, Field(examples=["Ada"])]
    bio: Annotated[str | None, Field(examples=["Cats, mostly."])]
    followers: Annotated[int, Field(examples=[12])]
    following: Annotated[int, Field(examples=[7])]
    posts: Annotated[int, Field(examples=[3])]
    followed_by_me: Annotated[bool, Field(examples=[True])]


class MatchingUsersAnswer(BaseModel):
    """People of whose names words begin as was asked for, by how they are called."""

    users: list[User]


class UsersAnswer(BaseModel):
    """A part of a list of people; `next_cursor` is null at its end. A page may be short before that."""

    users: list[User]
    next_cursor: str | None


class Suggestion(User):
    """Somebody whom `shared` of the people follow whom one follows oneself."""

    shared: Annotated[int, Field(ge=1, examples=[4])]


class SuggestionsAnswer(BaseModel):
    """People whom one might like to follow, most shared connections first."""

    users: list[Suggestion]


class ErasureBegun(BaseModel):
    """The account is blocked, and everything of it is being erased."""

    status: Literal["erasing"] = "erasing"


class ExportRequest(BaseModel):
    """What to have put into files."""

    model_config = ConfigDict(extra="forbid")

    originals: Annotated[
        bool, Field(examples=[True], description="The originals, with what is known of each beside it")
    ] = False
    anew: Annotated[
        bool, Field(description="Have files of originals that are older than a day made again, not handed out again")
    ] = False


class ExportPending(BaseModel):
    """The file is being made; ask again."""

    status: Literal["pending"] = "pending"


class ExportReady(BaseModel):
    """Where to save the file from; the address works for a quarter of an hour."""

    url: str


class OriginalsPending(ExportPending):
    """The files are being made: of how many pictures, `of`, how many are `done`."""

    done: Annotated[int, Field(examples=[120])]
    of: Annotated[int, Field(examples=[2000])]


class OriginalsPart(BaseModel):
    """One of the ZIP files; the address works for an hour."""

    model_config = ConfigDict(from_attributes=True)

    url: str
    bytes: Annotated[int, Field(examples=[1998763002])]


class OriginalsReady(BaseModel):
    """Where to save the files from; they are kept for a week, and asking again renews the addresses."""

    parts: list[OriginalsPart]
