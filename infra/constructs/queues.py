"""The queues: new pictures, pictures to caption again, pictures to describe, and the dead-letter queue of all three."""

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs.media import Media
from infra.settings import Llm, Settings

TRIES = 5
"""What Lambda's documentation advises at the least, so that a throttled call, which is a receive too, is no failure."""


DRAINED_SECONDS = 15
"""What the sweeper has for ten dead letters."""


def describe_timeout(llm: Llm) -> int:
    """How long a call of the function may take that asks a language model about one picture, in seconds."""
    return 2 * llm.timeout + 10


class Queues(Construct):
    """`{prefix}-pictures`, `-recaptions`, `-sentences` (where a stage has a language model) and `-dead-letters`."""

    def __init__(self, scope: Construct, settings: Settings, media: Media) -> None:
        super().__init__(scope, "Captioning")
        self.dead_letters = self._queue("dead-letters", settings.prefix, DRAINED_SECONDS)
        self.pictures = self._tried("pictures", settings.prefix, settings.caption_timeout)
        media.announce_arrivals(self.pictures)
        self.sentences = self._sentences(settings)
        """Where captioned pictures wait for a language model, if there is one."""
        # Apart from new pictures, which are not to wait behind all that there are already.
        self.recaptions = self._tried("recaptions", settings.prefix, settings.caption_timeout)

    def _sentences(self, settings: Settings) -> sqs.Queue | None:
        if settings.llm is None:
            return None
        return self._tried("sentences", settings.prefix, describe_timeout(settings.llm))

    def send(self) -> iam.PolicyStatement:
        """Leave to put a picture into the queue."""
        return self._send(self.pictures)

    def enqueue_captioning(self) -> iam.PolicyStatement:
        """Leave to put a picture into the queue, and to ask how many wait there."""
        return self._send_and_count(self.pictures)

    def recaption(self) -> iam.PolicyStatement:
        """Leave to have pictures captioned again, and to ask how many wait for that."""
        return self._send_and_count(self.recaptions)

    def count_recaptions(self) -> iam.PolicyStatement:
        """Leave to ask how many pictures wait to be captioned again."""
        return iam.PolicyStatement(actions=["sqs:GetQueueAttributes"], resources=[self.recaptions.queue_arn])

    def send_sentences(self) -> list[iam.PolicyStatement]:
        """Leave to put a picture into the queue for the language model, where there is one."""
        return [self._send(self.sentences)] if self.sentences else []

    def _send(self, queue: sqs.Queue) -> iam.PolicyStatement:
        return iam.PolicyStatement(actions=["sqs:SendMessage"], resources=[queue.queue_arn])

    def _send_and_count(self, queue: sqs.Queue) -> iam.PolicyStatement:
        return iam.PolicyStatement(actions=["sqs:SendMessage", "sqs:GetQueueAttributes"], resources=[queue.queue_arn])

    def drain_dead_letters(self) -> iam.PolicyStatement:
        """Leave to take what was given up from its queue."""
        actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
        return iam.PolicyStatement(actions=actions, resources=[self.dead_letters.queue_arn])

    def receive(self, queue: sqs.Queue) -> iam.PolicyStatement:
        """Leave to take pictures from a queue."""
        actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
        return iam.PolicyStatement(actions=actions, resources=[queue.queue_arn])

    def _tried(self, name: str, prefix: str, timeout: int) -> sqs.Queue:
        """What its function fails at so often becomes a dead letter."""
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
