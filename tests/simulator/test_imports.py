"""The simulator knows Twilio's side only: it shares no code with the service it plays against."""

from __future__ import annotations

import ast
from pathlib import Path

import helpline.simulator

FOLDER = Path(helpline.simulator.__file__).parent


def test_shares_nothing() -> None:
    """Of this project the simulator imports itself and the errors, and Twilio's package not at all."""
    trees = [ast.parse(path.read_text()) for path in FOLDER.glob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    modules = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    modules |= {each.name for node in nodes if isinstance(node, ast.Import) for each in node.names}
    ours = {each for each in modules if each.startswith(("helpline", "twilio"))}
    assert {each for each in ours if not each.startswith("helpline.simulator")} == {"helpline.errors"}
