"""What is damaged to hunt for broken promises: mails, tables, forms by mail, texts of receipts."""

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook
from written.assemble import Mail

ANNE = (
    "2025/9/10 下午 3:21:05", "安妮", "AN, NI", "A123456789", "2004/5/6", "女", "112590001",
    "資訊工程系", "0912345678", "anne@example.org", "臺北市\n大安區", "AI應用規劃師 初級",
    "人工智慧基礎概論;生成式AI應用與規劃", "臺北", "否", "600", "99990000111122", "004",
    "2025/9/22",
)  # fmt: skip
TABLES: tuple[tuple[Sequence[object], ...], ...] = (
    (
        (
            "時間戳記",
            "中文姓名",
            "英文姓名（請全部大寫）",
            "身分證字號/居留證號",
            "出生年月日",
            "性別",
            "學號",
            "系所",
            "手機",
            "Email",
            "通訊地址",
            "鑑定項目",
            "報考科目",
            "考區",
            "補考單科",
            "應繳金額",
            "繳款帳號",
            "銀行代碼",
            "繳款期限",
        ),
        ANNE,
        ANNE,
    ),
    (
        ("入帳日期", "繳款日期", "虛擬帳號", "金額", "繳費管道", "繳款人", "備註"),
        ("114/09/16", "114/09/15", "95821140000017", "600", "ATM", "安妮", ""),
        ("114/09/16", "114/09/16", "95821140000025", "1,200", "超商", "", "二科"),
        ("合計", "", "", "1,800", "", "", ""),
    ),
    (("學號", "姓名", "在學狀態"), ("112590001", "安妮", "在學"), ("112590002", "柏特", "休學")),
    (
        ("學號", "姓名", "人工智慧基礎概論", "生成式AI應用與規劃"),
        ("112590001", "安妮", 82, 77.5),
        ("112590002", "柏特", "缺考", "65"),
    ),
    (
        ("西元日期", "星期", "是否放假", "備註"),
        ("20260101", "四", "2", "開國紀念日"),
        ("20260102", "五", "0", ""),
    ),
)
RECEIPTS = (
    """轉帳結果
轉帳成功
轉出帳號  *********0007
轉入銀行  004 臺灣銀行
轉入帳號  9862-0123-4567-89
轉帳金額  NT$ 1,200
手續費  NT$ 15
扣帳金額  NT$ 1,215
交易時間  2026/09/15 下午 03:04:05
交易序號  FT0001234
帳戶餘額  NT$ 54,600""",
    """統一超商 代收款專用繳款證明
門市 北科  機號 02
第一段條碼 150922Q3Z
第二段條碼 9582114000001700
第三段條碼 092235000000600
代收金額 600元
繳費期限 115/09/22
115年09月15日 11:10""",
    """Transfer successful
To account  004-95821140000017
Amount  TWD 600.00
Fee  TWD 0
Date & time  15 Sep 2026 15:04
Reference no.  XB99120""",
    """郵政自動櫃員機交易明細表
交易日期 115/09/15 時間 15:04
轉入帳號 95821140000017
金額 陸佰元整
餘額 12,345""",
)
FORM = """老師您好，表單送不出去，我用信報名：
姓名：安妮
英文：AN, NI
身分證：A123456789
生日：93年5月6日
性別：女
學號：112590001
系所：資訊工程系
手機：0912345678
Email: anne@example.org
地址：臺北市大安區忠孝東路三段1號
項目：AI應用規劃師 初級
科目：人工智慧基礎概論、生成式AI應用與規劃
考區：臺北
補考：□是 ■否
謝謝"""


def as_csv(rows: Sequence[Sequence[object]], encoding: str) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def corpora(mails: Sequence[Mail], further: Sequence[bytes] = ()) -> dict[str, list[bytes]]:
    """Kind → what is damaged; `further` are mails of others."""
    tables = [as_csv(rows, code) for rows in TABLES for code in ("utf-8-sig", "cp950")]
    texts = [mail.raw.partition(b"\r\n\r\n")[2] for mail in mails]
    return {
        "mail": [*(mail.raw for mail in mails), *further],
        "sheets": [*tables, *(as_xlsx(rows) for rows in TABLES)],
        "receipts": [text.encode() for text in RECEIPTS],
        "forms": [FORM.encode()] * 40 + texts[:40],
    }
