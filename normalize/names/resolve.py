"""Mentions become Resolutions: the whole document decides who is meant, and every reason is kept."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from normalize.index.pack import Pack
from normalize.model import Candidate, Document, Entity, Evidence, Form, Hit, Person, Resolution
from normalize.names.context import Context, Cue
from normalize.names.mentions import Mention, compare_marks, find_mentions
from normalize.names.second import second_references

SURE = 0.9
"""From here on a decision is called sure; below it, candidates are listed."""

Reason = tuple[str, str]
"""A weight's name and the sentence that explains it."""


def resolve(
    document: Document, hits: list[Hit], context: Context, pack: Pack, prints: dict[str, str]
) -> list[Resolution]:
    """Who and what is named in ``document``, in the order of the text; ``prints`` are the house style's forms.

    Mentions are decided twice: what was sure at first is evidence for the rest.
    """
    mentions = find_mentions(document, hits)
    named = {form.owner: mention for mention in reversed(mentions) for form in mention.right if form.role != "weak"}
    first = [_decide(mention, Known(document, context, named, [], pack), prints) for mention in mentions]
    sure = [resolution for resolution in first if not resolution.right and resolution.verdict == "sure"]
    full = (
        [_decide(mention, Known(document, context, named, sure, pack), prints) for mention in mentions]
        if sure
        else first
    )
    return sorted([*full, *second_references(document, full, pack, prints)], key=lambda r: r.span)


@dataclass(frozen=True, slots=True)
class Known:
    """What a decision may look at: the document, its cues, who is named under a right form, what is sure already."""

    document: Document
    context: Context
    named: dict[str, Mention]
    sure: list[Resolution]
    pack: Pack


def _decide(mention: Mention, known: Known, prints: dict[str, str]) -> Resolution:
    """One mention on the evidence so far; a right form wins over a foreign reading of the same words."""
    pack = known.pack
    if mention.right:
        return _right(mention, known.named, pack)
    judged = [(form, list(_reasons(mention, form, pack.entity(form.owner), known))) for form in _best_forms(mention)]
    totals = [sum(pack.record("weights")[weight] for weight, _ in reasons) for _, reasons in judged]
    shares = _shares(totals)
    ranked = sorted(zip(shares, judged, strict=True), key=lambda pair: (-pair[0], pair[1][0].owner))
    candidates = tuple(
        Candidate(form.owner, pack.entity(form.owner).name, round(share, 3), form) for share, (form, _) in ranked
    )
    evidence = tuple(Evidence(weight, detail) for weight, detail in ranked[0][1][1])
    best = pack.entity(candidates[0].entity)
    return Resolution(
        mention.span,
        mention.text,
        "sure" if candidates[0].score >= SURE else "unsure",
        candidates,
        evidence,
        replacement=prints.get(best.id, best.printed),
    )


def _right(mention: Mention, named: dict[str, Mention], pack: Pack) -> Resolution:
    """A form that is right as it stands; a weak one only counts where the document names its owner in full."""
    strong = [form for form in mention.right if form.role != "weak"]
    weak = [form for form in mention.right if form.role == "weak"]
    known = strong or [form for form in weak if form.owner in named] or weak
    owners = list(dict.fromkeys(form.owner for form in known))
    sure = len(owners) == 1 and (bool(strong) or owners[0] in named)
    candidates = tuple(
        Candidate(owner, pack.entity(owner).name, 1.0 if sure else round(1 / (len(owners) + 1), 3), form)
        for owner, form in {form.owner: form for form in reversed(known)}.items()
    )
    return Resolution(mention.span, mention.text, "sure" if sure else "unsure", candidates, right=True)


def _best_forms(mention: Mention) -> list[Form]:
    """One form an owner: the one whose marks agree, else the first."""
    order = {"same": 0, "bare": 1, "other": 2}
    ranked = sorted(mention.foreign, key=lambda form: order[compare_marks(mention.text, form.text)])
    if compare_marks(mention.text, ranked[0].text) == "same":
        ranked = [form for form in ranked if compare_marks(mention.text, form.text) == "same"]
    return list({form.owner: form for form in reversed(ranked)}.values())


def _reasons(mention: Mention, form: Form, entity: Entity, known: Known) -> Iterator[Reason]:
    """Everything that speaks for or against ``entity``, by the names of the weights."""
    pack, countries = known.pack, known.context.countries
    yield "reading" if form.role == "reading" else "exonym", form.route
    if len(form.text.split()) > 2:
        yield "long", f"{len(form.text.split())} words agree"
    if _has_marks(mention.text):
        yield "marks", f"the diacritics of “{form.text}” agree"
    yield from _from_cues(entity, form, known.context.before(known.document, mention.span.start), pack)
    yield from _from_others(mention, form, entity, known)
    if entity.country and entity.country in countries:
        yield "story", f"the story is about {_land(entity.country, pack)}"
    elif (own := _own_country(form.channel, pack)) in countries:
        yield "other_story", f"the story is about {_land(own, pack)}"
    if about := known.context.speaks_of_form(known.document, mention.span):
        yield "mentioned", f"“{about}” stands beside it: the form is spoken about"


def _from_cues(entity: Entity, form: Form, cues: list[Cue], pack: Pack) -> Iterator[Reason]:
    """What the title and the adjective before the name say."""
    held = {f"office/{h.office}" for h in entity.offices} if isinstance(entity, Person) else set()
    offices = [office for cue in cues for office in cue.offices]
    right = next((office for office in offices if office.id in held), None)
    if right:
        yield "title", f"{entity.name} is or was {right.name}"
    countries = [country for cue in cues for country in cue.countries]
    if entity.country in (countries or [office.country for office in offices]):
        yield "nationality", f"“{cues[-1].text}” stands before the name"
    elif _own_country(form.channel, pack) in countries:
        yield "other_nation", f"“{cues[-1].text}” stands before the name"
    elif offices and not right:
        yield "other_title", f"“{cues[-1].text}” is an office that others hold"


def _from_others(mention: Mention, form: Form, entity: Entity, known: Known) -> Iterator[Reason]:
    """What the other names of the document say."""
    if entity.id in known.named:
        yield "named", f"the same text has “{known.named[entity.id].text}”"
    same = [r for r in known.sure if r.best.entity == entity.id and r.span != mention.span]
    company = [r for r in known.sure if r.best.entity != entity.id and r.best.form.channel == form.channel]
    if same:
        yield "again", f"“{same[0].text}” elsewhere in the text is {entity.name}"
    elif company:
        yield "company", f"“{company[0].text}” in the same text is {company[0].best.name}"


def _has_marks(text: str) -> bool:
    return compare_marks(text, "") == "other"


def _own_country(channel: str, pack: Pack) -> str:
    """The country whose own people have names of the channel's shape: no reading may explain them away."""
    country: str = pack.record("channels").get(channel, "")
    return country


def _land(country: str, pack: Pack) -> str:
    """A country's name for print."""
    name: str = pack.record("countries").get(country, country.upper())
    return name


def _shares(totals: list[float]) -> list[float]:
    """Probabilities of the candidates beside the chance (0 nats) that it is none of them."""
    odds = [math.exp(total) for total in totals]
    return [odd / (1 + sum(odds)) for odd in odds]
