"""The function `caption`: it takes pictures from the queues, looks at them and writes captions."""

from aws_cdk import aws_lambda as lambda_

from infra.constructs.function import PATIENT, GalleryFunction, Runtime, allow_call, packages_layers
from infra.constructs.media import EVERYTHING, INCOMING, ORIGINALS, PRIVATE, RECORDS, RENDITIONS, Media
from infra.constructs.queues import TRIES, Queues
from infra.constructs.table import Table

BATCH = 5
RECAPTION_CONCURRENCY = 2
"""The least that Lambda knows."""


class Caption(GalleryFunction):
    """Two event source mappings call it, each with at most five pictures at a time."""

    def __init__(self, runtime: Runtime, media: Media, table: Table, queues: Queues) -> None:
        settings = runtime.settings
        self.packages = [] if settings.caption_image else packages_layers(queues, settings, "caption")
        """Layers of what it needs where it is no image."""
        super().__init__(
            queues,
            "caption",
            runtime=runtime,
            memory=settings.caption_memory,
            timeout=settings.caption_timeout,
            tries=PATIENT,
            disk=512 + BATCH * settings.max_upload_mb,
            as_image=settings.caption_image,
            layers=self.packages,
            environment={
                "SENTENCE_QUEUE_URL": queues.sentences.queue_url if queues.sentences else "",
                "RECEIVES": str(TRIES),
                "EMBED_FUNCTION": f"{settings.prefix}-embed",
            },
            permissions=[
                queues.receive(queues.pictures),
                queues.receive(queues.recaptions),
                *queues.send_sentences(),
                allow_call(queues, settings, "embed"),
                table.allow("GetItem", "BatchGetItem", "Query"),
                table.allow_writes("caption"),
                media.allow("GetObject", INCOMING, ORIGINALS, RECORDS),
                media.allow("PutObject", ORIGINALS, RENDITIONS, PRIVATE, RECORDS),
                media.allow("DeleteObject", *EVERYTHING),
                media.allow_listing(EVERYTHING),
            ],
        )
        pictures = lambda_.EventSourceMapping(
            queues,
            "Batches",
            target=self.function,
            event_source_arn=queues.pictures.queue_arn,
            batch_size=BATCH,
            max_concurrency=settings.captioner_concurrency,
            report_batch_item_failures=True,
        )
        self.recaptions = lambda_.EventSourceMapping(
            queues,
            "Again",
            target=self.function,
            event_source_arn=queues.recaptions.queue_arn,
            enabled=False,
            batch_size=BATCH,
            max_concurrency=RECAPTION_CONCURRENCY,
            report_batch_item_failures=True,
        )
        """Enabled by the brake only while there is something to caption again, since asking an empty queue costs."""
        self.sources = [pictures]
        """Event source mappings through which money is spent whenever pictures come: the kill switch disables them."""
