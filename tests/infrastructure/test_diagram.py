"""The drawing in the docs is the template's."""

import json
import re

import pytest
from infra.tools.diagram.__main__ import DRAWN, FILE, PAGE, drawing
from infra.tools.diagram.layout import ROUTES, STORES
from infra.tools.diagram.links import Resources, boxes, contents, links
from infra.tools.diagram.mermaid import page
from tests.infrastructure.conftest import Synthesized, kept


@pytest.fixture(scope="module")
def resources() -> Resources:
    drawn: Resources = kept(DRAWN).content["Resources"]
    return drawn


def test_the_drawing_in_the_docs_is_the_template_s(resources: Resources) -> None:
    assert FILE.read_text() == drawing(resources), "`make diagram` draws it anew; look at it then"


def test_the_page_s_generated_parts_are_the_template_s(resources: Resources) -> None:
    assert PAGE.read_text() == page(PAGE.read_text(), resources), "`make diagram` writes them anew"
    assert page("<!-- context: written by make diagram -->\nold\n<!-- end -->", resources).count("```mermaid") == 1


def test_the_sequence_names_functions_and_queues_that_there_are(resources: Resources) -> None:
    _, _, sequence = PAGE.read_text().partition("sequenceDiagram")
    named = set(re.findall(r"participant \w+ as (?:function|queue) (\w+)", sequence))
    assert len(named) >= 4
    assert named <= {name for names in contents(resources).values() for name in names}


def test_a_new_function_has_to_be_given_a_place(resources: Resources) -> None:
    new = {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": "neural-gallery-local-new"}}
    with pytest.raises(KeyError, match="new"):
        boxes(resources | {"New": new})


def test_what_may_no_longer_be_done_is_no_longer_drawn(resources: Resources) -> None:
    text = json.dumps(resources)
    assert drawing(json.loads(text.replace("sqs:SendMessage", "sqs:GetQueueUrl"))) != drawing(resources)


def test_every_route_is_a_link_s(resources: Resources) -> None:
    drawn_along = {
        (each.source, each.target)
        for each in links(resources)
        if each.kind in {"calls", "tells"} or each.target not in STORES
    }
    assert drawn_along == ROUTES.keys()


def test_the_cloud_has_the_links_that_are_drawn_but_for_the_language_model_and_open_sign_up(
    cloud: Synthesized, resources: Resources
) -> None:
    there = links(cloud.content["Resources"])
    assert {(each.source, each.target) for each in links(resources) ^ there} == {
        ("captioning", "model"),
        ("captioning", "queues"),
        ("upkeep", "accounts"),  # unconfirmed accounts are only where sign-up is open
    }


def test_it_needs_nothing_from_elsewhere() -> None:
    text = FILE.read_text()
    assert text.count("http") == 1, "the namespace alone"
    assert "prefers-color-scheme: dark" in text
