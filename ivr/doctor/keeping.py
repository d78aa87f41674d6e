"""The store and the disk of this machine: can they be read and written?

For: what was published, whether one could publish now, and room for it.
Not here: what the server makes of it (`server`).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from ivr.doctor.result import Result, ok, warning, wrong
from ivr.store.where import LOOK_AT, Location, StoreError, open_store

LITTLE_ROOM = 100 * 1024 * 1024
"""Bytes: a store grows by some kilobytes with each publication, and SQLite wants room to work."""


def store(where: Location) -> tuple[list[Result], str]:
    """How the store is, and the version that is live in it ('' for none)."""
    if not where.may_hold_something():
        what = f"Nothing was published on this machine; there is no {where.path}."
        return [ok("store", what), *_room(where)], ""
    opened = open_store(where)
    try:
        live = opened.live()
        opened.try_writing()
    except StoreError as error:
        return [wrong("store", str(error), LOOK_AT)], ""
    finally:
        opened.close()
    what = f"The store at {opened} can be read and written; live is {live.digest if live else 'nothing'}."
    return [ok("store", what), *_room(where)], live.digest if live else ""


def _room(where: Location) -> Iterator[Result]:
    if where.path is None:
        return
    folder = next((folder for folder in where.path.parents if folder.is_dir()), Path("/"))
    left = shutil.disk_usage(folder).free
    if left < LITTLE_ROOM:
        what = f"Only {left // 2**20} MB are left on the disk of the store."
        yield warning("disk", what, "Make room: on a full disk nothing can be published.")
