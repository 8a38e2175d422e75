"""From a name to an implementation, by entry point, imported only when asked for. Built-ins come the same way."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import Any

from khabar.errors import PluginError

GROUPS = ("khabar.readers", "khabar.newsreaders", "khabar.stages", "khabar.stores", "khabar.exporters")


def available(group: str) -> dict[str, EntryPoint]:
    """The plug-ins of a group by name, not yet imported; where two packages claim a name, it is refused."""
    found: dict[str, EntryPoint] = {}
    for point in entry_points(group=group):
        if point.name in found and found[point.name].value != point.value:
            raise PluginError(f"two packages offer {group} {point.name!r}: {found[point.name].value} and {point.value}; uninstall one")
        found[point.name] = point
    return found


def load(group: str, name: str) -> Any:
    """Import the plug-in `name` of `group`.

    Raises PluginError where no package offers it, or where it needs something that is not installed.
    """
    points = available(group)
    if name not in points:
        known = ", ".join(sorted(points)) or "none"
        raise PluginError(f"no {group.removeprefix('khabar.')} plug-in is called {name!r}; there are: {known}")
    try:
        return points[name].load()
    except ImportError as error:
        missing = error.name or "its package"
        if missing.partition(".")[0] == "khabar":
            raise PluginError(f"{group} {name!r} asks for {missing}, which this khabar has not; reinstall khabar") from error
        raise PluginError(f"{group} {name!r} needs {missing}: pip install {missing.partition('.')[0]}") from error
