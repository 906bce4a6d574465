"""Which partitions of the table each function writes; its role lets it change rows of no others.

Partitions are those of gallery.partitions, by their whole key or by how it begins (`POST#*`). The unit tests compare
this with every write they see, and the local cloud refuses any other.
"""

_PEOPLE = ("PERSON#*", "USERNAME#*", "NAME#*", "INITIALS#*", "PEOPLE")
"""Who comes for the first time is made known by whichever function that is."""

_POSTS = ("POST#*", "POSTS", "AUTHOR#*", "POSTED#*", "RETRACTIONS", "LIKES#*", "LIKED#*", "PERSON#*")
"""Posts and what goes with them, the counts of their authors included."""

_REPORTS = ("REPORTS", "REPORTED#*")

_ALBUMS = ("ALBUM#*", "ALBUMS#*", "SHARED#*", "INVITED#*", "CLEARINGS", "LINK#*", "LINKS#*")
"""Albums, the lists they stand in, and their links."""

_GUESTS = ("LINK#*", "LINKS#", "ROOM#*", "VISIT#*", "COMPLAINTS#*")
"""What guests do by a link: how often it was opened, room that uploads take, their visits, what they complain about."""

_POSTINGS = (
    "LIST#*",
    "OWNER#*",
    "LABEL#*",
    "STATUS#*",
    "CLASS#*",
    "WORD#*",
    "SENTENCES#*",
    "EMBEDDINGS",
    "HASH#*",
    "TILES#*",
    "TOMBSTONES",
    "FAILURES",
    "ARCHIVE#*",
    "TAKEN#*",
    "MONTHS",
    "MONTHS#*",
    "TRASH",
    "TRASH#*",
    "FAVOURITES#*",
    "ENTRIES#*",
    "REVIEW#*",
    "NEAR#*",
    "STACKS#*",
    "VISITED#*",
)
"""The lists that pictures stand in."""

_PICTURES = ("IMAGE#*", *_POSTINGS, "LABELS", "TALLIES", "MOSAICS", "MOSAICS#*", "TAKEDOWNS", "WITHHELD#*")
"""What goes with a change of a picture: its row, lists and counts, what is made of it, what is taken down."""

WRITES: dict[str, frozenset[str]] = {
    "admin": frozenset(
        {
            *_PICTURES,
            *_REPORTS,
            "POST#*",
            "PERSON#*",
            "ERASURES",
            "LOG",
            "PAUSE",
            "ALLOWANCE",
            "RECAPTION",
            "DEADLETTERS",
            "CURSORS",
        }
    ),
    "albums": frozenset({*_PICTURES, *_PEOPLE, *_ALBUMS, "ROOM#*"}),
    "brake": frozenset({"PAUSE"}),
    "caption": frozenset({*_PICTURES, *_POSTS, *_REPORTS, "CLAIM#*", "CAPTIONS", "RECAPTION", "DEADLETTERS"}),
    "classify": frozenset({"LIMIT#*"}),
    "describe": frozenset({*_PICTURES, "SPENT", "CIRCUIT", "DEADLETTERS"}),
    "embed": frozenset({"SENTENCES#*", "EMBEDDINGS"}),
    "erase": frozenset(
        {*_PICTURES, *_POSTS, *_PEOPLE, *_ALBUMS, "COMPLAINTS#*", "MARKED#*", "FOLLOWERS#*", "FOLLOWING#*", "ERASURES"}
    ),
    "export": frozenset({"PERSON#*"}),
    "feedback": frozenset({"VOTES#*", "FEEDBACK#*", "FEEDBACK", "QUERIES", "LIMIT#*", *_REPORTS}),
    "images": frozenset(
        {*_PICTURES, *_POSTS, *_PEOPLE, *_REPORTS, *_GUESTS, "MARKED#*", "LIMIT#*", "ALLOWANCE", "LOG"}
    ),
    "mosaic": frozenset({"MOSAICS", "MOSAICS#*"}),
    "people": frozenset({*_PEOPLE, "FOLLOWERS#*", "FOLLOWING#*", "ERASURES", "CURSORS"}),
    "posts": frozenset({*_POSTS, *_PEOPLE}),
    "search": frozenset(),
    "counter": frozenset(),
    "sweep": frozenset({*_PICTURES, *_POSTS, "NAME#*", "INITIALS#*", "SWEEPER", "DEADLETTERS", "RECAPTION"}),
}
