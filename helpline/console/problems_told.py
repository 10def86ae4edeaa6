"""Problems of a draft as a page shows them: what the command line prints, with a link to the file's form."""

from __future__ import annotations

from dataclasses import dataclass

from helpline.console.draft_seen import address
from helpline.directory.problems import Problem, Report


@dataclass(frozen=True)
class Told:
    """One problem; `slug` is the organisation in whose file it stands, empty where it stands in none."""

    problem: Problem
    slug: str
    href: str
    where: str
    excerpt: str


def told(report: Report, draft: str) -> list[Told]:
    """All problems, in the order of the files."""
    return [
        Told(
            problem,
            slug := _slug(problem),
            address(draft, slug) if slug else "",
            f"{problem.file}:{position.line}:{position.column}" if position else problem.file,
            "\n".join(report.excerpt(problem, position)),
        )
        for problem, position in report.placed
    ]


def _slug(problem: Problem) -> str:
    """The organisation of a region file; tables lie a folder deeper."""
    parts = problem.file.split("/")
    return parts[1].removesuffix(".toml") if len(parts) == 2 and parts[1].endswith(".toml") else ""
