"""The five who always come: each story from the form to its end, through real mailboxes."""

from email.message import EmailMessage

from servers.office import ANNE, BART, CRIS, DIRK, EVA
from stories.cast import Student, needs_eyes
from stories.running import RunningOffice

from mailflow.person import Field
from mailflow.workflow import State


@needs_eyes
def test_anne_confirms_and_pays(office: RunningOffice):
    # guide: 如資料無誤，請點撃信件內之「確認資料無誤」按鍵；
    # guide: 如資料無誤，請於9/22(一)前完成繳費。
    # guide: 於9/22(一)前上傳繳費證明至表單以資證明已繳費。
    # guide: 於9/22(一)前上傳繳費證明至表單
    # guide: 完成報名!!
    anne = Student(office, ANNE)
    anne.registers()
    anne.presses(anne.gets("data_confirmation"))
    slip = anne.gets("payment_slip")
    assert "600" in slip.text
    assert anne.account in slip.text
    anne.replies(slip, "老師好，附上繳費證明，謝謝。", picture=anne.transfer())
    anne.gets("proof_accepted")
    anne.reaches(State.COMPLETE)
    assert anne.kinds() == ["data_confirmation", "form_receipt", "payment_slip", "proof_accepted"]
    assert anne.queue == []


def test_bart_corrects_twice_and_confirms_what_he_was_shown_last(office: RunningOffice):
    """如有錯誤資料，請回信告知，並至表單回條修改資料。"""
    bart = Student(office, BART)
    first = bart.is_asked()
    bart.replies(first, "老師好，手機打錯了\n手機：0900-000-222")
    second = bart.gets("data_changed")
    assert "0900000102" in second.text  # what it was …
    assert "0900000222" in second.text  # … and what it is now
    bart.replies(second, "不好意思，還有一個要改\n考區：臺中")
    third = bart.gets("data_changed", count=2)
    assert len({first.token, second.token, third.token}) == 3
    bart.presses(third)
    bart.gets("payment_slip")
    assert bart.case.data_version == 3
    assert bart.case.data[Field.PHONE] == "0900000222"
    assert bart.case.data[Field.EXAM_AREA] == "臺中"
    assert bart.queue == []


@needs_eyes
def test_cris_pays_too_little_and_is_asked_again_by_staff(office: RunningOffice):
    cris = Student(office, CRIS)
    slip = cris.is_billed()
    cris.replies(slip, "附上繳費證明", picture=cris.transfer(500))
    item = cris.waits_for_staff()
    assert item.event == "proof"
    assert cris.case.state is State.BILLED
    office.desk.reject(item.id, why="amount too small")
    unclear = cris.gets("proof_unclear")
    assert cris.case.state is State.BILLED
    office.jump(minutes=10)  # she pays once more: another minute, another number
    cris.replies(unclear, "附上繳費證明", picture=cris.transfer(600))
    cris.gets("proof_accepted")
    assert office.audit(item.id) == [("clerk", "reject")]


def test_dirk_has_left_and_staff_hear_of_it(office: RunningOffice):
    """確認信箱收到回條 沒收到=沒有成功、填錯信箱"""
    dirk = Student(office, DIRK)
    dirk.registers()
    office.until(lambda: office.queue(case_id=dirk.case.id))
    office.quiet()
    assert dirk.case.state is State.ASKED
    bounced = [letter.state for letter in office.outbox() if letter.case_id == dirk.case.id]
    assert "bounced" in bounced
    assert all(reasons[0].startswith("bounce") for reasons in dirk.queue)
    assert dirk.case.unreachable
    if any(item.kind == "mail" for item in office.queue(case_id=dirk.case.id)):
        office.desk.ask(_mail_item(dirk).id, why="phoned him", note="請改用別的信箱")
        held = dirk.waits_for_staff("address_unreachable")
        assert held.kind == "letter"


def _mail_item(student: Student):
    items = student.office.queue(case_id=student.case.id)
    return next(item for item in items if item.kind == "mail")


def test_evas_autoresponder_is_never_answered_and_confirms_nothing(office: RunningOffice):
    eva = Student(office, EVA)
    letter = eva.is_asked()
    for header in ({"Auto-Submitted": "auto-replied"}, {"X-Autoreply": "yes"}):
        eva.sends(_out_of_office(eva, letter, header))
    office.quiet()
    assert eva.case.state is State.ASKED
    assert eva.kinds() == ["data_confirmation", "form_receipt"]
    eva.presses(letter)
    eva.gets("payment_slip")


def _out_of_office(eva: Student, letter, header: dict[str, str]) -> EmailMessage:
    """As good as any: it quotes the letter, button and all, in a reply to it."""
    message = eva.mail(letter.reply_to, f"自動回覆: {letter.subject}")
    message["In-Reply-To"] = letter.message_id
    for name, value in header.items():
        message[name] = value
    message.set_content(f"我正在國外，無法收信。\n\n{letter.text}")
    return message
