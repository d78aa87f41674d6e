"""Everything here measures, so it is left out of a parallel run; what takes minutes is marked `load` instead."""

import pytest


def pytest_collection_modifyitems(items):
    for item in items:
        if "bench" in item.path.parts and not item.get_closest_marker("load"):
            item.add_marker(pytest.mark.bench)
