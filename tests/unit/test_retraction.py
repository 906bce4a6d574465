"""A post that is taken back: gone at once, and nothing of it left in the end, whoever dies in between."""

import pytest
from tests.unit.conftest import Gallery
from tests.unit.faults import each_death, empty, killed_before_write, some_deaths
from tests.unit.posting import agree, keys, known, posted

from gallery.lifecycle import retraction
from gallery.lifecycle.removal import soft_delete
from gallery.lifecycle.retraction import retract
from gallery.pictures import catalogue
from gallery.posts import likes, posts, shares
from sweep.sweeping import sweep


def swept(times: int = 1) -> None:
    for _ in range(times):
        sweep(lambda: 300_000)


@pytest.fixture
def a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retraction, "_ROUNDS", 1)
    monkeypatch.setattr(retraction, "_LIKES", 2)


def liked(people: int) -> posts.Post:
    post = posted()
    for number in range(people):
        likes.like(post.id, known(f"person {number}").sub)
    shares.share(post.id, 60)
    return post


@pytest.mark.usefixtures("a_few_at_a_time")
def test_of_very_many_likes_the_rest_goes_a_while_later(gallery: Gallery) -> None:
    post = liked(9)
    retract(post)
    assert posts.find(post.id) is None
    assert len(keys(gallery, "LIKES#")) == 7
    swept()
    agree(gallery)
    assert keys(gallery, "POST#") == set()


@pytest.mark.usefixtures("a_few_at_a_time")
@pytest.mark.fault("killed between any two writes of removing a post", "the post is whole or gone; in the end with all")
def test_killed_anywhere_a_post_is_whole_or_gone(gallery: Gallery) -> None:
    for death in each_death():
        empty("gallery-test-media", "gallery-test")
        post = liked(3)
        with killed_before_write(death) as deaths:
            retract(post)
        assert (posts.find(post.id) is not None) == (death == 0)
        swept()
        agree(gallery)
        if len(deaths.writes) <= death:
            break
    assert death >= 3


@pytest.mark.usefixtures("a_few_at_a_time")
@pytest.mark.fault("the sweeper is killed between any two writes for a removed post", "the next run finishes it")
@some_deaths
def test_a_sweep_killed_anywhere_is_finished_by_the_next(gallery: Gallery, stride: int) -> None:
    for death in each_death(stride):
        empty("gallery-test-media", "gallery-test")
        retract(liked(3))
        with killed_before_write(death) as deaths:
            swept()
        swept()
        agree(gallery)
        if len(deaths.writes) <= death:
            break
    assert death >= 4


@pytest.mark.fault("killed between any two writes of deleting a picture that was posted", "in the end no post is left")
@some_deaths
def test_whatever_dies_while_a_picture_is_deleted_no_post_outlives_it(gallery: Gallery, stride: int) -> None:
    for death in each_death(stride):
        empty("gallery-test-media", "gallery-test")
        post = liked(2)
        picture = catalogue.find(post.image_id)
        assert picture
        with killed_before_write(death) as deaths:
            soft_delete(picture)
        swept(2)
        left = catalogue.find(post.image_id)
        assert left
        assert (posts.find(post.id) is not None) == (left.status != "deleted")
        agree(gallery)
        if len(deaths.writes) <= death:
            break
    assert death >= 7


def test_taken_back_twice_a_post_is_counted_once(gallery: Gallery) -> None:
    post, _ = liked(1), posted()
    for _ in range(2):
        retract(post)
    agree(gallery)


def test_a_like_taken_back_while_the_post_goes_leaves_nothing(gallery: Gallery) -> None:
    post = liked(3)
    with killed_before_write(1):
        retract(post)
    likes.unlike(post.id, "person 1")
    assert {sk for pk, sk in keys(gallery, "LIKES#")} == {"person 0", "person 2"}
    swept()
    agree(gallery)
