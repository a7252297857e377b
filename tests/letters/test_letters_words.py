"""What the letters say, in both languages, and what the button opens."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from letters_cast import ANNE, NOW, OFFICE, TO_STUDENTS, Send, opened

from mailflow.campaign import Campaign, Links
from mailflow.letters import Composer, LetterData, LetterError, default_templates
from mailflow.letters.mailto import mailto
from mailflow.mail.tags import find_tags
from mailflow.person import BASIC, LABELS, Field
from mailflow.workflow import Letter

WITH_BUTTON = (Letter.DATA_CONFIRMATION, Letter.DATA_CHANGED, Letter.PRESS_BUTTON)
CHINESE, ENGLISH = re.compile("[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}")


def links_in(html: str) -> list[str]:
    return [unescape(href) for href in re.findall(r'href="(mailto:[^"]*)"', html)]


@pytest.mark.parametrize("letter", list(Letter))
def test_every_letter_speaks_chinese_first_and_english_below(
    send: Send, full: LetterData, letter: Letter
) -> None:
    message, text, html = opened(send(letter, full))
    for part in (str(message["Subject"]), text, html):
        chinese, english = CHINESE.search(part), ENGLISH.search(part.split("</style>")[-1])
        assert chinese
        assert english or part is not text
    assert text.index("您好") < text.index("Dear ")
    assert html.index("您好") < html.index("Dear ")
    assert "國立臺北科技大學" in text
    assert len(html.encode()) < 60_000  # mail programs clip above 100 kB


@pytest.mark.parametrize("letter", TO_STUDENTS)
def test_the_subject_names_the_case_and_no_personal_number(
    send: Send, full: LetterData, letter: Letter
) -> None:
    subject = send(letter, full).subject
    assert "[iPAS114-0007]" in subject
    for name in (Field.NATIONAL_ID, Field.PHONE, Field.STUDENT_NO, Field.BIRTH_DATE):
        assert ANNE[name] not in subject
    tags = find_tags((), subject, OFFICE)
    assert tags.case_numbers == ("iPAS114-0007",)
    assert tags.confirm_token is None


@pytest.mark.parametrize("letter", WITH_BUTTON)
def test_the_button_opens_the_mail_that_confirms(
    send: Send, full: LetterData, letter: Letter
) -> None:
    """如資料無誤，請點撃信件內之「確認資料無誤」按鍵；"""
    _, text, html = opened(send(letter, full))
    href, *others = links_in(html)
    assert not any("+c." in unquote(other) for other in others)
    assert href in text  # the plain text carries the same link
    assert "確認資料無誤" in html
    assert "+" not in href.partition("?")[2]
    parts = urlsplit(href)
    to, query = unquote(parts.path), parse_qs(parts.query)
    assert to == f"ipas+c.{full.token.lower()}@example.edu.tw"
    assert query == {
        "subject": [f"[iPAS114-0007 確認 {full.token}]"],
        "body": ["我已確認資料無誤"],
    }
    tags = find_tags((to,), query["subject"][0], OFFICE)
    assert (tags.confirm_token, tags.confirm_case) == (full.token, "iPAS114-0007")


def test_the_longest_plausible_link_stays_below_what_windows_cuts(
    campaign: Campaign, full: LetterData
) -> None:
    office = f"{'o' * 24}@{'h' * 60}.example.edu.tw"
    composer = Composer(default_templates(), campaign, office=office, sender_name="研發處")
    data = replace(full, token="Z" * 35, case="LONGPREFIX114-000001")
    for letter in (*WITH_BUTTON, Letter.REGISTRATION_FORM):
        rendered = composer.compose(
            letter, data, to="anne@example.org", message_id="<a@b>", now=NOW
        )
        for href in links_in(opened(rendered)[2]):
            assert len(href) < 1_900
            assert href.isascii()


def test_a_link_that_would_be_cut_is_refused() -> None:
    with pytest.raises(ValueError, match="bytes"):
        mailto(OFFICE, subject="報名", body=["資料" * 110])


def test_new_lines_and_blanks_are_written_as_rfc_6068_says() -> None:
    href = mailto("a+b@example.org", subject="a b&c", body=["姓名：", "x y"])
    assert href == (
        "mailto:a+b@example.org?subject=a%20b%26c&body=%E5%A7%93%E5%90%8D%EF%BC%9A%0D%0Ax%20y"
    )


@pytest.mark.parametrize("letter", WITH_BUTTON)
def test_a_letter_with_a_button_shows_all_data_that_it_confirms(
    send: Send, full: LetterData, letter: Letter
) -> None:
    """請確認填寫的報名資料是否正確"""
    _, text, html = opened(send(letter, full))
    for name in BASIC:
        for part in (text, html):
            assert LABELS[name] in part
            assert ANNE[name] in part


def test_the_confirmation_tells_the_price_of_a_wrong_certificate(
    send: Send, full: LetterData
) -> None:
    _, text, html = opened(send(Letter.DATA_CONFIRMATION, full))
    assert "600 元" in text
    assert "NT$ 600" in text
    assert "600 元" in html
    assert "個人資料蒐集告知（第 1 版" in text
    assert "個人資料蒐集告知（第 1 版" in html


def test_a_change_stands_side_by_side(send: Send, full: LetterData) -> None:
    _, text, html = opened(send(Letter.DATA_CHANGED, full))
    assert "原資料 Before：0911222333\n    新資料 Now：0912345678" in text
    assert html.index("0911222333") < html.index("0912345678")


def test_the_slip_says_all_that_is_needed_to_pay(send: Send, full: LetterData) -> None:
    for letter in (Letter.PAYMENT_SLIP, Letter.PROOF_UNCLEAR, Letter.REMINDER):
        _, text, html = opened(send(letter, full))
        for part in (text, html):
            for piece in ("安妮", "AI應用規劃師 初級", "NT$ 1,200", "004", "99990000111122"):
                assert piece in part
            assert "2025 年 9 月 22 日（星期一）" in part
            assert "Mon, 22 September 2025" in part


def test_a_reminder_asks_for_what_is_still_open(send: Send, full: LetterData) -> None:
    _, asked, html = opened(send(Letter.REMINDER, replace(full, slip=None)))
    assert links_in(html)
    assert "還沒有完成確認" in asked
    billed_letter = send(Letter.REMINDER, replace(full, token=None))
    _, billed, html = opened(billed_letter)
    assert not links_in(html)
    assert "99990000111122" in billed
    assert "繳費" in billed_letter.subject


@pytest.mark.parametrize("open_now", ["token", "slip"])
@pytest.mark.parametrize(
    ("leaves_on", "zh", "en"),
    [
        (19, "從 2025 年 9 月 19 日（星期五）算起，還有 3 天", "3 days left, counted from Fri"),
        (21, "從 2025 年 9 月 21 日（星期日）算起，只剩 1 天", "1 day left, counted from Sun"),
        (22, "就在今天（2025 年 9 月 22 日（星期一））截止", "it ends today, Mon, 22 September"),
    ],
)
def test_a_reminder_says_how_long_is_left_on_the_day_it_leaves(
    send: Send, full: LetterData, open_now: str, leaves_on: int, zh: str, en: str
) -> None:
    other = {"token": {"slip": None}, "slip": {"token": None}}[open_now]
    data = replace(full, leaves_on=date(2025, 9, leaves_on), **other)
    for part in opened(send(Letter.REMINDER, data))[1:]:
        words = re.sub(r"<[^>]*>", "", part)
        assert zh in words
        assert en in words


def test_a_reminder_counts_to_the_deadline_that_staff_named(send: Send, full: LetterData) -> None:
    later = datetime(2025, 10, 1, 23, 59, tzinfo=UTC)
    data = replace(full, pay_until=later, leaves_on=date(2025, 9, 29))
    assert "還有 3 天" in opened(send(Letter.REMINDER, data))[1]  # in Taipei it is October 2nd


@pytest.mark.parametrize("letter", [Letter.PRESS_BUTTON, Letter.REFUND_OUTSIDE])
def test_what_is_said_again_says_so_and_whom_to_ask(
    send: Send, full: LetterData, campaign: Campaign, letter: Letter
) -> None:
    _, first, html = opened(send(letter, full))
    assert "先前已經寫信" not in first + html
    for part in opened(send(letter, replace(full, is_again=True)))[1:]:
        assert "先前已經寫信" in part
        assert "請直接回覆這封信說明" in part
        assert "We have told you this before" in part
        assert campaign.phone in part


def test_completion_carries_the_links_and_leaves_out_empty_ones(
    campaign: Campaign, full: LetterData
) -> None:
    only_line = Links(line_group="https://line.example.org/114-2")
    both = Links(line_group=only_line.line_group, courses="https://www.example.edu.tw/courses")
    for links, courses in ((both, True), (only_line, False)):
        round_ = campaign.model_copy(update={"links": links})
        composer = Composer(default_templates(), round_, office=OFFICE, sender_name="研發處")
        rendered = composer.compose(
            Letter.PROOF_ACCEPTED, full, to="anne@example.org", message_id="<a@b>", now=NOW
        )
        _, text, html = opened(rendered)
        for part in (text, html):
            assert only_line.line_group in part
            assert (both.courses in part) is courses
            assert ("校內相關課程" in part) is courses


def test_reasons_of_a_proof_are_told_in_words_once(send: Send, full: LetterData) -> None:
    codes = ("amount_differs", "barcode_amount_differs", "account_unreadable", "some_new_code")
    _, text, html = opened(send(Letter.PROOF_UNCLEAR, replace(full, reasons=codes)))
    assert text.count("與您的繳費單金額不同") == 1
    assert "看不清楚轉入" in html
    assert "some_new_code" not in text + html
    _, text, _ = opened(send(Letter.PROOF_UNCLEAR, replace(full, reasons=("some_new_code",))))
    assert "還不能由這份檔案確認" in text


@pytest.mark.parametrize(
    ("letter", "by_bank", "by_picture"),
    [
        (Letter.PROOF_ACCEPTED, "銀行已確認收到您的款項", "您的繳費證明已經收到"),
        (Letter.PROOF_UNCLEAR, "我們與銀行對帳後", "謝謝您的來信"),
    ],
)
def test_a_letter_names_the_bank_only_when_the_bank_has_said_so(
    send: Send, full: LetterData, letter: Letter, by_bank: str, by_picture: str
) -> None:
    for reasons, said, unsaid in (
        (("settled", "underpaid"), by_bank, by_picture),
        (("amount_differs",), by_picture, by_bank),
    ):
        _, text, html = opened(send(letter, replace(full, reasons=reasons)))
        for part in (text, html):
            assert said in part
            assert unsaid not in part


def test_the_form_can_be_filled_in_and_names_what_was_missing(send: Send) -> None:
    _, text, html = opened(send(Letter.REGISTRATION_FORM, LetterData(case="")))
    assert "缺少" not in text
    assert all(f"\n{label}：\n" in text for label in LABELS.values())
    (href,) = links_in(html)
    body = parse_qs(urlsplit(href).query)["body"][0]
    assert body.split("\r\n") == [f"{label}：" for label in LABELS.values()]
    asked = LetterData(case="", missing=(Field.PHONE, Field.ADDRESS))
    _, text, html = opened(send(Letter.REGISTRATION_FORM, asked))
    for part in (text, html):
        assert "手機 Mobile phone" in part
        assert "Mobile phone, Postal address" in part


def test_what_staff_write_arrives_with_its_lines(send: Send, full: LetterData) -> None:
    note = "第一行 <b>\n第二行\u202e"
    _, text, html = opened(send(Letter.STAFF_NOTE, replace(full, note=note)))
    assert "第一行 <b>\n第二行\n" in text
    assert "第一行 &lt;b&gt;\n第二行" in html


def test_rare_characters_of_a_name_survive(send: Send, full: LetterData) -> None:
    name = "林\ue000𠮷\U000e0100"
    data = replace(full, registration=ANNE.with_changes({Field.NAME_ZH: name}))
    _, text, html = opened(send(Letter.PAYMENT_SLIP, data))
    assert name in text
    assert name in html


@pytest.mark.parametrize(
    ("letter", "lacking"),
    [
        (Letter.DATA_CONFIRMATION, {"token": None}),
        (Letter.DATA_CHANGED, {"changes": ()}),
        (Letter.PAYMENT_SLIP, {"slip": None}),
        (Letter.PROOF_UNCLEAR, {"reasons": ()}),
        (Letter.REMINDER, {"token": None, "slip": None}),
        (Letter.STAFF_NOTE, {"note": ""}),
        (Letter.FORM_RECEIPT, {"case": ""}),
        (Letter.ABANDONED, {"registration": None}),
    ],
)
def test_a_letter_that_lacks_its_point_is_not_written(
    send: Send, full: LetterData, letter: Letter, lacking: dict[str, object]
) -> None:
    with pytest.raises(LetterError, match=next(iter(lacking))):
        send(letter, replace(full, **lacking))


def test_weekdays_are_told_right_for_a_whole_week(send: Send, full: LetterData) -> None:
    for offset, (zh, en) in enumerate(zip("一二三四五六日", _ENGLISH, strict=True)):
        due = date(2025, 9, 22 + offset)
        slip = replace(full.slip, due_on=due)
        _, text, _ = opened(send(Letter.PAYMENT_SLIP, replace(full, slip=slip)))
        assert f"9 月 {due.day} 日（星期{zh}） {en}, {due.day} September 2025" in text


_ENGLISH = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@pytest.mark.parametrize("letter", [Letter.PROOF_UNCLEAR, Letter.PRESS_BUTTON])
def test_what_staff_add_by_hand_arrives_in_both_parts(
    send: Send, full: LetterData, letter: Letter
) -> None:
    _, text, html = opened(send(letter, full))
    for part in (text, html):
        assert "承辦人補充 From our staff：請攜帶學生證。" in part
    _, text, html = opened(send(letter, replace(full, note="")))
    assert "From our staff" not in text + html


def test_a_differing_amount_is_told_with_the_amount_of_the_slip(
    send: Send, full: LetterData
) -> None:
    _, text, html = opened(send(Letter.PROOF_UNCLEAR, full))
    for part in (text, html):
        assert "繳費單金額為 NT$ 1,200" in part
        assert "Your slip says NT$ 1,200." in part


def test_the_english_part_greets_by_the_english_name(send: Send, full: LetterData) -> None:
    for letter in set(TO_STUDENTS) - {Letter.REGISTRATION_FORM, Letter.STAFF_NOTE}:
        _, text, html = opened(send(letter, full))
        assert "安妮 同學" in text
        assert "Dear AN, NI," in text
        assert "Dear AN, NI," in html
