"""Making a sentence fit to be shown of what a model said: it may be anything that somebody wrote on a picture."""

import re
import unicodedata

LONGEST = 300

_REFUSALS = re.compile(
    r"(i['’]?m sorry|i am sorry|sorry,|i can(no|['’])t|i am unable|i['’]m unable|as an ai)\b",  # noqa: RUF001
    re.IGNORECASE,
)
_END = re.compile(r"(?<=[.!?])[\"'”’]*\s+(?=[\"'“‘]*[A-Z])")  # noqa: RUF001
_QUOTES = "\"'“”‘’`*_# "  # noqa: RUF001


def sentence(answer: str) -> str | None:
    """Return the first sentence of what a model said, at most 300 characters; None where it said nothing or refused.

    Nothing that cannot be seen is left: control characters, marks that turn the direction of writing, surrogates and
    what Unicode has not assigned. What looks like HTML stays what it is, text.
    """
    text = _visible(answer[: 10 * LONGEST]).strip(_QUOTES)
    first = _END.split(text, maxsplit=1)[0].strip(_QUOTES)
    if not any(line.isalpha() for line in first) or _REFUSALS.match(first):
        return None
    return _cut(first[0].upper() + first[1:])


def _visible(answer: str) -> str:
    normal = unicodedata.normalize("NFC", answer)
    return " ".join("".join(character for character in normal if character.isspace() or _is_seen(character)).split())


def _is_seen(character: str) -> bool:
    return not unicodedata.category(character).startswith("C")


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return f"{text[: LONGEST - 1].rpartition(' ')[0] or text[: LONGEST - 1]}…"
