"""Ways to read HTML with exact places, on one set of pages: time, and words that differ from the standard's own tree.

    python -m benchmarks.html_readers PAGES [FOLDER]

makes so many pages from the project's stories (and FOLDER's ``*.html``), broken in the ways pages are, and reads them
with calque's reader and with whatever of html.parser, tree-sitter-html, html5lib, lxml and selectolax is installed.
html5lib builds the tree of the WHATWG standard and is what the words are held against.
"""

from __future__ import annotations

import html
import importlib.util
import random
import sys
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from normalize.text.cues import Cues
from normalize.text.html import read_html
from normalize.text.html_elements import BLOCKS, HIDDEN

STORIES = Path(__file__).resolve().parents[1] / "corpora"
SILENT = HIDDEN - {"sup", "rt", "rp"}
SEED = 12


def pages(count: int) -> list[str]:
    """Pages made from stories: furniture around them, inline tags within words, entities, and faults."""
    chance = random.Random(SEED)
    stories = [p.read_text("utf-8") for p in sorted(STORIES.rglob("*.txt"))]
    return [_page(chance, chance.choice(stories)) for _ in range(count)]


def _page(chance: random.Random, story: str) -> str:
    body = []
    for line in filter(None, (line.strip() for line in story.splitlines())):
        words = [_word(chance, word) for word in line.split()]
        tag = chance.choice(("p", "p", "p", "div", "li", "h2", "blockquote", "td"))
        attributes = chance.choice(("", ' class="a b"', " id=x", " data-a='1>0'", ' data-t="a > b"'))
        end = chance.choice((f"</{tag}>", f"</{tag}>", "", "</section>"))
        body.append(f"<{tag}{attributes}>{' '.join(words)}{end}")
        if chance.random() < 0.2:
            body.append(chance.choice(NOISE))
    head = "<!doctype html><html lang=en><head><meta charset=utf-8><title>News &amp; more</title></head><body>"
    return head + "\n".join(body) + chance.choice(("</body></html>", "</body>", "", "<p", "<!-- end"))


def _word(chance: random.Random, word: str) -> str:
    coded = html.escape(word, quote=False)
    roll = chance.random()
    if roll < 0.03:
        return f"<b>{coded[:2]}</b>{coded[2:]}" if "&" not in coded else coded
    if roll < 0.06:
        return "".join(f"&#{ord(c)};" if not c.isascii() else c for c in coded)
    if roll < 0.08:
        return f"<a href='/x?a=1&copy=2'>{coded}</a>"
    return coded


NOISE = (
    "<script>if (a < b && c > d) { document.write('<p>no</p>'); }</script>",
    "<!-- <p>not shown</p> -->",
    "<style>p > a { color: red }</style>",
    "<br><br>",
    "a < b and 3 <4 & so on",
    "<![CDATA[ not shown ]]>",
    "<?php echo 1 ?>",
    "</nothing><b><p>crossed</b> tags</p>",
    "&notit; &amp &lt;b&gt; &unknown; &#0; &#x110000;",
    "<img src=x alt=''><hr/><p/>empty",
    "<table><tr><td>one<td>two<tr><td>three</table>",
    "<template><p>hidden</p></template><noscript><p>hidden</p></noscript>",
)


def of_calque(source: str) -> str:
    """The words, attributes left aside."""
    return read_html(source, Cues()).text


