"""The images that chat programs show of links: cut to the shape that they show, when they are asked for.

Nothing of them is stored, so that they are gone with the link. Functions that cut have Pillow among their packages.
"""

from io import BytesIO

from PIL import Image as Pillow
from PIL import ImageOps

from gallery.pictures import storage
from gallery.pictures.model import Picture

MEDIA_TYPE = "image/jpeg"
SIZE = (1200, 630)
"""Width and height in pixels of what is cut: 1.91 to 1, as Open Graph's readers recommend."""
_QUALITY = 80


def cut(picture: Picture) -> bytes | None:
    """Return the middle of a picture as a JPEG of SIZE; None where its bytes are gone meanwhile."""
    large = storage.find_rendition(storage.rendition_keys(picture)["large"])
    if large is None:
        return None
    file = BytesIO()
    with Pillow.open(BytesIO(large)) as image:
        ImageOps.fit(image.convert("RGB"), SIZE).save(file, "JPEG", quality=_QUALITY)
    return file.getvalue()
