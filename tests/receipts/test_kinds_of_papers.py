"""Papers and screens of makers that nobody had met: each harmless page beside its trap.

No picture is read here, but where a closer look is the story; every look says what the page says.
"""

from datetime import date

import pytest
from PIL import Image, ImageDraw

from mailflow.receipts.account_looks import account_again
from mailflow.receipts.accounts import Shown
from mailflow.receipts.amount_looks import looks_at_amount
from mailflow.receipts.engine import Sheet
from mailflow.receipts.fields import Fields, read_fields
from mailflow.receipts.findings import Findings
from mailflow.receipts.layer import layer_differs
from mailflow.receipts.lines import Box, Cell, Line, Word
from mailflow.receipts.moments import find_moment
from mailflow.receipts.notices import notices
from mailflow.receipts.reckoning import reckon
from mailflow.receipts.result import Expectation, Kind, Status, Verdict
from mailflow.receipts.sums import Figure, Sum
from mailflow.receipts.verdict import judge
from mailflow.receipts.wording import Role, role_of

ACCOUNT = "98620123456789"
SLIP = Expectation(600, ACCOUNT, "004", date(2026, 9, 1), date(2026, 9, 22))
PLACE = Box(300, 100, 380, 130)


def rows(text: str) -> tuple[Line, ...]:
    told = [row for row in text.splitlines() if row.strip()]
    return tuple(Line.of(row, number) for number, row in enumerate(told))


def reason(lines: tuple[Line, ...]) -> str:
    """What decides; `amount_agrees` of a page that is accepted."""
    (fields,) = notices(lines) or (read_fields(lines),)
    free = tuple(one.value for one in fields.all_sums if one.role is None)
    looks = {"amount_looks": (fields.amount.value,)} if fields.amount else {"other_looks": free}
    verdict, reasons = judge(Findings((fields,), keen=True, **looks), SLIP)  # type: ignore[arg-type]
    assert (verdict is Verdict.ACCEPT) == (reasons[0] == "amount_agrees")
    return reasons[0]


ACCEPTED = "amount_agrees"
PAID = "轉帳成功\n轉入帳號  (004) 98620123456789\n交易時間  2026/09/15 10:00\n交易序號  8812345\n"


# ---- money that came in


def test_money_that_came_in_is_no_payment_of_whoever_shows_it() -> None:
    page = (
        "{said}\nNT$ 600\n{where}來源  台灣銀行(004)\n來源帳號  98620123456789\n"
        "交易時間  2026.09.15 17:26\n交易序號  8812345"
    )
    for said in ("收款成功", "進帳成功", "存入完成", "儲值成功"):
        assert reason(rows(page.format(said=said, where="轉入"))) != ACCEPTED, said
    assert role_of("轉入來源") is Role.PAYER
    paid = page.replace("{where}來源", "轉入銀行").replace("來源帳號", "轉入帳號")
    assert reason(rows(paid.format(said="轉帳成功"))) == ACCEPTED


# ---- clauses and words of the house


@pytest.mark.parametrize(
    "clause",
    [
        "重印無效",
        "本頁為電腦列印,加蓋章戳無效。",
        "未經收款單位簽章者,本聯無效。",
        "遺失恕不補發",
        "塗改無效",
    ],
)
def test_a_clause_about_the_paper_takes_no_payment_back(clause: str) -> None:
    assert reason(rows(f"{PAID}轉帳金額  NT$600\n{clause}")) == ACCEPTED


@pytest.mark.parametrize("word", ["交易無效", "本單無效", "已蓋作廢章無效", "加蓋作廢章後無效"])
def test_a_word_that_takes_it_back_is_heard_beside_such_clauses(word: str) -> None:
    assert reason(rows(f"{PAID}轉帳金額  NT$600\n{word}")) == "payment_voided"


def test_a_post_offices_name_for_its_counter_is_no_order_that_waits() -> None:
    assert reason(rows(f"{PAID}轉帳金額  NT$600\n受理局  台北永春郵局")) == ACCEPTED
    for waits in ("已受理", "受理中", "受理"):
        assert reason(rows(f"{PAID}轉帳金額  NT$600\n{waits}")) == "reservation_not_payment", waits


@pytest.mark.parametrize(
    "said",
    ["轉帳作業已完成", "提領轉帳完成", "交易結果成功(4001)", "繳費手續已完成", "海轉帳成功通知"],
)
def test_paid_is_said_in_the_words_of_an_office(said: str) -> None:
    page = f"海潮銀行官方帳號\n{said}\n" + PAID.split("\n", 1)[1] + "轉帳金額  NT$600\n手續費  0"
    assert reason(rows(page)) == ACCEPTED


