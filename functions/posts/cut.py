"""The image that chat programs show of a shared post: the picture itself, or cut to the shape that they show.

Programs lay a preview out by `og:image:width` and `og:image:height`, and show 1.91 to 1. A panorama or a portrait is
cut to that when it is asked for; nothing of it is stored, so that it is gone with the link, the post and the picture.
"""

from dataclasses import dataclass
from typing import cast

from gallery.api import cutting
from gallery.api.cutting import SIZE
from gallery.api.image import ImageSizes, present
from gallery.pictures.model import Picture
from gallery.posts import posts

_NEAR = (1.3, 2.5)
"""Pictures of these ratios, which cameras' 4:3 and films' 2.39:1 are within, are shown whole."""


@dataclass(frozen=True, slots=True)
class Preview:
    """Where a preview's image is, as a path of the site, and its width and height in pixels."""

    path: str
    width: int
    height: int


def preview_of(picture: Picture, token: str) -> Preview:
    """Return the medium rendition of a picture whose shape is near that of previews, else what is cut from the large.

    Some chat programs show no preview of more than a few hundred kilobytes.
    """
    shown = present(picture)
    width, height = cast("int", shown.width), cast("int", shown.height)
    if not _NEAR[0] <= width / height <= _NEAR[1]:
        return Preview(f"/s/{token}/preview.jpg", *SIZE)
    medium = cast("ImageSizes", shown.sizes).medium
    return Preview(str(shown.urls.medium), medium.width, medium.height)


def cut(picture: Picture) -> bytes:
    """Return the middle of a picture as a JPEG of SIZE; raises the 404 of posts where its bytes are gone meanwhile."""
    image = cutting.cut(picture)
    if image is None:
        raise posts.no_such_post()
    return image
