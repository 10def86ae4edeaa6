"""The calls that operators keep beside the region files, to be rehearsed before anything is published."""

from __future__ import annotations

from pathlib import Path

from helpline.errors import SettingsFault
from helpline.simulator.acts import Transcript
from helpline.simulator.transcript import parse

FOLDER = "rehearsals"  # in the folder of the region files


def kept_calls(regions: Path) -> list[Transcript]:
    """All of them; raises SettingsFault where there are none, TranscriptFault where one cannot be read."""
    folder = regions / FOLDER
    transcripts = [parse(path.read_text("utf-8"), _shown(path)) for path in sorted(folder.glob("*.call"))]
    if transcripts:
        return transcripts
    raise SettingsFault(
        f"There is no call to rehearse in {folder}.",
        help=f"Play one with `helpline call`, and keep what it prints as {folder}/NAME.call; see docs/transcripts.md.",
    )


def _shown(path: Path) -> str:
    """A transcript as errors name it: its folder and those above it as far as the region files'."""
    return "/".join(path.parts[-3:])
