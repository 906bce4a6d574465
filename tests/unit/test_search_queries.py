"""What can be asked of search: anything whatever, within bounds, and no query costs more than the bounds allow."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.collection import ask, needs_encoder
from tests.unit.conftest import Api
from tests.unit.identity import Pool

from gallery.aws import table


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({}, "query"),
        ({"query": ""}, "query"),
        ({"query": " \t\n"}, "query"),
        ({"query": "x" * 201}, "query"),
        ({"query": "x" * 10_000}, "query"),
        ({"query": "\N{DOG FACE}" * 201}, "query"),
        ({"query": "dog", "limit": "0"}, "limit"),
        ({"query": "dog", "limit": "101"}, "limit"),
        ({"query": "dog", "limit": "many"}, "limit"),
        ({"query": "dog", "min_score": "-0.1"}, "min_score"),
        ({"query": "dog", "min_score": "1.1"}, "min_score"),
        ({"query": "dog", "min_score": "nan"}, "min_score"),
    ],
    ids=str,
)
def test_what_cannot_be_asked_is_refused_by_name(api: Api, parameters: dict[str, str], field: str) -> None:
    answer = api("GET", "/api/search", parameters)
    assert (answer.status, answer.headers["content-type"]) == (422, "application/problem+json")
    assert [each["field"] for each in answer.json["errors"]] == [field]


@pytest.mark.parametrize("path", ["/api/search", "/api/images", "/api/posts"])
@pytest.mark.parametrize("cursor", ["", "x", "x" * 101, "x" * 201, "x" * 5000], ids=len)
def test_a_cursor_that_is_not_ours_is_a_bad_request_however_long(api: Api, path: str, cursor: str) -> None:
    answer = api("GET", path, {"query": "dog", "cursor": cursor} if path == "/api/search" else {"cursor": cursor})
    assert (answer.status, answer.headers["content-type"]) == (400, "application/problem+json")
    assert [each["field"] for each in answer.json["errors"]] == ["cursor"]


HOSTILE = {
    "200 emoji": "\N{DOG FACE}" * 200,
    "families": "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}" * 40,
    "Hebrew": "כלב קטן על החוף",
    "Arabic": "كلب صغير على الشاطئ",
    "marks of direction": "\u202edog\u202c \u200fcat",
    "control characters": "dog\0\x01\x1b[31m\x7f\x9f",
    "NUL": "\0",
    "SQL": "'; DROP TABLE images; --",
    "an expression": ":pk = :pk OR attribute_exists(#pk)",
    "formats": "%s %n {0.__class__} ${jndi:ldap://x} {{7*7}}",
    "JSON": '{"query": "dog"}',
    "markup": "<script>alert(1)</script>&amp;%00%ED%A0%80",
    "a path": "../../../etc/passwd\\..\\x",
    "keys": "WORD#dog#private CLASS#n02084071#anna",
    "zero width": "d\u200bo\u200cg\u200d\ufeff",
    "combining marks": "d" + "\N{COMBINING ACUTE ACCENT}" * 199,
    "nothing but stop words": "the of and to is it that was",
    "punctuation": "?!.,;:'\"()[]{}<>/\\|@#$%^&*-_=+~`",
    "one long word": "x" * 200,
    "a hundred words": "a " * 100,
    "fifty slips": "zbra " * 40,
    "Chinese": "海滩上的一只小狗" * 25,
    "ligatures": "ﬃ" * 200,
    "what grows when folded": "ΐ" * 200,
    "what grows when normalised": "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 200,
    "special tokens": "[CLS] [SEP] [MASK] [PAD] [UNK]",
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_query_is_answered_like_any_other(api: Api, query: str) -> None:
    answer = ask(api, query)
    assert answer.status == 200
    told = {name: answer.json[name] for name in ("query", "results", "next_cursor")}
    assert told == {"query": query, "results": [], "next_cursor": None}
    assert answer.json.keys() - told.keys() == {"corrected", "floor", "total", "understood"}


@pytest.mark.parametrize("query", ["\ud83d dog \udc36", "do\udce9g \udcff\udcfe"], ids=["half a character", "bytes"])
def test_what_is_no_text_is_refused(api: Api, query: str) -> None:
    assert ask(api, query).status == 422


@given(query=st.text(min_size=1, max_size=200))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_answered_or_refused_as_blank(api: Api, query: str) -> None:
    assert ask(api, query).status == (200 if query.strip() else 422)


class Readings:
    """The lists of the index that are read, and how many postings each may give."""

    def __init__(self) -> None:
        self.limits: dict[str, int] = {}
        table.client().meta.events.register("before-parameter-build.dynamodb.Query", self)

    def __call__(self, params: dict[str, Any], **_: Any) -> None:  # noqa: ANN401 - botocore's hook
        partition = params["ExpressionAttributeValues"][":pk"]["S"]
        if partition.startswith(("CLASS#", "WORD#")):
            assert partition not in self.limits, f"{partition} is read twice"
            self.limits[partition] = params["Limit"]


GREEDY = [
    "dog",
    "a small dog on the beach",
    "qwrt zxcv plmk okij uhyg tfrd eswa qazx wsxc edcv",
    "red house boat cat cup fish tree car road man sea bird",
    "entity object artifact whole thing",
]


@pytest.mark.parametrize("query", GREEDY)
@pytest.mark.parametrize("encoder", [False, pytest.param(True, marks=needs_encoder)], ids=["words", "meaning"])
def test_no_query_reads_more_than_32_lists_and_6400_postings_for_an_audience(
    api: Api, pool: Pool, request: pytest.FixtureRequest, encoder: bool, query: str
) -> None:
    if not encoder:
        request.getfixturevalue("words_alone")
    read = Readings()
    for headers, audiences in [({}, 1), (pool.bearer("anna"), 2), (pool.bearer("root", groups=["admin"]), 2)]:
        read.limits.clear()
        assert ask(api, query, headers).status == 200
        assert 0 < len(read.limits) <= 32 * audiences
        assert sum(read.limits.values()) <= 6400 * audiences
        assert len({each.rpartition("#")[2] for each in read.limits}) == audiences
