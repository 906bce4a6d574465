"""`make engines`: try every assumption on every engine and write docs/engines.md."""

from tests.engines.trying import tried, write

write(tried())
