"""What `mailflow campaign check` finds in a round, and that a sound round passes."""

import re
from datetime import date
from pathlib import Path

import pytest
from campaign.rounds import SAMPLE

from mailflow.campaign import load_campaign
from mailflow.campaign.findings import Finding, Severity
from mailflow.campaign.lint import lint
from mailflow.campaign.weekdays import misfits

SOUND = """\
id = "115-1"
case_prefix = "iPAS115"
title = "115 年第一梯次"
office = "示範大學 研究發展處"
opens_on = 2026-03-02                          # (一)
register_until = 2026-03-13T17:00:00+08:00     # 3/13(五)
pay_until = 2026-03-26T23:59:59+08:00          # 115年3月26日（星期四）
reminder_days = [3, 1]

[fees]
written = 600
practical = 1800

[certificates]
issued_from = 2026-07-15

[refund]
invite_after = 2026-07-16
remind_days = [7]

[links]
line_group = "https://line.example-office.tw/115-1"
courses = "https://www.example-office.tw/courses"

[[courses]]
exam = "資訊安全工程師"
name = "資訊安全"

[[exams]]
name = "資訊安全工程師 初級"
code = "ISE"
level = "初級"
subjects = ["資訊安全管理概論", "資訊安全技術概論"]
held_on = [2026-05-16]
"""


def found(tmp_path: Path, *changes: tuple[str, str], add: str = "") -> dict[str, Finding]:
    """The findings about the sound round after these changes, by place."""
    text = SOUND
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file = tmp_path / "115-1.toml"
    file.write_text(text + add, encoding="utf-8")
    findings = lint(load_campaign(file), text + add)
    assert all(finding.remedy and finding.text for finding in findings)
    return {finding.place: finding for finding in findings}


def test_a_sound_round_has_no_findings(tmp_path: Path):
    assert found(tmp_path) == {}


def test_the_announced_clocks_of_114_are_not_jointly_possible():
    """Letter by 9/22, slip by 9/25, money due 9/22: the last days can't be promised both."""
    # guide: 填表後三個工作天內系統將會寄送報名資料確認信
    findings = lint(load_campaign(SAMPLE), SAMPLE.read_text(encoding="utf-8"))
    (clash,) = [finding for finding in findings if finding.place == "promise_working_days"]
    assert clash.severity is Severity.WARNING
    for said in (
        "who registers on 2025-09-17(三)",
        "the letter by 2025-09-22(一)",
        "slip by 2025-09-25(四)",
        "due by 2025-09-22(一)",
        "who registers by 2025-09-11(四)",
    ):
        assert said in clash.text
    assert "promise_working_days = 1" in clash.remedy
    assert "2025-09-26" in clash.remedy


def test_the_announced_refund_window_of_114_closes_before_certificates_exist():
    """考試單位寄發證書115/1/15後"""
    findings = lint(load_campaign(SAMPLE), SAMPLE.read_text(encoding="utf-8"))
    (window,) = [finding for finding in findings if finding.place == "refund.window_months"]
    assert "ends on 2025-12-29(一), before any certificate exists (2026-01-15(四))" in window.text
    assert "stays open until 2026-02-23(一)" in window.text
    text = SAMPLE.read_text(encoding="utf-8")
    text = text.replace('counted_from = "later"', 'counted_from = "invitation"')
    campaign = load_campaign(SAMPLE)
    alone = campaign.refund.model_copy(update={"counted_from": "invitation"})
    findings = lint(campaign.model_copy(update={"refund": alone}), text)
    assert [f.severity for f in findings if f.place == "refund.window_months"] == [Severity.ERROR]


def test_the_round_of_114_asks_for_the_prices_that_nobody_announced():
    findings = lint(load_campaign(SAMPLE), SAMPLE.read_text(encoding="utf-8"))
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    assert [finding.place.rpartition(".")[2] for finding in errors] == [
        "天線設計實務", "電路板製造及切片分析實務", "機械製圖(含工具機實例)", "電動車機電整合實務",
    ]  # fmt: skip
    assert all("fees.mixed" in finding.remedy for finding in errors)


