"""Every kind of partition of the table: its keys, what its rows are, and how they end.

This declaration is what the sweeper, the erasure and the export of a person, their tests and docs/architecture.md go
by. A kind is what the partition key begins with, up to the first `#`. The sweeper removes rows of declared postings
alone; what it does not know, such as rows of a later version, it leaves and logs.
"""

from collections.abc import Iterator
from dataclasses import dataclass


def kind_of(pk: str) -> str:
    """Return which kind of partition a partition key belongs to."""
    return pk.partition("#")[0]


@dataclass(frozen=True, slots=True)
class Partition:
    """One kind of partition: the forms of its keys, what its rows are, which module keeps them, and who deletes them.

    A `posting` says nothing but that a picture belongs into a list, and can be made again from the picture's row.
    `exported` names the document of a person's export that tells of these rows. Of those that are `emptied`, the
    erasure of a person goes through the person's own, one row after the other.
    """

    pk: str
    sk: str
    what: str
    module: str
    ends: str
    posting: bool = False
    exported: str | None = None
    emptied: bool = False

    @property
    def kind(self) -> str:
        """How the partition keys begin."""
        return kind_of(self.pk)


def _posting(pk: str, sk: str, what: str, module: str = "pictures.rows", *, emptied: bool = False) -> Partition:
    return Partition(pk, sk, what, module, "catalogue.change; the sweeper", posting=True, emptied=emptied)


