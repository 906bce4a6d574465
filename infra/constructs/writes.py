"""Which partitions of the table each function writes; its role lets it change rows of no others.

Partitions are those of gallery.partitions, by their whole key or by how it begins (`POST#*`). The unit tests compare
this with every write they see. Functions that change pictures change nearly everything, and are not bounded so: those
of pictures, mosaics and admins, the captioner, the describer, the eraser and the sweeper.
"""

_PEOPLE = ("PERSON#*", "USERNAME#*", "NAME#*", "PEOPLE")
"""Who comes for the first time is made known by whichever function that is."""

_POSTS = ("POST#*", "POSTS", "AUTHOR#*", "POSTED#*", "RETRACTIONS", "LIKES#*", "LIKED#*", "PERSON#*")
"""Posts and what goes with them, the counts of their authors included."""

_REPORTS = ("REPORTS", "REPORTED#*")

WRITES: dict[str, frozenset[str]] = {
    "brake": frozenset({"PAUSE"}),
    "classify": frozenset({"LIMIT#*"}),
    "dead_letters": frozenset({"DEADLETTERS", "IMAGE#*", "RECAPTION"}),
    "feedback": frozenset({"VOTES#*", "FEEDBACK#*", "FEEDBACK", "QUERIES", "LIMIT#*", *_REPORTS}),
    "people": frozenset({*_PEOPLE, "FOLLOWERS#*", "FOLLOWING#*", "ERASURES", "CURSORS"}),
    "posts": frozenset({*_POSTS, *_PEOPLE}),
    "search": frozenset(),
    "counter": frozenset(),
}
