"""Write what the gallery knows of the 1000 ImageNet classes and of English words, from WordNet 3.0 (`make classes`).

ImageNet's class ids are WordNet noun offsets with an "n" before them and a class's index is its place among the sorted
ids; so the list of ids beside this file and WordNet's own noun file say everything. Debian's package `wordnet-base`
installs that file. The format is described in WordNet's manual, `man 5 wndb`.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gallery.vocabulary.words import stem

HERE = Path(__file__).parent
CLASS_IDS = HERE / "class_ids.txt"
CLASSES = HERE / "gallery" / "vocabulary" / "classes.json"
ENGLISH = HERE / "gallery" / "vocabulary" / "english.txt"
WORDNET = Path("/usr/share/wordnet")
WORDNET_NOUNS = WORDNET / "data.noun"
WORDNET_PLURALS = WORDNET / "noun.exc"
WORDNET_INDEXES = [WORDNET / f"index.{part_of_speech}" for part_of_speech in ("noun", "verb", "adj", "adv")]

HYPERNYM_POINTERS = ("@", "@i")

DISTINCT_NAMES = {
    "n02113186": "Cardigan Welsh corgi",
    "n03126707": "construction crane",
    "n03710721": "tank suit",
}
"""Names for the classes whose first WordNet word another class has as well."""


@dataclass(frozen=True)
class Synset:
    """One meaning in WordNet: its words, best first, the ids of what it is a kind of, and its definition."""

    words: list[str]
    hypernyms: list[str]
    gloss: str


def read_synsets(nouns: Path) -> dict[str, Synset]:
    """Return every noun meaning of WordNet by its id; raises OSError where the file is missing."""
    lines = nouns.read_text(encoding="latin-1").splitlines()
    return dict(_synset(line) for line in lines if not line.startswith("  "))


def _synset(line: str) -> tuple[str, Synset]:
    data, _, gloss = line.partition("|")
    fields = data.split()
    pointers_at = 4 + 2 * int(fields[3], 16)
    words = [word.replace("_", " ") for word in fields[4:pointers_at:2]]
    pointers = zip(fields[pointers_at + 1 :: 4], fields[pointers_at + 2 :: 4], strict=False)
    hypernyms = [f"n{offset}" for symbol, offset in pointers if symbol in HYPERNYM_POINTERS]
    return f"n{fields[0]}", Synset(words, hypernyms, gloss.strip())


def ancestors(ids: Iterable[str], synsets: Mapping[str, Synset]) -> Iterator[str]:
    """Yield once the id of everything that one of these is a kind of."""
    visited: set[str] = set()
    unvisited = list(ids)
    while unvisited:
        for hypernym in synsets[unvisited.pop()].hypernyms:
            if hypernym not in visited:
                visited.add(hypernym)
                unvisited.append(hypernym)
                yield hypernym


def read_plurals(exceptions: Path) -> dict[str, str]:
    """Return WordNet's irregular plurals of single words, each with its singular; raises OSError without the file."""
    pairs = (line.split()[:2] for line in exceptions.read_text(encoding="latin-1").splitlines())
    return {plural: singular for plural, singular in pairs if plural != singular and "_" not in plural + singular}


def class_knowledge(ids: list[str], synsets: Mapping[str, Synset], plurals: Mapping[str, str]) -> dict[str, object]:
    """Return the classes in index order, by id the concepts above them, and the irregular plurals of their words.

    Raises ValueError if two classes share a name.
    """
    classes = [_image_class(wnid, synsets[wnid]) for wnid in ids]
    names = [str(image_class["name"]).casefold() for image_class in classes]
    if repeated := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"several classes are called {sorted(repeated)}")
    concepts = {
        wnid: {
            "words": synsets[wnid].words,
            "hypernyms": synsets[wnid].hypernyms,
            "gloss": _definition(synsets[wnid].gloss),
        }
        for wnid in sorted(ancestors(ids, synsets))
    }
    known = {part for wnid in (*ids, *concepts) for word in synsets[wnid].words for part in word.casefold().split()}
    irregular = {plural: singular for plural, singular in sorted(plurals.items()) if singular in known}
    return {
        "source": "WordNet 3.0, see classes.LICENSE",
        "plurals": irregular,
        "classes": classes,
        "concepts": concepts,
    }


def _image_class(wnid: str, synset: Synset) -> dict[str, object]:
    name = DISTINCT_NAMES.get(wnid, synset.words[0])
    return {
        "wnid": wnid,
        "name": name,
        "synonyms": [word for word in synset.words if word != name],
        "hypernyms": synset.hypernyms,
        "gloss": synset.gloss,
    }


def _definition(gloss: str) -> str:
    """Return a gloss without the quotations that show how a word is used."""
    return gloss.partition('; "')[0]


def english_stems(indexes: Iterable[Path]) -> list[str]:
    """Return the stems of WordNet's single words, of nouns and of others; raises OSError where a file is missing."""
    lines = (line for index in indexes for line in index.read_text(encoding="latin-1").splitlines())
    words = (line.split(" ", 1)[0] for line in lines if not line.startswith("  "))
    return sorted({stem(word) for word in words if word.isalpha()})


def as_text(knowledge: Mapping[str, object]) -> str:
    """Return the knowledge as JSON, each class and concept on a line of its own, so that a change shows as one."""
    text = json.dumps(knowledge, ensure_ascii=False, separators=(",", ":"))
    return text.replace('{"wnid":', '\n{"wnid":').replace('},"n', '},\n"n') + "\n"


def main() -> int:
    """Write the files; answer 1 and say why where WordNet is not installed."""
    if not WORDNET_NOUNS.exists():
        sys.stderr.write(f"{WORDNET_NOUNS} is missing; `apt-get install wordnet-base` brings it.\n")
        return 1
    ids, synsets, plurals = CLASS_IDS.read_text().split(), read_synsets(WORDNET_NOUNS), read_plurals(WORDNET_PLURALS)
    CLASSES.write_text(as_text(class_knowledge(ids, synsets, plurals)))
    ENGLISH.write_text("\n".join(english_stems(WORDNET_INDEXES)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
