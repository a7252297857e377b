"""Looking at letters without sending any, and knowing afterwards which text somebody got."""

import json
import stat

import pytest
from desk.paper_office import PaperOffice
from sqlmodel import select

from mailflow.desk.previewing import letter_for, sample_letters
from mailflow.desk.verbs import DeskError
from mailflow.letters.preview import NO_BUTTON
from mailflow.person import Field
from mailflow.store import wordings
from mailflow.store.audit import history
from mailflow.store.tables import ConfirmToken, Outbox
from mailflow.workflow import Letter


def test_every_letter_can_be_looked_at_with_invented_data(paper: PaperOffice):
    for letter in Letter:
        assert sample_letters(paper.rules, letter, now=paper.now)


def test_a_preview_shows_text_and_html_and_sends_nothing(paper: PaperOffice):
    case = paper.is_billed(1)
    out = paper.folder / "slip.html"
    before = rows(paper)
    paper.does("letter", "preview", "payment_slip", "--case", case.number, "--out", str(out))
    shown = out.read_text(encoding="utf-8")
    assert case.slip
    assert shown.count(case.slip.account) == 2  # in the HTML, and in the text
    assert "nothing is sent" in shown
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert rows(paper) == before
    with paper.store.read() as tx:
        assert history(tx, case.number)[-1].action == "letter previewed"


def rows(paper: PaperOffice) -> tuple[int, int]:
    with paper.store.read() as tx:
        letters = tx.session.exec(select(Outbox)).all()
        return len(letters), len(tx.session.exec(select(ConfirmToken)).all())


def test_the_button_of_a_preview_confirms_nothing(paper: PaperOffice):
    case = paper.registers(1)
    with paper.store.read() as tx:
        _, letter = letter_for(
            tx, paper.rules, Letter.DATA_CONFIRMATION, case.number, now=paper.now
        )
    body = letter.get_body(("plain",))
    assert body
    assert NO_BUTTON in body.get_content()


def test_what_a_letter_needs_and_a_case_lacks_is_told(paper: PaperOffice):
    case = paper.registers(1)
    with paper.store.read() as tx, pytest.raises(DeskError, match="payment_slip needs slip"):
        letter_for(tx, paper.rules, Letter.PAYMENT_SLIP, case.number, now=paper.now)
    told = paper.does(
        "letter", "preview", "status", "--case", "iPAS114-9", "--out", "x.html", code=1
    )
    assert "no case iPAS114-9" in told


@pytest.mark.parametrize("words", [["--sample"], ["--out", "x"], ["--case", "1", "--sample"]])
def test_a_preview_needs_to_know_of_whom_and_where_to(paper: PaperOffice, words: list[str]):
    paper.does("letter", "preview", "status", *words, code=2)


def test_markup_in_a_name_is_text_in_the_page(paper: PaperOffice):
    case = paper.registers(1, name_zh="<script>alert(1)</script>")
    out = paper.folder / "x.html"
    paper.does("letter", "preview", "data_confirmation", "--case", case.number, "--out", str(out))
    assert "<script" not in out.read_text(encoding="utf-8")


def test_the_outbox_names_the_wording_and_its_text_is_kept(paper: PaperOffice):
    case = paper.registers(1)
    version = paper.rules.composer.wording(Letter.DATA_CONFIRMATION).version
    with paper.store.read() as tx:
        letters = tx.session.exec(select(Outbox).where(Outbox.case_id == case.id)).all()
        assert {row.letter: row.wording for row in letters}["data_confirmation"] == version
        kept = {it.version: it for it in wordings.kept(tx)}
    assert kept[version].letters == 1
    assert kept[version].first_at == paper.now
    assert case.data[Field.NAME_ZH] not in kept[version].text
    assert "確認資料無誤" in paper.does("letter", "text", version[:8])
    assert version in paper.does("letter", "versions")
    assert json.loads(paper.does("letter", "list", "--json").splitlines()[0])["version"]


def test_another_wording_is_another_version(paper: PaperOffice):
    """The office changes a sentence in the middle of a round: both texts are known."""
    paper.registers(1)
    text = '\n[texts.form_receipt]\nzh = "請留意垃圾信匣。"\nen = "Look into your spam folder."\n'
    campaign = paper.folder / "campaign.toml"
    campaign.write_text(campaign.read_text(encoding="utf-8") + text, encoding="utf-8")
    paper.reopen()
    paper.registers(2)
    with paper.store.read() as tx:
        kept = [it for it in wordings.kept(tx) if it.letter == Letter.FORM_RECEIPT]
    assert [it.letters for it in kept] == [1, 1]
    assert "垃圾信匣" in kept[1].text
