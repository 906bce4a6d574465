"""Commands for owners and developers, each run as `python -m infra.tools.NAME`, mostly by the Makefile."""
