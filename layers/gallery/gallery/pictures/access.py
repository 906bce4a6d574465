"""Who may do what: the one place that decides."""

from dataclasses import dataclass
from typing import Literal

from gallery.pictures.model import Picture
from gallery.settings import AccessMode

Action = Literal["see", "change", "download_original"]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request: `sub` is the Cognito subject, None for somebody not signed in."""

    sub: str | None = None
    admin: bool = False


ANYONE = Caller()


def owns(caller: Caller, picture: Picture) -> bool:
    """Tell whether the picture is the caller's; nobody owns what was uploaded without signing in."""
    return caller.sub is not None and caller.sub == picture.owner


def may(caller: Caller, action: Action, picture: Picture, *, access: AccessMode, originals: bool = False) -> bool:
    """Tell whether the caller may see, change (or delete) a picture, or fetch its original bytes.

    What failed is its owner's and the admins' business; of what nobody owns, whoever knows its id may hear why. So is
    what is in the trash; of what nobody owns, it is that of whoever may take it out again.
    `access` is the gallery's mode: in an `open` one anybody may change what nobody owns. `originals` is the
    setting that hands original bytes to everyone who may see the picture.
    """
    if caller.admin or owns(caller, picture):
        return True
    match action:
        case "see" if picture.trashed_at:
            return picture.hidden is None and may(caller, "change", picture, access=access)
        case "see":
            return picture.visibility == "public" and not (picture.status == "failed" and picture.owner)
        case "download_original":
            return picture.visibility == "public" and originals
        case "change":
            return access == "open" and picture.owner is None


def may_upload(caller: Caller, *, access: AccessMode) -> bool:
    """Tell whether the caller may add pictures."""
    return access == "open" or caller.sub is not None
