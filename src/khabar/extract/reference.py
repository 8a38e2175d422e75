"""Reference inside a report: whom "he", "they" and "the group" stand for.

Sieves in order of trust, each of which may abstain: an unresolved pronoun stays one. Candidates are the names and
parties told before, the nearest subject first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from khabar.extract import clauses
from khabar.extract.phrases import PARTY_CLASSES, Phrases, register_classes
from khabar.knowledge.gazetteer import capital_of
from khabar.knowledge.wordlists import word_list
from khabar.records import Mention, Sentence, Span, Token

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_IT = frozenset({"it", "its", "itself"})
_WE = frozenset({"we", "us", "our", "ours", "i", "me", "my", "myself", "ourselves"})
_OBJECTS = frozenset({"obj", "iobj"})  # a pronoun here is nobody of its own clause
_OWNERS = 4  # in a row; broken trees could otherwise let two words own each other for ever
_WINDOW = 4  # sentences that an antecedent may lie back; farther ones were wrong more often than right in the training reports


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody told of: the words, whether one person, a body, or several, and how prominent it stood."""

    name: str
    span: Span
    sentence: int
    kind: str  # "person", "body", "people"
    subject: bool
    classes: frozenset[str] = frozenset()
    gender: str = ""  # "m", "f", or not known
    owner: tuple[Phrases, Token] | None = None


class Reference:
    """The parties of a report in order, and who a pronoun or description stands for."""

    def __init__(self, sentences: Sequence[Phrases], text: str) -> None:
        self._told = {phrases.sentence.index: _entities(phrases, text) for phrases in sentences}

    def resolve(self, phrases: Phrases, token: Token, *, owners: int = _OWNERS) -> Entity | None:
        """The antecedent of a pronoun or of "the group"; None where none is near or the word refers to nobody.

        `owners` bounds how many owners are named in turn: "its fighters' commander" has two.
        """
        kinds = _wanted(token)
        if kinds is None or (token.pos == "NOUN" and (_says_which(phrases, token) or not _definite(phrases, token))):
            return None
        index = phrases.sentence.index
        near = (e for i in range(index - _WINDOW, index + 1) for e in self._told.get(i, ()))
        gender, own = _gender(token), _own_subject(phrases, token)
        before = [
            e
            for e in near
            if e.kind in kinds
            and e.span.end <= token.span.start
            and not (gender and e.gender and e.gender != gender)
            and not (own is not None and e.sentence == index and e.span.start <= own.span.start < e.span.end)
        ]
        if not before:
            return None
        teller = _subject_above(phrases, token)
        told = [e for e in before if teller is not None and e.sentence == index and e.span.start <= teller.span.start < e.span.end]
        if told:
            return self._named(told[-1], owners)
        own_clause = {t.span.start for t in clauses.clause_tokens(phrases.sentence, token)}
        outside = [e for e in before if e.span.start not in own_clause]
        if not outside and token.base_rel in _OBJECTS:
            return None
        outside = outside or before
        outside = [e for e in outside if gender and e.gender == gender] or outside
        nearest = max(e.sentence for e in outside)
        in_nearest = [e for e in outside if e.sentence == nearest]
        return self._named(next((e for e in in_nearest if e.subject), in_nearest[-1]), owners)

    def _named(self, entity: Entity, owners: int) -> Entity:
        """An entity that a pronoun owns under its owner's name: "its fighters" are the Taliban's."""
        if entity.owner is None or not owners:
            return entity
        owner = self.resolve(*entity.owner, owners=owners - 1)
        return replace(entity, name=f"{owner.name} {entity.name}", owner=None) if owner is not None else entity

    def classes(self, phrases: Phrases, token: Token) -> frozenset[str]:
        """What a word stands for is: of a pronoun, the classes of its antecedent."""
        if is_reference(phrases.core(token)):
            entity = self.resolve(phrases, phrases.core(token))
            return entity.classes if entity is not None else frozenset()
        return phrases.classes(token)


def _subject_above(phrases: Phrases, token: Token) -> Token | None:
    """The subject of the clause that a pronoun's clause is told in: "the army said it …"."""
    head = clauses.clause_head(phrases.sentence, token)
    if token.base_rel != "nsubj" or head.base_rel not in {"ccomp", "xcomp"} or head.head == head.i:
        return None
    found = clauses.subject(phrases.sentence, phrases.sentence.head(head))
    return found.token if found is not None else None


def _own_subject(phrases: Phrases, token: Token) -> Token | None:
    """The subject of an object's own clause, for whom it cannot stand: "blew them up" is not about those who did."""
    if token.base_rel not in _OBJECTS or token.lower.endswith(("self", "selves")):
        return None
    found = clauses.subject(phrases.sentence, phrases.sentence.head(token))
    return found.token if found is not None else None


