"""Lines cut out of the sample, small enough to be walked in a test: `small` has a node of each kind, `tiny` no list."""

from dataclasses import replace

from ivr.script.model import Listing, Menu, Option

ITEMS = ("sciatica", "herniated disc")
MENUS = {
    "main menu": ("about us", "conditions", "billing", "fax"),
    "about us": ("location", "services"),
}
KEPT = ("location", "services", "fax", "billing", "reception")


def small(script, *languages):
    """The small line in some languages, by default in English alone."""
    tags = languages or ("en-US",)
    nodes = {name: Menu(name, tuple(Option(str(n), to) for n, to in enumerate(to, 1))) for name, to in MENUS.items()}
    nodes["conditions"] = Listing("conditions", ITEMS)
    nodes |= {name: script.nodes[name] for name in KEPT}
    return replace(
        script,
        languages={tag: script.languages[tag] for tag in tags},
        nodes=nodes,
        words={tag: _words(script.words[tag], nodes) for tag in tags},
    )


def tiny(script, *languages):
    """Six places: one below another menu, a number, and two transfers."""
    line = small(script, *languages)
    menus = {"main menu": ("about us", "fax", "billing"), "about us": ("location",)}
    nodes = {name: Menu(name, tuple(Option(str(n), to) for n, to in enumerate(to, 1))) for name, to in menus.items()}
    nodes |= {name: line.nodes[name] for name in ("location", "fax", "billing", "reception")}
    words = {
        tag: replace(words, nodes={name: words.nodes[name] for name in nodes}) for tag, words in line.words.items()
    }
    return replace(line, nodes=nodes, words=words)


def _words(words, nodes):
    kept = {name: words.nodes[name] for name in nodes}
    listed = kept["conditions"]
    items = {name: listed.items[name] for name in ITEMS}
    kept["conditions"] = replace(listed, items=items, mentioned={}, not_listed=listed.not_listed[:1])
    return replace(words, nodes=kept)


def long(script, count, parts=1):
    """A line of `count` announcements below menus of six, for seeing how time grows with places."""
    base = small(script)
    words = base.words["en-US"]
    names = [f"place {n}" for n in range(count)]
    nodes, spoken = {}, {}
    above, waiting = ["main menu"], list(names)
    while waiting:
        menu = above.pop(0)
        below, waiting = waiting[:6], waiting[6:]
        nodes[menu] = Menu(menu, tuple(Option(str(n), to) for n, to in enumerate(below, 1)))
        above += below
    for n, name in enumerate(names):
        nodes.setdefault(name, replace(script.nodes["location"], name=name))
        label = f"Number {spelt(n)}"
        spoken[name] = replace(words.nodes["location"], label=label, phrases=(f"go to {spelt(n)}", f"hear {spelt(n)}"))
    nodes["reception"] = script.nodes["reception"]
    for name in ("main menu", "reception"):
        spoken[name] = words.nodes[name]
    return replace(base, nodes=nodes, words={"en-US": replace(words, nodes=spoken)})


def spelt(number):
    """A word of its own for each number, and unlike its neighbours."""
    syllables = ("ba", "ke", "li", "mo", "nu", "pa", "re", "si", "to", "vu")
    return "".join(
        syllables[int(digit)] + syllables[(int(digit) * 7 + place) % 10] for place, digit in enumerate(f"{number:03}")
    )