def test_only_an_initial_of_a_bank_is_taken_from_a_headline() -> None:
    page = "{bank}\n{said}\n" + PAID.split("\n", 1)[1] + "轉帳金額  NT$600"
    assert reason(rows(page.format(bank="春日銀行", said="海轉帳成功通知"))) != ACCEPTED
    assert reason(rows(page.format(bank="預約轉帳至銀行", said="預轉帳成功"))) != ACCEPTED


# ---- stores

STORE = """萊爾富 Hi-Life
{title}
日期 2026-09-15 時間 19:53
(二)0098620123456789
實收代收款  $600
手續費  {fee}
{end}"""


@pytest.mark.parametrize("fee", ["$0", "O"])
@pytest.mark.parametrize("title", ["《代收繳款收據客戶聯》", "<代收繳款收據>"])
def test_a_chains_own_title_is_a_receipt(title: str, fee: str) -> None:
    end = "本收據可作為繳款憑證\n遺失恕不補發"
    assert reason(rows(STORE.format(title=title, fee=fee, end=end))) == ACCEPTED


def test_a_chains_slip_is_none() -> None:
    slip = STORE.format(title="《代收繳費單》", fee="$0", end="請持本單至櫃檯結帳")
    assert reason(rows(slip)) == "unpaid_slip"


def test_segments_with_their_circled_numbers_are_read() -> None:
    page = "7-ELEVEN\n代收款專用繳款證明顧客聯\n交易時間 115/09/17 07:48\n繳費金額  1,800\n{}"
    told = ("1151130K3A", "28830651353541102", "3151139000001800")
    assert read_fields(rows(page.format("\n".join(told)))).segments.checked
    named = ("B1:151130K3A", "B2:8830651353541102", "B3:151139000001800")
    assert read_fields(rows(page.format("\n".join(named)))).segments.checked
    wrong = ("1151130K3A", "28830651353541102", "3151139000001900")
    assert not read_fields(rows(page.format("\n".join(wrong)))).segments.checked


def test_the_cash_that_was_given_explains_itself_by_its_change() -> None:
    def strange(given: int) -> list[int]:
        sums = [Sum(given, PLACE, PLACE), Sum(400, PLACE, PLACE, Role.CHANGE)]
        return [one.value for one in reckon(sums, 600).strange]

    assert strange(1000) == []  # its label was misread
    assert strange(900) == [900, 400]


# ---- forms and two tongues


def test_a_label_that_ends_in_the_row_below_is_whole() -> None:
    form = (
        Line((Cell("收款人帳 98620123456789", Box(400, 100, 800, 130)),)),
        Line((Cell("號", Box(402, 134, 430, 160)),)),
        Line((Cell("匯款金額  NT$600", Box(400, 180, 700, 210)),)),
        Line((Cell("匯款完成", Box(400, 220, 700, 250)),)),
        Line((Cell("交易時間  2026/09/15 10:00", Box(400, 260, 700, 290)),)),
    )
    assert read_fields(form).account == Shown(ACCOUNT)
    elsewhere = (form[0], Line((Cell("號", Box(20, 134, 48, 160)),)), *form[2:])
    assert read_fields(elsewhere).account is None


def test_an_english_row_that_says_the_label_again_is_no_sum_that_faded() -> None:
    page = f"{PAID}金額  TWD 600.00\nAmount\n手續費  TWD 15.00\nFee\n交易序號  2026101\nRef. no."
    assert reason(rows(page)) == ACCEPTED
    assert read_fields(rows(f"{PAID}金額  TWD 600.00\n手續費")).maimed, "nothing stands there"


def test_what_was_due_is_what_was_paid_where_the_page_says_both() -> None:
    page = "繳費成功\n銷帳編號  98620123456789\n{sums}\n交易時間  2026/09/15 10:00"
    assert reason(rows(page.format(sums="應繳金額  600元\n手續費  0元"))) == ACCEPTED
    assert reason(rows(page.format(sums="應繳金額  600元\n實收金額  600元"))) == ACCEPTED
    for sums in (
        "應繳金額  600元",
        "應繳金額  600元\n手續費  15元",
        "應繳金額  600元\n實付  500元",
    ):
        assert reason(rows(page.format(sums=sums))) != ACCEPTED, sums


def test_a_large_sum_over_the_paid_word_is_what_was_paid() -> None:
    def page(headline: str) -> Figure | None:
        large = Line((Cell("NT$600", Box(100, 0, 300, 60)),))
        rest = rows(
            f"x\n{headline}\n轉入帳號  98620123456789\n手續費  $0\n交易時間  2026/09/15 10:00"
        )
        return read_fields((large, *rest[1:])).amount

    told = page("✓已完成")
    assert told
    assert told.labelled
    other = page("可用餘額")
    assert other is None or not other.labelled


