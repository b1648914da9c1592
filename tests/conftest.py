"""What all tests share."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

# The assertions of the helpers explain themselves, as those of the tests do.
pytest.register_assert_rewrite("tests.neighbours.sites", "tests.serving")

# Material for MkDocs prints a notice about MkDocs 2 to the log of every build.
os.environ["NO_MKDOCS_2_WARNING"] = "1"

settings.register_profile(
    "tests", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("thorough", settings.get_profile("tests"), max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "tests"))
