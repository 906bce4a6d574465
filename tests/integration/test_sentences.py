"""A language model beside the network, on a local gallery that is told of one: from the upload to both sentences."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests import photographs
from tests.accounts import account
from tests.integration.waiting import image, settled
from tests.llm_server import LlmServer, answering, completion, running_llm
from tests.local_cloud import LocalCloud, eventually, running
from tests.photographs import needs_model

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(240), needs_model]

SENTENCE = "A quiet scene that somebody has photographed."


@pytest.fixture(scope="module")
def llm() -> Iterator[LlmServer]:
    with running_llm() as server:
        server.reply = completion(SENTENCE)
        yield server


@pytest.fixture(scope="module")
def gallery(llm: LlmServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    """A gallery of its own, started as somebody starts one who has a model's server and its key."""
    told = {"LLM_ENDPOINT": f"{llm.url}/v1", "LLM_MODEL": "llava", "LLM_KEY": "sesame-7f3a91"}
    with running(Path(tmp_path_factory.mktemp("sentences")), **told) as cloud:
        yield cloud


def test_a_picture_gets_both_sentences_and_the_key_stays_where_it_belongs(gallery: LocalCloud, llm: LlmServer) -> None:
    image_id = gallery.upload(*photographs.some(1)[0])
    assert eventually(lambda: len(image(gallery, image_id)["captions"]) == 2, 60)
    found = image(gallery, image_id)
    assert found["captions"][0] == {"source": "llava", "text": SENTENCE}
    assert found["caption"] == SENTENCE
    assert found["captions"][1]["source"] == found["model"]
    assert llm.asked[0][1]["Authorization"] == "Bearer sesame-7f3a91"
    assert "sesame-7f3a91" not in (gallery.data / "cloud.log").read_text()
    assert not [path for path in (gallery.data / "assembly").rglob("*.json") if "sesame-7f3a91" in path.read_text()]


def test_what_the_model_cannot_do_keeps_its_caption_and_can_be_tried_again(gallery: LocalCloud, llm: LlmServer) -> None:
    queues = gallery.client("sqs")
    queue = queues.get_queue_url(QueueName="neural-gallery-local-sentences")["QueueUrl"]
    queues.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "1"})
    admin = account(gallery, "admin")
    llm.reply = answering(b"{}", 500)
    image_id = gallery.upload(*photographs.some(2)[1])
    assert settled(gallery, image_id)["status"] == "captioned"

    def reasons() -> list[str]:
        with gallery.http(headers=admin.headers) as http:
            found = http.get("/api/admin/failures").raise_for_status().json()["failures"]
        return [each["detail"] for each in found if each["image_id"] == image_id]

    assert eventually(reasons, 60), "no dead letter"
    assert "status 500" in reasons()[0]
    assert len(image(gallery, image_id)["captions"]) == 1
    llm.reply = completion(SENTENCE)
    with gallery.http(headers=admin.headers) as http:
        assert http.post("/api/admin/failures/redrive").json()["redriven"] == 1
    assert eventually(lambda: len(image(gallery, image_id)["captions"]) == 2, 60)
    assert reasons() == []
