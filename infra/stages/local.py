"""The gallery on this machine, in the local cloud."""

from infra.settings import Settings

SETTINGS = Settings(
    stage="local",
    access_mode="open",
    sign_up="open",
    originals_downloadable=True,
    captioner_concurrency=2,
    uploads_per_hour=None,
    trials_per_hour=None,
    sweep_every_minutes=1,
    compare_every_days=0,
    # So that one ends before the next begins.
    sweep_timeout=50,
    stuck_seconds=20,
    log_retention_days=7,
    keeps_data=False,
    caption_image=False,
    packages_layer=False,
    browser_endpoint="http://localhost:4566",
    site_url="http://localhost:8080",
)
