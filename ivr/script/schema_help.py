"""What an editor shows beside a name of a script while somebody types: one sentence each.

For: `HELP`, by name.  A name means the same wherever it stands.
Not here: which names there are (`schema`, from the reader's own lists).
"""

from __future__ import annotations

HELP = {
    # line.yaml
    "start": "Where every call begins: the name of a menu.",
    "person": "Where key 0 leads: the name of a transfer.",
    "time zone": "A continent and a city, like America/New_York.",
    "waits": "Three numbers of seconds: the wait for an answer, after 'take your time', and after the last offer.",
    "ring seconds": "Seconds that a transfer rings before the caller is brought back.",
    "languages": "Each language with its voice, in the order in which they are offered.",
    "voice": "Provider, dot and voice, like Polly.Joanna-Neural.",
    "fallback voice": "The voice that speaks when the other cannot.",
    "speed": "Percent of the voice's own speed.",
    "speech model": "The name of Twilio's recogniser.",
    "number": "The phone number, like 973-940-3166; at a node, the name of one.",
    "kind": "A voice line, or a fax.",
    "uses": "What the number is there for: dial, read, text.",
    "hours": "When somebody answers; 'unknown' is an honest answer.",
    "closed on": "Days like 2026-12-25.",
    "menu": "Keys 1 to 6, each with the name of the place to which it leads.",
    "announcement": "The names of the parts of a text, in their order.",
    "list": "The names on a list that callers can ask for.",
    "mentioned": "What callers ask for that is not on the list, and has its own answer.",
    "connect": "Offer to put the caller through once the number was heard.",
    "transfer": "Puts the caller through: the name of a number.",
    "to": "The place to which the key leads.",
    "reason": "Why the option stands here although it is not the most used first.",
    # words
    "language": "What this language calls itself, and how callers ask for it.",
    "label": "What callers hear as its name, in a menu and on arrival: at most five words.",
    "phrases": "Short ways to ask for it. They always win, and must not sound like others.",
    "also said": "Whole sentences, as callers say them; the line learns others like them.",
    "intro": "What is said before the choices.",
    "parts": "The text, part by part: at most twenty seconds each.",
    "items": "The names on the list.",
    "lay words": "Words that only come close to the name.",
    "answer": "What is said about it when a caller asks.",
    "asked with": "How callers begin a question to the list.",
    "not listed": "What callers ask for that is not on the list.",
    "help": "What help says here besides.",
    "text": "What is sent as a text message instead.",
    "say": "Opens every call: one plain condition, one action.",
    "crisis": "Is added after words of suicide.",
    "still here": "Is said after the sentence, to whoever is in no danger.",
    "means": "What the hard word means, in plain words.",
    "sounds like": "How a voice should say it.",
    "from": "The language from which this file was made.",
    "reviewed by": "Who has read the whole translation; 'nobody yet' is an honest answer.",
    "reviewed on": "A day like 2026-12-25.",
    "terms": "Hard words, what they mean, and how they sound.",
    "sentences": "What the line says of its own accord.",
    "commands": "What works everywhere.",
    "keys": "For each key, first how the line says it, then what callers say.",
    "press words": "Words that callers put before a key.",
    "fillers": "Words that are passed over.",
    "waive": "Rules that must give way here, each with the reason in a sentence.",
}
