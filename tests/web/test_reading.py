"""The readable page as a browser and a cache get it: the live version, each language at its address, kept until it changes."""

import re
from base64 import b64encode
from hashlib import sha256
from urllib.parse import urljoin

import pytest
from click.testing import CliRunner

from altered import altered, says
from ivr.cli import main
from ivr.script.folders import sample
from ivr.web import create_app
from ivr.web.app import LIBRARY
from ivr.web.library import Found
from ivr.web.settings import Settings, SettingsError, from_environment
from readable import Read
from signed import PUBLIC_URL, TOKEN


@pytest.fixture
def browser(app):
    return app.test_client()


@pytest.mark.parametrize(("path", "language", "title"), [("/", "en-US", "automated line"), ("/es", "es-US", "línea")])
def test_each_language_has_its_page(browser, path, language, title):
    got = browser.get(path)

    assert (got.status_code, got.content_type) == (200, "text/html; charset=utf-8")
    assert got.headers["Content-Language"] == language
    assert title in got.text
    assert {"/": "es", "/es": "./"}[path] in Read(got.text).links
    assert browser.head(path).status_code == 200


@pytest.mark.parametrize(
    ("path", "language", "links"),
    [("/map", "en-US", {"./", "./es/map"}), ("/es/map", "es-US", {"../es", "../map"})],
)
def test_each_language_has_its_map(browser, path, language, links):
    got = browser.get(path)
    code = got.text.split("<script>")[1].partition("</script>")[0]
    digest = b64encode(sha256(code.encode()).digest()).decode()

    assert got.headers["Content-Language"] == language
    assert links <= set(Read(got.text).links)
    assert f"script-src 'sha256-{digest}';" in got.headers["Content-Security-Policy"]
    assert browser.get(path, headers={"If-None-Match": got.headers["ETag"]}).status_code == 304
    page = browser.get(path.removesuffix("map").rstrip("/") or "/")
    assert {"/map": "map", "/es/map": "es/map"}[path] in Read(page.text).links


@pytest.mark.parametrize("path", ["/fr", "/en", "/es-us", "/fr/", "/favicon.ico", "/ES", "/fr/map"])
def test_nothing_else_is_a_page(browser, path):
    assert (browser.get(path).status_code, browser.get(path).text) == (404, "Not Found.\n")


@pytest.mark.parametrize(("path", "shown"), [("/es/", "/es"), ("/map/", "/map"), ("/es/map/", "/es/map")])
def test_a_slash_too_many_leads_to_the_page(browser, path, shown):
    sent = browser.get(path)

    assert sent.status_code == 308
    assert urljoin(path, sent.headers["Location"]) == shown
    assert urljoin(f"/behind/a/proxy{path}", sent.headers["Location"]) == f"/behind/a/proxy{shown}"


def test_a_page_is_kept_until_another_version_is_live(script):
    changed = altered(says("Specialty Surgical Center, recorded line."))
    app = create_app(Settings((TOKEN,), PUBLIC_URL, sample()))
    library, browser = app.extensions[LIBRARY], app.test_client()
    first = browser.get("/")
    again = browser.get("/", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == "no-cache"
    library._source.look = lambda: Found(changed, "folder")
    library.look()
    changed_page = browser.get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert changed_page.status_code == 200
    assert "recorded line" in changed_page.text
    assert browser.get("/es").headers["ETag"] != changed_page.headers["ETag"]


def test_the_page_may_do_nothing_but_show_itself(browser):
    got = browser.get("/")
    styles = re.findall(r"<style>(.*?)</style>", got.text, re.DOTALL)
    digests = " ".join(f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" for style in styles)

    assert got.headers["Content-Security-Policy"].startswith(f"default-src 'none'; style-src {digests};")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "<script" not in got.text
    assert "http" not in "".join(Read(got.text).links)


def test_a_server_without_a_script_says_so(app, monkeypatch):
    monkeypatch.setattr(app.extensions[LIBRARY], "live", None)

    assert app.test_client().get("/").status_code == 503


def test_the_number_of_the_line_stands_on_the_page(tmp_path):
    given = {"TWILIO_AUTH_TOKEN": TOKEN, "IVR_PUBLIC_URL": PUBLIC_URL, "IVR_LINE_NUMBER": "(973) 555-0123"}
    with pytest.raises(SettingsError, match="IVR_LINE_NUMBER is not a phone number"):
        from_environment(given | {"IVR_LINE_NUMBER": "12"})
    settings = from_environment(given | {"IVR_STORE": str(tmp_path / "none.sqlite3"), "IVR_CACHE": str(tmp_path)})

    assert 'href="tel:+19735550123"' in create_app(settings).test_client().get("/es").text


def test_the_same_pages_are_written_as_files(browser, tmp_path):
    told = CliRunner().invoke(main, ["page", "--out", str(tmp_path / "new"), "--line", "973-555-0123"])
    pages = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "new").iterdir()}

    assert told.exit_code == 0, told.output
    assert set(pages) == {"index.html", "es.html", "map.html", "es-map.html"}
    assert {"index.html", "es-map.html"} <= set(Read(pages["map.html"]).links)
    assert "map.html" in Read(pages["index.html"]).links
    assert "es.html" in Read(pages["index.html"]).links
    assert "index.html" in Read(pages["es.html"]).links
    for name, path in (("index.html", "/"), ("es.html", "/es")):
        assert Read(browser.get(path).text).words in Read(pages[name]).words.replace(
            " Call this line 973-555-0123", ""
        ).replace(" Llame a esta línea 973-555-0123", "")
    wrong = CliRunner().invoke(main, ["page", "--out", str(tmp_path), "--texts", "12"])
    assert "12 is not a phone number" in wrong.output
