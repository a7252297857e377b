"""The money back: invitation, application, account, verification, list, payment."""

from dataclasses import replace
from datetime import date

import pytest
from aftercare.after_office import AI, PICTURE, AfterOffice, next_round, rules_of

from mailflow.aftercare import RefundState
from mailflow.desk import DeskError
from mailflow.desk.enrolling import import_enrolment
from mailflow.desk.paying import (
    ask_account,
    confirm_account,
    enter_account,
    paid,
    payout,
    payout_again,
    returned,
)
from mailflow.desk.refunding import (
    Earlier,
    close_window,
    invite,
    listing,
    refuse,
    reopen,
    verify,
)
from mailflow.desk.results import import_results
from mailflow.settlement import BankLine, Basis, Share
from mailflow.sheets import EnrolmentRow
from mailflow.store import bank, lookup
from mailflow.store.credits import credit
from mailflow.store.payees import PayeeError
from mailflow.store.tables import Folder

FIRST = "人工智慧基礎概論"


def verified(office: AfterOffice, place: int = 0) -> str:
    number = office.applied(place)
    assert office.tells_own_account(number, f"90123456789{place}") is None
    verify(office.does(), [number], why="seen")
    return number


# The invitation


def test_only_those_who_passed_are_invited_and_not_before_the_day(office: AfterOffice):
    """團報負責人寄送信件通知填資料申請費用(11/27後); 獲得證書者才能將自己繳的錢拿回去!!"""
    anne, bart = office.completes(0), office.completes(1)
    office.on(2025, 11, 20)
    office.told((anne, 80, 80), (bart, 58, 82))
    office.on(2025, 11, 27)
    with pytest.raises(DeskError, match="2025-11-28"):
        invite(office.does())
    office.on(2025, 11, 28)
    assert invite(office.does(), dry_run=True).done == [anne]
    assert office.refund(anne).state is RefundState.UNINVITED
    assert invite(office.does()).done == [anne]
    assert invite(office.does()).done == []
    kind, text = office.letters(anne)[-1]
    assert kind == "refund_invitation"
    assert "收件到 2026 年 2 月 23 日" in text
    assert "逾時不候" in text
    assert office.kinds(bart) == ["exam_result"]


# The application


def test_an_application_with_a_certificate_is_kept_and_put_before_staff(office: AfterOffice):
    anne = office.applied()
    assert office.refund(anne).state is RefundState.APPLIED
    (item,) = office.items(anne)
    assert (item.kind, item.reasons) == ("refund", ("refund_applied",))
    assert office.kinds(anne)[-1] == "refund_received"
    (line,) = listing(office.does(), [RefundState.APPLIED])
    assert (line.own, line.doubts) == (600, ())


def test_an_application_before_the_window_is_told_to_wait(office: AfterOffice):
    anne = office.completes()
    office.on(2025, 11, 20)
    office.told((anne, 80, 80))
    assert office.applies(anne) is None
    assert office.applies(anne, PICTURE + b"2") is None  # and not told twice a day
    assert office.kinds(anne) == ["exam_result", "refund_outside"]
    assert "2025 年 11 月 28 日" in office.letters(anne)[-1][1]
    assert office.refund(anne).state is RefundState.UNINVITED


def test_an_application_after_the_window_is_void(office: AfterOffice):
    """收件時間1個月，逾時不候."""
    anne = office.invited()
    office.on(2026, 2, 24, hour=8)
    assert office.applies(anne) is None
    kind, text = office.letters(anne)[-1]
    assert kind == "refund_outside"
    assert "2026 年 2 月 23 日" in text
    assert office.refund(anne).state is RefundState.INVITED


def test_who_applies_too_late_again_and_again_is_answered_by_a_person_at_last(office: AfterOffice):
    anne = office.invited()
    for day, content in ((24, b"one"), (25, b"two")):
        office.on(2026, 2, day)
        assert office.applies(anne, PICTURE + content) is None
    office.on(2026, 2, 26)
    held = office.applies(anne, PICTURE + b"three")
    assert held
    assert held.reasons == ("application_late", "told_twice")
    first, second = [text for kind, text in office.letters(anne) if kind == "refund_outside"]
    assert "先前已經寫信" not in first
    assert "先前已經寫信" in second


