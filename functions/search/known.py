"""What a caller may know of by name: albums by their titles."""

from itertools import chain

from gallery.albums import albums
from gallery.albums.albums import Album
from gallery.aws import table
from gallery.pictures.access import Caller

MOST_ALBUMS = 100
"""Newest albums of somebody's own, of others that they were let into, and of public ones, that are known by title."""


def known_albums(caller: Caller) -> list[Album]:
    """Return the newest albums that somebody may see: their own, those shared with them, and public ones."""
    lists = [albums.PUBLIC]
    if caller.sub is not None:
        lists = [albums.by_owner(caller.sub), albums.by_member(caller.sub), albums.PUBLIC]
    ids = dict.fromkeys(chain.from_iterable(table.sort_keys(each, MOST_ALBUMS) for each in lists))
    return [each for each in albums.find_all(ids) if albums.audience_of(each, caller)]
