"""Who acts in the world: states and their bodies, armed groups, organisations, media, peoples, and persons in public office."""

from khabar.knowledge.actors.checks import check
from khabar.knowledge.actors.folding import fold
from khabar.knowledge.actors.offices import Role, Titles, titles
from khabar.knowledge.actors.register import Register, register
from khabar.knowledge.actors.words import PartyWords, party_words

__all__ = ["PartyWords", "Register", "Role", "Titles", "check", "fold", "party_words", "register", "titles"]
