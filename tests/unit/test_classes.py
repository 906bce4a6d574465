import importlib.util
from pathlib import Path

import pytest

from gallery.vocabulary import classes, lexicon
from gallery.vocabulary.classes import image_classes

GENERATOR = Path(__file__).parents[2] / "layers/gallery/generate_classes.py"


def test_there_are_a_thousand_classes_in_the_order_of_the_models_output() -> None:
    ids = [each.wnid for each in image_classes()]
    assert ids == sorted(ids)
    assert [each.index for each in image_classes()] == list(range(1000))


def test_no_two_classes_share_a_name() -> None:
    assert len({each.name.casefold() for each in image_classes()}) == 1000


@pytest.mark.parametrize(
    ("index", "name", "word"),
    [
        (207, "golden retriever", "golden retriever"),
        (134, "crane", "crane"),
        (517, "construction crane", "crane"),
        (264, "Cardigan Welsh corgi", "Cardigan"),
        (639, "tank suit", "maillot"),
        (340, "zebra", "zebra"),
        (151, "Chihuahua", "Chihuahua"),
    ],
)
def test_a_class_has_a_name_of_its_own_and_keeps_the_words_of_wordnet(index: int, name: str, word: str) -> None:
    found = image_classes()[index]
    assert found.name == name
    assert word in found.words


def test_a_class_knows_what_it_is_a_kind_of_from_the_root_down() -> None:
    path = [each.words[0] for each in image_classes()[207].path]
    assert path[0] == "entity"
    assert path[-4:] == ["dog", "hunting dog", "sporting dog", "retriever"]


def test_a_dog_is_a_domestic_animal_although_its_chief_line_runs_through_the_canines() -> None:
    retriever = image_classes()[207]
    assert "domestic animal" in {each.words[0] for each in retriever.ancestors}
    assert "domestic animal" not in {each.words[0] for each in retriever.path}
    assert retriever.depth == 12


def test_two_classes_share_the_concepts_above_them() -> None:
    golden, labrador = image_classes()[207], image_classes()[208]
    assert golden.path[-1] is labrador.path[-1]


def test_every_class_is_a_kind_of_something_and_has_a_definition() -> None:
    assert all(each.gloss and each.path and each.path[0].words[0] == "entity" for each in image_classes())


def test_generating_again_gives_the_same_files() -> None:
    spec = importlib.util.spec_from_file_location("generate_classes", GENERATOR)
    assert spec
    assert spec.loader
    generator = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generator)
    if not generator.WORDNET_NOUNS.exists():
        pytest.skip("WordNet is not installed (Debian package wordnet-base)")
    knowledge = generator.class_knowledge(
        generator.CLASS_IDS.read_text().split(),
        generator.read_synsets(generator.WORDNET_NOUNS),
        generator.read_plurals(generator.WORDNET_PLURALS),
    )
    assert generator.as_text(knowledge) == classes.CLASSES.read_text(encoding="utf-8")
    assert generator.english_stems(generator.WORDNET_INDEXES) == lexicon.ENGLISH.read_text(encoding="utf-8").split()
