"""The function `counter`: it counts digits."""

from constructs import Construct

from infra.constructs.api import Api
from infra.constructs.function import GalleryFunction, Runtime
from infra.constructs.identity import Identity


class Counter(GalleryFunction):
    """It only calculates: it may nothing but write its log, and tell a good token from a bad one."""

    def __init__(self, scope: Construct, runtime: Runtime, api: Api, identity: Identity) -> None:
        settings = runtime.settings
        super().__init__(
            Construct(scope, "Counter"),
            "counter",
            runtime=runtime,
            memory=settings.counter_memory,
            timeout=settings.counter_timeout,
            environment=identity.environment,
            permissions=[],
        )
        api.serve(self, "/api/counter")