def test_the_last_minute_of_the_last_day_is_in_time(office: AfterOffice):
    anne = office.invited()
    office.on(2026, 2, 23, hour=23)
    assert office.applies(anne) is None
    assert office.refund(anne).state is RefundState.APPLIED


def test_who_has_not_passed_is_answered_by_a_person(office: AfterOffice):
    bart = office.completes(1)
    office.on(2025, 12, 1)
    office.told((bart, 58, 82))
    held = office.applies(bart)
    assert held
    assert held.reasons == ("application_while_kept",)
    assert office.kinds(bart) == ["exam_result"]


def test_somebody_elses_certificate_is_seen(office: AfterOffice):
    anne, bart = office.invited(0), office.invited(1)
    office.on(2026, 2, 2)
    office.applies(anne)
    office.applies(bart)
    told = {line.number: line.doubts for line in listing(office.does())}
    assert told == {anne: (), bart: ("certificate_of_another_person",)}
    report = verify(office.does(), why="seen all")
    assert (report.done, report.skipped) == ([anne], {bart: "certificate_of_another_person"})
    assert verify(office.does(), [bart], why="she sent his by mistake, then hers").done == [bart]


def test_windows_that_ended_are_closed_with_a_letter(office: AfterOffice):
    anne, bart = office.invited(0), office.invited(1)
    office.on(2026, 2, 23)
    office.applies(bart)
    office.on(2026, 2, 24)
    assert close_window(office.does()).skipped == {anne: "mail_not_read_yet"}
    with office.store.write() as tx:
        tx.session.add(
            Folder(account="a", name="INBOX", uidvalidity=1, last_uid=9, compared_at=office.now)
        )
        tx.session.exec(_all_read())
    assert close_window(office.does(), dry_run=True).done == [anne]
    assert close_window(office.does()).done == [anne]
    assert close_window(office.does()).done == []
    assert office.refund(anne).state is RefundState.VOID
    assert office.kinds(anne)[-1] == "refund_outside"
    with pytest.raises(DeskError, match="reason"):
        reopen(office.does(), anne, why="")
    reopen(office.does(), anne, why="was in hospital")
    assert office.refund(anne).closes_on == date(2026, 3, 24)
    assert office.kinds(anne)[-1] == "refund_invitation"


def _all_read():
    from sqlmodel import update

    from mailflow.store.tables import Inbox

    return update(Inbox).values(state="applied", filed=True)


def test_a_refusal_says_why(office: AfterOffice):
    anne = office.applied()
    with pytest.raises(DeskError, match="one of"):
        refuse(office.does(), anne, reasons=["no such code"], why="x")
    with pytest.raises(DeskError, match="note"):
        refuse(office.does(), anne, reasons=["other"], why="x")
    refuse(office.does(), anne, reasons=["certificate_unreadable"], note="請重拍", why="blurred")
    kind, text = office.letters(anne)[-1]
    assert kind == "refund_refused"
    assert "無法清楚辨識" in text
    assert "請重拍" in text
    assert office.items(anne) == []
    assert ("clerk", "refuse") in office.audit(anne)
    assert reopen(office.does(), anne, why="sent again").endswith("=applied")


# The account


def test_the_account_is_told_once_through_the_button_and_shown_masked(office: AfterOffice):
    anne = office.applied()
    assert office.tells_own_account(anne) is None
    kind, text = office.letters(anne)[-1]
    assert kind == "payee_noted"
    assert "822 ********7890" in text
    assert "901234567890" not in text
    (line,) = listing(office.does())
    assert line.account == "822 ********7890"
    assert office.tells_own_account(anne) is None  # the same mail again: nothing more
    assert office.kinds(anne).count("payee_noted") == 1
    held = office.tells_own_account(anne, "111111111111")
    assert held
    assert held.reasons == ("account_token_used",)


