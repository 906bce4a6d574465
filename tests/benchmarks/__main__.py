"""`make bench`: every benchmark of this folder in turn, each printing its table; or those named as arguments."""

import os
import sys
from importlib import import_module
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as in the functions; NumPy reads it when it is loaded
names = sys.argv[1:] or sorted(each.stem for each in Path(__file__).parent.glob("[a-z]*.py"))
for name in names:
    sys.stdout.write(f"\n{name}\n")
    sys.stdout.flush()
    import_module(f"tests.benchmarks.{name}").main()
