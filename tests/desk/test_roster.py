"""The list for the examiner: who is in it, what it says, and when it does not leave the office."""

import csv
import io
import json
import stat
import zipfile
from pathlib import Path

import pytest
from desk.paper_office import PNG, PaperOffice
from openpyxl import load_workbook
from store.people import SLIP

from mailflow.campaign import Campaign, CampaignError, load_campaign
from mailflow.campaign.materials import OFFICE_FIELDS, ROSTER, RosterColumn
from mailflow.desk import Desk
from mailflow.desk.roster import unknown_columns
from mailflow.person import Field
from mailflow.store import cases
from mailflow.store.audit import history
from mailflow.store.cases import note_settled
from mailflow.store.database import Transaction
from mailflow.store.queue import open_decision, proposal_of
from mailflow.store.tables import Case, Receipt, SettlementImport
from mailflow.workflow import Event

OTHER_MAP = """
[[roster]]
header = "團報代碼"
value = "0007"

[[roster]]
header = "姓名"
field = "name_zh"

[[roster]]
header = "考科一"
field = "subject_1"

[[roster]]
header = "考科三"
field = "subject_3"

[[roster]]
header = "原價"
field = "list_price"

[[roster]]
header = "已繳"
field = "paid"

[[roster]]
header = "領證"
field = "delivery"

[[roster]]
header = "備註"
"""


def sheet(path: Path) -> list[tuple[object, ...]]:
    return list(load_workbook(path).worksheets[0].iter_rows(values_only=True))


def test_the_roster_holds_who_is_complete_and_nobody_else(paper: PaperOffice):
    anne = paper.is_complete(1)
    paper.is_billed(2)
    paid = paper.is_billed(3)
    paper.brings(paid, 600)
    paper.happens(paid, Event.PROOF)
    told = paper.tells("roster", "export", "--out", str(paper.folder / "r.xlsx"))
    header, *rows = sheet(paper.folder / "r.xlsx")
    assert header == tuple(column.header for column in ROSTER)
    assert [row[0] for row in rows] == [anne.number]
    assert rows[0][3] == anne.data[Field.NATIONAL_ID]
    assert rows[0][8] == "0900000101"  # a telephone keeps its zero
    assert (told["people"], told["subjects"], told["owed"], told["received"]) == (1, 2, 600, 600)
    assert told["left_out"] == [paid.number]
    assert told["differences"] == []


def test_staff_may_take_in_who_has_paid(paper: PaperOffice):
    paid = paper.is_billed(3)
    paper.brings(paid, 600)
    paper.happens(paid, Event.PROOF)
    out = paper.folder / "r.xlsx"
    assert paper.tells("roster", "export", "--with-paid", "--out", str(out))["people"] == 1
    assert sheet(out)[1][0] == paid.number