_DECLARED = (
    Partition(
        "IMAGE#{id}", "IMAGE, TROUBLE", "a picture, its ticket or its tombstone, and its last error", "pictures.rows",
        "TTL of the tombstone", exported="pictures",
    ),
    _posting("LIST#public", "{id}", "newest pictures of all"),
    _posting("OWNER#{sub}#all, OWNER#{sub}#public", "{id}", "newest pictures of one owner", emptied=True),
    _posting("LABEL#{label}", "{id}", "newest public pictures that show it"),
    _posting("STATUS#pending, STATUS#failed#{sub}", "{id}", "newest public pictures without a caption, failed ones"),
    _posting("CLASS#{wnid}#{audience}", "{score}#{id}", "the search index, by group of classes", "pictures.index"),
    _posting("WORD#{term}#{audience}", "{score}#{id}", "the search index, by word", "pictures.index"),
    _posting(
        "SENTENCES#{audience}", "{id}#{digest}#{id}", "what was written of pictures, with its meaning as a vector",
        "pictures.sentences",
    ),
    Partition("EMBEDDINGS", "{id}", "pictures that lack a vector", "pictures.vectors", "search.embedding"),
    _posting("HASH#{sha256}", "{visibility}#{sub, if any}#{id}", "pictures of exactly these bytes"),
    _posting("TILES#{visibility}", "{id}", "pictures that can be seen, each with its tile", "mosaics.tiles"),
    _posting("TOMBSTONES", "{id}", "deleted pictures whose objects may not all be gone yet"),
    _posting("FAILURES", "{id}", "all failed pictures, for admins"),
    _posting(
        "TRASH#{sub}, TRASH", "{trashed_at}#{id}", "what is in the trash, of one owner and of all", emptied=True
    ),
    _posting("FAVOURITES#{sub}", "{favourite_at}#{id}", "favourites among somebody's own pictures"),
    Partition(
        "MARKED#{sub}#ids, MARKED#{sub}#moments", "{id}, {moment}#{id}", "favourites among others' pictures",
        "people.favourites", "favourites.forget, erasing the person", exported="favourites", emptied=True,
    ),
    _posting(
        "ENTRIES#{album}#{visibility}#{order}, ENTRIES#{album}#absent", "{moment, rank or date}#{id}, {id}",
        "pictures of an album", "pictures.album_lists",
    ),
    _posting("REVIEW#{sub}", "{album}#{id}", "guests' pictures that wait for an answer", "pictures.album_lists"),
    _posting("NEAR#{sub}", "{key}{values}#{id}", "one owner's pictures by their signatures", "pictures.stacks"),
    _posting("STACKS#{sub}", "{stack}#{id}", "one owner's stacks of near copies", "pictures.stacks"),
    _posting("VISITED#{digest}", "{id}", "what a guest added in one visit", "pictures.album_lists"),
    _posting("ARCHIVE#{sub}", "{id}", "what one owner archived", emptied=True),
    _posting("TAKEN#{sub}#{list}, TAKEN#public", "{taken_at}#{id}", "by when they were taken"),
    Partition(
        "MONTHS#{sub}, MONTHS", "{month}", "how many pictures were taken in a month", "pictures.months",
        "the sweeper's recount, erasing the person", emptied=True,
    ),
    Partition("LABELS", "{label}", "public pictures that show it", "pictures.label_counts", "the sweeper's recount"),
    Partition(
        "TAKEDOWNS", "{id}#{rendition}", "public bytes that are being taken down", "pictures.takedowns",
        "who takes them down; the sweeper",
    ),
    Partition(
        "MOSAICS#{id}, MOSAICS", "{name}, WITHDRAWN, LEASE#{number}, OF_TILES#{key}",
        "mosaics of a picture, when a tile went, which jobs work", "mosaics.mosaics", "mosaics.forget, TTL",
    ),
    Partition("CLAIM#{sha256}", "{sub}, public", "which picture first had these bytes", "pictures.duplicates", "TTL"),
    Partition(
        "WITHHELD#{sha256}, WITHHELD#{post}", "WITHHELD, POSTS, POST", "bytes that an admin hid, or a post of them",
        "pictures.withholding", "giving a picture or the post back",
    ),
    Partition(
        "DEADLETTERS", "{id}", "what the captioner gave up on", "captioning.dead_letters", "dead_letters.discard, TTL"
    ),
    Partition("SWEEPER", "{rule}", "after which key to go on", "sweep.scanning", "never: a row for each rule"),
    Partition(
        "LIMIT#{kind}#{sender}, LIMIT#", "{hour}, KEY", "what a sender has asked for in an hour", "api.quotas", "TTL"
    ),
    Partition(
        "PAUSE", "CAPTIONING, RESUMED", "why captioning is paused, since when, and when it was last resumed",
        "captioning.pausing", "pausing.end; the last resumption stays",
    ),
    Partition(
        "ALLOWANCE", "IMPORT", "what a planned import may still send", "captioning.allowance", "TTL"
    ),
    Partition("SPENT", "{date}", "what a day's sentences have cost", "describe.budget", "TTL"),
    Partition(
        "CIRCUIT", "{model}", "whether a language model answers", "powertools", "never: a row for each model"
    ),
    Partition("TALLIES", "{span}", "how many pictures there are", "pictures.counters", "never: a row for three days"),
    Partition("CAPTIONS", "{hour}", "captions written in an hour, and other tries at one", "pictures.counters", "TTL"),
    Partition("RECAPTION", "JOB", "captioning every picture again", "captioning.recaptions", "never: one row"),
    Partition("REPORTS", "{kind}#{id}, KEY", "what was reported or hidden", "feedback.reports", "TTL"),
    Partition("REPORTED#{kind}#{id}", "{digest}", "reports of a thing", "feedback.reports", "TTL"),
    Partition("CURSORS", "KEY", "the key that cursors are encrypted with", "api.paging", "never: one row"),
    Partition("LOG", "{ULID}", "what admins did", "admin.audit_log", "TTL"),
    Partition(
        "VOTES#{query}", "{id}#{digest}", "votes on results, each under a digest", "feedback.votes", "casting.cast"
    ),
    Partition(
        "FEEDBACK#{query}, FEEDBACK", "{id}, {day}, EXPORT#{query}, CHANGES, KEY", "sums of votes, and files of them",
        "feedback.votes", "casting.cast, TTL",
    ),
    Partition("QUERIES", "{query}", "queries voted on", "feedback.votes", "never: they hold no person"),
    Partition(
        "PERSON#{sub}", "PERSON, EXPORT, ORIGINALS", "a profile, and its last exports", "people.people",
        "erasing the person",
        exported="profile",
    ),
    Partition("USERNAME#{name}", "USERNAME", "whose name it is", "people.people", "erasing the person"),
    Partition(
        "NAME#{word}", "{sub}", "in whose display name a word stands", "people.names",
        "another name, or erasing the person",
    ),
    Partition(
        "INITIALS#{two letters}", "{word}#{sub}", "in whose names a word begins so", "people.names",
        "another name, or erasing the person",
    ),
    Partition("PEOPLE", "{sub}", "everybody who has a profile", "people.people", "erasing the person"),
    Partition("ERASURES", "{sub}", "erasures that go on", "people.people", "the eraser"),
    Partition(
        "FOLLOWERS#{sub}", "{sub}", "who follows a person", "people.follows", "unfollowing, erasing the person",
        exported="followers", emptied=True,
    ),
    Partition(
        "FOLLOWING#{sub}", "{sub}", "whom a person follows", "people.follows", "unfollowing, erasing the person",
        exported="following", emptied=True,
    ),
    Partition("ALBUM#{id}", "ALBUM", "an album's head", "albums.albums", "albums.delete", exported="albums"),
    Partition(
        "ALBUMS#{sub}, ALBUMS#public", "{id}", "newest albums of one owner, and public ones", "albums.albums",
        "albums.delete, erasing the person", emptied=True,
    ),
    Partition(
        "SHARED#{sub}", "{album}", "albums that somebody was let into", "albums.albums", "leaving, erasing the person",
        emptied=True,
    ),
    Partition(
        "INVITED#{sub}", "{album}", "albums that somebody is asked into", "albums.albums",
        "accepting or declining, erasing the person", emptied=True,
    ),
    Partition(
        "CLEARINGS", "{album}#{sub, if any}", "pictures to be taken out of an album", "albums.clearing",
        "clearing.clear",
    ),
    Partition("LINK#{digest}", "LINK", "a link to an album", "albums.links", "links.end, TTL"),
    Partition(
        "ROOM#{album}", "TICKET#{id}, USED#{id}", "room that guests' uploads and pictures take", "albums.room",
        "room.reclaim, room.given_back, clearing.clear",
    ),
    Partition("VISIT#{digest}", "VISIT", "a guest's visit by a link", "albums.visits", "TTL"),
    Partition(
        "COMPLAINTS#{sub}", "{album}#{id}", "what guests have against pictures of somebody's albums",
        "albums.complaints", "TTL, erasing the person", emptied=True,
    ),
    Partition("LINKS#{album}, LINKS#", "{link_id}, KEY", "links to an album", "albums.links", "links.end, TTL"),
    Partition(
        "POST#{id}", "POST, SHARE#{secret}", "a post, and links to it", "posts.posts", "retraction.retract",
        exported="posts",
    ),
    Partition("POSTS", "{id}", "newest posts", "posts.posts", "retraction.retract"),
    Partition("AUTHOR#{sub}", "{id}", "posts of a person", "posts.posts", "retraction.retract", emptied=True),
    Partition("POSTED#{id}", "{id}", "posts of a picture", "posts.posts", "retraction.retract"),
    Partition(
        "RETRACTIONS", "{id}", "posts that are gone with something left", "lifecycle.retraction", "retraction.clear_up"
    ),
    Partition("LIKES#{post}", "{sub}", "who likes a post", "posts.likes", "unliking, retraction.clear_up"),
    Partition(
        "LIKED#{sub}", "{post}", "what a person likes", "posts.likes", "unliking, erasing the person",
        exported="likes", emptied=True,
    ),
)  # fmt: skip

PARTITIONS = {kind.kind: kind for kind in _DECLARED}


def holds_postings(pk: str) -> bool:
    """Tell whether the rows under a partition key are postings; what is not declared holds none."""
    kind = kind_of(pk)
    return kind in PARTITIONS and PARTITIONS[kind].posting


def exported() -> Iterator[tuple[str, str]]:
    """Yield the kinds that a person's export tells of, each with the name of its document there."""
    return ((kind.kind, kind.exported) for kind in _DECLARED if kind.exported)


def emptied() -> Iterator[str]:
    """Yield the kinds of whose partitions the erasure of a person empties the person's own."""
    return (kind.kind for kind in _DECLARED if kind.emptied)


def described() -> Iterator[tuple[str, str, str, str, str]]:
    """Yield what docs/architecture.md says of each kind: partition key, sort key, what it is, its module, its end."""
    for kind in _DECLARED:
        meaning = f"posting: {kind.what}" if kind.posting else kind.what
        yield kind.pk, kind.sk, meaning, kind.module, kind.ends
