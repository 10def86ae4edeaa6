"""The command and its sub-commands. Exit 0: clean; 1: problems found; 2: could not run."""

from __future__ import annotations

import importlib
import logging
import sys
from collections.abc import Iterator, Mapping

import click
from pydantic import ValidationError

from helpline import log
from helpline.errors import (
    BackupRefused,
    ChangeRefused,
    HelplineError,
    OperatorRefused,
    PathsRefused,
    PublishedMeanwhile,
    RegionsRefused,
)
from helpline.loading import nothing_collected

COMMANDS = ("demo", "serve", "call", "text", "regions", "flow", "database", "lines", "calls", "operators", "twilio")
PROBLEMS, COULD_NOT_RUN = 1, 2
REFUSED = (RegionsRefused, PathsRefused, ChangeRefused, PublishedMeanwhile, OperatorRefused, BackupRefused)


class Commands(Mapping[str, click.Command]):
    """Each stands in the module of its name, loaded when somebody asks for it: none needs what the others do."""

    def __getitem__(self, name: str) -> click.Command:
        if name not in COMMANDS:
            raise KeyError(name)
        with nothing_collected():
            command: click.Command = getattr(importlib.import_module(f"helpline.cli.{name}"), name)
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


@click.group(
    commands=Commands(),
    context_settings={"help_option_names": ["-h", "--help"]},
)
def helpline() -> None:
    """Answers the national number and puts each caller through to a person."""
    log.configure(logging.WARNING)  # in a terminal only what goes wrong; a service tells of all


def main() -> None:
    """Runs the command line; every error of ours ends as a sentence and what to do, never as a traceback."""
    try:
        sys.exit(helpline(standalone_mode=False))
    except click.Abort as stopped:
        in_the_middle = isinstance(stopped.__cause__, KeyboardInterrupt)  # not at a question
        _tell("Stopped; what was told as done stays done." if in_the_middle else "Nothing was changed.")
        sys.exit(COULD_NOT_RUN)
    except click.ClickException as fault:
        fault.show()
        sys.exit(COULD_NOT_RUN)
    except ValidationError as fault:
        _tell("The settings cannot be used:", *_settings_lines(fault))
        sys.exit(COULD_NOT_RUN)
    except HelplineError as fault:
        _tell(str(fault), *([f"help: {fault.help}"] if fault.help else []))
        sys.exit(PROBLEMS if isinstance(fault, REFUSED) else COULD_NOT_RUN)


def _settings_lines(fault: ValidationError) -> list[str]:
    """Each setting that is wrong and why; never its value, which may be a secret."""
    return [f"  {'.'.join(str(part) for part in error['loc']).upper()}: {error['msg']}" for error in fault.errors()]


def _tell(*lines: str) -> None:
    for line in lines:
        click.echo(line, err=True)
