"""From an original's arrival to its caption: queue, dead letters and the function that looks at pictures."""

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs

from constructs import Construct
from infra.constructs.function import PATIENT, GalleryFunction, Runtime
from infra.constructs.media import EVERYTHING, INCOMING, ORIGINALS, PRIVATE, RECORDS, RENDITIONS, Media
from infra.constructs.table import Catalog
from infra.settings import Llm, Settings

BATCH = 5
TRIES = 3
RECAPTIONS_AT_ONCE = 2
"""The least that Lambda knows."""


def describe_timeout(llm: Llm) -> int:
    """How long a call of the function may take that asks a language model about one picture, in seconds."""
    return 2 * llm.timeout + 10


class Captioning(Construct):
    """Pictures wait in a queue, at most five go to the function at a time, what fails three times is kept aside."""

    def __init__(self, scope: Construct, runtime: Runtime, media: Media, catalog: Catalog) -> None:
        super().__init__(scope, "Captioning")
        settings = runtime.settings
        self.dead_letters = self._queue("dead-letters", settings.prefix, settings.dead_letters_timeout)
        self.queue = self._tried("pictures", settings.prefix, settings.caption_timeout)
        media.announce_arrivals(self.queue)
        self.sentences = self._sentences(settings)
        """Where captioned pictures wait for a language model, if there is one."""
        # Apart from new pictures, which are not to wait behind all that there are already.
        self.recaptions = self._tried("recaptions", settings.prefix, settings.caption_timeout)
        self.caption = GalleryFunction(
            self,
            "caption",
            runtime=runtime,
            memory=settings.caption_memory,
            timeout=settings.caption_timeout,
            tries=PATIENT,
            as_image=settings.caption_image,
            environment={"SENTENCE_QUEUE_URL": self.sentences.queue_url if self.sentences else ""},
            permissions=[
                self.receive(self.queue),
                self.receive(self.recaptions),
                *([self._send(self.sentences)] if self.sentences else []),
                catalog.allow(
                    "GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"
                ),
                media.allow("GetObject", INCOMING, ORIGINALS, RECORDS),
                media.allow("PutObject", ORIGINALS, RENDITIONS, PRIVATE, RECORDS),
                media.allow("DeleteObject", *EVERYTHING),
                media.allow_listing(EVERYTHING),
            ],
        )
        batches = lambda_.EventSourceMapping(
            self,
            "Batches",
            target=self.caption.function,
            event_source_arn=self.queue.queue_arn,
            batch_size=BATCH,
            max_concurrency=settings.captions_at_once,
            report_batch_item_failures=True,
        )
        again = lambda_.EventSourceMapping(
            self,
            "Again",
            target=self.caption.function,
            event_source_arn=self.recaptions.queue_arn,
            batch_size=BATCH,
            max_concurrency=RECAPTIONS_AT_ONCE,
            report_batch_item_failures=True,
        )
        self.spending = [batches, again]
        """Through which money is spent: the brake stops them."""
        self.keep_dead_letters = self._keep_dead_letters(runtime, catalog)

    def _keep_dead_letters(self, runtime: Runtime, catalog: Catalog) -> GalleryFunction:
        """Nobody can look into a queue; what arrives in this one is kept in the table, where an admin sees it."""
        settings = runtime.settings
        keep = GalleryFunction(
            self,
            "dead_letters",
            runtime=runtime,
            memory=settings.dead_letters_memory,
            timeout=settings.dead_letters_timeout,
            permissions=[
                self.receive(self.dead_letters),
                catalog.allow("GetItem"),
                catalog.allow_writes("dead_letters", "PutItem"),
                catalog.allow_rows("RECAPTION", "UpdateItem"),
            ],
        )
        lambda_.EventSourceMapping(
            self,
            "Letters",
            target=keep.function,
            event_source_arn=self.dead_letters.queue_arn,
            batch_size=10,
            max_concurrency=2,
            report_batch_item_failures=True,
        )
        return keep

    def _sentences(self, settings: Settings) -> sqs.Queue | None:
        if settings.llm is None:
            return None
        return self._tried("sentences", settings.prefix, describe_timeout(settings.llm))

    def send(self) -> iam.PolicyStatement:
        """Leave to put a picture into the queue."""
        return self._send(self.queue)

    def remind(self) -> iam.PolicyStatement:
        """Leave to put a picture into the queue, and to ask how many wait there."""
        return self._send_and_count(self.queue)

    def recaption(self) -> iam.PolicyStatement:
        """Leave to have pictures captioned again, and to ask how many wait for that."""
        return self._send_and_count(self.recaptions)

    def _send(self, queue: sqs.Queue) -> iam.PolicyStatement:
        return iam.PolicyStatement(actions=["sqs:SendMessage"], resources=[queue.queue_arn])

    def _send_and_count(self, queue: sqs.Queue) -> iam.PolicyStatement:
        return iam.PolicyStatement(actions=["sqs:SendMessage", "sqs:GetQueueAttributes"], resources=[queue.queue_arn])

    def receive(self, queue: sqs.Queue) -> iam.PolicyStatement:
        """Leave to take pictures from a queue."""
        actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
        return iam.PolicyStatement(actions=actions, resources=[queue.queue_arn])

    def _tried(self, name: str, prefix: str, timeout: int) -> sqs.Queue:
        """What its function fails at three times becomes a dead letter."""
        dead_letters = sqs.DeadLetterQueue(queue=self.dead_letters, max_receive_count=TRIES)
        return self._queue(name, prefix, timeout, dead_letters)

    def _queue(
        self, name: str, prefix: str, timeout: int, dead_letters: sqs.DeadLetterQueue | None = None
    ) -> sqs.Queue:
        return sqs.Queue(
            self,
            name.title().replace("-", ""),
            queue_name=f"{prefix}-{name}",
            # As long as can be, since pictures wait while captioning is paused.
            retention_period=Duration.days(14),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            # Six times as long as the function may take, as Lambda's documentation advises.
            visibility_timeout=Duration.seconds(6 * timeout),
            dead_letter_queue=dead_letters,
        )
