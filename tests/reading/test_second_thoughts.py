"""Anne names a value and takes it back in the next breath, or leaves it open: a person asks her."""

import pytest
from reading_cast import PHOTO, Said, hear

NUMBER = "0922333444"
TAKEN_BACK = (
    "喔不對，還是維持原本的好了",
    "還是用原來的好了",
    "保留原本的",
    "舊的也可以",
    "以第一次填的為準",
    "沿用舊的",
    "毋須更動",
    "原資料即可",
    "當我沒說",
    "請略過",
    "收回",
    "啊打錯",
    "更正，是最後兩碼寫反",
    "改來改去拍謝，回到最初版本",
    "后来觉得还是维持原来的好",
    "keep the old one",
    "on second thought leave it as is",
    "scratch that",
    "just kidding",
)
LEFT_OPEN = (
    "嗯再想想",
    "看老師方便",
    "兩個都行",
    "擇一",
    "先放著",
    "有變動再說",
    "這支月底才啟用",
    "我弟的也一起改",
    "跟阿明的",
    "聽說啦",
    "either is ok",
    "the old one works too",
    "valid from October",
    "until Monday",
)
HARMLESS = (
    f"我剛換電信門號，手機改成{NUMBER}",
    f"喔不對，手機寫錯了，應該是{NUMBER}",
    f"舊的手機號碼停用了，請改成{NUMBER}，其他維持原樣，謝謝",
    f"手機改成{NUMBER}，舊的已停用",
    f"手機請改{NUMBER}，其他不用改",
    f"Please change my phone to {NUMBER}. Everything else is correct.",
)


@pytest.mark.parametrize("after", TAKEN_BACK + LEFT_OPEN)
def test_what_follows_the_new_value_may_take_it_back(after: str) -> None:
    assert hear(Said(f"手機改成{NUMBER}，{after}", "correction", "must"))["flagged"]


@pytest.mark.parametrize("text", HARMLESS)
def test_how_the_old_value_came_about_holds_nothing(text: str) -> None:
    read = hear(Said(text, "correction", "no"))
    assert not read["flagged"], read["reasons"]
    assert [c["new_value"] for c in read["corrections"]] == [NUMBER]


def test_the_registered_area_or_another_is_no_choice() -> None:
    read = hear(Said("考區改臺北或高雄", "correction", "must"))
    assert "ambiguous_value" in read["reasons"]


@pytest.mark.parametrize("text", ["生日農曆93年3月18日", "系所加上電機工程系"])
def test_a_lunar_birthday_or_a_second_department_is_no_plain_value(text: str) -> None:
    assert hear(Said(text, "correction", "must"))["flagged"]


def test_the_number_for_emergencies_is_not_hers() -> None:
    read = hear(Said(f"緊急聯絡電話{NUMBER}", "other", "must"))
    assert read["flagged"]
    assert not read["corrections"]


@pytest.mark.parametrize(
    "text",
    [
        "先繳一半，附上收據",
        "附上收據，抬頭請開公司",
        "附件是上次的收據",
        "附上收據，我跟阿明的",
        "收據附上，Amy and I",
        "receipt attached, paid for two",
        "附上截圖，戶頭是公司的",
        "收據附上，第三次寄了",
        "附檔是學生證",
    ],
)
def test_a_proof_with_something_beside_it_is_for_a_person(text: str) -> None:
    assert hear(Said(text, "payment_receipt", "must", thread="slip_mail", files=(PHOTO,)))[
        "flagged"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "繳費單再寄一次，寄到我新信箱",
        "請再寄繳費單，抬頭改公司",
        "請再寄繳費單，我想改考區",
        "再寄繳費單給我和小華",
        "Please resend the slip to my other mail",
        "Do not resend the slip",
    ],
)
def test_a_slip_wanted_elsewhere_or_with_a_change_is_for_a_person(text: str) -> None:
    assert hear(Said(text, "resend_slip", "must", thread="slip_mail"))["flagged"]


def test_a_slip_politely_asked_for_again_is_sent() -> None:
    text = "老師不好意思，繳費單檔案打不開，能不能請您重寄一份？"
    assert not hear(Said(text, "resend_slip", "no", thread="slip_mail"))["flagged"]


@pytest.mark.parametrize(
    "subject", ["資料無誤", "沒問題", "都對", "不用改了", "All correct", "No changes"]
)
def test_a_subject_that_confirms_contradicts_a_correction(subject: str) -> None:
    said = Said("手機改成0922333444", "correction", "must", thread="", subject=subject)
    assert hear(said)["flagged"]


@pytest.mark.parametrize("subject", ["資料更正", "資料有誤，正確資料如下", "Correct phone number"])
def test_a_subject_that_announces_the_correction_contradicts_nothing(subject: str) -> None:
    said = Said("手機改成0922333444", "correction", "no", thread="", subject=subject)
    assert not hear(said)["flagged"]


@pytest.mark.parametrize("name", ["winmail.dat", "繳費證明.jpg.exe", "receipt.docx"])
def test_a_proof_whose_name_tells_another_kind_of_file_is_opened_by_a_person(name: str) -> None:
    files = ((name, "image/jpeg"),)
    said = Said(
        "附件為轉帳證明，請查收。", "payment_receipt", "must", thread="slip_mail", files=files
    )
    assert "odd_attachment" in hear(said)["reasons"]


def test_the_number_in_a_firms_signature_is_no_new_value() -> None:
    block = (
        "林安妮\n新創電子股份有限公司 研發部 工程師\nTel: (02) 2345-6789 #12 Mobile: 0933-222-111"
    )
    read = hear(Said(f"我已確認資料無誤\n\n{block}", "confirm", "no", press=True))
    assert (read["intent"], read["flagged"], read["corrections"]) == ("confirm", False, [])