def test_files_are_the_owners_alone_and_the_export_is_audited(paper: PaperOffice):
    paper.is_complete(1)
    out = paper.folder / "r.xlsx"
    out.write_bytes(b"old")
    out.chmod(0o644)
    paper.does("roster", "export", "--csv", "--out", str(out))
    for path in (out, out.with_suffix(".csv")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with paper.store.read() as tx:
        (line,) = history(tx, "114-2")
    assert (line.action, line.why) == ("roster exported", "1 people, 2 subjects")


def test_subjects_are_written_as_the_campaign_writes_them(paper: PaperOffice):
    """A mail or form says them with a colon of another width."""
    exam, read = "3D列印積層製造工程師 初級", "3D列印概論、3D列印製程實務:光聚合固化"
    fee = paper.rules.campaign.quote(exam, read, retake=False)
    assert isinstance(fee, int)
    paper.is_complete(1, exam=exam, subjects=read, amount=fee, paid=fee)
    out = paper.folder / "r.xlsx"
    paper.does("roster", "export", "--out", str(out))
    _header, row = sheet(out)
    place = [column.field for column in ROSTER].index("subjects")
    assert row[place] == "3D列印概論、3D列印製程實務：光聚合固化"


def test_the_csv_says_the_same_as_the_sheet(paper: PaperOffice):
    paper.is_complete(1)
    out = paper.folder / "r.xlsx"
    paper.does("roster", "export", "--csv", "--out", str(out))
    text = out.with_suffix(".csv").read_text(encoding="utf-8-sig")
    assert [tuple(row) for row in csv.reader(io.StringIO(text))] == sheet(out)


def test_a_name_that_looks_like_a_formula_is_a_name(paper: PaperOffice):
    paper.is_complete(1, name_zh="=HYPERLINK(1)")
    out = paper.folder / "r.xlsx"
    paper.does("roster", "export", "--out", str(out))
    cell = load_workbook(out).worksheets[0]["B2"]
    assert (cell.data_type, cell.value) == ("s", "=HYPERLINK(1)")


def test_the_columns_are_data_of_the_campaign(tmp_path: Path):
    paper = PaperOffice(tmp_path, roster=OTHER_MAP)
    paper.is_complete(1)
    out = paper.folder / "r.xlsx"
    paper.does("roster", "export", "--out", str(out))
    header, row = sheet(out)
    assert header == ("團報代碼", "姓名", "考科一", "考科三", "原價", "已繳", "領證", "備註")
    expected = ("0007", "安妮1", "人工智慧基礎概論", None, 1200, 600, "郵寄", None)
    assert tuple(value or None for value in row) == expected


def test_a_map_that_names_an_unknown_field_is_refused_with_every_fault(tmp_path: Path):
    lines = "".join(f'\n[[roster]]\nheader = "{name}"\nfield = "{name}"\n' for name in ("x", "y"))
    paper = PaperOffice(tmp_path, roster=lines)
    told = paper.does("roster", "export", "--out", str(tmp_path / "r.xlsx"), code=1)
    assert "「x」: no field x; the fields are name_zh" in told
    assert "「y」" in told
    assert not (tmp_path / "r.xlsx").exists()


def test_a_column_has_a_field_or_a_fixed_text(tmp_path: Path):
    lines = '\n[[roster]]\nheader = "x"\nfield = "case"\nvalue = "1"\n'
    with pytest.raises(CampaignError, match="give field or value, not both"):
        PaperOffice(tmp_path, roster=lines)


def test_the_map_that_comes_along_names_known_fields(campaign: Campaign):
    assert unknown_columns(ROSTER) == []
    assert unknown_columns(campaign.roster) == []
    every = [RosterColumn(header=name, field=name) for name in (*Field, *OFFICE_FIELDS)]
    assert unknown_columns(every) == []


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign(Path(__file__).parents[2] / "campaigns" / "114-2.toml")


@pytest.mark.parametrize(("paid", "code"), [(500, "amount_differs"), (None, "no_money")])
def test_money_that_does_not_add_up_keeps_the_list_in_the_office(
    paper: PaperOffice, paid: int | None, code: str
):
    case = paper.is_complete(1, paid=paid)
    paper.is_complete(2)
    out = paper.folder / "r.xlsx"
    told = paper.does("roster", "export", "--json", "--out", str(out), code=1)
    facts = json.loads(told.splitlines()[0])
    assert [(it["case"], it["code"]) for it in facts["differences"]] == [(case.number, code)]
    assert "nothing written" in told
    assert not out.exists()
    with paper.store.read() as tx:
        assert history(tx, "114-2") == []


def test_anyway_needs_a_reason_and_the_audit_keeps_it(paper: PaperOffice):
    paper.is_complete(1, paid=500)
    out = paper.folder / "r.xlsx"
    paper.does("roster", "export", "--out", str(out), "--anyway", code=2)
    assert not out.exists()
    paper.does("roster", "export", "--out", str(out), "--anyway", "--why", "差額已補")
    assert out.exists()
    with paper.store.read() as tx:
        (line,) = history(tx, "114-2")
    assert line.why == "1 people, 2 subjects, 1 differences; 差額已補"


def test_what_staff_accepted_counts_as_what_was_owed(paper: PaperOffice):
    case = paper.is_billed(1)
    mail = paper.writes(case, "我繳了")
    with paper.store.write() as tx:
        item = open_decision(
            tx, kind="mail", reasons=("x",), event=Event.PROOF, case_id=case.id, inbox_id=mail,
            now=paper.now,
        )  # fmt: skip
    Desk(paper.store, paper.rules, actor="clerk", now=lambda: paper.now).accept(item, why="seen")
    paper.happens(case, Event.TOLD)
    told = paper.tells("roster", "check")
    assert (told["received"], told["sources"], told["differences"]) == (600, {"staff": 1}, [])


def test_a_proof_that_staff_refused_is_no_money(paper: PaperOffice):
    """The machine found the picture good, but it lay before staff, and they said no."""
    case = paper.is_billed(1)
    receipt = paper.brings(case, 600)
    with paper.store.write() as tx:
        mail = receipt_mail(tx, receipt)
        item = open_decision(
            tx, kind="mail", reasons=("used",), event=Event.PROOF, case_id=case.id, inbox_id=mail,
            receipt_id=receipt, now=paper.now, key_id=case.key_id,
            proposal=proposal_of({}, ("picture_or_payment_used_before",)),
        )  # fmt: skip
    Desk(paper.store, paper.rules, actor="clerk", now=lambda: paper.now).reject(item, why="no")
    paper.happens(case, Event.PROOF, Event.TOLD)
    told = paper.does("roster", "check", code=1)
    assert "no_money" in told


def receipt_mail(tx: Transaction, receipt: str) -> str:
    return tx.session.get_one(Receipt, receipt).inbox_id


def test_a_newer_slip_makes_the_older_proof_worth_nothing(paper: PaperOffice):
    case = paper.is_complete(1)
    paper.now = paper.now.replace(day=9)
    with paper.store.write() as tx:
        cases.put_slip(tx, cases.load(tx, case.id), SLIP, now=paper.now)
    assert "no_money" in paper.does("roster", "check", code=1)


def test_a_fee_that_is_not_the_slips_is_told(paper: PaperOffice):
    paper.is_complete(1)
    moved = paper.rules.campaign.exam("塑膠材料應用工程師 初級")
    case = paper.case("iPAS114-0001")
    data = case.data.with_changes(
        {Field.EXAM: moved.name, Field.SUBJECTS: "、".join(s.name for s in moved.subjects)}
    )
    with paper.store.write() as tx:
        cases.new_version(tx, cases.load(tx, case.id), data, source="staff", now=paper.now)
    told = paper.does("roster", "check", code=1)
    for code in ("slip_differs_from_fee", "amount_differs", "not_confirmed"):
        assert code in told


def test_one_person_twice_for_one_exam_is_told(paper: PaperOffice):
    paper.is_complete(1)
    twin = paper.is_billed(2)
    first = paper.case("iPAS114-0001")
    with paper.store.write() as tx:
        row = tx.session.get_one(Case, twin.id)
        row.person_id = first.person_id
        tx.session.add(row)
    paper.brings(twin, 600)
    paper.happens(twin, Event.PROOF, Event.TOLD)
    assert paper.does("roster", "check", code=1).count("person_twice") == 2


def test_labels_are_for_exams_whose_certificates_are_posted(paper: PaperOffice):
    posted = paper.is_complete(1)
    paper.is_complete(
        2, exam="物聯網應用工程師 初級", subjects="物聯網基礎架構概論、物聯網系統與應用"
    )
    nowhere = paper.is_complete(3)
    with paper.store.write() as tx:  # as a round of before may have left it
        lacking = nowhere.data.with_changes({Field.ADDRESS: ""})
        cases.new_version(tx, nowhere, lacking, source="staff", now=paper.now)
    out = paper.folder / "labels.xlsx"
    told = paper.tells("roster", "labels", "--out", str(out))
    assert told == {"labels": 1, "lacking": [nowhere.number]}
    row = sheet(out)[1]
    assert row[:3] == (posted.number, "安妮1", posted.data[Field.ADDRESS])
    assert paper.tells("roster", "labels", "--case", "nobody", "--out", str(out))["labels"] == 0


def test_proofs_are_named_by_their_case_and_by_nothing_else(paper: PaperOffice):
    anne = paper.is_complete(1)
    bart = paper.is_billed(2)
    paper.brings(bart, 600, picture=b"%PDF-1.4 ")
    paper.brings(bart, 600, picture=PNG)
    paper.happens(bart, Event.PROOF, Event.TOLD)
    paper.is_billed(3)
    out = paper.folder / "proofs.zip"
    assert paper.tells("roster", "proofs", "--out", str(out)) == {"proofs": 3}
    with zipfile.ZipFile(out) as archive:
        names = archive.namelist()
        assert archive.read(names[0]) == PNG + anne.number.encode()
    assert names == [f"{anne.number}.png", f"{bart.number}.pdf", f"{bart.number}-2.png"]
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_folder_that_is_not_there_is_told_without_a_list(paper: PaperOffice):
    paper.is_complete(1)
    told = paper.does("roster", "export", "--out", str(paper.folder / "no" / "r.xlsx"), code=1)
    assert "No such file or directory" in told


def bank_file(paper: PaperOffice) -> None:
    """The office has taken in a file of its bank."""
    with paper.store.write() as tx:
        file = SettlementImport(
            id="f1", campaign="114-2", name="bank.csv", covers_until=paper.now.date(),
            imported_at=paper.now, imported_by="clerk",
        )  # fmt: skip
        tx.session.add(file)


def test_where_the_bank_has_spoken_its_word_counts(paper: PaperOffice):
    settled, claimed, short = (paper.is_complete(number) for number in (1, 2, 3))
    bank_file(paper)
    with paper.store.write() as tx:
        note_settled(tx, settled.id, amount=600, at=paper.now)
        note_settled(tx, short.id, amount=500, at=None)
    told = json.loads(paper.does("roster", "check", "--json", code=1).splitlines()[0])
    assert told["sources"] == {"bank": 2, "proof": 1}
    assert told["received"] == 600 + 600 + 500
    assert [(it["case"], it["code"]) for it in told["differences"]] == [
        (claimed.number, "not_in_bank_file"),
        (short.number, "amount_differs"),
    ]


def test_a_file_that_was_taken_back_says_nothing(paper: PaperOffice):
    paper.is_complete(1)
    bank_file(paper)
    with paper.store.write() as tx:
        row = tx.session.get_one(SettlementImport, "f1")
        row.undone_at = paper.now
        tx.session.add(row)
    assert paper.tells("roster", "check")["differences"] == []