@pytest.mark.parametrize(
    ("old", "new", "place", "severity"),
    [
        ("3/13(五)", "3/13(四)", "line 6", "error"),
        ("115年3月26日（星期四）", "115年3月26日（星期五）", "line 7", "error"),
        ("# (一)", "# (二)", "line 5", "error"),
        ("# (一)", "# (一) check: was another day", "line 5", "warning"),
        ('"iPAS115"', '"iPAS114"', "case_prefix", "warning"),
        ("115 年第一梯次", "114 年第二梯次", "title", "warning"),
        ("written = 600\n", "", "exams.資訊安全工程師 初級.subjects.資訊安全管理概論", "error"),
        ("written = 600", "written = 625", "exams.資訊安全工程師 初級", "error"),
        ('code = "ISE"', 'code = "XYZ"', "exams.資訊安全工程師 初級.code", "warning"),
        ("資訊安全技術概論", "資訊安全概論", "exams.資訊安全工程師 初級.subjects", "note"),
        ("[2026-05-16]", "[]", "exams.held_on", "note"),
        ("[2026-05-16]", "[2026-03-27]", "exams.資訊安全工程師 初級.held_on", "error"),
        ('exam = "資訊安全工程師"', 'exam = "資安"', "courses.資訊安全", "warning"),
        ("https://line", "line", "links.line_group", "error"),
        ("line.example-office.tw", "line.example.org", "links.line_group", "warning"),
        ("https://line.example-office.tw/115-1", "", "links.line_group", "note"),
        ("https://www.example-office.tw/courses", "", "links.courses", "note"),
        ("[3, 1]", "[14]", "reminder_days", "warning"),
        ("[3, 1]", "[4]", "reminder_days", "note"),  # 2026-03-22, a Sunday
        ("[3, 1]", "[]", "reminder_days", "note"),
        ("[7]", "[31]", "refund.remind_days", "warning"),  # the window is open for a month
        ("[7]", "[2]", "refund.remind_days", "note"),  # 2026-08-15, a Saturday
        ("[7]", "[]", "refund.remind_days", "note"),
        ("2026-03-26T", "2026-03-20T", "promise_working_days", "warning"),
        ("issued_from = 2026-07-15\n", "", "certificates.issued_from", "warning"),
        ("invite_after = 2026-07-16\n", "", "refund.invite_after", "warning"),
    ],
)  # fmt: skip
def test_each_fault_is_found_at_its_place(
    tmp_path: Path, old: str, new: str, place: str, severity: str
):
    if "2026-03-20T" in new:
        old, new = (
            "2026-03-26T23:59:59+08:00          # 115年3月26日（星期四）",
            ("2026-03-20T23:59:59+08:00"),
        )
    findings = found(tmp_path, (old, new))
    assert findings[place].severity == severity


@pytest.mark.parametrize(
    ("added", "place", "severity"),
    [
        ('choice = "1 + one of 2, 3"\n', "exams.AIoT應用工程師 初級.choice", "error"),
        ('choice = "2"\n', "exams.AIoT應用工程師 初級.subjects.AIoT基礎概論", "warning"),
        ("fee = 600\n", "exams.AIoT應用工程師 初級.retake_fee", "warning"),
        ("stopped_on = 2026-03-02\n", "exams.AIoT應用工程師 初級.stopped_on", "error"),
        ('successor = "XX 初級"\n', "exams.AIoT應用工程師 初級.successor", "error"),
    ],
)
def test_each_fault_of_an_exam_is_found(tmp_path: Path, added: str, place: str, severity: str):
    subjects = '["AIoT基礎概論", "物聯網系統與應用", { name = "感測器", offered = false }]'
    if "one of" in added:
        subjects = '["AIoT基礎概論", { name = "物聯網", offered = false }, ' + (
            '{ name = "感測器", offered = false }]'
        )
    block = f'\n[[exams]]\nname = "AIoT應用工程師 初級"\nsubjects = {subjects}\n{added}'
    assert found(tmp_path, add=block)[place].severity == severity


def test_a_slip_on_the_very_day_that_money_is_due_comes_too_late(tmp_path: Path):
    announced = "2026-03-26T23:59:59+08:00          # 115年3月26日（星期四）"
    assert "promise_working_days" in found(tmp_path, (announced, "2026-03-23T23:59:59+08:00"))
    assert "promise_working_days" not in found(tmp_path, (announced, "2026-03-24T23:59:59+08:00"))


def test_a_deadline_on_a_holiday_and_days_that_are_off_anyway_are_told(tmp_path: Path):
    findings = found(
        tmp_path,
        (
            "2026-03-26T23:59:59+08:00          # 115年3月26日（星期四）",
            "2026-04-03T23:59:59+08:00",
        ),
        add="\n[calendar]\nclosed = [2026-04-04]\n",
    )
    assert "2026-04-07(二)" in findings["pay_until"].remedy
    assert findings["calendar.closed"].severity is Severity.NOTE


def test_years_that_nobody_compared_with_the_government_are_told(tmp_path: Path):
    findings = found(tmp_path, ("issued_from = 2026-07-15", "issued_from = 2031-07-15"))
    assert "2031" in findings["calendar"].text
    assert "14718" in findings["calendar"].remedy


def test_weekdays_are_compared_in_every_way_they_are_written():
    text = "9/17(三) 114年9月17日（三） 2025-09-17T17:00:00+08:00 # (三) 114/10/3（五） 1/15(四)"
    assert list(misfits(text, near=date(2025, 9, 1))) == []
    wrong = re.sub(r"[三五四]", "日", text)
    assert len(list(misfits(wrong, near=date(2025, 9, 1)))) == 5
    (nowhere,) = misfits("9/31(三)", near=date(2025, 9, 1))
    assert nowhere.day is None
    assert list(misfits("科目(一)、第1.2節(三)", near=date(2025, 9, 1))) == []
