"""The gallery as it is meant to be run: a members' gallery whose pictures outlive it, private unless said otherwise."""

from infra.settings import Settings

SETTINGS = Settings(stage="prod", default_visibility="private")
