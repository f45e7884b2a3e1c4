"""Mentions become Resolutions: the whole document decides who is meant, and every reason is kept."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Sequence

from normalize.index.pack import Pack
from normalize.model import Candidate, Document, Entity, Evidence, Form, Hit, Person, Resolution, Role
from normalize.names import house
from normalize.names.by_office import holders_by_family
from normalize.names.context import Context, Lead
from normalize.names.forms import MOST_KEPT
from normalize.names.mentions import Mention, Written, compare_marks, find_mentions, has_marks, in_case
from normalize.names.offices import country_of, name_of
from normalize.names.private import named_after, private_sign
from normalize.names.second import second_references
from normalize.record import Record, replace
from normalize.tables.records import Style
from normalize.text.fold import fold
from normalize.text.pattern import pattern

SURE = 0.9
"""From here on a decision is called sure; below it, candidates are listed."""
ROUNDS = 4
"""How often a document's mentions are decided at most: a chain of names, each made sure by the one before, is short."""
SETTLING = frozenset({"title", "nationality", "named", "again", "behind"})
"""Kinds of evidence besides the form itself that say who is meant."""
CONTRARY = frozenset({"inside", "mentioned", "misreading", "other_nation", "other_title", "shared"})
"""Kinds of evidence beside which nothing is settled, however much speaks for it."""

READINGS: frozenset[Role] = frozenset({"reading", "misreading"})

Reason = tuple[str, str]
"""A weight's name and the sentence that explains it."""


def resolve(document: Document, hits: list[Hit], context: Context, pack: Pack, style: Style) -> list[Resolution]:
    """Who and what is named in ``document``, in the order of the text; ``style`` says what the house prints.

    What became sure is evidence for the rest: mentions are decided again until nobody more does, ROUNDS times at most.
    """
    mentions = find_mentions(document, hits, context)
    if not mentions and not context.cues:
        return []
    known = Known(document, context, _named(mentions), {}, _private(mentions, document, context, pack), pack)
    full = [_decide(mention, known, style) for mention in mentions]
    for _ in range(1, ROUNDS):
        sure = [resolution for resolution in full if not resolution.right and resolution.verdict == "sure"]
        by_entity = {resolution.best.entity: resolution for resolution in reversed(sure)}
        if by_entity.keys() == known.sure.keys():
            break
        known = replace(known, sure=by_entity)
        full = [r if r.right else _decide(m, known, style) for m, r in zip(mentions, full, strict=True)]
    titled = list(holders_by_family(document, context, [r.span for r in full], pack))
    found = sorted([*full, *titled], key=lambda r: r.span)
    lone = second_references(document, hits, found, context, pack, style)
    found += [r for r in lone if not any(r.span.overlaps(other.span) for other in titled)]
    return sorted(found, key=lambda r: r.span)


def _named(mentions: list[Mention]) -> dict[str, Mention]:
    """The first mention of each entity under a right and strong form."""
    return {form.owner: m for m in reversed(mentions) for form in m.forms.strong}


class Known(Record):
    """What a decision may look at: the document, its cues, who is named under a right form, what is sure already, and
    beside whose names something says that a private person is meant.
    """

    document: Document
    context: Context
    named: dict[str, Mention]
    sure: dict[str, Resolution]
    private: dict[str, str]
    pack: Pack


def _decide(mention: Mention, known: Known, style: Style) -> Resolution:
    """One mention on the evidence so far; a right form wins over a foreign reading of the same words."""
    pack = known.pack
    if mention.right:
        return _right(mention, known)
    forms = _best_forms(mention)
    judged = [(form, list(_reasons(mention, form, len(forms) > 1, known))) for form in forms]
    totals = [sum(pack.record("weights")[weight] for weight, _ in reasons) for _, reasons in judged]
    ranked = sorted(zip(_shares(totals), judged, strict=True), key=lambda pair: (-pair[0], pair[1][0].owner))
    candidates = tuple(
        Candidate(form.owner, pack.entity(form.owner).name, round(share, 3), form) for share, (form, _) in ranked
    )
    reasons = ranked[0][1][1]
    kinds = {weight for weight, _ in reasons}
    best = pack.entity(candidates[0].entity)
    is_sure = candidates[0].score >= SURE
    return Resolution(
        mention.span,
        mention.text,
        "sure" if is_sure else "unsure",
        candidates,
        tuple(Evidence(weight, detail) for weight, detail in reasons),
        replacement=in_case(house.printed(best, style), mention.text),
        settled=is_sure and bool(kinds & SETTLING) and not kinds & CONTRARY,
    )


