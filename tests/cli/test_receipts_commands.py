"""`mailflow receipts`: why a proof is judged so, and how well the office's own are read."""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from store.people import SLIP
from typer.testing import CliRunner

from mailflow.campaign import TAIPEI
from mailflow.cli.app import program
from mailflow.demo.office import SandboxOffice
from mailflow.demo.pictures import draw_transfer, draws_chinese
from mailflow.receipts.read import read_proof
from mailflow.receipts.result import Expectation, Proof, Verdict
from mailflow.receipts.reuse import marks_of
from mailflow.receipts.wire import proof_to_json
from mailflow.store import cases, lookup, receipts
from mailflow.store.casework import Casework, Cause
from mailflow.store.past_proofs import past_proofs
from mailflow.store.queue import close, open_decision
from mailflow.store.receipts import Claimed
from mailflow.workflow import Event

ANNE = "t113590001@student.example.edu.tw"
BART = "t113590002@student.example.edu.tw"

pytestmark = pytest.mark.skipif(not draws_chinese(), reason="a Chinese font is missing")


class Clerk:
    """Someone at the terminal of an office in which two students were billed."""

    def __init__(self, office: SandboxOffice) -> None:
        self.office = office
        self.mails = 0
        now = office.clock.now()
        slip = replace(SLIP, due_on=office.rules.campaign.pay_until.astimezone(TAIPEI).date())
        with office.store.write() as tx:
            for address in (ANNE, BART):
                case = cases.load(tx, lookup.by_address(tx, address)[0])
                cases.put_slip(tx, case, slip, now=now)
                work = Casework(tx, office.rules, now=now)
                work.happen(cases.load(tx, case.id), Event.CONFIRM, cause=Cause(actor="mailflow"))
            self.anne, self.bart = (
                cases.load(tx, lookup.by_address(tx, address)[0]) for address in (ANNE, BART)
            )

    def does(self, *words: str, code: int = 0) -> str:
        config = str(self.office.config_file)
        done = CliRunner().invoke(program(), ["receipts", *words, "--config", config])
        assert done.exit_code == code, done.output
        assert "Traceback" not in done.output
        return done.output

    def picture(self, *, amount: int = SLIP.amount) -> bytes:
        at = self.office.clock.now().astimezone(TAIPEI)
        return draw_transfer(amount=amount, account=SLIP.account, bank=SLIP.bank_code, paid_at=at)

    def keeps(
        self, picture: bytes, *, was: Verdict, reasons=(), case=None, verb: str = "",
        beside: tuple[str, ...] = (), mail: str = "", **read,
    ) -> str:  # fmt: skip
        """A proof that came, and what staff decided about it; `beside`: further reasons of the
        item. Each is a mail of its own, unless `mail` names one."""
        case, now = case or self.anne, self.office.clock.now()
        proof = Proof(verdict=was, reasons=reasons, **{"amount": SLIP.amount} | read)
        claimed = Claimed(picture, proof_to_json(proof), was, reasons, marks=marks_of(proof))
        self.mails += 1
        with self.office.store.write() as tx:
            receipt_id = receipts.keep(
                tx, claimed, inbox_id=mail or f"m{self.mails}", case_id=case.id,
                key_id=case.key_id, now=now,
            )  # fmt: skip
            if verb:
                item = open_decision(
                    tx, kind="mail", reasons=(*beside, *reasons), event=Event.PROOF,
                    case_id=case.id, receipt_id=receipt_id, key_id=case.key_id, now=now,
                )  # fmt: skip
                close(tx, item, verb=verb, actor="eva", why="looked at it", now=now)
        return receipt_id

    def truths(self) -> list[str]:
        """What each proof turned out to be worth, in the order they came."""
        since = self.office.clock.now() - timedelta(days=1)
        with self.office.store.read() as tx:
            found = past_proofs(tx, self.office.rules.campaign, since=since)
            return [one.truth for one in found]

    def scores(self, *words: str, code: int = 0) -> list[dict[str, object]]:
        told = self.does("score", "--json", *words, code=code)
        return [json.loads(line) for line in told.splitlines() if line.startswith("{")]


@pytest.fixture
def clerk(tmp_path: Path) -> Iterator[Clerk]:
    office = SandboxOffice(tmp_path / "office")
    office.open()
    office.import_form()
    yield Clerk(office)
    office.close()


