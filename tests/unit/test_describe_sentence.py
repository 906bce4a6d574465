"""What is left of what a language model said: one sentence of visible text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from describe.sentence import LONGEST, sentence


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Two dogs run.", "Two dogs run."),
        ("  two dogs\n\trun  across\r\nsand. ", "Two dogs run across sand."),
        ("Two dogs run. The sky is blue.", "Two dogs run."),
        ("A view of St. petersburg at 3.5 km.", "A view of St. petersburg at 3.5 km."),
        ('"A **bold** cat."', "A **bold** cat."),
        ("**A cat on a mat.**", "A cat on a mat."),
        ("A \u202ecat\u202c on\u200b a\ufeff mat\x00\x1b[31m.", "A cat on a mat[31m."),
        ("Ein Café in Köln", "Ein Café in Köln"),
        ("猫が寝ている。", "猫が寝ている。"),
        ("<script>alert(1)</script> a cat", "<script>alert(1)</script> a cat"),
        ("I’m sorry, I can’t.", None),  # noqa: RUF001
        ("As an AI model, no.", None),
        ("\u202e\u200b", None),
    ],
)
def test_one_sentence_of_visible_text_is_kept(said: str, kept: str | None) -> None:
    assert sentence(said) == kept


def test_a_long_sentence_ends_between_words() -> None:
    found = sentence("many words " * 1000)
    assert found
    assert len(found) <= LONGEST
    assert found.endswith(("words…", "many…"))


@given(st.text(max_size=2000))
def test_nothing_unseen_or_long_is_ever_kept(said: str) -> None:
    found = sentence(said)
    if found is not None:
        assert 0 < len(found) <= LONGEST
        assert not {each for each in found if unicodedata.category(each).startswith("C")}
        assert found == " ".join(found.split())
