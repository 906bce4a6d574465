import pytest

from caption import wording
from caption.sentence import sentence
from gallery.pictures.model import Label
from gallery.vocabulary.classes import image_classes
from gallery.vocabulary.sensitive import CERTAIN, SENSITIVE

CLASSES = {each.name: each for each in image_classes()}


def labels(*found: tuple[str, float]) -> list[Label]:
    return [Label(name, CLASSES[name].wnid, probability) for name, probability in found]


@pytest.mark.parametrize(
    ("found", "caption"),
    [
        ([("golden retriever", 0.97), ("Labrador retriever", 0.03)], "A golden retriever"),
        ([("golden retriever", 0.97)], "A golden retriever"),
        ([("golden retriever", 0.7), ("Labrador retriever", 0.2)], "A golden retriever, perhaps a Labrador retriever"),
        ([("desk", 0.65), ("monitor", 0.25)], "A desk, perhaps with a monitor"),
        ([("zebra", 0.8), ("ostrich", 0.01)], "Probably a zebra"),
        (
            [("Yorkshire terrier", 0.42), ("silky terrier", 0.34), ("Australian terrier", 0.23)],
            "A kind of terrier, perhaps a Yorkshire terrier, a silky terrier or an Australian terrier",
        ),
        (
            [("golden retriever", 0.45), ("vizsla", 0.27), ("Irish setter", 0.07)],
            "A kind of sporting dog, perhaps a golden retriever or a vizsla",
        ),
        (
            [("junco", 0.62), ("brambling", 0.12), ("house finch", 0.09)],
            "A kind of finch, perhaps a junco, a brambling or a house finch",
        ),
        ([("tile roof", 0.5), ("ostrich", 0.25), ("flagpole", 0.07)], "Perhaps a tile roof, an ostrich or a flagpole"),
        ([("golden retriever", 0.86), ("bikini", 0.14)], "Probably a golden retriever"),
        ([("revolver", 0.99), ("holster", 0.01)], "A revolver"),
    ],
)
def test_a_caption_says_as_much_as_the_model_knows(found: list[tuple[str, float]], caption: str) -> None:
    assert sentence(labels(*found)) == caption


@pytest.mark.parametrize(
    "found",
    [
        [("golden retriever", 0.35), ("vizsla", 0.25), ("Irish setter", 0.07)],
        [("tile roof", 0.24), ("ostrich", 0.15), ("flagpole", 0.07)],
        [("desk", 0.61), ("monitor", 0.15)],
        [("zebra", 0.77)],
        [("acorn", 0.2)],
        [],
        # What the review found on a face, on a girl with a dog, and on a logo.
        [("nipple", 0.7), ("syringe", 0.16)],
        [("tank suit", 0.57), ("bikini", 0.39), ("bloodhound", 0.02)],
        [("toilet seat", 0.3)],
        [("assault rifle", 0.5), ("rifle", 0.48)],
        [("gorilla", 0.6), ("chimpanzee", 0.38)],
    ],
)
def test_what_is_not_probable_enough_is_not_said(found: list[tuple[str, float]]) -> None:
    assert sentence(labels(*found)) is None


@pytest.mark.parametrize("name", sorted(name for each in SENSITIVE.values() for name in each.values()))
def test_what_must_not_be_guessed_is_said_only_where_it_is_certain(name: str) -> None:
    assert sentence(labels((name, CERTAIN))) is not None
    assert sentence(labels((name, CERTAIN - 0.001))) is None


@pytest.mark.parametrize(
    ("name", "caption"),
    [
        ("ice bear", "A polar bear"),
        ("Old English sheepdog", "An Old English sheepdog"),
        ("iPod", "An iPod"),
        ("hourglass", "An hourglass"),
        ("unicycle", "A unicycle"),
        ("European fire salamander", "A European fire salamander"),
        ("binoculars", "Binoculars"),
        ("jean", "Blue jeans"),
        ("guacamole", "Guacamole"),
        ("Granny Smith", "A Granny Smith"),
    ],
)
def test_a_name_comes_with_the_article_that_people_use(name: str, caption: str) -> None:
    assert sentence(labels((name, 0.99))) == caption


def test_every_class_can_be_captioned() -> None:
    captions = {sentence(labels((name, 0.99))) for name in CLASSES}
    assert len(captions) == len(CLASSES)


def test_words_used_instead_of_wordnets_first_are_wordnets_too() -> None:
    assert all(word in CLASSES[name].words for name, word in wording.SPOKEN.items())


def test_no_rule_about_a_word_is_for_a_word_that_never_comes() -> None:
    names = {wording.SPOKEN.get(name, name) for name in CLASSES}
    spoken = {wording.PLURAL.get(name, name) for name in names}
    concepts = {each.words[0] for image_class in CLASSES.values() for each in image_class.ancestors}
    assert wording.PLURAL.keys() <= names
    assert spoken >= wording.WITHOUT_ARTICLE
    assert wording.OTHER_ARTICLES.keys() <= spoken
    assert concepts >= wording.UNSAID
