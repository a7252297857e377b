"""A broken template is refused before the office opens, all faults at once."""

import shutil
from pathlib import Path

import pytest
from letters_cast import OFFICE

from mailflow.campaign import Campaign
from mailflow.letters import Composer, TemplateError, default_templates
from mailflow.workflow import Letter


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A copy that an office has begun to change."""
    return Path(shutil.copytree(default_templates(), tmp_path / "templates"))


def problems_of(templates: Path, campaign: Campaign) -> tuple[str, ...]:
    with pytest.raises(TemplateError) as caught:
        Composer(templates, campaign, office=OFFICE, sender_name="研發處")
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_there_are_three_files_for_every_letter_and_none_beside() -> None:
    folder = default_templates()
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {x.value for x in Letter}
    for letter in Letter:
        names = {path.name for path in (folder / letter.value).iterdir()}
        assert names == {"subject.txt", "body.txt", "body.html"}


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, campaign: Campaign) -> None:
    (problem,) = problems_of(tmp_path / "nowhere", campaign)
    assert "nowhere" in problem


def test_every_fault_of_a_folder_is_told_at_once(templates: Path, campaign: Campaign) -> None:
    (templates / "reminder" / "subject.txt").unlink()
    edit(templates / "abandoned" / "body.txt", "{{ name }} 同學", "{{ nmae }} 同學")
    (templates / "withdrawn" / "body.html").write_text("{% if %}", encoding="utf-8")
    (templates / "staff_note" / "body.txt").write_bytes("{{ note }} 說明".encode("big5"))
    edit(templates / "payment_slip" / "body.html", "parts.slip_table(name, exam, slip)", "name")
    (templates / "form_receipt" / "subject.txt").write_text("收到\n報名\n", encoding="utf-8")
    found = "\n".join(problems_of(templates, campaign))
    assert "reminder/subject.txt: is missing" in found
    assert "abandoned/body.txt: 'nmae' is undefined; its words are" in found
    assert "withdrawn/body.html, line 1:" in found
    assert "staff_note/body.txt: is not UTF-8" in found
    assert "payment_slip/body.html: must show `slip`" in found
    assert "form_receipt/subject.txt: must be exactly one line" in found
    assert "form_receipt/subject.txt: must name the case" in found


def test_a_word_that_only_some_letters_have_is_found(templates: Path, campaign: Campaign) -> None:
    edit(templates / "press_button" / "body.txt", "{{ name }} 同學", "{{ slip.amount }} 同學")
    (problem,) = problems_of(templates, campaign)
    assert problem.startswith("press_button/body.txt: 'slip' is undefined")


@pytest.mark.parametrize(
    "trick", ["{{ name|safe }}", "{% autoescape false %}{{ name }}{% endautoescape %}"]
)
def test_switching_the_escaping_off_is_refused(
    templates: Path, campaign: Campaign, trick: str
) -> None:
    edit(templates / "withdrawn" / "body.html", "{{ name }} 同學", f"{trick} 同學")
    (problem,) = problems_of(templates, campaign)
    assert problem.startswith("withdrawn/body.html: a value gets in as markup")


@pytest.mark.parametrize("word", ["{{ rows[2].value }}", "{{ slip.account }}"])
def test_a_personal_number_in_a_subject_is_refused(
    templates: Path, campaign: Campaign, word: str
) -> None:
    edit(templates / "payment_slip" / "subject.txt", "電子繳費單", word)
    assert any("shows a personal number" in problem for problem in problems_of(templates, campaign))


def test_a_confirmation_without_its_link_is_refused(templates: Path, campaign: Campaign) -> None:
    edit(templates / "_press.txt", "{{ confirm.href }}", "")
    letters = {problem.partition("/")[0] for problem in problems_of(templates, campaign)}
    assert letters == {
        "data_confirmation", "data_changed", "press_button", "reminder", "reinstated",
    }  # fmt: skip


def test_a_missing_piece_is_named(templates: Path, campaign: Campaign) -> None:
    (templates / "_rows.txt").unlink()
    problems = problems_of(templates, campaign)
    assert problems
    assert all("_rows.txt" in problem for problem in problems)


def test_a_notice_of_personal_data_that_is_not_written_yet_is_named(
    templates: Path, campaign: Campaign
) -> None:
    newer = campaign.model_copy(update={"privacy_notice": "2"})
    (problem,) = problems_of(templates, newer)
    assert problem.startswith("_privacy-2.txt: is missing; write it, or set `privacy_notice`")
    (templates / "_privacy-2.txt").write_text("個資告知（第 2 版）{{ offcie }}", encoding="utf-8")
    (problem,) = problems_of(templates, newer)
    assert problem.startswith("_privacy-2.txt: 'offcie' is undefined")
    (templates / "_privacy-2.txt").write_text("個資告知（第 2 版）{{ office }}", encoding="utf-8")
    Composer(templates, newer, office=OFFICE, sender_name="研發處")


def test_the_first_letters_must_carry_the_notice(templates: Path, campaign: Campaign) -> None:
    for letter in ("form_receipt", "data_confirmation", "registration_form"):
        edit(templates / letter / "body.txt", "{{ privacy }}", "")
    assert [problem.partition(":")[0] for problem in problems_of(templates, campaign)] == [
        "registration_form/body.txt", "form_receipt/body.txt", "data_confirmation/body.txt",
    ]  # fmt: skip


def test_an_office_address_that_leaves_no_room_for_a_tag_is_refused(campaign: Campaign) -> None:
    with pytest.raises(TemplateError, match="shorten `office`"):
        Composer(
            default_templates(), campaign, office=f"{'o' * 40}@example.org", sender_name="研發處"
        )
