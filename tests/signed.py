"""Requests as Twilio makes them: form-encoded, and signed for real with a made-up token."""

from urllib.parse import urlsplit

from twilio.request_validator import RequestValidator

TOKEN = "0123456789abcdef0123456789abcdef"
PUBLIC_URL = "https://line.example.org"
HEADER = "X-Twilio-Signature"


def sign(url, form, token=TOKEN):
    return RequestValidator(token).compute_signature(url, form)


def post(app, url, form, **headers):
    """One signed request; headers given here take the place of those that would be sent."""
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    sent = {HEADER: sign(url, form)} | headers
    return app.test_client().post(path, data=form, headers=sent)


def signed_post(app):
    """A `post` for the TwiML phone; it fails the test when the app refuses."""

    def send(url, form):
        answer = post(app, url, form)
        assert answer.status_code == 200, answer.text
        assert answer.mimetype == "text/xml"
        return answer.text

    return send
