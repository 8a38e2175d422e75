"""What all tests share: hypothesis without a stopwatch, since machines that run other work are slow by turns."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("khabar", deadline=None)
settings.load_profile("khabar")
