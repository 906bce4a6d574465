"""What calls by a link to an album take and give, as the contract writes it."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from gallery import limits
from gallery.albums.links import Downloads, Mode
from gallery.api.album import AlbumView
from gallery.api.one_line import one_line
from images.models import FileToUpload, Upload

GuestName = Annotated[
    str, StringConstraints(max_length=limits.MAX_GUEST_NAME, strip_whitespace=True), AfterValidator(one_line)
]
Reason = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.MAX_REASON_LENGTH),
    AfterValidator(one_line),
]


class LinkView(BaseModel):
    """What a link opens and allows; `access` spares its password for 12 hours, and is null where it has none."""

    album: AlbumView
    mode: Mode
    downloads: Downloads
    expires_at: str | None
    access: Annotated[str | None, Field(description="To be sent as X-Link-Access")]


class GuestUploads(BaseModel):
    """Files that a guest wants to add to an album, and how they sign them."""

    model_config = ConfigDict(extra="forbid")

    files: Annotated[list[FileToUpload], Field(min_length=1, max_length=limits.MAX_FILES_PER_REQUEST)]
    guest_name: Annotated[GuestName | None, Field(examples=["Aunt Olga"])] = None


class GuestUploadsAnswer(BaseModel):
    """One answer for each file, in order; `visit` is to be sent as X-Visit from now on."""

    uploads: list[Upload]
    visit: str


class LinkReportNoted(BaseModel):
    """The report is noted; the album's owner and admins will look at it."""

    status: Literal["noted"] = "noted"


class LinkReport(BaseModel):
    """Why a picture should not be shown."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[Reason, Field(examples=["I am on it and do not want to be."])]
