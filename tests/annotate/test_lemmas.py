from __future__ import annotations

import pytest

from khabar.annotate.lemmas import lemma

CASES = {
    ("VERB", "VBD"): """
        fought fight, struck strike, shot shoot, fled flee, fell fall, took take, overran overrun, lay lie, laid lay, led
        lead, held hold, seized seize, besieged besiege, injured injure, said say, went go, left leave, found find, saw see,
        rose rise, overtook overtake, retook retake, stopped stop, planned plan, carried carry, died die, freed free, agreed
        agree, attacked attack, killed kill, announced announce, raided raid, traded trade, ambushed ambush,
        clashed clash, shelled shell, patrolled patrol, controlled control, recruited recruit, united unite, defeated defeat,
        executed execute, evacuated evacuate, opened open, targeted target, hit hit, withdrew withdraw, surrendered surrender,
        fired fire, appeared appear, secured secure, poured pour, bombed bomb, hoped hope, used use, pursued pursue,
        challenged challenge, banged bang, managed manage, damaged damage, dragged drag, handled handle, hurled hurl, relied
        rely, trafficked traffic""",
    ("VERB", "VBN"): """
        wounded wound, born bear, begun begin, hidden hide, driven drive, torn tear, burnt burn, broken break, slain slay,
        overthrown overthrow, displaced displace, abducted abduct, shut shut, understood understand, forced force, taken take,
        surrounded surround, sealed seal""",
    ("VERB", "VBG"): """
        dying die, lying lie, fleeing flee, besieging besiege, running run, sitting sit, putting put, hoping hope, shooting
        shoot, seizing seize, using use, dividing divide, raiding raid, singing sing, bringing bring, being be, beginning
        begin, threatening threaten, defining define""",
    ("VERB", "VBZ"): """
        flees flee, dies die, carries carry, goes go, pushes push, uses use, focuses focus, leaves leave, means mean, clashes
        clash, has have""",
    ("VERB", "VB"): "found found, lay lay, bomb bomb, Leave leave",
    ("NOUN", "NNS"): """
        sieges siege, casualties casualty, forces force, troops troop, militiamen militiaman, policemen policeman, women
        woman, children child, people people, lives life, crises crisis, bases base, buses bus, heroes hero, bodies body,
        clashes clash, houses house, deaths death, schoolchildren schoolchild, headquarters headquarters, jihadis jihadi,
        by-laws by-law, 1990s 1990s""",
    ("NOUN", "NN"): "siege siege, fighting fighting, Bus bus",
    ("AUX", "VBZ"): "'s be, has have, does do",
    ("AUX", "MD"): "ca can, wo will, 'll will, 'd would",
    ("AUX", "VBD"): "'d have, were be",
    ("PART", "RB"): "n't not, n’t not",
    ("PRON", "PRP"): "them they, him he, I I, us we",
    ("PRON", "PRP$"): "their their, her her",
    ("ADJ", "JJR"): "bigger big, heavier heavy, larger large, better good, stronger strong, safer safe, nearer near",
    ("ADJ", "JJS"): "deadliest deadly, worst bad, latest late",
    ("PROPN", "NNP"): "Dela Dela, Toru Toru",
    ("PROPN", "NNPS"): "Nations Nation, Philippines Philippines, Iraqis Iraqi",
    ("PUNCT", "."): ". .",
}


@pytest.mark.parametrize(("pos", "tag", "pair"), [(p, t, pair.split()) for (p, t), row in CASES.items() for pair in row.split(",")])
def test_lemma(pos: str, tag: str, pair: list[str]) -> None:
    form, expected = pair
    assert lemma(form, pos, tag) == expected


def test_capitals_are_kept_where_they_mean_something() -> None:
    assert lemma("Afghan", "ADJ", "JJ", cased=True) == "Afghan"
    assert lemma("Heavy", "ADJ", "JJ") == "heavy"
    assert lemma("United", "ADJ", "NNP") == "United"
