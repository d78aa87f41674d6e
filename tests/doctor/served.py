"""Real servers on this machine, and what may stand between them and the world: one small middleware for each trap."""

from contextlib import contextmanager
from io import BytesIO
from threading import Thread
from urllib.parse import parse_qsl, unquote, urlencode

from werkzeug.serving import WSGIRequestHandler, make_server


class Quiet(WSGIRequestHandler):
    def log(self, *_):
        pass


@contextmanager
def serving(app, certificate=None):
    """A WSGI app on a port of its own; answers with its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet, ssl_context=certificate)
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"{'https' if certificate else 'http'}://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def says(status, text="", kind="text/plain", **headers):
    """Something that answers the same to everybody."""

    def app(_environ, start):
        start(status, [("Content-Type", kind), *((k.replace("_", "-"), v) for k, v in headers.items())])
        return [text.encode()]

    return app


def on(path, inner, other):
    """`other` answers at one path, `inner` at all others."""
    return lambda environ, start: (other if environ["PATH_INFO"] == path else inner)(environ, start)


def redirecting(target):
    """Sends everything to `target`, in which {path} is what was asked for."""

    def app(environ, start):
        start(
            "308 Permanent Redirect", [("Location", target.format(path=environ["PATH_INFO"])), ("Content-Length", "0")]
        )
        return [b""]

    return app


def below(prefix, inner, *, strips):
    """A proxy that passes on what lies below a path, and may take that path away."""

    def app(environ, start):
        if not environ["PATH_INFO"].startswith(prefix):
            return says("404 Not Found")(environ, start)
        path = environ["PATH_INFO"].removeprefix(prefix) if strips else environ["PATH_INFO"]
        return inner(environ | {"PATH_INFO": path}, start)

    return app


def changing_query(change):
    return lambda inner: (
        lambda environ, start: inner(environ | {"QUERY_STRING": change(environ["QUERY_STRING"])}, start)
    )


def changing_form(change):
    """A proxy that reads the form and writes it anew."""

    def around(inner):
        def app(environ, start):
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            pairs = parse_qsl(body.decode(), keep_blank_values=True)
            written = urlencode([pair for pair in map(change, pairs) if pair]).encode()
            return inner(environ | {"wsgi.input": BytesIO(written), "CONTENT_LENGTH": str(len(written))}, start)

        return app

    return around


SORTING = changing_query(lambda query: "&".join(sorted(query.split("&"))))
DECODING = changing_query(unquote)
DROPPING = changing_form(lambda pair: pair if pair[1] else None)
TRIMMING = changing_form(lambda pair: (pair[0], pair[1].strip()))
