"""The line's own secret, and the keys that are made from it.

For: one key for each purpose, so that what is proved with one can never pass for another.
Not here: where the secret comes from (`settings`), what a key is used for.
"""

from __future__ import annotations

import hashlib
import hmac

SHORTEST = 32
"""Characters: as many as `openssl rand -hex 16` prints, which nobody can guess."""


def key(secret: str, purpose: str) -> bytes:
    """The key for one purpose; the same secret always gives the same key, on every machine."""
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).digest()
