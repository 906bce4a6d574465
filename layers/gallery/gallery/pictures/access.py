"""Who may do what: the one place that decides."""

from dataclasses import dataclass
from typing import Literal

from gallery.pictures.album_lists import shown_in
from gallery.pictures.model import Picture
from gallery.settings import AccessMode

Action = Literal["see", "change", "download_original"]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request: `sub` is the Cognito subject, None for somebody not signed in.

    `grants` are the albums of which they see all pictures, each with those people whose pictures it shows; `visit` is
    the digest by which a guest is known who added pictures to an album. `places_of` is the person whose link tells them
    where that person's own pictures were taken.
    """

    sub: str | None = None
    admin: bool = False
    grants: frozenset[tuple[str, str]] = frozenset()
    visit: str | None = None
    places_of: str | None = None


ANYONE = Caller()


def owns(caller: Caller, picture: Picture) -> bool:
    """Tell whether the picture is the caller's; nobody owns what was uploaded without signing in."""
    return caller.sub is not None and caller.sub == picture.owner


def is_granted(caller: Caller, picture: Picture) -> bool:
    """Tell whether an album that the caller sees shows the picture; what it shows of whom is for its head to say."""
    return any((album_id, picture.owner) in caller.grants for album_id in shown_in(picture))


def added(caller: Caller, picture: Picture) -> bool:
    """Tell whether the caller is the guest who added the picture, which is theirs until its owner takes it away."""
    if caller.visit is None or picture.trashed_at or picture.hidden:
        return False
    return any(membership.visit == caller.visit for membership in picture.albums.values())


def sees_place(caller: Caller, picture: Picture) -> bool:
    """Tell whether somebody may know where a picture was taken.

    By a link that tells places those of its maker's own pictures alone: what guests added is theirs to tell.
    """
    if caller.admin or owns(caller, picture):
        return True
    return caller.places_of is not None and caller.places_of == picture.owner and not picture.from_guest


def may(caller: Caller, action: Action, picture: Picture, *, access: AccessMode, originals: bool = False) -> bool:
    """Tell whether the caller may see, change (or delete) a picture, or fetch its original bytes.

    What failed is its owner's and the admins' business; of what nobody owns, whoever knows its id may hear why. So is
    what is in the trash; of what nobody owns, it is that of whoever may take it out again. A picture of an album is
    seen by whom the album lets see it as well, private or not, and by the guest who added it.
    `access` is the gallery's mode: in an `open` one anybody may change what nobody owns. `originals` is the
    setting that hands original bytes to everyone who may see the picture.
    """
    if caller.admin or owns(caller, picture):
        return True
    match action:
        case "see" if is_granted(caller, picture) or added(caller, picture):
            return True
        case "see" if picture.trashed_at:
            return picture.hidden is None and may(caller, "change", picture, access=access)
        case "see":
            return picture.visibility == "public" and not (picture.status == "failed" and picture.owner)
        case "download_original":
            return originals and (picture.visibility == "public" or is_granted(caller, picture))
        case "change":
            return access == "open" and picture.owner is None


def may_upload(caller: Caller, *, access: AccessMode) -> bool:
    """Tell whether the caller may add pictures."""
    return access == "open" or caller.sub is not None
