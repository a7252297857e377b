"""The same errand in words that nobody had foreseen, and its look-alikes that a person must see.

These lines teach no weights (as `tests/data/short_messages` do): each is a family that rules know.
"""

import pytest
from reading_cast import PHOTO, Said, hear
from short_messages import BUTTON

from mailflow.reading.families import COMPARED
from mailflow.reading.words import Words

ID_CARD = ("card.jpg", "image/jpeg")


def beside(text: str) -> Said:
    return Said(f"{BUTTON}\n{text}", "confirm", "no", press=True, files=(ID_CARD,))


@pytest.mark.parametrize(
    "said",
    [
        beside("證件正面也放上來給您存查"),
        beside("附件是學生證，學號跟卡上的一模一樣"),
        Said("手機尾三碼912", "correction", "no", {"phone": "0912000912"}),
        Said("科系點錯格 電機工程系才對", "correction", "no", {"department": "電機工程系"}),
        Said(
            "您好，勘誤如下\n手機：0922333444\n剩下的都OK",
            "correction",
            "no",
            {"phone": "0922333444"},
        ),
        Said("同學都拿到繳費的單子了我沒有 麻煩再發一份", "resend_slip", "no", thread="slip_mail"),
        Said("這兩天在高雄比賽，回台北後馬上處理繳費", "other", "no", thread="slip_mail"),
        Said(
            "老師好，硬體裝修乙級一張，校務系統今天維護中進不去，所以走信箱。",
            "certificate_upload",
            "no",
            thread="cert_notice",
            files=(PHOTO,),
        ),
        beside("健保卡也拍一張附著，生日同上"),
        beside("夾轉系通知截圖，系所跟通知上相同"),
        beside("租約首頁附上，通訊地址同契約"),
        Said(f"{BUTTON}", "confirm", "no", press=True, files=(("passport.jpg", "image/jpeg"),)),
        Said("我念光電系 那格勾錯", "correction", "no", {"department": "光電工程系"}),
        Said("點到資工系 我光電的", "correction", "no", {"department": "光電工程系"}),
        Said("系別誤選 應選光電系", "correction", "no", {"department": "光電工程系"}),
        Said("正確：CHANG CHIEN, WEI-LUN", "correction", "no", {"name_en": "CHANG CHIEN, WEI-LUN"}),
        Said("改臺南場應試", "correction", "no", {"exam_area": "臺南"}),
        Said(
            "請動這一欄：\n手機 0922333444\n未列者皆對",
            "correction",
            "no",
            {"phone": "0922333444"},
        ),
        Said("還沒等到繳費單，方便再發一遍嗎", "resend_slip", "no", thread="slip_mail"),
        Said("單子看到了，這兩天會找時間匯", "other", "no", thread="slip_mail"),
        Said("錢付了 憑證放附件", "payment_receipt", "no", thread="slip_mail", files=(PHOTO,)),
        Said(
            "獎勵活動我考的是室內配線乙級，檔案太大系統不收，改用回信交可以的話附在這裡",
            "certificate_upload",
            "no",
            thread="cert_notice",
            files=(PHOTO,),
        ),
    ],
    ids=lambda said: said.text[-12:],
)
def test_it_is_carried_out(said: Said):
    line = hear(said)
    assert (line["intent"], line["flagged"]) == (said.intent, False), line["reasons"]
    given = {change["field"]: change["new_value"] for change in line["corrections"]}
    assert given == said.values