def _gender(token: Token) -> str:
    return "f" if token.lower in _SHE else "m" if token.lower in _HE else ""


def _gender_of(sentence: Sentence, token: Token) -> str:
    """Whether words beside a name or noun say that it is a woman or a man: "his sister Anika", "Sheikh Daoud"."""
    beside = sentence.dependents(token, "nmod:desc", "compound", "appos", "amod", "flat")
    above = (sentence.head(token),) if token.base_rel == "appos" else ()
    said = {t.lemma.lower() for t in (token, *beside, *above)}
    woman, man = bool(said & word_list("women")), bool(said & word_list("men"))
    return "f" if woman and not man else "m" if man and not woman else ""


def is_reference(token: Token) -> bool:
    """Whether a word stands for somebody named elsewhere."""
    return _wanted(token) is not None


def first_person(token: Token) -> bool:
    """ "we", "our": the speaker's party."""
    return token.pos == "PRON" and token.lower in _WE


def _wanted(token: Token) -> frozenset[str] | None:
    if token.pos != "PRON":
        return frozenset({"body"}) if token.pos == "NOUN" and token.lower in word_list("descriptions") else None
    if token.lower in _HE | _SHE:
        return frozenset({"person"})
    if token.lower in _THEY:
        return frozenset({"people", "body"})
    return frozenset({"body"}) if token.lower in _IT else None


def _says_which(phrases: Phrases, noun: Token) -> bool:
    """Whether a name or adjective of a people stands before a description, which then names a body itself ("the Syrian army")."""
    below = phrases.sentence.dependents(noun, "amod", "compound", "nmod:poss", "nmod:desc", "appos")
    return any(t.pos == "PROPN" or phrases.mention(t) is not None for t in below) or any(
        phrases.mention(t) is not None and p == "of" for p, t in clauses.obliques(phrases.sentence, noun)
    )


def _definite(phrases: Phrases, noun: Token) -> bool:
    return any(t.lower in {"the", "this", "that", "these", "those", "both"} for t in phrases.sentence.dependents(noun, "det"))


def _entities(phrases: Phrases, text: str) -> list[Entity]:
    found = []
    sentence = phrases.sentence
    for token in sentence.tokens:
        if token.pos not in {"NOUN", "PROPN"} or token.base_rel in {"compound", "flat", "amod"}:
            continue
        mention = phrases.mention(token)
        if token.lower in word_list("descriptions") and mention is None and not _says_which(phrases, token):
            continue
        classes = phrases.classes(token)
        if (not classes & PARTY_CLASSES and "state" not in classes) or _is_where(sentence, token, mention):
            continue
        kind = _kind(token, mention, classes)
        if any(t.tag == "WP$" for t in sentence.dependents(token, "nmod:poss")):
            continue  # "a shopkeeper whose son had been shot": told of in passing
        owner = next((t for t in sentence.dependents(token, "nmod:poss") if is_reference(t)), None) if "armed" in classes else None
        called = phrases.named(token) if kind == "person" else token  # "his sister Anika"
        name = token.text if owner is not None else phrases.words(called, text)
        subject = token.base_rel == "nsubj"
        owned = (phrases, owner) if owner is not None else None
        gender = _gender_of(sentence, token) if kind == "person" else ""
        found.append(Entity(name, phrases.span(token), sentence.index, kind, subject, classes, gender, owned))
    return found


def _is_where(sentence: Sentence, token: Token, mention: Mention | None) -> bool:
    """Whether a place is named as one ("a thrust towards Kramatorsk"), and not as somebody: no pronoun takes it up as a party, nor a
    town that is no capital ("Banu was retaken after they fled")."""
    if mention is None or mention.kind not in {"GPE", "LOC", "FAC"}:
        return False
    if token.pos == "PROPN" and not register_classes(mention.text) and capital_of(mention.text) is None:
        return True
    head = token
    while head.base_rel in {"conj", "appos"} and head.head != head.i:
        head = sentence.head(head)
    return head.base_rel in {"obl", "nmod"} and clauses.preposition(sentence, head) in _WHERE


_WHERE = frozenset(
    {"in", "at", "near", "from", "to", "into", "towards", "toward", "around", "outside", "off", "of", "across", "throughout", "through"}
)


def _kind(token: Token, mention: Mention | None, classes: frozenset[str]) -> str:
    """One person, a body, or several people, by name and number."""
    if mention is not None and token.pos == "PROPN":
        if mention.kind == "PERSON" and not classes & {"armed", "officials", "organisation"}:
            return "person"
        return "body"
    if token.tag in {"NNS", "NNPS"} or token.lemma.lower() in {"people", "police", "troop"}:
        return "people"
    return "body" if token.lemma.lower() in word_list("collectives") | word_list("descriptions") else "person"
