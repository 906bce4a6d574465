"""Every kind of partition of the table: what its rows are, how they end, and whether a person's export holds them.

A kind is what the partition key begins with, up to the first `#`. The sweeper removes rows of declared postings alone;
what it does not know, such as rows of a later version, it leaves and logs.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Partition:
    """One kind of partition: who deletes its rows (`ends`), and whether they go into the export of whose they are.

    A `posting` says nothing but that a picture belongs into a list, and can be made again from the picture's row.
    """

    what: str
    ends: str
    exported: bool = False
    posting: bool = False


def _posting(what: str) -> Partition:
    return Partition(what, "catalogue.change; the sweeper", posting=True)


PARTITIONS = {
    "IMAGE": Partition("pictures, and the last trouble with each", "TTL of the tombstone", exported=True),
    "LIST": _posting("newest pictures of all"),
    "OWNER": _posting("newest pictures of an owner"),
    "LABEL": _posting("newest pictures that show it"),
    "STATUS": _posting("newest pictures in that state"),
    "CLASS": _posting("the search index"),
    "WORD": _posting("the search index"),
    "HASH": _posting("pictures of exactly these bytes"),
    "TILES": _posting("pictures that can be seen, with their tiles"),
    "TOMBSTONES": _posting("deleted pictures whose objects may not all be gone yet"),
    "FAILURES": _posting("failed pictures"),
    "LABELS": Partition("how many public pictures show a label", "the sweeper's recount"),
    "TAKEDOWNS": Partition("public bytes that are being taken down", "who takes them down; the sweeper"),
    "MOSAICS": Partition("mosaics of a picture", "mosaics.forget, TTL"),
    "CLAIM": Partition("which picture has these bytes first", "TTL"),
    "WITHHELD": Partition("bytes that an admin hid, or a post of them", "giving a picture or the post back"),
    "DEADLETTERS": Partition("what the captioner gave up on", "letters.discard, TTL"),
    "SWEEPER": Partition("where the sweeper goes on", "never: a row for each rule"),
    "LIMIT": Partition("what a sender has asked for in an hour", "TTL"),
    "PAUSE": Partition("why no picture is looked at", "pausing.end"),
    "SPENT": Partition("what a day's sentences have cost", "TTL"),
    "CIRCUIT": Partition("whether a language model answers", "never: a row for each model"),
    "TALLIES": Partition("how many pictures there are", "never: a row for three days"),
    "CAPTIONS": Partition("captions written in an hour", "TTL"),
    "RECAPTION": Partition("captioning every picture again", "never: one row"),
    "REPORTS": Partition("what was reported or hidden", "TTL"),
    "REPORTED": Partition("reports of a thing", "TTL"),
    "CURSORS": Partition("the key of encrypted cursors", "never: one row"),
    "LOG": Partition("what admins did", "TTL"),
    "VOTES": Partition("votes on search results, each under a digest", "casting.cast"),
    "FEEDBACK": Partition("sums of votes, and files of them", "casting.cast, TTL"),
    "QUERIES": Partition("queries voted on", "never: they hold no person"),
    "PERSON": Partition("profiles, and the last export of each", "erasing the person", exported=True),
    "USERNAME": Partition("whose name it is", "erasing the person"),
    "NAME": Partition("in whose display name a word stands", "another name, or erasing the person"),
    "PEOPLE": Partition("everybody who has a profile", "erasing the person"),
    "ERASURES": Partition("erasures that go on", "the eraser"),
    "FOLLOWERS": Partition("who follows a person", "unfollowing, erasing the person", exported=True),
    "FOLLOWING": Partition("whom a person follows", "unfollowing, erasing the person", exported=True),
    "POST": Partition("posts and links to them", "retraction.retract", exported=True),
    "POSTS": Partition("newest posts", "retraction.retract"),
    "AUTHOR": Partition("posts of a person", "retraction.retract"),
    "POSTED": Partition("posts of a picture", "retraction.retract"),
    "RETRACTIONS": Partition("posts that are gone with something left", "retraction.clear_up"),
    "LIKES": Partition("who likes a post", "unliking, retraction.clear_up"),
    "LIKED": Partition("what a person likes", "unliking, erasing the person", exported=True),
}


def kind_of(pk: str) -> str:
    """Return which kind of partition a partition key belongs to."""
    return pk.partition("#")[0]


def holds_postings(pk: str) -> bool:
    """Tell whether the rows under a partition key are postings; what is not declared holds none."""
    kind = kind_of(pk)
    return kind in PARTITIONS and PARTITIONS[kind].posting
