"""The published shapes, and the JSON schemas made from them: `python -m khabar.records.schema` writes them anew."""