def test_a_token_of_another_or_of_nobody_tells_no_account(office: AfterOffice):
    anne, bart = office.applied(0), office.applied(1)
    token = office.token(anne)
    stolen = office.tells(bart, "銀行代碼：822\n帳號：901234567890\n戶名：巴特", token=token)
    assert stolen
    assert stolen.reasons == ("account_token_of_another_case",)
    made_up = office.tells(anne, "銀行代碼：822\n帳號：901234567890\n戶名：安妮", token="A" * 32)
    assert made_up
    assert made_up.reasons == ("account_token_unknown",)
    office.on(2026, 6, 1)
    late = office.tells_own_account(anne)
    assert late
    assert late.reasons == ("account_token_expired",)


def test_a_doubtful_mail_tells_no_account(office: AfterOffice):
    anne = office.applied()
    text = "銀行代碼：822\n帳號：901234567890\n戶名：安妮"
    held = office.tells(anne, text, doubts=("sender_unregistered",))
    assert held
    (line,) = listing(office.does())
    assert line.account == ""


def test_an_account_in_another_name_waits_for_two_people(office: AfterOffice):
    anne = office.applied()
    assert office.tells(anne, "銀行代碼：822\n帳號：901234567890\n戶名：安妮的媽媽") is None
    (line,) = listing(office.does())
    assert (line.account, line.account_waits) == ("", True)
    assert "account_in_another_name" in line.doubts
    assert "waits for one more" in confirm_account(office.does("ming"), anne, why="called her")
    with pytest.raises(PayeeError, match="second person"):
        confirm_account(office.does("ming"), anne, why="again")
    assert "in force" in confirm_account(office.does("hua"), anne, why="seen the passbook")
    assert office.kinds(anne)[-1] == "payee_noted"
    assert [item.reasons for item in office.items(anne)] == [("refund_applied",)]


def test_the_same_account_for_two_students_waits_for_two_people(office: AfterOffice):
    anne, bart = office.applied(0), office.applied(1)
    office.tells_own_account(anne)
    office.tells_own_account(bart)
    told = {line.number: line.account_waits for line in listing(office.does())}
    assert told == {anne: False, bart: True}


def test_staff_enter_an_account_and_never_confirm_their_own(office: AfterOffice):
    anne = office.applied()
    with pytest.raises(DeskError, match="payee_account"):
        enter_account(office.does("ming"), anne, bank="822", account="1", holder="安妮", why="x")
    told = enter_account(
        office.does("ming"), anne, bank="700", account="00112233445566", holder="安妮", why="form"
    )
    assert told == f"{anne} 700 **********5566 waits for a second person"
    with pytest.raises(PayeeError, match="ming was the first"):
        confirm_account(office.does("ming"), anne, why="mine")
    confirm_account(office.does("hua"), anne, why="compared with the form")
    (line,) = listing(office.does())
    assert line.account == "700 **********5566"
    assert office.audit(anne)[-3:] == [
        ("ming", "payee entered"), ("hua", "payee confirmed"), ("hua", "payee"),
    ]  # fmt: skip


def test_a_changed_account_is_not_paid_to_before_two_people_have_seen_it(office: AfterOffice):
    anne = verified(office)
    ask_account(office.does(), anne, why="she has a new bank")
    assert office.tells_own_account(anne, "555566667777") is None
    with pytest.raises(DeskError, match="account_waits_for_a_second_person"):
        payout(office.does())
    confirm_account(office.does("ming"), anne, why="called")
    confirm_account(office.does("hua"), anne, why="called back")
    (row,) = payout(office.does()).rows
    assert "555566667777" in row


# Verification, list and payment


