"""khabar reads news reports of armed conflict and keeps a record of what happened, and according to whom."""

__version__ = "0.1.0"