@pytest.mark.parametrize(
    ("printed", "moment"),
    [
        ("26/09/14 19:59:42 機4", "2026-09-14T19:59"),
        ("26/09/1419:59:42", "2026-09-14T19:59"),
        ("26/09/14", None),  # nobody knows what it is
        ("14/09/26 19:59", None),
        ("26/13/14 19:59", None),
    ],
)
def test_a_till_prints_two_digits_of_the_year(printed: str, moment: str | None) -> None:
    assert find_moment(printed) == moment


# ---- short messages

SMS = (
    "【寶島商銀】您尾號2643帳戶於202",
    "6/09/15 18:51:58轉出NT$600至台",
    "灣銀行(004)帳號9862012345678",
    "9,手續費NT$15,轉帳{end}。如非",
    "本人交易請速洽客服。",
)


def test_a_short_message_is_read_over_the_ends_of_its_rows() -> None:
    def said(end: str) -> tuple[Line, ...]:
        return rows("\n".join(SMS).format(end=end))

    assert reason(said("成功")) == ACCEPTED
    for end in ("失敗", "處理中", "待確認"):
        assert reason(said(end)) != ACCEPTED, end


# ---- closer looks


def row_reader(*texts: str) -> object:
    told = iter(texts)
    return lambda _row: (next(told), 99.9)


def looked(value: int, *texts: str, paper: bool = False, printed: str = "") -> tuple[int, ...]:
    sheet = Sheet(Image.new("RGB", (900, 400), "white"), (Line((Cell(printed, PLACE),)),))
    page = Fields(kind=Kind.TRANSFER, status=Status.PAID)
    findings = Findings((page,), photo=paper, keen=True)
    return looks_at_amount(
        sheet,
        Figure(value, PLACE, PLACE),
        findings,
        read=row_reader(*texts),  # type: ignore[arg-type]
    )


def test_a_look_that_is_odd_by_one_digit_yields_to_two_sure_ones() -> None:
    assert looked(650, "550", "650", "650") == (650,)
    assert looked(650, "550", "650", "550") == (550,), "the others disagree"
    assert looked(650, "6500", "650", "650") == (6500,), "a digit that came to light stays"
    paper = looked(650, "550", "550", "650", "650", paper=True)
    assert paper == (550, 550), "on paper any stroke may have faded"


def test_a_currency_sign_that_was_read_as_a_digit_is_none() -> None:
    assert looked(600, "5600", "5600", "$600", "$600", paper=True) == ()
    assert looked(600, "5600", "5600", "600", "600", paper=True) == (5600, 5600)


def test_a_digit_far_behind_the_number_is_not_its_own() -> None:
    assert looked(600, "$6008", "$600", "$6008", "$600", paper=True) == (600, 600)
    assert looked(600, *["$6000"] * 4, paper=True) == (6000, 6000), "it may have faded"


def masked_row(shown: str | None, *reads: str, bank: str | None = None) -> tuple[Shown, ...]:
    fields = Fields(account=Shown(shown) if shown else None, bank=bank)
    row = Image.new("L", (400, 48), 255)
    return account_again(row, fields, read=row_reader(*reads))  # type: ignore[arg-type]


def test_a_look_that_tore_the_number_up_says_nothing() -> None:
    assert masked_row("*****9157", "*9157*57*") == ()


def test_a_look_that_took_the_banks_code_in_is_put_right() -> None:
    assert masked_row("33511****03217", "808*33511*03217", bank="808") == (
        Shown("33511*03217", "808"),
    )


def test_what_stands_behind_the_masks_is_read_by_itself() -> None:
    """Of *****57945 the look without masks kept 8045 alone; behind the last mask stands 57945."""
    row = Image.new("L", (400, 48), 255)
    draw = ImageDraw.Draw(row)
    for left in (40, 60, 80):
        draw.rectangle((left, 20, left + 8, 30), fill=0)
    for left in range(110, 260, 30):
        draw.rectangle((left, 4, left + 16, 44), fill=0)
    fields = Fields(account=Shown("***579455"))
    reads = row_reader("8045", "57945")
    assert account_again(row, fields, read=reads) == (Shown("*57945"),)  # type: ignore[arg-type]


def test_two_looks_at_the_owed_account_belie_one_digit_of_the_page() -> None:
    page = read_fields(rows(PAID.replace("98620123456789", "*********56788") + "轉帳金額  600元"))

    def verdict(*looks: str) -> Verdict:
        seen = tuple(map(Shown, looks))
        return judge(Findings((page,), amount_looks=(600,), account_looks=seen, keen=True), SLIP)[0]

    assert verdict("*56789", "*56789") is Verdict.ACCEPT
    assert verdict("*56789") is Verdict.FLAG
    assert verdict("*56788", "*56789") is Verdict.FLAG


