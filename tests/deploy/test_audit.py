"""The verdict on known weaknesses is never green by mistake."""

import json
import runpy
from pathlib import Path

import pytest

verdict = runpy.run_path(str(Path(__file__).resolve().parents[2] / ".ci" / "audit"))["verdict"]

WELL = {"name": "flask", "version": "3.1.3", "vulns": []}
WEAK = {"name": "jinja2", "version": "2.4.1", "vulns": [{"id": "PYSEC-2014-8"}]}
UNSEEN = {"name": "twilio", "version": "9.13.0", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "required", "code", "said"),
    [
        ([WELL], True, 0, "audited 1 of 1 packages; known weaknesses: 0"),
        ([WELL, WEAK], False, 1, "jinja2 2.4.1 has the known weakness PYSEC-2014-8"),
        ([WELL, UNSEEN], False, 0, "NOT AUDITED: 1 packages"),
        ([WELL, UNSEEN], True, 1, "NOT AUDITED: 1 packages"),
        ([], False, 0, "NOT AUDITED"),
        ([], True, 1, "NOT AUDITED"),
        ([UNSEEN, WEAK], False, 1, "audited 1 of 2 packages; known weaknesses: 1"),
    ],
)
def test_every_package_is_audited_weak_or_said_not_to_be_looked_up(packages, required, code, said):
    found, lines = verdict(json.dumps({"dependencies": packages}), required=required)
    assert (found, any(said in line for line in lines)) == (code, True), lines


@pytest.mark.parametrize("report", ["", "Traceback", "[]", "{}"])
def test_no_report_is_no_audit(report):
    code, lines = verdict(report, required=True)
    assert (code, "NOT AUDITED" in lines[0]) == (1, True)
