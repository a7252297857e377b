"""What staff see of a proof that waits: why, what was read of each picture, what accepting does."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from store.people import SLIP
from typer.testing import CliRunner

from mailflow.campaign import TAIPEI
from mailflow.cli.app import program
from mailflow.demo.office import SandboxOffice
from mailflow.receipts.result import Kind, Proof, Reading, Status, Verdict
from mailflow.receipts.reuse import marks_of
from mailflow.receipts.wire import proof_to_json
from mailflow.store import cases, lookup, receipts
from mailflow.store.cases import CaseView
from mailflow.store.casework import Casework, Cause
from mailflow.store.queue import open_decision
from mailflow.store.receipts import Claimed
from mailflow.workflow import Event

ANNE, BART, CRIS = (f"t11359000{number}@student.example.edu.tw" for number in (1, 2, 3))
GOOD = ("amount_agrees", "paid_word", "account_agrees", "date_in_window")
OWN = Proof(
    kind=Kind.TRANSFER, status=Status.PAID, amount=SLIP.amount, account=SLIP.account,
    paid_at="2025-09-16T08:15", reference="10238217", verdict=Verdict.ACCEPT, reasons=GOOD,
    readings=(Reading(SLIP.amount, 55),),
)  # fmt: skip
OF_ANOTHER = replace(
    OWN, account="95821140999999", reference="27749067", verdict=Verdict.FLAG,
    reasons=("account_differs",), fee=15,
)  # fmt: skip
FOR_A_GROUP = replace(OF_ANOTHER, amount=1800, reasons=("amount_differs", "account_differs"))


def picture(kind: str, shade: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 90), (shade, shade, shade)).save(out, kind)
    return out.getvalue()


class Clerk:
    """Someone at the terminal; Anne has been billed."""

    def __init__(self, office: SandboxOffice) -> None:
        self.office = office
        self.anne = self.bills(ANNE)

    def bills(self, address: str, account: str = SLIP.account) -> CaseView:
        """A slip with this account; the student has confirmed."""
        now = self.office.clock.now()
        due_on = self.office.rules.campaign.pay_until.astimezone(TAIPEI).date()
        with self.office.store.write() as tx:
            case = cases.load(tx, lookup.by_address(tx, address)[0])
            cases.put_slip(tx, case, replace(SLIP, due_on=due_on, account=account), now=now)
            work = Casework(tx, self.office.rules, now=now)
            work.happen(cases.load(tx, case.id), Event.CONFIRM, cause=Cause(actor="mailflow"))
            return cases.load(tx, case.id)

    def does(self, *words: str, columns: int = 160) -> str:
        done = CliRunner().invoke(
            program(), [*words, "--config", str(self.office.config_file)],
            env={"COLUMNS": str(columns)},
        )  # fmt: skip
        assert done.exit_code == 0, done.output
        return done.output

    def lines(self, item: str) -> list[str]:
        return [line.strip() for line in self.does("queue", "show", item).splitlines()]

    def gets(self, *proofs: tuple[bytes, Proof], reasons: tuple[str, ...], mail: str = "m1") -> str:
        """A mail with these pictures, held."""
        now, anne = self.office.clock.now(), self.anne
        ids = []
        with self.office.store.write() as tx:
            for content, proof in proofs:
                claimed = Claimed(
                    content, proof_to_json(proof), proof.verdict or "", proof.reasons,
                    marks=marks_of(proof),
                )  # fmt: skip
                ids.append(
                    receipts.keep(
                        tx, claimed, inbox_id=mail, case_id=anne.id, key_id=anne.key_id, now=now
                    )
                )
            return open_decision(
                tx, kind="mail", reasons=reasons, event=Event.PROOF, case_id=anne.id,
                inbox_id=self._mail(tx, mail), receipt_id=ids[0] if ids else None,
                key_id=anne.key_id, now=now,
            )  # fmt: skip

    def _mail(self, tx, mail: str) -> str | None:
        """The queue names a mail only where one was kept."""
        return mail if mail else None


@pytest.fixture
def clerk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clerk]:
    office = SandboxOffice(tmp_path / "office")
    office.open()
    office.import_form()
    monkeypatch.setattr("mailflow.desk.card.inbox.raw_bytes", lambda tx, inbox_id: b"")
    yield Clerk(office)
    office.close()


def starting(lines: list[str], label: str) -> str:
    return next(line for line in lines if line.startswith(label))


def test_the_reason_that_counts_comes_first_and_in_words(clerk: Clerk):
    """圖沒有問題，是別案用過：原因要寫出來。"""
    item = clerk.gets((picture("PNG", 1), OWN), reasons=("picture_or_payment_used_before", *GOOD))
    lines = clerk.lines(item)
    assert starting(lines, "原因").endswith("這張圖或這筆交易已用在別的案件")
    assert starting(lines, "相符").endswith("金額、交易成功字樣、帳號、日期")
    assert lines.index(starting(lines, "原因")) < lines.index(starting(lines, "相符"))
    assert starting(lines, "判斷").endswith("可接受")


def test_words_that_nobody_understood_are_told_as_the_reason(clerk: Clerk):
    item = clerk.gets((picture("PNG", 1), OWN), reasons=("words_not_understood",))
    lines = clerk.lines(item)
    assert "看不懂" in starting(lines, "原因")
    assert starting(lines, "相符").endswith("金額、交易成功字樣、帳號、日期")


def test_accepting_is_no_advice_and_the_misfit_stands_beside_it(clerk: Clerk):
    """三人合繳 1,800 元到別人的帳號。"""
    item = clerk.gets((picture("PNG", 1), FOR_A_GROUP), reasons=FOR_A_GROUP.reasons)
    told = starting(clerk.lines(item), "若接受")
    assert "登記為已繳費（paid），寄出繳費完成通知。注意：金額不符、帳號不符" in told
    held_by_words = clerk.gets(
        (picture("PNG", 2), FOR_A_GROUP), reasons=("words_not_understood",), mail="m2"
    )
    assert "注意：金額不符、帳號不符" in starting(clerk.lines(held_by_words), "若接受")


def test_what_was_read_is_told_in_words(clerk: Clerk):
    item = clerk.gets((picture("PNG", 1), OF_ANOTHER), reasons=("account_differs",))
    read = starting(clerk.lines(item), "讀到")
    assert read.split(maxsplit=1)[1] == (
        "轉帳，交易完成，金額 600 元，手續費 15 元，時間 2025-09-16 08:15，"
        "帳號 95821140999999，序號 27749067"
    )
    told = "\n".join(line for line in clerk.lines(item) if not line.startswith("代碼"))
    for code in ("transfer", "flag", "billed", "paid_at", "account_differs", "kind"):
        assert code not in told
    assert starting(clerk.lines(item), "應為").split(maxsplit=1)[1].startswith("金額 600 元，帳號")


def test_every_picture_of_a_mail_is_shown_and_saved(clerk: Clerk, tmp_path: Path):
    """自己的和同學的證明一起寄來：兩張都要看得到。"""
    own, theirs = picture("JPEG", 10), picture("PNG", 200)
    item = clerk.gets((own, OWN), (theirs, OF_ANOTHER), reasons=(*GOOD, "account_differs"))
    lines = clerk.lines(item)
    first, second = starting(lines, "讀到（圖 1）"), starting(lines, "讀到（圖 2）")
    assert "10238217" in first
    assert "27749067" in second
    assert "可接受（相符：金額" in starting(lines, "判斷（圖 1）")
    assert "轉入帳號與繳費單不同" in starting(lines, "判斷（圖 2）")
    assert starting(lines, "看標示（圖 1）") != starting(lines, "看標示（圖 2）")
    assert not any(line.startswith("相符") for line in lines)  # of which?
    told = json.loads(clerk.does("queue", "show", item, "--json"))
    assert [one["receipt"]["reference"] for one in told["pictures"]] == ["10238217", "27749067"]
    assert told["receipt"]["reference"] == "10238217"  # as before: the item's own
    clerk.does("queue", "show", item, "--save", str(tmp_path / "look"))
    saved = {path.name.split("-", 1)[1]: path for path in (tmp_path / "look").iterdir()}
    assert sorted(saved) == ["picture-1.jpg", "picture-2.png", "reading-1.json", "reading-2.json"]
    assert saved["picture-2.png"].read_bytes() == theirs


def test_a_mail_that_was_read_again_shows_each_picture_once(clerk: Clerk):
    content = picture("PNG", 10)
    clerk.gets((content, OF_ANOTHER), reasons=("account_differs",))
    item = clerk.gets((content, OWN), reasons=GOOD)
    lines = clerk.lines(item)
    assert "10238217" in starting(lines, "讀到")
    assert not any(line.startswith("讀到（圖") for line in lines)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "PDF"])
def test_a_saved_picture_has_the_ending_of_its_kind(clerk: Clerk, tmp_path: Path, kind: str):
    item = clerk.gets((picture(kind, 10), OWN), reasons=("words_not_understood",))
    clerk.does("queue", "show", item, "--save", str(tmp_path / "look"))
    ending = {"JPEG": "jpg"}.get(kind, kind.lower())
    assert f"{item[-8:]}-picture-1.{ending}" in {
        path.name for path in (tmp_path / "look").iterdir()
    }


def test_with_nothing_to_save_that_is_said(clerk: Clerk, tmp_path: Path):
    item = clerk.gets(reasons=("claim_without_readable_proof",), mail="")
    assert "沒有信件或圖片" in clerk.does("queue", "show", item, "--save", str(tmp_path / "look"))


def test_the_list_says_in_words_what_holds_each(clerk: Clerk):
    """80 欄的終端機：沒有代碼，也沒有斷在字中間的英文。"""
    item = clerk.gets((picture("PNG", 1), OWN), reasons=("picture_or_payment_used_before", *GOOD))
    told = clerk.does("queue", "list", columns=80)
    for code in ("picture", "used_before", "amount_agrees", "proof", "建議"):
        assert code not in told
    assert "若接受" in told
    assert "這張圖或這筆交易" in told.replace("\n", "")
    assert item[-8:] in told
    assert clerk.anne.number in told
    facts = [json.loads(line) for line in clerk.does("queue", "list", "--json").splitlines()]
    mine = next(one for one in facts if one["item"] == item)
    assert (mine["proposal"], mine["reasons"][0]) == ("proof", "picture_or_payment_used_before")


def test_status_tells_how_many_items_wait(clerk: Clerk):
    before = json.loads(clerk.does("status", "--json"))["queue"]["count"]
    item = clerk.gets((picture("PNG", 1), OWN), reasons=("words_not_understood",))
    assert json.loads(clerk.does("status", "--json"))["queue"]["count"] == before + 1
    assert f"待承辦人處理：{before + 1} 件" in clerk.does("status")
    clerk.does("queue", "discard", item, "--why", "looked at it")
    assert json.loads(clerk.does("status", "--json"))["queue"]["count"] == before


def test_check_warns_where_an_account_stands_on_several_slips(clerk: Clerk):
    """全班用同一個帳號：帳號相符就不能證明是誰繳的。"""

    def told() -> str:
        config = ["--config", str(clerk.office.config_file)]
        lines = CliRunner().invoke(program(), ["check", *config]).output.splitlines()
        return next(line for line in lines if "accounts" in line)

    clerk.bills(BART, "95821140999999")
    assert "no two cases" in told()
    clerk.bills(BART)
    clerk.bills(CRIS)
    assert "有 3 案" in told()
    assert "不能證明是誰繳的" in told()
    assert SLIP.account not in told()  # the end of it suffices
    assert SLIP.account[-3:] in told()
