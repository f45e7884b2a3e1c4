"""What the elements and attributes of HTML mean for reading."""

from __future__ import annotations

from normalize.model import SegmentKind

BLOCKS = frozenset({
    "address", "article", "aside", "audio", "blockquote", "body", "br", "button", "canvas", "caption", "center",
    "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "iframe", "legend",
    "li", "link", "listing", "main", "math", "menu", "meta", "nav", "noscript", "object", "ol", "optgroup",
    "option", "p", "plaintext", "pre", "script", "search", "section", "select", "style", "summary", "svg", "table",
    "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "title", "tr", "ul", "video",
})  # fmt: skip
"""Elements that end a line of words where they begin and where they end."""
VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
HIDDEN = frozenset({
    "audio", "canvas", "datalist", "iframe", "math", "noembed", "noframes", "noscript", "object", "rp", "rt",
    "script", "style", "sup", "svg", "template", "video",
})  # fmt: skip
"""What a reader does not see, or does not read as words of the text."""
FURNITURE = frozenset({
    "aside", "button", "dialog", "footer", "form", "menu", "nav", "search", "select", "textarea",
})  # fmt: skip
LANDMARKS = frozenset({
    "alertdialog", "complementary", "contentinfo", "dialog", "menu", "menubar", "navigation", "search", "toolbar",
})  # fmt: skip
"""Roles of elements that belong to the site."""
WHOLE = frozenset({
    "article", "body", "html", "main", "section",
})  # fmt: skip
"""Elements whose classes speak of a page as a whole."""
STATES = frozenset({
    "has", "hide", "is", "js", "no", "not", "show", "with", "without",
})  # fmt: skip
"""First words of classes that say what an element has, not what it is."""
PRE = frozenset({
    "listing", "plaintext", "pre", "textarea", "xmp",
})  # fmt: skip
KINDS: dict[str, SegmentKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "title"), "headline"),
    **dict.fromkeys(("li", "dd", "dt", "td", "th"), "list"),
    **dict.fromkeys(("pre", "xmp", "listing", "plaintext"), "code"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    "blockquote": "quotation",
    "address": "byline",
}
PARTS: dict[str, SegmentKind] = {"code": "code", "kbd": "code", "samp": "code", "var": "code", "q": "quotation"}
READ_OUT = frozenset({"alt", "title", "aria-label"})
"""Attributes whose words readers see or hear."""
DESCRIBED = frozenset({"description", "og:title", "og:description", "twitter:title", "twitter:description"})
"""What is said of a page in its head where others show it."""
SCOPES = frozenset(["button", "table", "td", "th", "caption", "object"])
IMPLIED_ENDS: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {
    "li": (("li",), frozenset({"ul", "ol", "menu"})),
    **dict.fromkeys(("dd", "dt"), (("dd", "dt"), frozenset({"dl"}))),
    **dict.fromkeys(("td", "th"), (("td", "th"), frozenset({"table", "tr"}))),
    "tr": (("tr",), frozenset({"table"})),
    "option": (("option",), frozenset({"select"})),
}
"""What an element ends that was left open, and how far up that is looked for."""
