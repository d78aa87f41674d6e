"""The line on the web: the shell around the core.  `create_app` is the application factory."""

from ivr.web.app import create_app

__all__ = ["create_app"]
