"""What guests have against pictures of an album, for its owner.

| pk | sk | What |
|---|---|---|
| `COMPLAINTS#{sub}` | `{album}#{id}` | why somebody finds that a picture should not be shown, the last reason given |

Rows are forgotten after 90 days. Admins hear of it as of any other report.
"""

import time
from collections.abc import Mapping

from gallery import limits
from gallery.albums.albums import Album
from gallery.aws import table
from gallery.timestamps import now

_KEPT_SECONDS = 90 * 24 * 3600


def by_owner(sub: str) -> str:
    """Return the partition of what was said about pictures of somebody's albums."""
    return f"COMPLAINTS#{sub}"


def note(album: Album, image_id: str, reason: str) -> None:
    """Tell an album's owner why a picture should not be shown."""
    row = {**table.key(by_owner(album.owner), f"{album.id}#{image_id}"), "reason": reason, "at": now()}
    table.store({**row, "expires_at": int(time.time()) + _KEPT_SECONDS})


def about(album: Album) -> Mapping[str, str]:
    """Return why pictures of an album should not be shown, by their ids; of a hundred at the most."""
    listed, _ = table.query(
        KeyConditionExpression="pk = :pk AND begins_with(sk, :album)",
        ExpressionAttributeValues={":pk": by_owner(album.owner), ":album": f"{album.id}#"},
        Limit=limits.MAX_PAGE,
    )
    return {row["sk"].rpartition("#")[2]: row["reason"] for row in listed}
