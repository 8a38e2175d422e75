"""Where: place names found, resolved together, shaped by the words around them, and given to statements."""

from khabar.resolve.places.stage import PlaceStage

__all__ = ["PlaceStage"]