def test_a_papers_watermark_ties_rows_of_its_text_together() -> None:
    words = [
        Word("轉帳金額 TWD 600.00\r\n手續費 0", Box(0, 0, 400, 100)),
        Word("700 浮水印 12", Box(0, 0, 400, 100)),
    ]
    assert not layer_differs(words, amount=600, status=Status.PAID)
    assert layer_differs(
        [Word("600", Box(0, 0, 90, 30)), Word("500", Box(5, 0, 95, 30))],
        amount=600,
        status=Status.PAID,
    )


def test_a_stamp_or_a_misread_comma_is_no_sum_that_faded() -> None:
    for harmless in ("現金收訖", "收支別  支出", "可用餘額  ****8.213", "帳戶餘額  10,033.61"):
        assert read_fields(rows(f"{PAID}轉帳金額  NT$600\n{harmless}")).maimed is None, harmless
    assert read_fields(rows(f"{PAID}轉帳金額  NT$600\n可用餘額  63,68")).maimed


def test_of_two_numbers_under_a_payees_label_the_one_that_may_be_an_account_counts() -> None:
    page = "已收款\n單據號碼  46228337\n銷帳編號  98620123456789\n本次繳款  NT$ 600\n{}"
    assert read_fields(rows(page.format("2026-10-15 08:21"))).account == Shown(ACCOUNT)


def test_an_entry_of_the_account_beside_the_sum_of_a_month_is_held() -> None:
    assert reason(rows(f"{PAID}轉帳金額  NT$600\n手續費  15元\n合計  21,139元")) == "sum_differs"


def test_an_account_is_known_behind_its_banks_code_and_before_its_zeros() -> None:
    page = PAID.replace("(004) 98620123456789", "{}") + "轉帳金額  NT$600"
    for shown in ("004*******56789", "0098620123456789", "9862012345678900", "00498620123456789"):
        assert reason(rows(page.format(shown))) == ACCEPTED, shown
    for other in ("012*******56789", "9862012345678910", "9862012345679000"):
        assert reason(rows(page.format(other))) != ACCEPTED, other


def test_boxes_for_stamps_are_no_stamp() -> None:
    form = "匯款申請書\n收款人帳號  98620123456789\n匯款金額  NT$600\n2026/09/15 10:00\n{}"
    assert reason(rows(form.format("華南銀行 匯訖"))) == ACCEPTED
    assert reason(rows(form.format("收訖章  經辦  主管"))) != ACCEPTED


TILL = """FamilyMart
全家便利商店  代收繳費證明
時間:2026/09/25 12:06  機3
銷帳編號
3351386687498396
代收金額  -$700
手續費(外加)  $0
小計  -$700
現金  -$1,000
找零  -$300"""


def test_a_till_that_counts_below_nothing_gives_back() -> None:
    def status(page: str) -> Status:
        return read_fields(tuple(Line.of(x, at) for at, x in enumerate(page.splitlines()))).status

    assert status(TILL) is Status.VOID
    assert status(TILL.replace("-$", "$")) is Status.PAID
    assert status(TILL.replace("-$", "$").replace("$0", "-$15")) is Status.PAID


def test_two_payees_on_one_page_go_to_a_person() -> None:
    page = (
        "轉帳成功\n轉入帳號  98620123456789\n{}\n轉帳金額  NT$600\n交易時間  2026/09/15 10:00"
    ).format

    def strange(row: str) -> bool:
        rows = page(row).splitlines()
        return read_fields(tuple(Line.of(x, at) for at, x in enumerate(rows))).strange

    assert strange("收款帳號  30210099887766")
    assert strange("手續費  15(內扣)")
    assert not strange("收款人帳號  0098620123456789")
    assert not strange("轉出帳號  30210099887766")


def test_what_was_due_is_the_amount_where_cash_less_change_is_that() -> None:
    paper = (
        "萊爾富 Hi-Life\n代收服務收據\n交易 2026/09/10 23:59\n項目 學雜費\n"
        "繳款編號  98620123456789\n"
        "應繳金額  600元\n代收手續費  {fee}元\n實收  {paid}元\n現金  1,000 元\n找回  {back}元\n"
    )
    for fee, paid, back, due in ((0, 600, 400, 600), (15, 615, 385, 600), (0, 600, 300, None)):
        page = read_fields(rows(paper.format(fee=fee, paid=paid, back=back)))
        assert (page.amount and page.amount.value) == due
        assert page.status is Status.PAID