def _right(mention: Mention, known: Known) -> Resolution:
    """A form that is right as it stands; a weak one only counts where the document names its owner in full."""
    if mention.forms.strong:
        candidates, evidence = _strong(mention.forms, known.pack)
        if against := _against(mention, candidates, known):
            candidates, evidence = _weighed(mention.forms.strong, (*evidence, *against), known.pack)
    else:
        weak = [form for form in mention.right if form.owner in known.named] or mention.right
        evidence = (Evidence("weak", f"“{weak[0].text}” is a name of it that others bear too"),)
        if weak[0].owner in known.named:
            evidence += (Evidence("named", f"the same text has “{known.named[weak[0].owner].text}”"),)
        candidates, evidence = _weighed(weak, evidence, known.pack)
    sure = len(candidates) == 1 and candidates[0].score >= SURE
    return Resolution(mention.span, mention.text, "sure" if sure else "unsure", candidates, evidence, right=True)


def _against(mention: Mention, candidates: tuple[Candidate, ...], known: Known) -> tuple[Evidence, ...]:
    """What says that somebody or something else of a person's name is meant."""
    found = []
    for candidate in candidates:
        if sign := known.private.get(candidate.entity):
            found.append(Evidence("private", f"“{sign}” beside the name: a private person may be meant"))
        is_person = candidate.entity.startswith("person/")
        if is_person and (word := named_after(known.document, mention.span, known.context)):
            found.append(Evidence("inside", f"“{word}” behind it makes it something named after a person"))
    return tuple(found)


@functools.lru_cache(maxsize=MOST_KEPT)
def _strong(forms: Written, pack: Pack) -> tuple[tuple[Candidate, ...], tuple[Evidence, ...]]:
    """The owners of forms that are right and need nobody's help."""
    return _weighed(forms.strong, (Evidence("right", f"“{forms.strong[0].text}” is right for it"),), pack)


def _weighed(
    forms: Sequence[Form], evidence: tuple[Evidence, ...], pack: Pack
) -> tuple[tuple[Candidate, ...], tuple[Evidence, ...]]:
    """Each owner with its first form and the probability that the evidence, the same for all, leaves it."""
    first = {form.owner: form for form in reversed(forms)}
    total = sum(pack.record("weights")[reason.kind] for reason in evidence)
    shares = _shares([total] * len(first))
    candidates = tuple(
        Candidate(owner, name_of(owner, pack), round(share, 3), form)
        for share, (owner, form) in zip(shares, first.items(), strict=True)
    )
    return candidates, evidence


def _private(mentions: list[Mention], document: Document, context: Context, pack: Pack) -> dict[str, str]:
    """The holders of offices beside whose names something says "private person", and nowhere one of their titles."""
    found: dict[str, str] = {}
    for mention in mentions:
        people = [form.owner for form in mention.forms.strong if form.owner.startswith("person/")]
        if people and (sign := private_sign(document, mention.span, context)):
            found |= {owner: sign for owner in people if owner not in found}
    for mention in mentions if found else ():
        for owner in {form.owner for form in mention.forms.strong} & found.keys():
            person = pack.entity(owner)
            if isinstance(person, Person) and _is_theirs(context.lead(document, mention.span.start), person):
                del found[owner]
    return found


def _is_theirs(lead: Lead, person: Person) -> bool:
    """Whether the phrase before a name has an office that the person holds or held, or they are known for none."""
    held = {f"office/{holding.office}" for holding in person.offices}
    return not held or any(not held.isdisjoint(cue.offices) for cue in lead.cues)


def _best_forms(mention: Mention) -> list[Form]:
    """One form an owner: the one whose marks agree, an exonym before a reading."""
    order = {"same": 0, "bare": 1, "other": 2}
    ranked = sorted(mention.foreign, key=lambda f: (order[compare_marks(mention.text, f.text)], f.role in READINGS))
    if compare_marks(mention.text, ranked[0].text) == "same":
        ranked = [form for form in ranked if compare_marks(mention.text, form.text) == "same"]
    return list({form.owner: form for form in reversed(ranked)}.values())