@pytest.mark.parametrize(
    "said",
    [
        beside("學生證正面也放上來，以這個為準"),
        beside("證件是我室友的，一起放上來"),
        beside("請核對護照上的名字"),
        beside("再看一下護照"),
        beside("先核對學生證"),
        beside("健保卡也拍一張附著，生日以上面為準"),
        beside("附上更正單"),
        beside("附上這張"),
        beside("附上委託書，資料一致"),
        beside("診斷證明書附上，名字相同"),
        Said(f"{BUTTON}\n地址同租約", "confirm", "must", press=True),
        Said(f"{BUTTON}\n學號就是學生證上面的", "confirm", "must", press=True),
        Said(
            "要改的共三處 寫在下面\n手機 0922333444", "correction", "must", {"phone": "0922333444"}
        ),
        Said("手機改成0922333444，我也轉系了", "correction", "must", {"phone": "0922333444"}),
        Said("手機改成0922333444，英文名同護照", "correction", "must", {"phone": "0922333444"}),
        Said("6處要改\n手機 0922333444", "correction", "must", {"phone": "0922333444"}),
        Said(BUTTON, "confirm", "must", press=True, files=(("更正.jpg", "image/jpeg"),)),
        Said("手機改成0922333444\n我寫錯了", "correction", "must"),
        Said("有三個地方要改\n手機 0922333444", "correction", "must", {"phone": "0922333444"}),
        Said(BUTTON, "confirm", "must", press=True, files=(("室友學生證.jpg", "image/jpeg"),)),
        Said(BUTTON, "confirm", "must", press=True, files=(("新護照.jpg", "image/jpeg"),)),
        Said("今天有匯，這兩天再看", "payment_receipt", "must", thread="slip_mail"),
        Said("用郵局付掉了 單子夾在信裡 再看一下", "payment_receipt", "must", thread="slip_mail"),
        Said(
            "獎勵活動的證書附上，上面的年份我用修圖改過",
            "certificate_upload",
            "must",
            thread="cert_notice",
            files=(PHOTO,),
        ),
        Said(
            "補助的文件附上，存摺是我姊的，系統不收",
            "refund_application",
            "must",
            thread="refund_notice",
            files=(PHOTO,),
        ),
        Said("手機尾三碼912嗎", "correction", "must"),
        Said("昨天那封點錯", "correction", "must"),
        Said("同學都拿到繳費的單子了 金額不一樣", "resend_slip", "must", thread="slip_mail"),
        Said("給我名單", "question", "must"),
        Said("手機改成0922333444，以表單資料為準", "correction", "must"),
        Said(
            "已繳費，附上證明，溢繳", "payment_receipt", "must", thread="slip_mail", files=(PHOTO,)
        ),
        # every word is known; only the weights hear that it matters
        Said(
            "已繳費，附上證明。轉到舊的帳號",
            "payment_receipt",
            "must",
            thread="slip_mail",
            files=(PHOTO,),
        ),
    ],
    ids=lambda said: said.text[-12:],
)
def test_its_look_alike_is_not(said: Said):
    assert hear(said)["flagged"]


def test_a_strangers_question_is_no_announcement_though_it_names_one():
    said = "請問電子證書會自動寄來，還是要自己上網下載？說明會那頁沒抄到"
    line = hear(Said(said, "question", "may", thread="", stranger=True))
    assert (line["intent"], line["flagged"]) == ("question", True)


@pytest.mark.parametrize(
    "said",
    [
        "老師，我的學校帳號被鎖，開不了表單，這樣要怎麼參加？",
        "各位老師您好，請問考區可以改嗎",
        "各位同仁您好，我是電子系學生，表單打不開",
        "Dear all, I would like to register for the exam",
        "Dear distinguished teacher, when is the exam?",
    ],
)
def test_a_stranger_who_speaks_to_us_without_a_link_is_filed_as_no_advert_nor_circular(said: str):
    line = hear(Said(said, "question", "may", thread="", stranger=True))
    assert line["intent"] not in ("spam", "list_or_bulk")


@pytest.mark.parametrize(
    ("said", "compares"),
    [
        ("學生證上的號碼跟信上的一樣", True),
        ("名字也沒錯", True),
        ("學生證上的號碼是正確的", False),  # and ours is not?
        ("附上學生證號碼是正確的", False),
        ("請核對護照上的名字", False),
        ("再對照護照", False),
        ("護照上的名字一樣嗎", False),
    ],
)
def test_only_what_says_that_data_and_paper_agree_is_a_comparison(said: str, compares: bool):
    words = Words(said)
    COMPARED.cover(words)
    assert (not words.left_over()) is compares