class _Standard(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden += tag in SILENT
        self.found.append(" " if tag in BLOCKS else "")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in SILENT and self.hidden > 0
        self.found.append(" " if tag in BLOCKS else "")

    def handle_data(self, data: str) -> None:
        self.found.append(data if not self.hidden else "")


def of_html_parser(source: str) -> str:
    """The standard library's events, which carry line and column but no place of an attribute or an entity."""
    parser = _Standard()
    parser.feed(source)
    parser.close()
    return "".join(parser.found)


def of_tree_sitter() -> Callable[[str], str]:
    """tree-sitter's HTML grammar: byte offsets of everything, repaired by its own lights."""
    import tree_sitter
    import tree_sitter_html

    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_html.language()))

    def read(source: str) -> str:
        data = source.encode()
        cursor = parser.parse(data).walk()
        found: list[str] = []
        at = 0
        while True:
            node = cursor.node
            assert node is not None
            if node.type == "text":
                found += ["" if at == node.start_byte else " ", data[node.start_byte : node.end_byte].decode()]
                at = node.end_byte
            elif node.type == "entity":
                found.append(" " if data[at : node.start_byte].isspace() else "")
                found.append(html.unescape(data[node.start_byte : node.end_byte].decode()))
                at = node.end_byte
            elif node.type in ("tag_name",):
                name = data[node.start_byte : node.end_byte].decode().lower()
                found.append(" " if name in BLOCKS else "")
                at = node.end_byte + 1
            skip = node.type in ("script_element", "style_element", "comment")
            if not skip and cursor.goto_first_child():
                continue
            while not cursor.goto_next_sibling():
                if not cursor.goto_parent():
                    return "".join(found)

    return read


def of_html5lib() -> Callable[[str], str]:
    """The tree of the standard, without places."""
    import html5lib

    def read(source: str) -> str:
        return "".join(_walk(html5lib.parse(source, namespaceHTMLElements=False)))

    return read


def _walk(node: Any) -> list[str]:
    if not isinstance(node.tag, str) or node.tag.rpartition("}")[2] in SILENT:
        return [" ", node.tail or ""]
    gap = " " if node.tag in BLOCKS else ""
    inside = [part for child in node for part in _walk(child)]
    return [gap, node.text or "", *inside, gap, node.tail or ""]


def of_lxml() -> Callable[[str], str]:
    """libxml2: lines only."""
    import lxml.html

    return lambda source: "".join(_walk(lxml.html.document_fromstring(source)))


def of_selectolax() -> Callable[[str], str]:
    """lexbor: the tree of the standard, without places."""
    from selectolax.lexbor import LexborHTMLParser

    def read(source: str) -> str:
        tree = LexborHTMLParser(source)
        tree.strip_tags(sorted(SILENT))
        assert tree.root is not None
        return str(tree.root.text(separator=""))

    return read


def main(count: str, folder: str = "") -> None:
    """Print a line for each reader."""
    made = pages(int(count)) + [p.read_text("utf-8", "replace") for p in sorted(Path(folder).rglob("*.html")) if folder]
    readers: dict[str, Callable[[str], str]] = {"calque": of_calque, "html.parser": of_html_parser}
    for name, module, make in (
        ("tree-sitter-html", "tree_sitter_html", of_tree_sitter),
        ("html5lib", "html5lib", of_html5lib),
        ("lxml", "lxml", of_lxml),
        ("selectolax", "selectolax", of_selectolax),
    ):
        if importlib.util.find_spec(module):
            readers[name] = make()
    right = [_words(readers["html5lib"](page)) for page in made]
    base = 0.0
    for name, read in readers.items():
        start = time.perf_counter()
        texts = [read(page) for page in made]
        took = time.perf_counter() - start
        base = base or took
        differ = [n for n, text in enumerate(texts) if _words(text) != right[n]]
        print(f"{name:18} {took:6.2f} s  x{took / base:5.2f}  pages with other words: {len(differ)} of {len(made)}")
        if "-v" in sys.argv and differ:
            _show(made[differ[0]], _words(texts[differ[0]]), right[differ[0]])


def _words(text: str) -> list[str]:
    """Words alone: where blocks begin and end is another matter."""
    return "".join(text.replace("\0", "").split()).split(" ")


def _show(page: str, mine: list[str], right: list[str]) -> None:
    a, b = mine[0], right[0]
    at = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    print("   ", repr(a[max(0, at - 40) : at + 40]), "\n   ", repr(b[max(0, at - 40) : at + 40]))


if __name__ == "__main__":
    main(*[a for a in sys.argv[1:] if a != "-v"])