def test_a_file_is_shown_with_what_was_read_and_what_was_expected(clerk: Clerk, tmp_path: Path):
    file, out = tmp_path / "a.jpg", tmp_path / "why.png"
    file.write_bytes(clerk.picture())
    told = json.loads(
        clerk.does("show", str(file), "--case", clerk.anne.number, "--output", str(out), "--json")
    )
    assert (told["amount"], told["expected"]["amount"]) == (SLIP.amount, SLIP.amount)
    assert told["picture"] == str(out)
    drawn, plain = Image.open(out), Image.open(io.BytesIO(file.read_bytes()))
    assert drawn.format == "PNG"
    assert drawn.width / drawn.height > plain.width / plain.height  # the words stand beside it
    assert out.stat().st_mode & 0o077 == 0
    # The box of an amount read as expected is green, of another one red.
    assert (15, 138, 77) in {colour for _, colour in drawn.getcolors(1 << 24)}
    clerk.does("show", str(file), "--amount", "9999", "--output", str(out))
    assert (198, 40, 40) in {colour for _, colour in Image.open(out).getcolors(1 << 24)}


def test_a_file_is_shown_against_the_days_it_should_be_of(clerk: Clerk, tmp_path: Path):
    file = tmp_path / "a.jpg"
    file.write_bytes(clerk.picture())
    owed = ("--amount", str(SLIP.amount), "--account", SLIP.account, "--json")
    late = json.loads(clerk.does("show", str(file), *owed, "--from", "2099-01-01"))
    assert late["expected"]["from"] == "2099-01-01"
    assert late["reasons"] == ["paid_before_slip"]
    assert late["readings"][0]["amount"] == SLIP.amount
    words = clerk.does("show", str(file), *owed[:-1], "--from", "2099-01-01")
    plain = re.sub(r"\s+", " ", words)
    assert f"應為 金額 {SLIP.amount} 元，帳號 {SLIP.account}" in plain
    assert "理由 繳款日早於繳費單" in plain
    for code in ("transfer", "flag", "paid_before_slip", "status", "{"):
        assert code not in words
    assert "若請學生重送，信中會寫" in words
    clerk.does("show", str(file), "--from", "2026-01-01", code=2)  # of what?


def test_without_a_decision_nothing_can_be_counted(clerk: Clerk):
    clerk.keeps(clerk.picture(), was=Verdict.FLAG)
    assert "no proof here has been decided" in clerk.does("score")


def test_a_stored_proof_is_shown_by_the_end_of_its_number(clerk: Clerk):
    picture = clerk.picture()
    clerk.keeps(picture, was=Verdict.ACCEPT)
    number = clerk.keeps(
        picture, was=Verdict.FLAG, reasons=("words_unread",), case=clerk.bart, verb=""
    )
    told = json.loads(clerk.does("show", number[-8:], "--json"))
    assert (told["proof"], told["case"]) == (number, clerk.bart.number)
    assert (told["verdict_then"], told["reasons_then"]) == ("flag", ["words_unread"])
    assert told["amount"] == SLIP.amount
    (earlier,) = told["earlier"]
    assert earlier.startswith(f"{clerk.anne.number} same_file")


def test_what_cannot_be_shown_is_told(clerk: Clerk, tmp_path: Path):
    assert "no proof" in clerk.does("show", "0123456789", code=1)
    assert "no such file" in clerk.does("show", "none.png", "--amount", "600", code=1)
    clerk.does("show", "x", "--case", "A", "--amount", "600", code=2)
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n")
    why = tmp_path / "why.png"
    told = clerk.does("show", str(broken), "--output", str(why), code=1)
    assert "no page" in told
    assert "沒有可判讀的頁面：" in told
    assert "不是檔案" in clerk.does("show", "0123456789", code=1)
    assert "is a folder" in clerk.does("show", str(tmp_path), code=1)
    assert not why.exists()


def test_a_mistyped_file_is_no_matter_of_the_store(tmp_path: Path):
    none = str(tmp_path / "config.toml")
    done = CliRunner().invoke(program(), ["receipts", "show", "nofile.jpg", "--config", none])
    assert done.exit_code == 1
    assert "nofile.jpg: no such file" in done.output