def test_a_batch_is_verified_listed_and_paid(office: AfterOffice):
    """團報承辦人確認資料後統一處理退費."""
    # guide: 考到證照，再把自己繳的拿回去
    anne, bart = verified(office, 0), office.applied(1)
    office.tells_own_account(bart, "222233334444")
    assert verify(office.does(), why="all seen", dry_run=True).done == [bart]
    assert verify(office.does(), why="all seen").done == [bart]
    assert office.items(anne) == office.items(bart) == []
    trial = payout(office.does(), dry_run=True)
    assert (trial.total, len(trial.rows)) == (1200, 2)
    assert office.refund(anne).state is RefundState.VERIFIED
    made = payout(office.does())
    assert (made.number, made.total) == ("114-2-R01", 1200)
    assert [row[1] for row in made.rows] == [anne, bart]
    assert made.rows[1][5:9] == ("822", "222233334444", "巴特", 600)
    assert payout_again(office.does(), "114-2-R01").rows == made.rows
    with pytest.raises(DeskError, match="nothing is ready"):
        payout(office.does())
    office.on(2026, 4, 1)
    with pytest.raises(DeskError, match="still to come"):
        paid(office.does(), "114-2-R01", on=date(2026, 4, 2), why="x")
    report = paid(office.does(), "114-2-R01", on=date(2026, 4, 1), why="accountant's note")
    assert report.done == [anne, bart]
    kind, text = office.letters(anne)[-1]
    assert kind == "refund_paid"
    assert "NT$ 600" in text
    assert "2026 年 4 月 1 日" in text
    again = paid(office.does(), "114-2-R01", on=date(2026, 4, 1), why="accountant's note")
    assert again.done == []
    assert office.kinds(anne).count("refund_paid") == 1


def test_where_the_bank_has_a_file_only_money_in_it_is_beyond_doubt(office: AfterOffice):
    """Nobody gets money back that never came."""
    anne, bart = office.applied(0), office.applied(1)
    lines = [
        BankLine(date(2025, 9, 20), amount, account=account)
        for amount, account in ((600, "95821140000000"), (500, "95821140000001"))
    ]
    with office.store.write() as tx:
        bank.take_in(
            tx, lines, campaign="114-2", name="september.csv", covers_until=date(2025, 9, 30),
            actor="clerk", now=office.now,
        )  # fmt: skip
    told = {line.number: line.doubts for line in listing(office.does())}
    assert told == {n: ("no_money_on_the_banks_file",) for n in (anne, bart)}
    with office.store.write() as tx:
        for line in bank.open_lines(tx, "114-2"):
            number = anne if line.line.amount == 600 else bart
            credit(
                tx, line.id, Share(number, line.line.amount), basis=Basis.ACCOUNT,
                case_id=lookup.by_number(tx, number) or "", actor="clerk", now=office.now,
            )  # fmt: skip
    told = {line.number: line.doubts for line in listing(office.does())}
    assert told == {anne: (), bart: ("bank_has_another_sum",)}
    assert verify(office.does(), why="all seen").done == [anne]


def test_nothing_is_listed_without_an_account(office: AfterOffice):
    anne, bart = verified(office, 0), office.applied(1)
    verify(office.does(), [bart], why="seen")
    made = payout(office.does())
    assert [row[1] for row in made.rows] == [anne]
    assert made.left_out == {bart: "account_missing"}
    assert office.refund(bart).state is RefundState.VERIFIED


def test_money_that_came_back_needs_a_new_account_seen_by_two(office: AfterOffice):
    anne, bart = verified(office, 0), verified(office, 1)
    payout(office.does())
    office.on(2026, 4, 1)
    report = paid(office.does(), "114-2-R01", on=date(2026, 4, 1), why="list", besides=[anne])
    assert (report.done, report.skipped) == ([bart], {anne: "returned"})
    assert office.kinds(anne)[-1] == "payee_request"
    assert office.refund(anne).state is RefundState.VERIFIED
    office.tells_own_account(anne, "777788889999")
    (line,) = listing(office.does(), [RefundState.VERIFIED])
    assert (line.account, line.account_waits) == ("", True)
    confirm_account(office.does("ming"), anne, why="called")
    confirm_account(office.does("hua"), anne, why="called")
    assert payout(office.does()).number == "114-2-R02"
    with pytest.raises(DeskError, match="unlist_while_refunded"):
        returned(office.does(), bart, why="too late")


def test_every_decision_needs_a_reason(office: AfterOffice):
    anne = office.applied()
    for decide in (
        lambda: verify(office.does(), [anne], why=" "),
        lambda: refuse(office.does(), anne, reasons=["other"], note="x", why=""),
        lambda: confirm_account(office.does(), anne, why=""),
        lambda: ask_account(office.does(), anne, why=""),
        lambda: paid(office.does(), "x", on=date(2026, 1, 1), why=""),
    ):
        with pytest.raises(DeskError, match="--why"):
            decide()


# The retake


