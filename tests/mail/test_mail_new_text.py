# ruff: noqa: E501 - lines of mail stand as programs write them
"""What is new in a mail, what is quoted, what is hidden, and what was answered where."""

import time

import pytest
from mail_cast import (
    LETTER,
    OFFICE,
    PREFILLED,
    QUOTED,
    both,
    html,
    mail,
    multipart,
    part,
    plain,
    rich,
    text,
)
from pace import slower

from mailflow.mail import read

HEADER = "研發處 <office@example.org> 於 2025年9月16日 週二 上午10:44寫道："


def test_answers_between_quoted_lines_are_joined_and_know_their_question() -> None:
    message = plain(
        f"錯的地方寫在下面\n\n{HEADER}\n\n> 中文姓名：林安妮\n> 手機：0900000000\n\n→ 0900-345-678\n\n"
        "> 地址：臺北市\n改為：新北市\n> 考區：臺北\n"
    )
    assert message.new_text == "錯的地方寫在下面\n→ 0900-345-678\n改為：新北市"
    assert message.answers == (
        ("手機：0900000000", "→ 0900-345-678"),
        ("地址：臺北市", "改為：新北市"),
    )


def test_an_answer_below_a_blank_quoted_line_belongs_to_the_line_above_it() -> None:
    message = plain(f"{HEADER}\n> 考區：臺北\n>\n改臺南\n> 謝謝")
    assert message.answers == (("考區：臺北", "改臺南"),)


def test_words_right_above_the_header_of_a_quote_are_not_part_of_it() -> None:
    message = plain(f"手機 0900-111-222\n{HEADER}\n{QUOTED}")
    assert message.new_text == "手機 0900-111-222"


def test_answers_in_html_between_the_blocks_of_gmail() -> None:
    message = rich(
        '<div>如下</div><div class="gmail_quote"><div class="gmail_attr">研發處 寫道：</div>'
        "<blockquote><div>手機：0900000000</div></blockquote><div>→ 0900-345-678</div>"
        "<blockquote><div>考區：臺北</div></blockquote></div>"
    )
    assert message.new_text == "如下\n→ 0900-345-678"
    assert message.answers == (("手機：0900000000", "→ 0900-345-678"),)


@pytest.mark.parametrize(
    "words",
    [
        "老師寫道：資料要改",
        "生日: 2004/1/2\n手機: 0900\n地址: 台北",
        "From: 台北\nTo: 高雄\n考區要改",
        "我寫了一封信：\n1. 改手機",
        "日期：2004-01-02\n主旨：更正資料\n收件人：研發處\n我的生日錯了",
        "請改為：\n-----\n手機：0900000111\nEmail: a@example.org\n-----\n謝謝",
        "-- 更正 --\n手機 0900",
        ">_< 打錯了 手機是0900",
        "用手機傳送的證明已附",
        "來自手機的截圖，附件是收據",
        "下載 Outlook 後還是看不到附件",
        "Đã gửi từ hôm qua",
        "由我的帳戶轉出",
        "姓名： 林安妮\n從: 台北\n至: 台中\n日期: 9/16",
        "我的 email 改成\nnew@example.org",
        f"{PREFILLED}\n\n--\n手機要改成 0900-111-222",
        "好的\n林安妮 敬上",
    ],
)
def test_nothing_that_a_person_typed_gets_lost(words: str) -> None:
    assert plain(words).new_text == words


@pytest.mark.parametrize(
    "signature",
    [
        "-- \n林安妮\n資工系\nTel 0900-111-222",
        "--------------------------\n示範大學 實驗室\n碩士生 林安妮\nTel: 02-2700-0000\n-------------",
        "從我的 iPhone 傳送",
        "透過我的 Galaxy 傳送",
        "发自我的iPhone",
        "使用 K-9 Mail 寄送。來自我的 Android 裝置。",
        "取得 iOS 版 Outlook<https://aka.ms/o0ukef>",
        "Get Outlook for Android<https://aka.ms/AAb9ysg>",
        "Sent from my Samsung Galaxy smartphone.",
        "從 Windows 的郵件<https://go.microsoft.com/fwlink/?LinkId=1>傳送",
        "Đã gửi từ iPhone của tôi",
        "iPhoneから送信",
        "Dikirim dari iPhone saya",
        "來自我的 Android 裝置",
        "發自我的手機",
    ],
)
def test_signatures_of_programs_and_saved_blocks_are_out(signature: str) -> None:
    assert plain(f"資料都對\n\n{signature}\n").new_text == "資料都對"


def test_a_confirmation_only_in_the_quote_is_not_new() -> None:
    message = plain(f"收到\n\n{HEADER}\n{QUOTED}")
    assert message.new_text == "收到"
    assert PREFILLED in message.quoted_text


