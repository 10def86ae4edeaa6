"""A call's way through the picture is one that the picture has."""

from __future__ import annotations

from itertools import pairwise

import pytest

from helpline.flow import trail
from helpline.flow.drawing import FRAME
from helpline.flow.drawing_way import way
from tests.flow.test_drawing import drawn

BEGUN = "v~announcement.none~region_of_caller.unknown~languages.nl-en-tr"
TO_UTRECHT = f"{BEGUN}~place.utrecht~announcement.none"
ROUND = "~routes_advice.3~ring_advice.busy~ring_advice.busy~ring_advice.no-answer"
WAYS = {
    "v": "opening",
    BEGUN: "opening place",
    f"{BEGUN}~place.language": "opening place code language",
    f"{BEGUN}~place.silence~place_again.maybe-3": "opening place no_answer place_again meant",
    f"{BEGUN}~place.doctor~patient.doubt-1": "opening place code patient which",
    f"{BEGUN}~place.doctor~patient.utrecht~announcement.none": "opening place code patient put_through doctors_line",
    f"{BEGUN}~place.doctor~patient.utrecht~announcement.none~doctors_line.closed~routes_advice.3": (
        "opening place code patient put_through doctors_line ring_advice"
    ),
    f"{TO_UTRECHT}~routes_advice.3~ring_advice.answered": "opening place put_through ring_advice over",
    f"{TO_UTRECHT}{ROUND}": "opening place put_through ring_advice ring_advice ring_advice once_more",
    f"{TO_UTRECHT}{ROUND}{ROUND}": (
        "opening place put_through ring_advice ring_advice ring_advice"
        " once_more ring_advice ring_advice ring_advice nobody_reached over"
    ),
}


@pytest.mark.parametrize(("text", "boxes"), WAYS.items(), ids=WAYS.values())
def test_a_trail_leads_along_these_boxes(text: str, boxes: str) -> None:
    """The boxes that a call has come through are told from its trail, the one it is in last."""
    assert " ".join(way(trail.read(text))) == boxes


@pytest.mark.parametrize("text", WAYS, ids=WAYS.values())
def test_every_step_of_a_way_is_an_arrow(text: str) -> None:
    """From each box of a way to the next there is an arrow on the picture, that of the frame included."""
    arrows = {(arrow.start, arrow.end) for arrow in drawn().arrows}
    steps = pairwise(way(trail.read(text)))
    assert [step for step in steps if not {step, (FRAME, step[1]), (step[0], FRAME)} & arrows] == []
