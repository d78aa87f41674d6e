"""deploy/Caddyfile in a real Caddy: what Twilio signs arrives as it was signed, over HTTPS, and nothing else gets in."""

import os
import socket
import subprocess
import time
from datetime import UTC, datetime

import pytest
import requests

from deploy.test_files import DEPLOY, program, routes
from doctor.served import serving
from doctor.test_calling import Line
from ivr.doctor.calling import call
from ivr.doctor.certificate import certificate
from ivr.doctor.result import Level
from ivr.doctor.wire import Wire
from signed import TOKEN


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def caddy(tmp_path_factory, script):
    """The Caddyfile as it stands, with certificates of Caddy's own in place of public ones; a line stands behind it."""
    folder, port = tmp_path_factory.mktemp("caddy"), free_port()
    main = folder / "Caddyfile"
    options = f"admin off\n auto_https disable_redirects\n local_certs\n skip_install_trust\n storage file_system {folder}/data"
    main.write_text(f"{{\n {options}\n}}\nimport {DEPLOY / 'Caddyfile'}\n")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("ivr.web.app.read", lambda _: script)
        with serving(Line("https://{host}", metrics_token="0123456789abcdef" * 2)) as behind:
            environ = os.environ | {
                "IVR_HOST": f"localhost:{port}",
                "IVR_UPSTREAM": behind.removeprefix("http://"),
                "HOME": str(folder),
            }
            command = [program("caddy", "caddy"), "run", "--adapter", "caddyfile", "--config", str(main)]
            server = subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True)
            try:
                yield f"https://localhost:{port}", str(authority(folder, port))
            finally:
                server.terminate()
                server.communicate(timeout=20)


def authority(folder, port):
    """Caddy's own authority, once it answers for us."""
    root = folder / "data" / "pki" / "authorities" / "local" / "root.crt"
    end = time.monotonic() + 30
    while True:
        try:
            requests.get(f"https://localhost:{port}/health", verify=str(root), timeout=5)
        except (requests.RequestException, OSError):
            assert time.monotonic() < end
            time.sleep(0.1)  # another program starts
        else:
            return root


def test_a_signed_call_gets_through_byte_for_byte(caddy):
    url, ca = caddy
    wire = Wire(url, (TOKEN,), ca)
    found = {result.check: result for result in call(wire)}
    wire.close()

    assert {name: found[name].level for name in found if name != "speed"} == {
        "call": Level.OK, "whisper": Level.OK, "strangers": Level.OK, "addresses": Level.OK,
    }, found  # fmt: skip
    assert certificate(url, datetime.now(UTC), ca).level is not Level.WRONG


def asked(caddy, method, path):
    url, ca = caddy
    return requests.request(method, f"{url}{path}", verify=ca, timeout=5, allow_redirects=False)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/voice", 405),
        ("POST", "/", 404),
        ("POST", "/es/map", 404),
        ("GET", "/metrics", 404),
        ("GET", "/voice/", 404),
        ("GET", "/map/metrics", 404),
        ("GET", "/health/../metrics", 404),
    ],
)
def test_only_what_is_meant_for_the_world_is_passed_on(caddy, method, path, status):
    assert asked(caddy, method, path).status_code == status


def test_every_route_is_passed_on(caddy, app, script):
    """Strangers are refused, and readers answered, by the line itself."""
    found = {
        (method, path): asked(caddy, method, path).status_code
        for path, methods in routes(app, script).items()
        for method in methods & {"GET", "POST"}
    }
    assert found == {(method, path): expected(method, path) for method, path in found}


def expected(method, path):
    if method == "POST":
        return 403
    return 308 if path != "/" and path.endswith("/") else 200


def test_a_huge_body_does_not_reach_the_line(caddy, caplog):
    url, ca = caddy
    answer = requests.post(f"{url}/voice", data={"SpeechResult": "x" * 200_000}, verify=ca, timeout=5)
    assert answer.status_code == 413
    assert not caplog.messages  # the line would have refused its signature
