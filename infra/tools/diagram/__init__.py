"""The picture of the architecture, docs/architecture.svg, drawn from the template (`make diagram`)."""
