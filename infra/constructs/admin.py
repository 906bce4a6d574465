"""The function `admin`: the admins' API, and the long jobs that it goes on with by calling itself."""

import json
from dataclasses import asdict

from infra import assets
from infra.constructs.api import Api
from infra.constructs.function import GalleryFunction, Runtime, allow_call
from infra.constructs.identity import Identity
from infra.constructs.media import DOWNLOADS, ORIGINALS, PRIVATE, RECORDS, RENDITIONS, Media
from infra.constructs.queues import Queues
from infra.constructs.table import RANKING, Table
from infra.tools.cost import rates


class Admin(GalleryFunction):
    """It walks over all pictures to have them captioned again, calling itself where that takes longer than a call."""

    def __init__(
        self, api: Api, runtime: Runtime, media: Media, table: Table, queues: Queues, identity: Identity
    ) -> None:
        settings = runtime.settings
        super().__init__(
            api,
            "admin",
            runtime=runtime,
            memory=settings.images_memory,
            timeout=settings.admin_timeout,
            environment={
                **identity.environment,
                "CAPTION_QUEUE_URL": queues.pictures.queue_url,
                "RECAPTION_QUEUE_URL": queues.recaptions.queue_url,
                "ADMIN_FUNCTION": f"{settings.prefix}-admin",
                "BRAKE_FUNCTION": f"{settings.prefix}-brake",
                "ERASE_FUNCTION": f"{settings.prefix}-erase",
                "MODELS": json.dumps(assets.model_names(in_image=settings.caption_image)),
                "RATES": json.dumps(asdict(rates(settings))),
            },
            permissions=[
                queues.send(),
                queues.recaption(),
                *(allow_call(api, settings, name) for name in ("admin", "brake", "erase")),
                table.allow("GetItem", "BatchGetItem", "Query"),
                table.allow_writes("admin"),
                table.allow_index(RANKING),
                media.allow("GetObject", RENDITIONS, PRIVATE),
                media.allow("PutObject", RENDITIONS, PRIVATE, RECORDS),
                media.allow("DeleteObject", RENDITIONS, PRIVATE, DOWNLOADS),
                media.allow_listing([ORIGINALS]),
                identity.allow("AdminDisableUser", "AdminEnableUser", "AdminUserGlobalSignOut"),
                *([] if settings.sign_up == "closed" else [identity.allow("AdminCreateUser", "AdminGetUser")]),
            ],
        )
        api.serve(self, "/api/admin/{proxy+}")
