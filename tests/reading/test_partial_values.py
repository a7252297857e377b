"""Values given in part, or in other clothes than the form's: completed from what is registered."""

import pytest
from reading_cast import explained, mail, office

CERTAIN = [
    ("手機末三碼應為 444", {"phone": "0912000444"}),
    ("手機尾數錯了 應該是444 不是111", {"phone": "0912000444"}),
    ("手機最後三碼111應為444", {"phone": "0912000444"}),
    ("生日日期錯 是18號不是8號", {"birth_date": "2004-03-18"}),
    ("生日打成3/8了 正確是2004年3月18日", {"birth_date": "2004-03-18"}),
    ("地址的號碼打錯 是3號不是1號", {"address": "臺北市大安區忠孝東路三段3號"}),
    ("地址少了樓層，要加5樓", {"address": "臺北市大安區忠孝東路三段1號5樓"}),
    ("系所填错了，我是电子系", {"department": "電子工程系"}),
    ("想換到台南考", {"exam_area": "臺南"}),
    ("可以幫我把考區換成台中嗎？", {"exam_area": "臺中"}),
    ("手機打錯了，應該是0922333444，舊的那支已經停用", {"phone": "0922333444"}),
    ("手機改0922333444，姓名、生日都正確", {"phone": "0922333444"}),
    ("學號最後一碼是2", {"student_no": "113590052"}),
]
FOR_A_PERSON = [
    ("出生年錯了，我是2003年生的", {"birth_date": "2003-03-08"}),
    ("地址 忠孝東路三段1號 → 仁愛路四段3號", {"address": "臺北市大安區仁愛路四段3號"}),
    ("手機末三碼應為 4444", {}),
    ("生日打錯了，是18號還是19號我忘了", {"birth_date": None}),
    ("如果我爸同意的話手機就改成0922333444", {"phone": None}),
    ("身分證字號最後一碼是3", {"national_id": None}),
    ("手機改0922333444，王小明的也要改", {"phone": "0922333444"}),
    ("手機改0922333444，你們再不處理我就找律師", {"phone": "0922333444"}),
]


def values(said: dict) -> dict[str, str | None]:
    return {change["field"]: change["new_value"] for change in said["corrections"]}


@pytest.mark.parametrize(("text", "expected"), CERTAIN)
def test_what_can_be_read_in_one_way_goes_back_to_be_confirmed(text: str, expected: dict):
    said = explained(mail(text, thread="confirm_mail"), office_without_slip())
    assert (said["intent"], values(said)) == ("correction", expected)
    assert not said["flagged"], said["reasons"]


@pytest.mark.parametrize(("text", "expected"), FOR_A_PERSON)
def test_what_can_not_is_read_by_a_person(text: str, expected: dict):
    said = explained(mail(text, thread="confirm_mail"), office_without_slip())
    assert said["intent"] == "correction"
    assert values(said) == expected
    assert said["flagged"]


def office_without_slip():
    sent = [{"kind": "confirm_mail", "message_id": "<confirm_mail@ipas.example.edu>"}]
    return office(outbox=sent)