def test_the_office_s_own_proofs_are_examples(clerk: Clerk, tmp_path: Path):
    """承辦人的決定就是標準答案。"""
    clerk.keeps(clerk.picture(), was=Verdict.FLAG, reasons=("words_unread",), verb="accept")
    clerk.keeps(
        clerk.picture(amount=123), was=Verdict.FLAG, reasons=("amount_differs",), verb="reject"
    )
    clerk.keeps(clerk.picture(), was=Verdict.ACCEPT)  # nobody has said anything yet
    folder = tmp_path / "examples"
    *_, told = clerk.scores("--examples", str(folder))
    assert (told["proofs"], told["labelled"], told["good"], told["bad"]) == (3, 2, 1, 1)
    assert (told["good_accepted"], told["bad_accepted"], told["bad_held"]) == (1, 0, 1)
    assert told["read_differently"] == 1
    labels = [json.loads(line) for line in (folder / "labels.jsonl").read_text().splitlines()]
    assert [label["should_accept"] for label in labels] == [True, False]
    assert [label["amount"] for label in labels] == [600, None]  # of a worthless one nobody knows
    assert [label["due"]["amount"] for label in labels] == [600, 600]
    again = CliRunner().invoke(
        program(),
        ["receipt", "--json", "--expect", str(folder / "expect.jsonl")]
        + [str(folder / label["file"]) for label in labels],
    )
    said = [json.loads(line)["verdict"] for line in again.stdout.splitlines()]
    assert said == ["accept", "flag"]
    assert all((folder / label["file"]).stat().st_mode & 0o077 == 0 for label in labels)
    assert (folder / "labels.jsonl").stat().st_mode & 0o077 == 0


def test_a_worthless_proof_that_would_be_believed_is_named(clerk: Clerk):
    number = clerk.keeps(
        clerk.picture(), was=Verdict.FLAG, reasons=("words_unread",), verb="reject"
    )
    wrong, told = clerk.scores(code=1)
    assert (wrong["proof"], wrong["wrong"], wrong["truth"]) == (number, True, "bad_by_staff")
    assert told["bad_accepted"] == 1


def test_what_staff_refused_for_another_reason_is_no_example(clerk: Clerk):
    """Used before, or too late: the picture itself may be as good as any."""
    number = clerk.keeps(clerk.picture(), was=Verdict.ACCEPT)
    now = clerk.office.clock.now()
    with clerk.office.store.write() as tx:
        item = open_decision(
            tx, kind="mail", reasons=("picture_or_payment_used_before",), event=Event.PROOF,
            case_id=clerk.anne.id, receipt_id=number, key_id=clerk.anne.key_id, now=now,
        )  # fmt: skip
        close(tx, item, verb="reject", actor="eva", why="her brother's", now=now)
    *_, told = clerk.scores()
    assert (told["proofs"], told["labelled"]) == (1, 0)


def test_accepting_another_s_payment_says_nothing_about_the_picture(clerk: Clerk):
    """三人合繳 1,800 元、轉到同學帳號：承辦人知道內情，圖上看不出來。"""
    group = {"was": Verdict.FLAG, "verb": "accept"}
    clerk.keeps(b"a", reasons=("amount_differs",), amount=1800, **group)
    clerk.keeps(b"b", reasons=("account_differs",), account="95821140999999", **group)
    # Held for another reason, and what was read is not what was owed all the same.
    clerk.keeps(b"c", reasons=("specimen",), amount=1800, **group)
    clerk.keeps(b"d", reasons=("specimen",), account="95821140999999", **group)
    assert clerk.truths() == ["unknown"] * 4


def test_accepting_what_the_picture_itself_says_is_an_example(clerk: Clerk):
    """讀不清楚、但金額與帳號沒有不符：承辦人看得出來。"""
    clerk.keeps(b"a", was=Verdict.FLAG, reasons=("words_unread",), verb="accept")
    clerk.keeps(b"b", was=Verdict.ASK, reasons=("unreadable",), verb="accept", amount=None)
    masked = f"*****{SLIP.account[-6:]}"
    clerk.keeps(b"c", was=Verdict.FLAG, reasons=("status_unclear",), verb="accept", account=masked)
    assert clerk.truths() == ["good_by_staff"] * 3


def test_of_several_pictures_nobody_knows_which_one_convinced(clerk: Clerk):
    clerk.keeps(b"a", was=Verdict.FLAG, reasons=("words_unread",), verb="accept", mail="m")
    clerk.keeps(b"b", was=Verdict.FLAG, reasons=("words_unread",), mail="m")
    assert clerk.truths() == ["unknown", "unknown"]


