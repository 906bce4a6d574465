"""The stages of the gallery: each file of this folder holds the settings of the stage that it is named after.

A copy of `prod.py` under another name, with that name in it, is another stage.
"""

import re
from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from infra.settings import Settings

NAME = re.compile("[a-z][a-z0-9]{0,8}")
"""A stage's name is part of names of buckets, which may have 63 characters, account and region included."""


def _settings_in(name: str) -> Settings:
    settings: Settings = import_module(f"{__name__}.{name}").SETTINGS
    if settings.stage != name or not NAME.fullmatch(name):
        raise ValueError(
            f"infra/stages/{name}.py has stage={settings.stage!r}; it has to be the file's name, "
            "up to 9 small letters and digits, beginning with a letter."
        )
    return settings


STAGES = {module.name: _settings_in(module.name) for module in iter_modules(__path__)}


def settings_of(stage: str, **changes: Any) -> Settings:  # noqa: ANN401 (each is a setting's own)
    """Settings of a stage, with some of them replaced where others are given.

    Raises:
        ValueError: there is no such stage.
    """
    if stage not in STAGES:
        raise ValueError(f"There is no stage {stage!r}; the stages are {', '.join(sorted(STAGES))}.")
    given: dict[str, Any] = {name: value for name, value in changes.items() if value is not None}
    return replace(STAGES[stage], **given)
