"""The gallery's cloud infrastructure: one CDK stack for each stage, made of small modules."""

import os

# The CDK still runs on Node 20, which the gallery supports; its banner about that is for its own maintainers.
os.environ.setdefault("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "20")
