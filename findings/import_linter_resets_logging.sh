#!/bin/sh
# import-linter 2.17: a program that calls `importlinter.cli.lint_imports` loses its own logging.
#
# The function configures logging by `logging.config.dictConfig`, without `disable_existing_loggers: False`. So every logger
# that was there before is disabled for the rest of the process, whether or not it has anything to do with the linter, and
# what it is told vanishes without a word. A test that lints within pytest's process makes later tests of logs fail.
#
#   before: handled 1, disabled False
#   after:  handled 1, disabled True
#
# The command `lint-imports`, in a process of its own, does the same to nobody.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet import-linter==2.17
cd "$folder"
mkdir part
: > part/__init__.py
: > part/lower.py
: > part/upper.py
cat > setup.toml <<'TOML'
[tool.importlinter]
root_package = "part"
[[tool.importlinter.contracts]]
name = "Downward only"
type = "layers"
layers = ["part.upper", "part.lower"]
TOML
"$folder/venv/bin/python" - <<'PYTHON'
import logging
import sys

from importlinter.cli import lint_imports

handled = []


class Remember(logging.Handler):
    """Keeps what it is given."""

    def emit(self, record):
        handled.append(record.getMessage())


sys.path.insert(0, ".")
ours = logging.getLogger("ours")
ours.addHandler(Remember())
ours.warning("before")
before = (len(handled), ours.disabled)
code = lint_imports("setup.toml", no_cache=True, no_logo=True)
ours.warning("after")
after = (len(handled), ours.disabled)
print("before: handled %d, disabled %s" % before)
print("after:  handled %d, disabled %s" % after)
sys.exit((code, before, after) != (0, (1, False), (1, True)))
PYTHON
