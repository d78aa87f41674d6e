"""Everything here measures, so it is left out of a parallel run."""

import pytest


def pytest_collection_modifyitems(items):
    for item in items:
        if "bench" in item.path.parts:
            item.add_marker(pytest.mark.bench)
