"""Chat beside an errand: what surely changes nothing is put aside, all else is for a person."""

import hashlib
import importlib.util
import sys
from pathlib import Path

import pytest
from labelled_clauses import Labelled, all_clauses, is_acted_on
from reading_cast import PHOTO, Said, hear
from short_messages import BUTTON

from mailflow.reading.weighing import FILE, can_judge, weigh, weights

MATTER = [one for one in all_clauses() if one.matters and one.writer != "short_messages"]
# All that stand beside the button, and of the other errands every fourth: each takes 7 ms.
HEARD = [one for at, one in enumerate(MATTER) if one.errand == "confirm" or at % 4 == 0]
ROOT = Path(__file__).parents[2]


def pressed(text: str) -> dict:
    return hear(Said(BUTTON + text, "confirm", "may", press=True))


@pytest.mark.parametrize(
    "chat",
    [
        "昨天在火車上手機沒電，現在才回宿舍充電",
        "我媽提醒我要回信，剛煮完飯就來按了",
        "圖書館的電腦開信好慢，終於按到",
        "讀書會的同學都在等繳費單，大家一起加油",
        "sorry for replying at midnight, I just came back from the lab",
    ],
)
def test_small_talk_beside_the_button_confirms(chat: str):
    line = pressed(chat)
    assert (line["intent"], line["reasons"]) == ("confirm", [])


@pytest.mark.parametrize(
    "trap",
    [
        "昨天在火車上手機沒電，是室友拿他的手機幫我按的",
        "我媽提醒我要回信，她說地址寫戶籍地比較好",
        "圖書館的電腦開信好慢，後半段跑不出來",
        "教授推薦我考的，可是他說中級比較好",
        "剛睡醒，等等再仔細看",
        "sorry for replying at midnight, I only read the first half",
    ],
)
def test_a_doubt_in_small_talk_is_held(trap: str):
    assert pressed(trap)["flagged"]


def test_small_talk_hides_no_trap_that_stands_beside_it():
    chat = "昨天在火車上手機沒電，現在才回宿舍充電"
    assert pressed(chat)["reasons"] == []
    for trap in ("系所那格怪怪的", "我室友幫我按的", "先別送出去", "改天再確認"):
        for text in (f"{chat}。{trap}", f"{trap}，{chat}", f"{chat}\n{trap}"):
            assert pressed(text)["flagged"], text


def test_why_a_number_was_wrong_may_be_told_at_length():
    line = hear(
        Said(
            "老師好，手機改成0922333444。填表那天發燒，躺在床上用手機亂按，自己都覺得好笑",
            "correction",
            "no",
        )
    )
    assert line["reasons"] == []
    assert [c["new_value"] for c in line["corrections"]] == ["0922333444"]


def test_a_word_of_kin_is_no_doubt_but_who_acts_for_another_is():
    told = hear(Said("手機改成0922333444。我媽看到信笑我粗心", "correction", "no"))
    acts = hear(Said("手機改成0922333444。這支是我媽的", "correction", "must"))
    assert (told["reasons"], acts["flagged"]) == ([], True)


def test_who_really_is_somebody_else_is_held_whatever_chat_stands_beside():
    line = hear(Said("我是安妮的媽媽，手機改成0922333444。今天天氣真好", "correction", "must"))
    assert "acts_for_someone" in line["reasons"]


def test_no_number_and_no_strange_sign_is_put_aside():
    for text in ("剛從圖書館回來 113590051", "剛從圖書館回來 👎", "剛從圖書館回來 ❌"):
        assert pressed(text)["flagged"], text


def test_words_of_a_language_that_it_never_met_are_not_judged():
    clause = "saya kurang yakin tentang nomor paspor itu"
    assert not can_judge(clause)
    assert weigh(clause, "confirm").chance >= 0.5
    assert pressed(clause)["flagged"]


def test_a_proof_with_chat_is_a_proof_and_money_for_another_is_not():
    def paid(text: str) -> dict:
        return hear(Said(text, "payment_receipt", "may", thread="slip_mail", files=(PHOTO,)))

    assert paid("已繳費，附上證明。樓下小七的店員教我怎麼用機器")["reasons"] == []
    assert paid("已繳費，附上證明。室友那份也算在這張裡面")["flagged"]


def test_explain_tells_the_clause_its_chance_and_what_said_so():
    (told,) = pressed("我以為是別的活動的通知信")["unread"]
    assert told["clause"] == "我以為是別的活動的通知信"
    assert told["chance"] > 0.1
    assert told["grams"]


@pytest.fixture(scope="module")
def acted_on() -> list[Labelled]:
    """Of what the weights have learned from, each clause beside its errand as a whole mail."""
    return [one for one in HEARD if is_acted_on(one)]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_no_clause_that_matters_confirms_anything(acted_on: list[Labelled]):
    assert not [one.text for one in acted_on if one.errand == "confirm"]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_hardly_any_clause_that_matters_is_passed_over(acted_on: list[Labelled]):
    """Every word of these few is one that the rules take for understood."""
    assert len(acted_on) < 0.01 * len(HEARD), [one.text for one in acted_on]


def test_the_weights_were_learned_from_these_clauses():
    told = "\n".join(f"{x.writer}|{x.errand}|{x.matters}|{x.text}" for x in all_clauses())
    assert weights().learned_from == hashlib.sha256(told.encode()).digest()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_command_makes_these_weights():
    """To one step in a few places: another processor may round otherwise. What a score means is
    measured on writers left out, which takes six times as long: taken from the file here."""
    spec = importlib.util.spec_from_file_location(
        "train_reading", ROOT / "benchmarks" / "train_reading.py"
    )
    assert spec
    assert spec.loader
    module = sys.modules["train_reading"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    kept = FILE.read_bytes()
    made = module.packed(all_clauses(), (weights().slope, weights().offset))
    differ = [i for i, (a, b) in enumerate(zip(made, kept, strict=True)) if a != b]
    assert len(differ) <= 100
