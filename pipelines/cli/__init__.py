"""The command line: each module holds one command, listed under `unsilo.commands` in `pyproject.toml`.

A command module imports heavy packages inside its function, so that `unsilo --help` stays quick. What a command does
belongs in `pipelines`; here is only how it is called and how its outcome reads.
"""

from importlib.metadata import entry_points

import click


class Commands(click.Group):
    """Commands found by entry point and imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [entry.name for entry in entry_points(group="unsilo.commands")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = list(entry_points(group="unsilo.commands", name=cmd_name))
        command: click.Command | None = found[0].load() if found else None
        return command


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="unsilo")
def main() -> None:
    """One truth from a marketing team's tools, and one list of what is still broken.

    \b
    Drop exports into   exports/<tool>/   (any name, any depth, zip allowed)
    Then                unsilo run        load, resolve, build, check, publish
    And look            unsilo gaps       what does not fit together
                        unsilo sql "…"    the tables themselves

    UNSILO_SOURCES names folders of your own sources, each holding one folder per tool.

    Exit codes: 0 done (gaps are no failure), 1 a run failed, 2 wrong usage.
    """
