"""Makes the assertions of the helpers explain themselves, as those of the tests do."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("tests.neighbours.sites")
