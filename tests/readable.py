"""A page as somebody reads it: its words in their order, its links, its languages."""

from html.parser import HTMLParser

VOID = {"meta", "link", "br", "input", "hr"}


class Read(HTMLParser):
    """words: all that is read, the hidden words for screen readers too.  links, ids: of the page.  marked: words by language.

    `without`: what is passed over, such as a picture.
    """

    def __init__(self, document, without=""):
        super().__init__()
        self.unread = {"style", "script", without}
        self.links, self.ids, self.marked, self._open, self._said = [], set(), {}, [], []
        self.feed(document)
        assert self._open == [], f"not closed: {self._open}"
        self.words = " ".join("".join(self._said).split())
        self.marked = {language: " ".join(words.split()) for language, words in self.marked.items()}

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag not in VOID:
            self._open.append((tag, given.get("lang")))
        if "id" in given:
            assert given["id"] not in self.ids, f"twice: {given['id']}"
            self.ids.add(given["id"])
        if tag == "a":
            self.links.append(given["href"])

    def handle_endtag(self, tag):
        opened, _ = self._open.pop()
        assert opened == tag, f"<{opened}> is closed by </{tag}>"

    def handle_data(self, data):
        if not any(tag in self.unread for tag, _ in self._open):
            self._said.append(data)
            language = next(lang for _, lang in reversed(self._open) if lang) if self._open else ""
            self.marked[language] = self.marked.get(language, "") + data
