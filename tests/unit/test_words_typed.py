"""The typed word counts: whatever it means or seems to be, it finds the picture whose text it stands in, and first."""

import unicodedata
from collections import defaultdict
from dataclasses import replace
from typing import Any, Literal

import pytest
from tests.unit.collection import found, needs_encoder, results, showing, shown
from tests.unit.conftest import Api, Gallery
from tests.unit.identity import Pool

from gallery.people.people import begin_erasure, get_or_create_person
from gallery.pictures import model as pictures
from gallery.pictures import rows
from gallery.pictures.access import ANYONE, Caller
from gallery.vocabulary.classes import image_classes
from people.erasing import resume
from search.searching import FLOOR, Asked, search

GERMAN = (
    "Sommer Hund Zürich Ostern Köln München Straße Frühstück Schmetterling Kühlschrank Fußball Mädchen Großmutter Bär "
    "Engel Gift Rat Kind Wand Bad Not Brief Regen Schnee Wolke Garten Küche Hochzeit Weihnachten Geburtstag Urlaub "
    "Strand Berge Wald Oma Opa Ö Österreich Jürgen Günther Käthe Heike Torsten Wollmilchsau"
)
FRENCH = (
    "Été Noël château forêt pain chat chien église garçon fenêtre œuvre hôtel plage main coin fin chair four sale "
    "François Hélène Zoé Loïc Benoît Étienne anniversaire papillon montagne Genève Orléans crème maïs oiseau"
)
ITALIAN_AND_SPANISH = (
    "Ibiza Giulia selfie Firenze Venezia gatto cane mare nonna estate Natale compleanno spiaggia camera burro fattoria "
    "Matteo Chiara Niccolò perché città España niño mañana playa perro corazón cumpleaños abuela José Iñigo Málaga "
    "Córdoba pan red sin once ropa mosca Peñíscola"
)
POLISH_TURKISH_AND_NORDIC = (
    "Łódź Kraków Gdańsk Wałęsa żółw źrebię pies kot lato babcia święta Małgorzata Grzegorz İstanbul "
    "Şişli çiçek güneş köpek "
    "ağaç Ayşe Gökçe deniz doğum København smørrebrød Ærø Åre Malmö blåbær Ålesund fjord hygge "
    "Øyvind Søren Þór Reykjavík jól"
)
CHINESE_JAPANESE_AND_KOREAN = (
    "北京 上海 夏天 小狗 烤鸭 生日 奶奶 春节 长城 猫 東京 京都 桜 夏祭り 富士山 おばあちゃん ねこ 寿司 誕生日 ラーメン "
    "花火 "
    "サクラ 서울 부산 강아지 고양이 여름 할머니 생일 바다 김치 한강 벚꽃 개"
)
ENGLISH = "Rex Ludwig Rose Panda Tiger espresso wolves Al Will Bo Up 2024 1234 B52 O'Brien Jean-Pierre dogs selfies X"
APOSTROPHES_AND_DIGITS = "it it's Ross Ross's mp3 mp4 iPhone iPhone15Pro eBike"
EMOJI = "🌸 ❤️ 👍🏽 🇩🇪 🇨🇭 👨‍👩‍👧 ☀️ 🎄🎅"
WORDS = " ".join(
    [
        GERMAN,
        FRENCH,
        ITALIAN_AND_SPANISH,
        POLISH_TURKISH_AND_NORDIC,
        CHINESE_JAPANESE_AND_KOREAN,
        ENGLISH,
        APOSTROPHES_AND_DIGITS,
        EMOJI,
    ]
).split()