def retaken(office: AfterOffice, *, enrolled: bool | None = True) -> tuple[str, str]:
    """Bart keeps a subject, retakes the other in spring, passes and applies."""
    first = office.completes(1)
    office.on(2025, 11, 20)
    office.told((first, 58, 82))
    changes = {"refund": office.rules.campaign.refund.model_copy(
        update={"invite_after": date(2026, 6, 1)})}  # fmt: skip
    spring = rules_of(next_round().model_copy(update=changes))
    office.rules = replace(office.rules, campaign=spring.campaign, composer=spring.composer)
    office.on(2026, 3, 2)
    again = office.completes(1, subjects=FIRST, retake="是")
    office.on(2026, 6, 2)
    row = replace(office.row(again, 75), exam_on=date(2026, 5, 16))
    import_results(office.does(), [row])
    if enrolled is not None:
        student = office.case(again).data["student_no"]
        import_enrolment(office.does(), [EnrolmentRow(student, enrolled)], as_of=date(2026, 5, 1))
    invite(office.does())
    assert office.applies(again) is None
    return first, again


def test_a_successful_retake_gets_the_earlier_half_back_too(office: AfterOffice):
    """如補考成功（以一次為限，考證時需在學），還可以把之前繳的半額報名費拿回來."""
    first, again = retaken(office)
    (line,) = listing(office.does())
    assert (line.own, line.earlier, line.doubts) == (300, 600, ())
    verify(office.does(), why="seen")
    refund = office.refund(again)
    assert (refund.total, refund.earlier_case_id) == (900, office.case(first).id)
    office.tells_own_account(again)
    made = payout(office.does())
    assert made.total == 900
    assert made.rows[0][-1] == f"{AI} 報名費 300＋補考前 600"


def test_who_is_not_enrolled_gets_no_earlier_half(office: AfterOffice):
    """考證時需在學."""
    _, again = retaken(office, enrolled=False)
    (line,) = listing(office.does())
    assert (line.earlier, line.doubts) == (0, ("not_enrolled",))
    assert verify(office.does(), why="seen").skipped == {again: "not_enrolled"}
    with pytest.raises(DeskError, match="--without-earlier"):
        verify(office.does(), [again], why="seen")
    verify(office.does(), [again], why="seen", earlier=Earlier())
    assert office.refund(again).total == 300


def test_without_an_enrolment_list_a_person_says_which_half_is_paid_back(office: AfterOffice):
    first, again = retaken(office, enrolled=None)
    (line,) = listing(office.does())
    assert line.doubts == ("enrolment_unknown",)
    anne = office.completes(0)
    with pytest.raises(DeskError, match="same person"):
        verify(office.does(), [again], why="seen", earlier=Earlier(anne))
    verify(office.does(), [again], why="student card seen", earlier=Earlier(first))
    assert office.refund(again).total == 900


def test_the_earlier_half_is_paid_back_once_only(office: AfterOffice):
    """以一次為限."""
    first, _ = retaken(office)
    verify(office.does(), why="seen")
    third = office.completes(1, subjects=FIRST, retake="是")
    row = replace(office.row(third, 90), exam_on=date(2026, 5, 17))
    import_results(office.does(), [row])
    invite(office.does())
    office.applies(third, PICTURE + b"3")
    (line,) = listing(office.does(), [RefundState.APPLIED])
    assert line.earlier == 0
    assert "earlier_half_refunded_before" in line.doubts
    with pytest.raises(DeskError, match="once only"):
        verify(office.does(), [third], why="seen", earlier=Earlier(first))


def test_an_enrolment_list_again_changes_nothing(office: AfterOffice):
    office.on(2026, 3, 2)
    rows = [EnrolmentRow("113590001", True), EnrolmentRow("113590002", False)]
    assert import_enrolment(office.does(), rows, as_of=date(2026, 3, 1), dry_run=True) == (2, 0)
    assert import_enrolment(office.does(), rows, as_of=date(2026, 3, 1)) == (2, 0)
    assert import_enrolment(office.does(), rows, as_of=date(2026, 3, 1)) == (0, 0)
    changed = [EnrolmentRow("113590001", False)]
    assert import_enrolment(office.does(), changed, as_of=date(2026, 3, 1)) == (0, 1)
