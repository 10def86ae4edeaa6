"""The metrics: what they are called, what they can hold, and that the page on deploying tells each of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from helpline.flow.steps import RING_ENDINGS
from helpline.metrics import Metrics

DEPLOY = Path(__file__).parents[1] / "docs" / "deploy.md"
LINES = [("utrecht", "advice"), ("utrecht", "doctors")]


def sample(metrics: Metrics, name: str, **labels: str) -> float:
    """The one number of that name with exactly these labels, read as Prometheus reads it."""
    families = text_string_to_metric_families(metrics.exposition().decode())
    found = [each for family in families for each in family.samples if (each.name, each.labels) == (name, labels)]
    assert len(found) == 1, (name, labels)
    return float(found[0].value)


def test_every_metric_is_told() -> None:
    """The page on deploying has a row for each, with its kind, labels and very sentence, and no row for any other."""
    page = DEPLOY.read_text("utf-8")
    rows = [
        "| `{}` | {} | {} | {} |".format(
            family.name + "_total" * (family.type == "counter"), family.type, labels(family.name), family.documentation
        )
        for family in Metrics().registry.collect()
    ]
    told = re.findall(r"^\| `helpline_.*$", page, re.MULTILINE)
    assert [row.replace("|  |", "| |") for row in rows] == told


def labels(name: str) -> str:
    """The labels of a metric as the page shows them."""
    metrics = Metrics()
    metrics.turn("place", 0.001)
    metrics.dials_of(LINES, ["busy"])
    metrics.alerts({"fault": 0})
    found = {
        label: None
        for family in metrics.registry.collect()
        if family.name == name
        for each in family.samples
        for label in each.labels
        if label != "le"
    }
    return ", ".join(f"`{label}`" for label in found)


def test_the_rules_watch_what_there_is() -> None:
    """Each metric in the rules of the page is one of ours, and they know every ending of a dial that was in vain."""
    page = DEPLOY.read_text("utf-8")
    [rules] = re.findall(r"^```yaml\ngroups:.*?^```", page, re.MULTILINE | re.DOTALL)
    ours = {family.name + ending for family in Metrics().registry.collect() for ending in ("", "_total", "_bucket")}
    assert set(re.findall(r"helpline_\w+", rules)) <= ours
    in_vain = {ending for ending, heard in RING_ENDINGS.items() if heard == "unanswered"}
    talked = {ending for ending, heard in RING_ENDINGS.items() if heard in ("answered", "dropped")}
    assert [set(found.split("|")) for found in re.findall(r'ending=~"([^"]+)"', rules)] == [in_vain, talked]


def test_what_is_watched_for_begins_at_nothing() -> None:
    """A first fault, refusal or failed dial is a rise: its count was there before, as 0."""
    metrics = Metrics()
    metrics.dials_of(LINES, RING_ENDINGS)
    assert sample(metrics, "helpline_faults_total", kind="other") == 0
    assert sample(metrics, "helpline_refused_total", status="403") == 0
    assert sample(metrics, "helpline_dials_total", organisation="utrecht", line="doctors", ending="busy") == 0
    metrics.dial("utrecht", "doctors", "busy")
    assert sample(metrics, "helpline_dials_total", organisation="utrecht", line="doctors", ending="busy") == 1


@pytest.mark.parametrize(("kind", "told"), [("Diverged", "Diverged"), ("KeyError", "other"), ("", "other")])
def test_kinds_of_faults_are_few(kind: str, told: str) -> None:
    """Every fault is counted, and no class of error adds a number."""
    metrics = Metrics()
    metrics.fault(kind)
    assert sample(metrics, "helpline_faults_total", kind=told) == 1


def test_what_others_count_is_taken_over_as_it_stands() -> None:
    """A total that is told again and again counts once."""
    metrics = Metrics()
    for written in (0, 5, 5, 7):
        metrics.records(waiting=3, written=written, dropped=1)
        metrics.alerts({"fault": written})
        metrics.erasures(waiting=2, given_up=written)
    assert sample(metrics, "helpline_records_written_total") == 7
    assert sample(metrics, "helpline_records_dropped_total") == 1
    assert sample(metrics, "helpline_records_waiting") == 3
    assert sample(metrics, "helpline_alerts_total", kind="fault") == 7
    assert sample(metrics, "helpline_erasures_given_up_total") == 7


def test_a_turn_falls_into_a_bucket_of_its_size() -> None:
    """The times of turns can be told apart: 0.2 ms and 3 ms are different buckets."""
    metrics = Metrics()
    for seconds in (0.0002, 0.003):
        metrics.turn("place", seconds)
    assert sample(metrics, "helpline_turn_seconds_bucket", le="0.0001") == 0
    assert sample(metrics, "helpline_turn_seconds_bucket", le="0.00025") == 1
    assert sample(metrics, "helpline_turn_seconds_bucket", le="0.005") == 2
    assert sample(metrics, "helpline_turn_seconds_count") == 2