def test_a_quote_that_nothing_marks_is_doubtful() -> None:
    message = plain(f"收到\n\n<mailto:{'office@example.org'}?subject=%5BX%5D>\n{LETTER}")
    assert not message.new_text_certain


def test_an_own_line_glued_between_long_quoted_lines_is_doubtful() -> None:
    long = "> " + "很長的一行被郵件系統折斷了" * 3
    assert not plain(f"好\n\n{HEADER}\n{long}\n直接寄出即可。\n{long}").new_text_certain


def test_flowed_lines_are_joined() -> None:
    raw = mail(
        "This is one \nsentence.\n> quoted \n> too\nnext",
        kind="text/plain; charset=utf-8; format=flowed",
    )
    assert read(raw).new_text == "This is one sentence.\nnext"


def test_an_empty_plain_part_gives_way_to_the_html() -> None:
    assert both("\n\n", "<div>資料無誤</div>").new_text == "資料無誤"


def test_plain_and_html_that_disagree_are_told_and_the_visible_one_is_read() -> None:
    message = both(PREFILLED, "<div>生日錯了</div>")
    assert message.new_text == "生日錯了"
    assert "text and HTML say different things" in message.defects


SIGNED = '<div dir="ltr"><div>資料無誤</div><div class="gmail_signature">{}</div></div>'


def test_a_signature_that_only_html_marks_is_read_with_the_rest() -> None:
    message = both("資料無誤\n\n林安妮 敬上", SIGNED.format("林安妮 敬上"))
    assert not message.defects
    assert message.new_text == "資料無誤\n\n林安妮 敬上"


@pytest.mark.parametrize("signed", ["手機 0912000111", "很長的一段簽名，" * 5])
def test_numbers_and_long_words_that_only_html_calls_a_signature_are_told(signed: str) -> None:
    message = both(f"資料無誤\n\n{signed}", SIGNED.format(signed))
    assert "text and HTML say different things" in message.defects


def test_plain_and_html_that_agree_are_no_defect() -> None:
    message = both(
        "好 *謝謝* <https://example.org/a>\n[image: a.png]",
        '<div>好 <b>謝謝</b> <a href="https://example.org/a"></a></div><img src="cid:1" alt="a.png">',
    )
    assert message.defects == ()


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "DISPLAY : NONE !important",
        "visibility:hidden",
        "font-size:0",
        "font-size: 0px;",
        "color:#ffffff",
        "color: white",
        "color:rgb(255, 255, 255)",
        "color:transparent",
        "opacity:0",
        "max-height:0;overflow:hidden",
        "text-indent:-9999px",
        "position:absolute;left:-9999px",
        "mso-hide:all",
    ],
)
def test_hidden_text_confirms_nothing(style: str) -> None:
    message = rich(f'<div>生日錯了</div><div style="{style}">{PREFILLED}<b>!</b></div>')
    assert message.new_text == "生日錯了"
    assert PREFILLED in message.hidden_text


def test_text_hidden_by_a_style_sheet_or_attribute() -> None:
    message = rich(
        f"<style>p {{margin:0}} .x, #y {{ display : none }}</style><p>好</p><p class='a x'>{PREFILLED}"
        f"</p><p id=y>{PREFILLED}</p><p hidden>{PREFILLED}</p>"
    )
    assert message.new_text == "好"
    assert message.hidden_text.count(PREFILLED) == 3


def test_white_text_on_a_dark_ground_is_visible() -> None:
    assert rich('<div style="background:#222"><p style="color:#fff">好</p></div>').new_text == "好"


def test_comments_and_scripts_are_neither_visible_nor_words() -> None:
    message = rich(f"<!-- {PREFILLED} --><script>{PREFILLED}</script>好")
    assert (message.new_text, message.hidden_text) == ("好", "")


@pytest.mark.parametrize(
    "quote",
    [
        f'<div class="gmail_quote"><div class="gmail_attr">{HEADER}</div><blockquote>Q</blockquote></div>',
        '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>寄件者:</b> a</div>Q',
        "<div style='border-top:solid #E1E1E1 1pt'><p><b>From:</b> A &lt;a@example.org&gt;<br><b>Sent:"
        "</b> Tuesday<br><b>To:</b> b@example.org<br><b>Subject:</b> x</p></div>Q",
        '<div id="ydp1yahoo_quoted_65" class="ydp1yahoo_quoted"><div>A 在 2025 寫道：</div>Q</div>',
        '<div class="moz-cite-prefix">A 於 2025/9/16 寫道:</div><blockquote type="cite">Q</blockquote>',
        "<div>------------------&nbsp;原始邮件&nbsp;------------------</div><div>发件人: A</div>Q",
        "<div>-------- 原始郵件 --------</div><div>寄件人： A &lt;a@example.org&gt;</div>Q",
        '<div class="gmail_signature">林安妮<br>Tel 0900</div>',
        '<div id="ms-outlook-mobile-signature">取得 <a href="https://aka.ms/x">iOS 版 Outlook</a></div>',
    ],
)
def test_html_quotes_and_signatures(quote: str) -> None:
    body = quote.replace("Q", f"<p>林安妮 同學您好</p><p>{PREFILLED}</p>")
    message = rich(f"<div>手機改0900-111-222</div>{body}")
    assert message.new_text == "手機改0900-111-222"
    assert message.new_text_certain


