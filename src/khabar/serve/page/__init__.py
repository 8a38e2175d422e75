"""One self-contained page: highlighted reports beside their statements. Works offline; nothing in it asks for anything outside it."""

from khabar.serve.page.shell import write_page

__all__ = ["write_page"]
