"""Who: parties and sources by the register of actors, at the day of the event, by the whole report's evidence."""

from khabar.resolve.actors.named import Named
from khabar.resolve.actors.naming import Naming
from khabar.resolve.actors.report import Report
from khabar.resolve.actors.stage import ActorStage

__all__ = ["ActorStage", "Named", "Naming", "Report"]
