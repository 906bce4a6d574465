"""What counts of all that says when a picture was taken."""

from caption.metadata.filename import taken_by_name
from gallery.pictures.metadata import Metadata
from gallery.pictures.model import Picture, with_metadata


def dated(picture: Picture, metadata: Metadata) -> Picture:
    """Return the picture with what its file says, its own metadata before its name, and before when it was written.

    What somebody said of it stays. Where none of them says when, that is assumed whenever somebody asks.
    """
    taken = metadata.taken or taken_by_name(picture.filename, picture.modified_at) or metadata.changed
    return with_metadata(picture, taken, metadata)
