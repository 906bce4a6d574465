"""What keeps the gallery in order on its own."""

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from constructs import Construct

from infra.constructs.function import PATIENT, GalleryFunction, Runtime, allow_call
from infra.constructs.identity import Identity
from infra.constructs.media import ALBUMS, EVERYTHING, Media
from infra.constructs.queues import Queues
from infra.constructs.table import Table
from infra.settings import Settings

OF_UNCONFIRMED_ACCOUNTS = ("ListUsers", "AdminGetUser", "AdminDeleteUser")


class Sweep(GalleryFunction):
    """The sweeper, on a schedule: finds what an event missed and removes what nothing refers to any more."""

    def __init__(
        self,
        scope: Construct,
        runtime: Runtime,
        media: Media,
        table: Table,
        queues: Queues,
        identity: Identity,
    ) -> None:
        scope = Construct(scope, "Operations")
        settings = runtime.settings
        super().__init__(
            scope,
            "sweep",
            runtime=runtime,
            memory=settings.sweep_memory,
            timeout=settings.sweep_timeout,
            tries=PATIENT,
            environment={
                "CAPTION_QUEUE_URL": queues.pictures.queue_url,
                "DEAD_LETTERS_URL": queues.dead_letters.queue_url,
                "BRAKE_FUNCTION": f"{settings.prefix}-brake",
                "ADMIN_FUNCTION": f"{settings.prefix}-admin",
                "COMPARE_EVERY_DAYS": str(settings.compare_every_days),
                "STUCK_SECONDS": str(settings.stuck_seconds),
                "ERASE_FUNCTION": f"{settings.prefix}-erase",
                "ALBUMS_FUNCTION": f"{settings.prefix}-albums",
                "EMBED_FUNCTION": f"{settings.prefix}-embed",
                **identity.environment,
                **settings.caption_limits,
            },
            permissions=[
                queues.enqueue_captioning(),
                queues.drain_dead_letters(),
                allow_call(scope, settings, "erase"),
                allow_call(scope, settings, "albums"),
                allow_call(scope, settings, "embed"),
                allow_call(scope, settings, "brake"),
                allow_call(scope, settings, "admin"),
                table.allow("GetItem", "BatchGetItem", "Query", "Scan"),
                table.allow_writes("sweep"),
                media.allow("DeleteObject", *EVERYTHING),
                media.allow_listing([*EVERYTHING, ALBUMS]),
                *([identity.allow(*OF_UNCONFIRMED_ACCOUNTS)] if settings.sign_up == "open" else []),
            ],
        )
        events.Rule(
            scope,
            "Schedule",
            rule_name=f"{settings.prefix}-sweep",
            schedule=events.Schedule.rate(Duration.minutes(settings.sweep_every_minutes)),
            # The next round does what a failed one left undone.
            targets=[targets.LambdaFunction(self.function, retry_attempts=0)],
        )
        if settings.sweep_every_minutes > settings.look_every_minutes:
            self._look(scope, settings)

    def _look(self, scope: Construct, settings: Settings) -> None:
        """Let no dead letter, and nothing that a killed process left public, wait for the next sweep, perhaps a day."""
        only = events.RuleTargetInput.from_object({"look": True})
        events.Rule(
            scope,
            "TakeDown",
            rule_name=f"{settings.prefix}-take-down",
            schedule=events.Schedule.rate(Duration.minutes(settings.look_every_minutes)),
            targets=[targets.LambdaFunction(self.function, retry_attempts=0, event=only)],
        )