def test_of_a_part_of_a_scrolled_page_nothing_is_known(clerk: Clerk):
    """The page was judged, of which the picture shows a piece: read alone it says less."""
    good = ("amount_agrees", "paid_word", "account_agrees", "parts_of_one_page")
    clerk.keeps(b"a", was=Verdict.ACCEPT, reasons=good, verb="accept")
    clerk.keeps(b"b", was=Verdict.ACCEPT, reasons=good, verb="reject")
    assert clerk.truths() == ["unknown", "unknown"]


def test_asking_for_another_picture_says_nothing_about_its_worth(clerk: Clerk):
    clerk.keeps(b"a", was=Verdict.ASK, reasons=("unreadable",), verb="ask")
    clerk.keeps(b"b", was=Verdict.FLAG, reasons=("amount_differs",), verb="ask")
    assert clerk.truths() == ["unknown", "unknown"]


def test_a_refusal_counts_where_something_in_the_picture_is_against_it(clerk: Clerk):
    """帳號不符，又是別案用過：退件的理由在圖上。"""
    flagged = {"was": Verdict.FLAG, "verb": "reject"}
    clerk.keeps(
        b"a", reasons=("account_differs",), beside=("picture_or_payment_used_before",), **flagged
    )
    clerk.keeps(b"b", reasons=("amount_differs",), beside=("words_not_understood",), **flagged)
    good = ("amount_agrees", "paid_word", "account_agrees")
    for number, beside in enumerate(("proof_too_late", "picture_or_payment_used_before")):
        clerk.keeps(
            b"c%d" % number, was=Verdict.ACCEPT, reasons=good, beside=(beside,), verb="reject"
        )
    clerk.keeps(b"d", was=Verdict.ASK, reasons=("unreadable",), verb="reject")
    assert clerk.truths() == ["bad_by_staff", "bad_by_staff", "unknown", "unknown", "unknown"]


def test_the_score_is_told_in_words(clerk: Clerk):
    """總務處看得懂的數字：可信的、不可信的、各被怎麼處理。"""
    number = clerk.keeps(
        clerk.picture(amount=123), was=Verdict.FLAG, reasons=("amount_differs",), verb="reject"
    )
    told = clerk.does("score", "--all")
    assert "已判讀 0/1 張" in told  # on standard error, before the first picture is read
    assert "已判讀 1/1 張" in told
    assert f"{number[-8:]} {clerk.anne.number}：由承辦人決定 → 由承辦人決定（承辦人退回）" in told
    assert "不可信的 1 張：接受 0、請學生重送 0、交承辦人 1" in told
    assert "95 %" in told
    for code in ("flag", "bad_by_staff", "bad accepted", "good held"):
        assert code not in told


def test_staff_see_in_words_what_is_unclear_and_how_to_look(clerk: Clerk, tmp_path: Path):
    """可能的金額、白話的理由、裁下的圖。"""
    content, now = clerk.picture(amount=60), clerk.office.clock.now()
    owed = Expectation(SLIP.amount, SLIP.account, SLIP.bank_code)
    proof = read_proof(content, expected=owed)
    assert proof.verdict is Verdict.FLAG
    claimed = Claimed(content, proof_to_json(proof), proof.verdict, proof.reasons)
    anne = clerk.anne
    with clerk.office.store.write() as tx:
        number = receipts.keep(
            tx, claimed, inbox_id="m", case_id=anne.id, key_id=anne.key_id, now=now
        )
        item = open_decision(
            tx, kind="mail", reasons=proof.reasons, event=Event.PROOF, case_id=anne.id,
            receipt_id=number, key_id=anne.key_id, now=now,
        )  # fmt: skip
    look = tmp_path / "look"
    shown = ["queue", "show", item, "--save", str(look), "--config", str(clerk.office.config_file)]
    told = CliRunner().invoke(program(), shown).output.replace("\n", "")
    assert "60 元（" in told
    assert "金額與繳費單不同" in told
    assert "您" not in told
    assert f"mailflow receipts show {number[-8:]}" in told
    names = sorted(path.name.split("-", 1)[1] for path in look.iterdir())
    assert names == ["evidence-1.png", "picture-1.png", "reading-1.json"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in look.iterdir())
