"""Stacks: near copies of one owner's pictures (bursts, and pictures that were saved again), one of them in front.

| pk | sk | What |
|---|---|---|
| `NEAR#{sub}` | `{key}{values}#{id}` | posting: one owner's pictures by their signatures |
| `STACKS#{sub}` | `{stack}#{id}` | posting: one owner's pictures that have near copies, stack by stack |

Pictures of a stack say so themselves (`stack`), so that both lists can be made again from them. A stack is named after
the first picture in it, and is one as long as two or more stand in it: what is in the trash, failed or archived stands
in none, and is back in its stack when it is restored. A stack never changes who sees a picture.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from gallery import limits
from gallery.aws import table
from gallery.pictures import signature
from gallery.pictures.model import Picture
from gallery.pictures.signature import WAVES

_VALUES = 2 * len(WAVES)
_KEY = 3


def by_signature(sub: str) -> str:
    """Return the partition of one owner's pictures by their signatures."""
    return f"NEAR#{sub}"


def by_stack(sub: str) -> str:
    """Return the partition of one owner's pictures that have near copies."""
    return f"STACKS#{sub}"


def postings(picture: Picture) -> set[tuple[str, str]]:
    """Return the (pk, sk) of both lists in which a picture has to stand."""
    if picture.owner is None or not is_listed(picture):
        return set()
    posted = {(by_stack(picture.owner), f"{picture.stack}#{picture.id}")} if picture.stack else set()
    if may_have_copies(picture):
        posted.add((by_signature(picture.owner), f"{_filed(picture)}#{picture.id}"))
    return posted


def is_listed(picture: Picture) -> bool:
    """Tell whether a picture stands in the stack that it names."""
    return picture.status in {"pending", "captioned"} and not (picture.trashed_at or picture.archived)


def may_have_copies(picture: Picture) -> bool:
    """Tell whether a picture may be grouped with others of its owner's."""
    return bool(signature_of(picture)) and picture.owner is not None and is_listed(picture) and not picture.stands_alone


def signature_of(picture: Picture) -> bytes:
    """Return the signature of a picture that may have copies."""
    return (picture.content and picture.content.signature) or b""


def _filed(picture: Picture) -> str:
    found = signature_of(picture)
    return f"{signature.key(found)}{found[: len(WAVES)].hex()}"


def spans(picture: Picture) -> list[tuple[str, str]]:
    """Return between which keys, both included, a picture's copies are looked for: those that begin alike together."""
    beginnings: dict[str, list[str]] = {}
    for key in signature.probes(signature_of(picture), limits.NEAR_KEYS):
        beginnings.setdefault(key[:-1], []).append(key)
    return [(min(keys), max(keys)) for keys in beginnings.values()][: limits.NEAR_QUERIES]


def filed_near(picture: Picture) -> list[tuple[str, bytes]]:
    """Return the ids of pictures that a picture may be a copy of, each with what of its signature it is filed under.

    It takes `limits.NEAR_QUERIES` queries, each of which reads `limits.NEAR_READ` postings at most.
    """
    partition = by_signature(picture.owner or "")
    with ThreadPoolExecutor(limits.NEAR_QUERIES) as pool:
        read = pool.map(
            lambda span: table.sort_keys_between(partition, span[0], f"{span[1]}~", limits.NEAR_READ), spans(picture)
        )
        split = [sk.partition("#") for keys in read for sk in keys]
    return [(image_id, bytes.fromhex(filed[_KEY:])) for filed, _, image_id in split if image_id != picture.id]


def ids_in(sub: str, stack: str) -> list[str]:
    """Return the pictures of one of somebody's stacks, the first one first, one more than there may be at most."""
    keys = table.sort_keys_beginning(by_stack(sub), f"{stack}#", limits.MAX_STACK + 1)
    return [sk.partition("#")[2] for sk in keys]


def best_of(pictures: Iterable[Picture]) -> Picture:
    """Return which of a stack's pictures stands in front.

    That is the one that its owner put there last; else a favourite, the one with most pixels, of as many the one with
    most bytes, which the sharpest picture of a burst and the least compressed one have, one with a title, the first.
    """
    oldest_first = sorted(pictures, key=lambda picture: picture.id)
    return max(oldest_first, key=_worth)


def _worth(picture: Picture) -> tuple[str, bool, int, int, bool]:
    content = picture.content
    pixels, size = (content.width * content.height, content.size) if content else (0, 0)
    return picture.stack_front_at or "", picture.favourite_at is not None, pixels, size, bool(picture.title)


def in_front(pictures: Sequence[Picture]) -> list[Picture]:
    """Return a stack's pictures, the best one first, then as they were added."""
    best = best_of(pictures)
    return [best, *sorted((picture for picture in pictures if picture is not best), key=lambda picture: picture.id)]
