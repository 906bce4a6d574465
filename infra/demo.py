"""Demo mode: a function that looks at a picture and may keep nothing of it."""

from constructs import Construct

from infra.api import Api
from infra.function import GalleryFunction, Runtime


class Demo(Construct):
    """The captioner's image once more, with no right but to write its log, and few at a time since anybody may call."""

    def __init__(self, scope: Construct, runtime: Runtime, api: Api) -> None:
        super().__init__(scope, "Demo")
        settings = runtime.settings
        self.classify = GalleryFunction(
            self,
            "classify",
            handler="caption.classify.handler",
            runtime=runtime,
            memory=settings.caption_memory,
            timeout=settings.classify_timeout,
            as_image=settings.caption_image,
            at_once=settings.classifications_at_once,
            permissions=[],
        )
        api.serve(self.classify, "/api/classify")
