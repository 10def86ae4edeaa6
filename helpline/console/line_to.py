"""What makes a telephone to a helpline of its own, from a content of the routing table and a clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from helpline.directory.content import Content
from helpline.simulator.rehearsal_line import RehearsalLine

LineTo = Callable[[Content, Callable[[], datetime]], RehearsalLine]
