"""TwiML documents for tests of the phone, in a few words each; right unless a test changes an attribute.

Not here: the line's own writer, which the phone is to judge.
"""

HEAR = {
    "input": "dtmf speech",
    "action": "voice?n=b",
    "method": "POST",
    "actionOnEmptyResult": "true",
    "timeout": "10",
    "speechTimeout": "3",
    "numDigits": "1",
    "finishOnKey": "",
    "language": "en-US",
    "speechModel": "default",
    "profanityFilter": "false",
}
RING = {"timeout": "25", "timeLimit": "7200", "answerOnBridge": "true"}
ASK = {"action": "voice?n=b", "method": "POST"}


def tag(name, inside="", given=None, **changes):
    """An element; a change to None leaves the attribute out."""
    attributes = [f' {key}="{value}"' for key, value in {**(given or {}), **changes}.items() if value is not None]
    return f"<{name}{''.join(attributes)}>{inside}</{name}>"


def say(inside="Hello.", **changes):
    return tag("Say", inside, {"voice": "Polly.Joanna-Neural", "language": "en-US"}, **changes)


def gather(inside="", **changes):
    return tag("Gather", inside, HEAR, **changes)


def dial(inside="<Number>+19735550100</Number>", **changes):
    return tag("Dial", inside, RING, **changes)


def redirect(url="voice?n=b", **changes):
    return tag("Redirect", url, {"method": "POST"}, **changes)


def document(*verbs):
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{"".join(verbs)}</Response>'


def listening(inside="", **changes):
    return document(gather(inside, **changes), redirect(changes.get("action", "voice?n=b")))


def window(inside="", **changes):
    """A Gather that leaves silence to the next verb."""
    return gather(inside, actionOnEmptyResult=None, **changes)