def _reasons(mention: Mention, form: Form, is_shared: bool, known: Known) -> Iterator[Reason]:
    """Everything that speaks for or against a form's owner, by the names of the weights; each reason by itself."""
    entity, pack = known.pack.entity(form.owner), known.pack
    yield form.role if form.role in READINGS else "exonym", form.route
    if is_shared:
        yield "shared", "others have this form too"
    if has_marks(mention.text):
        yield "marks", f"the diacritics of “{form.text}” agree"
    elif form.role in READINGS or _own_country(form.channel, pack) in known.context.countries:
        yield from _from_shape(form, entity, pack)
    if mention.inside:
        yield "inside", f"“{mention.inside}” beside it makes it a part of another name"
    yield from _from_lead(mention, entity, form, known)
    yield from _from_others(mention, form, entity, is_shared, known)
    yield from _from_story(entity, form, known)
    if about := known.context.speaks_of_form(known.document, mention.span):
        yield "mentioned", f"“{about}” stands beside it: the form is spoken about"


def _from_shape(form: Form, entity: Entity, pack: Pack) -> Iterator[Reason]:
    """Whether people or places of the channel's own country bear names of this shape."""
    syllables = fold(form.text).split()
    if all(syllable in pack.record("pinyin") for syllable in syllables):
        yield "pinyin", "as it stands it is pinyin"
    first = syllables[0]
    surnames = pack.record("surnames").get(form.channel, ())
    if not isinstance(entity, Person) or first in surnames:
        yield "own_shape", f"names of this shape are common in channel {form.channel} itself"
    elif len(form.text.split()) > 2:
        yield "long", f"{len(form.text.split())} words agree"


def _from_lead(mention: Mention, entity: Entity, form: Form, known: Known) -> Iterator[Reason]:
    """What the phrase before the name says, and "of China" behind it."""
    lead = known.context.lead(known.document, mention.span.start)
    held = {f"office/{h.office}" for h in entity.offices} if isinstance(entity, Person) else set()
    offices = [office for cue in lead.cues for office in cue.offices]
    right = next((office for office in offices if office in held), None)
    if right:
        yield "title", f"{entity.name} is or was {name_of(right, known.pack)}"
    if offices and not isinstance(entity, Person):
        yield "other_title", f"“{lead.cues[-1].text}” stands before people's names"
        return
    countries = [country for cue in lead.cues for country in cue.countries]
    behind = known.context.countries_behind(known.document, mention.span.end)
    own = _own_country(form.channel, known.pack)
    if entity.country and entity.country in (countries or [country_of(office, known.pack) for office in offices]):
        yield "nationality", f"“{lead.cues[-1].text}” leads to the name"
    if entity.country and entity.country in behind:
        yield "behind", f"“{_land(entity.country, known.pack)}” stands behind the name"
    if own and own != entity.country and own in (*countries, *behind):
        yield "other_nation", f"{_land(own, known.pack)} stands beside the name"
    if offices and not right and not (countries and entity.country in countries):
        yield "other_title", f"“{lead.cues[0].text}” is an office that others hold"


def _from_others(mention: Mention, form: Form, entity: Entity, is_shared: bool, known: Known) -> Iterator[Reason]:
    """What the other names of the document say; nothing for a form that two entities share."""
    if entity.id in known.named:
        other = known.named[entity.id]
        if _is_gloss(known.document.text, mention, other):
            yield "mentioned", f"“{other.text}” right beside it explains it"
        elif not is_shared:
            yield "named", f"the same text has “{other.text}”"
    same = known.sure.get(entity.id)
    company = next((r for r in known.sure.values() if r.best.form.channel == form.channel and r is not same), None)
    if same and same.span != mention.span and not is_shared:
        yield "again", f"“{same.text}” elsewhere in the text is {entity.name}"
    elif company:
        yield "company", f"“{company.text}” in the same text is {company.best.name}"


def _from_story(entity: Entity, form: Form, known: Known) -> Iterator[Reason]:
    """Which countries the document speaks of."""
    countries, own = known.context.countries, _own_country(form.channel, known.pack)
    if entity.country and entity.country in countries:
        yield "story", f"the story is about {_land(entity.country, known.pack)}"
    elif entity.country:
        yield "no_story", f"the story does not speak of {_land(entity.country, known.pack)}"
    if own and own != entity.country and own in countries:
        yield "other_story", f"the story is about {_land(own, known.pack)}"


_GLOSS = pattern(r"[\s,;]*(?:\(|\[|,? ?\b(?:or|also|aka|i\.e\.)\b|[“\"])[^.\n]{0,25}$")


def _is_gloss(text: str, mention: Mention, other: Mention) -> bool:
    """Whether the right form stands beside the foreign one and explains it: "Vuong Nghi (Wang Yi)"."""
    first, second = sorted((mention.span, other.span))
    between = text[first.end : second.start]
    return len(between) <= 30 and bool(_GLOSS.match(between))


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
