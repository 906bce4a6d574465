"""Links to albums: made, changed and ended by the album's owner and admins."""

import time
from datetime import UTC, datetime
from typing import Any

from albums.managing import find_own
from albums.models import LinkAnswer, LinkChange, LinksAnswer, MadeLink, NewLink
from gallery.albums import links, room
from gallery.albums.links import Link
from gallery.pictures.access import Caller
from gallery.problems import invalid
from gallery.settings import settings
from gallery.timestamps import timestamp

_NULLABLE = {"expires_in", "password", "name"}


def make_link(album_id: str, request: NewLink, caller: Caller) -> MadeLink:
    """Make a link to an album; its token is in the answer and nowhere else."""
    album = find_own(album_id, caller)
    chosen = request.model_dump(exclude={"expires_in", "password"})
    token = links.new_token()
    link = links.made(album.id, token, **chosen | _ending(request.expires_in)).with_password(request.password)
    if link.place and caller.sub != album.owner:
        raise invalid("place", "Only the album's owner lets others know where pictures were taken.")
    links.create(link)
    return MadeLink(**_told(link), url=f"{settings().site_url}/a/{token}", token=token)


def list_links(album_id: str, caller: Caller) -> LinksAnswer:
    """Return the links to an album that work; room that uploads took in vain is given back with that."""
    album = find_own(album_id, caller)
    room.reclaim(album.id)
    return LinksAnswer(links=[LinkAnswer(**_told(link)) for link in links.of_album(album.id)])


def change_link(album_id: str, link_id: str, change: LinkChange, caller: Caller) -> LinkAnswer:
    """Change what a link opens and allows, at once for everybody who has it."""
    album = find_own(album_id, caller)
    link = links.find_of_album(album.id, link_id)
    given = change.model_dump(include=change.model_fields_set)
    for name in given.keys() - _NULLABLE:
        if given[name] is None:
            raise invalid(name, "A link has one.")
    if given.get("place") and caller.sub != album.owner:
        raise invalid("place", "Only the album's owner lets others know where pictures were taken.")
    if "password" in given:
        protected = link.with_password(given.pop("password"))
        given |= {"salt": protected.salt, "password": protected.password}
    if "expires_in" in given:
        given |= _ending(given.pop("expires_in"))
    return LinkAnswer(**_told(links.change(link, given) if given else link))


def end_link(album_id: str, link_id: str, caller: Caller) -> None:
    """Let a link open nothing any more; done again it does no harm."""
    links.end(find_own(album_id, caller).id, link_id)


def _ending(seconds: int | None) -> dict[str, Any]:
    return {"expires_at": None if seconds is None else int(time.time()) + seconds}


def _told(link: Link) -> dict[str, Any]:
    fields = {name: getattr(link, name) for name in LinkAnswer.model_fields if hasattr(link, name)}
    ends = None if link.expires_at is None else timestamp(datetime.fromtimestamp(link.expires_at, UTC))
    return fields | {"expires_at": ends, "has_password": link.salt is not None}