def test_text_of_a_forwarded_message_is_not_new() -> None:
    raw = multipart(
        text("附上我收到的信"), part(mail(PREFILLED).decode(), "Content-Type: message/rfc822")
    )
    message = read(raw)
    assert message.new_text == "附上我收到的信"
    assert PREFILLED in message.quoted_text


def test_an_image_between_two_texts_does_not_hide_the_second() -> None:
    raw = multipart(
        text("附上"), part(b"\xff\xd8\xff\xe0 jpeg", "Content-Type: image/jpeg"), html("謝謝")
    )
    assert read(raw).new_text == "附上\n謝謝"


@pytest.mark.parametrize(
    "line",
    [
        "> ",
        "a:\n",
        "-----\nTel a@example.org\n",
        "寄件者: a\n",
        "2025年9月1日 <a@example.org>:\n",
        "--\n",
        " ",
        "_",
        "<",
        "1 a@example.org\n",
        ">>> c\n",
        "> a: b\n>>> c\n",
        "On 1/1 wrote ",
    ],
)
@pytest.mark.usefixtures("calm")
def test_two_hundred_kilobytes_of_anything_are_parted_at_once(line: str) -> None:
    raw = mail(line * (200_000 // len(line)))
    started = time.process_time()
    read(raw)
    assert time.process_time() - started < 2.0 * slower()  # measured: 0.1 s


def test_an_answer_below_an_unmarked_quote_is_read_where_html_shows_it_above() -> None:
    """Outlook for phones: nothing parts the quote from what stands below it in the plain text."""
    quote = f"寄件者: 辦公室 <{OFFICE}>\n寄件日期: 2025年9月15日\n主旨: 請確認資料\n{LETTER}"
    message = both(
        f"________________________________\n{quote}\n\n手機改0900000001",
        f"<div>手機改0900000001</div><hr><div id='divRplyFwdMsg'>{quote}</div>",
    )
    assert message.new_text == "手機改0900000001"


def test_a_signature_below_dashes_is_one_where_html_marks_it() -> None:
    signed = "林安妮 | 系學會\n借器材請打 0900-118-754"
    marked = SIGNED.format(f"<div>--</div><div>{signed}</div>")
    assert not both(f"資料無誤\n\n--\n{signed}", marked).defects
    drawn = SIGNED.format(f"<div>--------</div><div>{signed}</div>")
    assert not both(f"資料無誤\n\n--------\n{signed}", drawn).defects
    assert both(f"資料無誤\n\n生日錯了\n--\n{signed}", marked).defects
    assert both("資料無誤\n\n--\n生日錯了", "<div>資料無誤</div>").defects


TYPED = f"{HEADER}\n\n> 姓名：林安妮\n> 手機：0900000000\n\n→ 這支 0900-345-678\n\n> 地址：臺北市\n> 考區：臺北"


def test_quote_signs_that_a_webmail_typed_into_the_page_quote_there_too() -> None:
    page = TYPED.replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
    message = both(f"有一格不對\n\n{TYPED}", f"<div>有一格不對<br><br>{page}</div>")
    assert message.new_text == "有一格不對\n→ 這支 0900-345-678"
    assert message.answers == (("手機：0900000000", "→ 這支 0900-345-678"),)


def test_an_own_list_with_such_signs_in_a_page_is_no_quote() -> None:
    message = rich(
        "<div>要改三格：<br>&gt; 手機 0900-345-678<br>&gt; 考區 臺南<br>&gt; 系所 電子</div>"
    )
    assert "考區 臺南" in message.new_text


def test_three_signs_between_lines_that_are_quoted_once_point_at_an_answer() -> None:
    message = plain(
        f"見下\n\n{HEADER}\n\n> 手機：0900000000\n\n>>> 是 0900-345-678\n\n> 考區：臺北"
    )
    assert message.new_text == "見下\n>>> 是 0900-345-678"
    assert message.answers == (("手機：0900000000", ">>> 是 0900-345-678"),)


def test_a_quote_in_a_quote_in_a_quote_stays_quoted() -> None:
    message = plain(f"好\n\n{HEADER}\n\n> 再問一次\n>> 手機呢\n>>> {PREFILLED}")
    assert message.new_text == "好"
