"""The command line. Everything heavy is imported inside the command that needs it, so that help comes at once."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from khabar.errors import KhabarError
from khabar.serve.console import EXIT_OK, EXIT_PROBLEMS, EXIT_REFUSED

app = typer.Typer(
    name="khabar",
    help="Read news reports of armed conflict and keep a record of what happened, who did it to whom, where, when and according to whom.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise typer.BadParameter(f"{written!r} is no day; write it as 2031-05-03") from error


def _version(asked: bool) -> None:
    if asked:
        from khabar import __version__

        typer.echo(f"khabar {__version__}")
        raise typer.Exit


Store = Annotated[
    Path | None, typer.Option("--store", help="The store; khabar.db in this folder unless the settings say otherwise.", metavar="FILE")
]
SettingsFile = Annotated[
    Path | None, typer.Option("--settings", help="Settings; khabar.toml in this folder where there is one.", metavar="FILE")
]
Published = Annotated[
    date | None, typer.Option("--published", help="Day of publication, for reports that do not say.", parser=_day, metavar="DATE")
]
Encoding = Annotated[str | None, typer.Option("--encoding", help="Encoding of the files; found out unless given.", metavar="ENC")]
Version = Annotated[bool, typer.Option("--version", help="Say which khabar this is.", callback=_version, is_eager=True)]


def main() -> None:
    """The console script: errors of the family are one line on standard error and exit code 2."""
    try:
        app()
    except KhabarError as error:
        _refuse(str(error))
    except OSError as error:
        _refuse(f"{error.filename}: {error.strerror}" if error.filename else str(error))


def _refuse(message: str) -> None:
    sys.stderr.write(f"khabar: {' '.join(message.split())}\n")
    sys.exit(EXIT_REFUSED)


@app.callback()
def khabar(version: Version = False) -> None:
    """Options before any command."""


@app.command()
def code(
    paths: Annotated[list[str], typer.Argument(help="Folders and files to read; - is standard input.", metavar="PATH...")],
    store: Store = None,
    no_store: Annotated[bool, typer.Option("--no-store", help="Keep nothing.")] = False,
    format: Annotated[str, typer.Option("--format", help="table, jsonl (a report a line) or csv (a statement a row).")] = "table",
    published: Published = None,
    encoding: Encoding = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="How many processes read at once.", metavar="N")] = 1,
    newsreader: Annotated[
        str | None,
        typer.Option("--newsreader", help="Another newsreader: a plug-in, a spaCy package or folder, or stanza:en.", metavar="NAME"),
    ] = None,
    settings: SettingsFile = None,
) -> None:
    """Read reports, keep their statements and show them."""
    from khabar.serve.coding import Order
    from khabar.serve.coding import code as run

    if no_store and store is not None:
        raise typer.BadParameter("give --store or --no-store, not both")
    raise typer.Exit(run(Order(tuple(paths), store, not no_store, format, published, encoding, settings, jobs, newsreader)))


@app.command()
def show(
    report: Annotated[str, typer.Argument(help="Name or id of a report in the store.", metavar="REPORT")],
    store: Store = None,
    settings: SettingsFile = None,
) -> None:
    """Show a report with its statements marked in the text."""
    from khabar.serve import looking

    looking.show(report, store, settings)


@app.command()
def why(
    statement: Annotated[str, typer.Argument(help="Id of a statement, or the beginning of one.", metavar="STATEMENT")],
    store: Store = None,
    settings: SettingsFile = None,
) -> None:
    """Say why a statement says what it says."""
    from khabar.serve import looking

    looking.why(statement, store, settings)


@app.command()
def report(
    html: Annotated[Path, typer.Option("--html", help="The page to write.", metavar="FILE")],
    reports: Annotated[list[str] | None, typer.Argument(help="Names of reports; all unless given.", metavar="[REPORT]...")] = None,
    store: Store = None,
    settings: SettingsFile = None,
) -> None:
    """Write a self-contained page of reports and statements."""
    from khabar.serve import looking

    looking.report(html, reports or (), store, settings)


@app.command()
def problems(store: Store = None, settings: SettingsFile = None) -> None:
    """List what could not be read, or only in part."""
    from khabar.serve import looking

    raise typer.Exit(EXIT_PROBLEMS if looking.problems(store, settings) else EXIT_OK)


@app.command()
def types() -> None:
    """List the event types and their relatives elsewhere."""
    from khabar.serve import looking

    looking.types()


newsreader_app = typer.Typer(
    help="The language model that reads the sentences.", no_args_is_help=True, context_settings={"help_option_names": ["-h", "--help"]}
)
app.add_typer(newsreader_app, name="newsreader")


@newsreader_app.command()
def info() -> None:
    """Say which newsreader this is, what it was made from and how well it reads."""
    from khabar.serve import newsreading

    newsreading.info()


@newsreader_app.command()
def check() -> None:
    """Check its files, and that this machine reads as the one did where it was measured."""
    from khabar.serve import newsreading

    raise typer.Exit(EXIT_OK if newsreading.check() else EXIT_PROBLEMS)


gazetteer_app = typer.Typer(
    help="The places that names are looked up in: khabar's own, and yours.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(gazetteer_app, name="gazetteer")


@gazetteer_app.command()
def add(
    file: Annotated[Path, typer.Argument(help="A GeoNames dump (.txt, or its .zip), or CSV with name, lat, lon.", metavar="FILE")],
    name: Annotated[str | None, typer.Option("--name", help="What to call it; the file's name unless given.", metavar="NAME")] = None,
    attribution: Annotated[
        str | None, typer.Option("--attribution", help="The line that whoever passes its places on must pass on.", metavar="TEXT")
    ] = None,
    first: Annotated[
        bool, typer.Option("--first", help="Its places come before khabar's of the same name, however small; a CSV's always do.")
    ] = False,
    settings: SettingsFile = None,
) -> None:
    """Add places of your own, which khabar code then uses."""
    from khabar.serve import places

    places.add(file, name, attribution, first, settings)


@gazetteer_app.command("info")
def gazetteer_info(settings: SettingsFile = None) -> None:
    """List the gazetteers that are asked, how many places they hold, and whom to name for them."""
    from khabar.serve import places

    places.info(settings)


@gazetteer_app.command()
def remove(
    name: Annotated[str, typer.Argument(help="What info calls it.", metavar="NAME")],
    settings: SettingsFile = None,
) -> None:
    """Take a gazetteer of yours away; the file that it was made from stays."""
    from khabar.serve import places

    places.remove(name, settings)
