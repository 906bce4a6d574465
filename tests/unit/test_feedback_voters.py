"""Who votes: told from others without being known, and not to be forged."""

import pytest
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2
from tests.unit.conftest import Api, Gallery, forget_clients
from tests.unit.identity import Pool
from tests.unit.pictures import ticket

from feedback.voters import Voter, voter
from gallery.api.client_identity import key_at
from gallery.feedback import votes
from gallery.feedback.votes import PictureVotes
from gallery.pictures.access import ANYONE, Caller

ORIGIN_SECRET = "51af3dc0-da77-11e4-872e-1234567b12db"
Headers = dict[str, str]


@pytest.fixture(autouse=True)
def distribution(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("ORIGIN_SECRETS", ORIGIN_SECRET)
    forget_clients()


def through_the_distribution(address: str, **more: str) -> APIGatewayProxyEventV2:
    return request("130.176.0.1", {"x-origin-proof": ORIGIN_SECRET, "x-viewer-address": address, **more})


def request(source: str, headers: Headers) -> APIGatewayProxyEventV2:
    http = {"method": "POST", "path": "/api/feedback", "sourceIp": source}
    return APIGatewayProxyEventV2({"headers": headers, "requestContext": {"http": http}})


def test_behind_the_distribution_its_word_counts() -> None:
    anna, ben = (voter(ANYONE, through_the_distribution(address)) for address in ("192.0.2.1", "192.0.2.2"))
    assert anna != ben
    forwarded = {"x-forwarded-for": "203.0.113.5"}
    assert voter(ANYONE, through_the_distribution("192.0.2.1", **forwarded)) == anna


@pytest.mark.parametrize(
    "origin_secret", [{}, {"x-origin-proof": ""}, {"x-origin-proof": "guess"}, {"x-origin-proof": "é"}]
)
def test_past_the_distribution_nobody_can_be_somebody_else(origin_secret: Headers) -> None:
    forged = [{"x-viewer-address": f"192.0.2.{number}", "x-forwarded-for": f"192.0.2.{number}"} for number in range(3)]
    found = {voter(ANYONE, request("203.0.113.9", {**each, **origin_secret})) for each in forged}
    assert found == {voter(ANYONE, request("203.0.113.9", {}))}


def test_without_a_distribution_no_header_is_a_proof(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("ORIGIN_SECRETS")
    forget_clients()
    forged = request("203.0.113.9", {"x-origin-proof": "", "x-viewer-address": "192.0.2.1"})
    assert voter(ANYONE, forged) == voter(ANYONE, request("203.0.113.9", {}))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("nonsense", "192.0.2.1, 192.0.2.2", True),
    ],
)
def test_a_network_of_the_sixth_version_is_one_voter(one: str, other: str, same: bool) -> None:
    first, second = (voter(ANYONE, through_the_distribution(each)) for each in (one, other))
    assert (first == second) is same


def test_who_signed_in_is_the_same_from_everywhere() -> None:
    home, away = (voter(Caller(sub="anna"), through_the_distribution(each)) for each in ("192.0.2.1", "192.0.2.2"))
    assert home == away != voter(Caller(sub="eve"), through_the_distribution("192.0.2.1"))


def test_no_account_can_pass_for_a_network() -> None:
    assert voter(Caller(sub="192.0.2.1"), request("192.0.2.1", {})) != voter(ANYONE, request("192.0.2.1", {}))


def test_marks_tell_votes_apart_and_nothing_else(gallery: Gallery) -> None:  # noqa: ARG001 - it keeps the key
    anna, eve = Voter("account anna"), Voter("account eve")
    marks = [each.mark(*about) for each in (anna, eve) for about in (("dog",), ("cat",), ("dog", "1"), ("dog", "2"))]
    assert len(set(marks)) == len(marks)
    assert marks[:4] == [anna.mark(*about) for about in (("dog",), ("cat",), ("dog", "1"), ("dog", "2"))]
    assert all(len(each) == 32 for each in marks)


def test_the_key_is_made_once_and_kept(gallery: Gallery) -> None:
    first = key_at("FEEDBACK", "KEY")
    forget_clients()
    assert key_at("FEEDBACK", "KEY") == first
    assert len(first) == 32
    assert len(gallery.rows()) == 1


def test_another_gallerys_marks_are_others(gallery: Gallery) -> None:
    here = Voter("account anna").mark("dog")
    gallery.dynamodb.delete_item(TableName="gallery-test", Key={"pk": {"S": "FEEDBACK"}, "sk": {"S": "KEY"}})
    forget_clients()
    assert Voter("account anna").mark("dog") != here


def test_nothing_kept_names_an_account_or_an_address(gallery: Gallery, api: Api, pool: Pool) -> None:
    said = {"feedback": [{"query": "dog", "positive": [ticket().id]}]}
    for headers in ({}, pool.bearer("anna-of-the-accounts")):
        proved = {"x-origin-proof": ORIGIN_SECRET, **headers}
        assert api("POST", "/api/feedback", body=said, headers=proved).json == {"accepted": 1}
    kept = str(gallery.rows())
    assert "203.0.113" not in kept
    assert "anna" not in kept


def test_a_forged_address_brings_no_second_vote(api: Api) -> None:
    dog = ticket().id
    said = {"feedback": [{"query": "dog", "positive": [dog]}]}
    forged = {"x-viewer-address": "192.0.2.7"}
    assert api("POST", "/api/feedback", body=said, headers=forged).status == 403
    assert votes.for_query("dog") == []
    for number in range(3):
        proved = {"x-origin-proof": ORIGIN_SECRET, "x-viewer-address": f"192.0.2.{number}"}
        api("POST", "/api/feedback", body=said, headers=proved)
    assert votes.for_query("dog") == [PictureVotes(dog, 3, 0)]
