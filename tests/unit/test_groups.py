"""Groups of classes: what has a list of pictures of its own."""

from tests.unit.collection import class_named
from tests.unit.vocabulary import concept

from gallery.vocabulary.classes import image_classes
from gallery.vocabulary.groups import BROADEST, breadth, group_of, groups, groups_with
from gallery.vocabulary.lexicon import concepts


def test_every_class_is_a_group_of_its_own() -> None:
    for index, (group, image_class) in enumerate(zip(groups(), image_classes(), strict=False)):
        assert (group.index, group.wnid, group.members) == (index, image_class.wnid, frozenset([index]))


def test_what_stands_for_the_same_classes_is_one_group() -> None:
    members = [each.members for each in groups()]
    assert len(set(members)) == len(members)
    assert len({each.wnid for each in groups()}) == len(members)
    assert [each.index for each in groups()] == list(range(len(members)))


def test_a_group_holds_every_kind_of_a_thing_and_nothing_else() -> None:
    dogs = group_of(concept("dog"))
    assert dogs
    assert dogs.members == {each.index for each in image_classes() if concept("dog") in each.ancestors}
    assert len(dogs.members) == breadth(concept("dog")) == 118


def test_what_is_nearly_everything_has_no_group() -> None:
    assert group_of(concept("entity")) is None
    assert max(len(each.members) for each in groups()) <= BROADEST
    small_enough = [each for each in concepts()[len(image_classes()) :] if breadth(each) <= BROADEST]
    assert all(group_of(each) for each in small_enough)


def test_a_class_belongs_to_itself_first_and_to_all_it_is_a_kind_of() -> None:
    pug = class_named("pug")
    own, *broader = groups_with(pug.wnid)
    assert own.members == {pug.index}
    assert {"dog", "carnivore", "mammal", "domestic animal"} <= {each.name for each in broader}
    assert all(pug.index in each.members for each in broader)
    assert [len(each.members) for each in broader] == sorted(len(each.members) for each in broader)


def test_an_id_that_is_no_classs_belongs_to_nothing() -> None:
    assert groups_with("n00000000") == []
