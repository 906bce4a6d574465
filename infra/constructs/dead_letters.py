"""The function `dead_letters`: it keeps in the table what was given up, where an admin sees it."""

from aws_cdk import aws_lambda as lambda_

from infra.constructs.function import GalleryFunction, Runtime
from infra.constructs.queues import Queues
from infra.constructs.table import Table


class DeadLetters(GalleryFunction):
    """It empties the dead-letter queue, since nobody can look into a queue."""

    def __init__(self, runtime: Runtime, table: Table, queues: Queues) -> None:
        settings = runtime.settings
        super().__init__(
            queues,
            "dead_letters",
            runtime=runtime,
            memory=settings.dead_letters_memory,
            timeout=settings.dead_letters_timeout,
            permissions=[
                queues.receive(queues.dead_letters),
                table.allow("GetItem"),
                table.allow_writes("dead_letters", "PutItem"),
                table.allow_rows("RECAPTION", "UpdateItem"),
            ],
        )
        lambda_.EventSourceMapping(
            queues,
            "Letters",
            target=self.function,
            event_source_arn=queues.dead_letters.queue_arn,
            batch_size=10,
            max_concurrency=2,
            report_batch_item_failures=True,
        )