class Lists:
    """A gallery of captioned pictures whose lists are kept in memory: moto takes a second for ten queries."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.lists: defaultdict[str, list[str]] = defaultdict(list)
        self.pictures: dict[str, pictures.Picture] = {}
        monkeypatch.setattr("gallery.aws.table.sort_keys", lambda pk, limit, **_: sorted(self.lists[pk])[::-1][:limit])
        monkeypatch.setattr("gallery.aws.table.merged", lambda *_, **_named: ([], None))
        monkeypatch.setattr("gallery.aws.table.query", lambda **_named: ([], None))
        monkeypatch.setattr("gallery.aws.table.read", lambda _keys, **_: iter(()))
        monkeypatch.setattr("gallery.pictures.catalogue.find_all", lambda ids: [self.pictures[each] for each in ids])
        monkeypatch.setattr("gallery.feedback.votes.for_query", lambda _query: [])

    def put(self, **said: Any) -> str:  # noqa: ANN401 - any field of a picture
        """Put in a picture that shows some class or other; return its id."""
        number = len(self.pictures)
        classes = [each.name for each in image_classes()[::37]]
        picture = replace(shown({classes[number % len(classes)]: 0.99}, **said), id=f"{number:026d}")
        self.pictures[picture.id] = picture
        for pk, sk in rows.postings(picture):
            self.lists[pk].append(sk)
        return picture.id

    def found(self, query: str) -> list[str]:
        """Return the ids of what a query finds, best first."""
        return [each.image.id for each in search(Asked(query=query), 100, None, ANYONE).results]


@pytest.fixture
def lists(monkeypatch: pytest.MonkeyPatch) -> Lists:
    return Lists(monkeypatch)


words_alone = pytest.mark.usefixtures("words_alone")


@pytest.mark.parametrize(
    ("encoder", "form"), [(False, "NFC"), (False, "NFD"), pytest.param(True, "NFC", marks=needs_encoder)]
)
def test_each_of_two_hundred_titles_in_many_languages_is_found_first_by_itself(
    lists: Lists, request: pytest.FixtureRequest, encoder: bool, form: Literal["NFC", "NFD"]
) -> None:
    if not encoder:
        request.getfixturevalue("words_alone")
    ids = {word: lists.put(title=word) for word in dict.fromkeys(WORDS)}
    assert len(ids) >= 200
    typed = {word: lists.found(unicodedata.normalize(form, word))[:1] for word in ids}
    assert {word: found for word, found in typed.items() if found != [ids[word]]} == {}


@words_alone
@pytest.mark.parametrize(
    ("title", "queries"),
    [
        ("Café de Flore", ["cafe", "café", "CAFÉ", "flore", "de"]),
        ("Köln", ["koln", "koeln", "Cologne Köln"]),
        ("Straße", ["strasse", "STRASSE", "straße"]),
        ("Łódź", ["lodz"]),
        ("Smørrebrød", ["smorrebrod", "smoerrebroed"]),
        ("İstanbul", ["istanbul", "ISTANBUL"]),
        ("Đà Nẵng", ["da nang"]),
        ("L\N{RIGHT SINGLE QUOTATION MARK}amour d'été", ["amour", "l'amour", "lamour", "été", "ete", "d'ete"]),
        ("O'Brien's dogs", ["obrien", "O\N{RIGHT SINGLE QUOTATION MARK}Brien", "brien", "dog", "dogs"]),
        ("Jean-Pierre", ["jean", "pierre", "jeanpierre", "Jean Pierre"]),
        ("我们在北京吃烤鸭", ["北京", "烤鸭", "鸭", "在北京"]),
        ("東京都の桜 2024", ["東京", "桜", "2024", "京都の桜"]),
        ("우리 강아지가 자요", ["강아지", "우리"]),
        ("旅Trip旅", ["trip", "旅"]),
        ("कुत्ता और बिल्ली", ["कुत्ता", "बिल्ली"]),
        ("كَلْب صغير", ["كلب", "صغير"]),
        ("כלב קטן", ["כלב"]),
        ("So\N{SOFT HYPHEN}mmer \N{DOG FACE}", ["sommer", "\N{DOG FACE}"]),
        ("I \N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16} NY", ["\N{HEAVY BLACK HEART}", "ny"]),
        ("\N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-5}", ["\N{WAVING HAND SIGN}"]),
        ("iPhone15Pro", ["iphone", "iPhone 15", "iphone15", "15", "pro"]),
        ("It's Ross's", ["it's", "ross", "Ross's"]),
        ("The Who", ["the who", "who", "the"]),
        ("Al 7 Ö", ["al", "7", "ö", "o"]),
    ],
)
def test_every_word_of_a_title_is_found_however_it_is_written(lists: Lists, title: str, queries: list[str]) -> None:
    picture = lists.put(title=title)
    lists.put(title="Something else entirely")
    assert [query for query in queries if lists.found(query)[:1] != [picture]] == []


@words_alone
def test_labels_attributions_and_names_of_files_are_found_by_every_word(lists: Lists) -> None:
    camera = lists.put(filename="IMG_1234.jpg")
    camel = lists.put(filename="zürich-amSee2.final.HEIC")
    phone = lists.put(filename="iPhone15Pro.jpg")
    credited = lists.put(attribution=" ".join(f"Foto{n}" for n in range(170)))
    labelled = lists.put(owner_labels=["Omas Geburtstag", "Ærø"])
    for picture, queries in {
        camera: ["img 1234", "IMG_1234", "img1234", "1234"],
        camel: ["zurich", "am", "see", "final"],
        phone: ["iphone", "iphone15pro", "iPhone 15 Pro"],
        credited: ["foto0", "foto169"],
        labelled: ["omas", "geburtstag", "aero"],
    }.items():
        assert [query for query in queries if lists.found(query)[:1] != [picture]] == []
    assert lists.found("heic") == []


@words_alone
def test_what_is_written_alike_comes_before_what_differs_by_accents_and_that_before_other_endings(lists: Lists) -> None:
    plain, accented, ending = lists.put(title="schon"), lists.put(title="schön"), lists.put(title="schons")
    assert lists.found("schön") == [accented, plain, ending]
    assert lists.found("schon") == [plain, accented, ending]
    inside, alone = lists.put(title="Ferien auf Ibiza"), lists.put(title="Ibiza")
    assert lists.found("ibiza") == [alone, inside]


@needs_encoder
def test_a_correction_is_said_and_never_replaces_what_stands_in_a_text(lists: Lists) -> None:
    elephant = lists.put(owner_labels=["African elephant"])
    answer = search(Asked(query="An elefant"), 10, None, ANYONE)
    assert (answer.corrected, answer.results[0].image.id) == ("an elephant", elephant)
    titled = lists.put(title="Elefant")
    assert lists.found("elefant")[:2] == [titled, elephant]
    verbatim = search(Asked(query="elefant", verbatim=True), 10, None, ANYONE)
    assert (verbatim.corrected, verbatim.results[0].image.id) == (None, titled)
    assert search(Asked(query="elephant"), 10, None, ANYONE).corrected is None


@needs_encoder
@pytest.mark.parametrize("query", ["xyzzyq", "qwrtpsdf zxcvbnm", "фыва", "gdjskfl"])
def test_what_no_word_is_known_of_and_nothing_fits_finds_nothing(lists: Lists, query: str) -> None:
    for _ in range(27):
        lists.put()
    assert lists.found(query) == []
    titled = lists.put(title=query)
    assert lists.found(query)[0] == titled


@needs_encoder
def test_what_fits_less_than_the_floor_is_found_below_it(lists: Lists) -> None:
    for _ in range(27):
        lists.put()
    answer = search(Asked(query="something my grandmother would like"), 100, None, ANYONE)
    assert answer.floor == FLOOR
    assert answer.results
    assert min(each.score for each in answer.results) < FLOOR


# People


def test_pictures_are_found_by_the_names_of_their_owner_as_it_is_now(api: Api, pool: Pool, words_alone: None) -> None:  # noqa: ARG001
    anna = pool.bearer("anna")
    renamed = {"username": "ada_l", "display_name": "Zoë Łącka"}
    assert api("PATCH", "/api/me", body=renamed, headers=anna).status == 200
    hers, hidden = showing("pug", owner="anna"), showing("pug", owner="anna", visibility="private")
    titled = showing("teapot", title="Zoe")
    assert found(api, "zoe") == [titled.id, hers.id]
    assert set(found(api, "lacka", anna)) == {hers.id, hidden.id}
    assert found(api, "ada_l") == found(api, "@ada_l") == found(api, "Zoë Łącka")[:1] == [hers.id]
    (reason,) = results(api, "lacka")[0]["why"]
    assert reason["label"] == "Zoë Łącka"
    assert api("PATCH", "/api/me", body={"display_name": "Berta"}, headers=anna).status == 200
    assert found(api, "lacka") == []
    assert found(api, "berta") == [hers.id]


def test_whoever_leaves_is_found_by_no_name_any_more(
    api: Api,
    pool: Pool,
    gallery: Gallery,
    monkeypatch: pytest.MonkeyPatch,
    words_alone: None,  # noqa: ARG001
) -> None:
    monkeypatch.setattr("gallery.people.people.call_eraser", lambda _: None)
    for act in ("block", "delete"):
        monkeypatch.setattr(f"gallery.aws.accounts.{act}", lambda _: None)
    assert api("PATCH", "/api/me", body={"display_name": "Zoë Łącka"}, headers=pool.bearer("anna")).status == 200
    hers = showing("pug", owner="anna")
    assert found(api, "lacka") == [hers.id]
    assert not any("zoe" in str(row).casefold() or "Zoë" in str(row) for row in gallery.rows() if is_of(row, hers.id))
    begin_erasure(get_or_create_person(Caller("anna")))
    resume("anna", lambda: 10**9)
    assert [row["pk"] for row in gallery.rows() if row["pk"].startswith("NAME#")] == []
    assert found(api, "lacka") == []


def is_of(row: dict[str, Any], image_id: str) -> bool:
    return image_id in str(row)
