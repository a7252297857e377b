"""Sentences that the office tells its students today, and that now stand in a letter."""

from datetime import UTC, date, datetime, timedelta

import pytest
from letters_cast import NOW, OFFICE, Send, opened

from mailflow.campaign import TAIPEI, Campaign
from mailflow.letters import AfterData, Composer, LetterData, default_templates
from mailflow.workflow import Letter


def said(campaign: Campaign, letter: Letter, data: LetterData) -> tuple[str, str]:
    composer = Composer(default_templates(), campaign, office=OFFICE, sender_name="研發處")
    rendered = composer.compose(
        letter, data, to="anne@example.org", message_id="<a@example.org>", now=NOW
    )
    _, text, html = opened(rendered)
    return text, html.replace("<strong>", "").replace("</strong>", "")


def test_the_form_asks_to_be_read_filled_in_and_sent(send: Send):
    # guide: 填寫報名資料前，請先詳閱本說明，避免重新填寫或修改，浪費您寶貴的時間。
    # guide: 英文請全部大寫
    # guide: 補考單科者才須填寫
    # guide: 記得按提交
    # guide: 確認信箱收到回條 沒收到=沒有成功、填錯信箱
    _, text, html = opened(send(Letter.REGISTRATION_FORM, LetterData(case="")))
    for part in (text, html.replace("<strong>", "").replace("</strong>", "")):
        assert "填寫前請先讀完" in part
        assert "就不必重填或修改" in part
        assert "read this letter before you fill in the form" in part
        assert "在冒號後面填寫，寄出即可" in part
        assert "英文姓名請用大寫字母" in part
        assert "只補考一科的人，「補考單科」請填「是」" in part
        assert "報名截止：2025 年 9 月 17 日（星期三）17:00" in part
        assert "沒有收到就表示還沒有報名成功" in part


def test_the_form_leads_to_the_rules_of_each_exam(campaign: Campaign, send: Send):
    # guide: 各項鑑定均不同，請上官網(下載簡章)確認 (iPAS經濟部產業人才能力鑑定)
    # guide: 詳細成績合格標準請參閱各能力鑑定簡章
    _, text, html = opened(send(Letter.REGISTRATION_FORM, LetterData(case="")))
    assert campaign.links.rules in text
    assert campaign.links.rules.replace("&", "&amp;") in html


def test_the_confirmation_warns_of_what_a_wrong_datum_costs(campaign: Campaign, full: LetterData):
    # guide: 請確認填寫的報名資料是否正確
    # guide: 報名資料錯誤，導致證書資料錯誤，相關費用將由個人自行負責。重做一張證書要600元!!!
    # guide: 一定要確認資料，信箱或身分證錯都會無法考試!!!
    for part in said(campaign, Letter.DATA_CONFIRMATION, full):
        assert "請逐項核對" in part
        assert "日後因資料錯誤需要重新製證，每張 600 元由您負擔" in part
        assert "證號或 Email 有誤，可能無法應試" in part
        assert "you may not be able to sit the exam" in part


def test_whoever_finds_an_error_is_asked_to_reply_and_to_correct_the_form(
    campaign: Campaign, full: LetterData
):
    # guide: 如有錯誤資料，請回信告知，並至表單回條修改資料。
    # guide: 請點此處回報名表單修改
    for part in said(campaign, Letter.DATA_CONFIRMATION, full):
        assert "請直接回覆這封信" in part
        assert "並一併" in part
        assert "報名表單" in part
        assert campaign.links.form in part


def test_the_slip_asks_to_check_first_then_to_pay_and_to_prove_it(
    campaign: Campaign, full: LetterData
):
    # guide: 請確認繳費姓名、內容及金額等資料是否正確，有錯請盡快回信告知。
    # guide: 如資料無誤，請於9/22(一)前完成繳費。
    # guide: 於9/22(一)前上傳繳費證明至表單以資證明已繳費。
    # guide: 於9/22(一)前上傳繳費證明至表單
    for part in said(campaign, Letter.PAYMENT_SLIP, full):
        assert "請先核對姓名、項目與金額；若有不符，請先不要繳款並立即回覆這封信" in part
        assert "請在 2025 年 9 月 22 日（星期一）前（含當天）完成繳款" in part
        assert "並在同一期限內直接回覆這封信，附上繳費證明" in part
        assert "期限內沒有繳款或沒有收到證明，將視同放棄這次報名" in part


def test_the_slip_names_what_counts_as_a_proof(campaign: Campaign, full: LetterData):
    # guide: 一般常見可上傳之繳費證明如下:
    # guide: 轉帳證明
    # guide: 超商繳費證明
    for part in said(campaign, Letter.PAYMENT_SLIP, full):
        assert "轉帳：網路銀行或 App 的交易完成畫面、自動櫃員機的交易明細表" in part
        assert "超商：蓋有店章的收據或代收款繳款證明" in part


def test_the_slip_tells_of_the_subsidy_and_of_the_money_back(campaign: Campaign, full: LetterData):
    # guide: 報名時，研發處先補助一半
    # guide: 考到證照，再把自己繳的拿回去
    # guide: 合格才能把錢拿回來=免費
    for part in said(campaign, Letter.PAYMENT_SLIP, full):
        assert "學校已先補助一部分報名費" in part
        assert "合格並取得證書，才能申請拿回自己繳的報名費" in part
        assert "your share" in part
    whole = campaign.fees.model_copy(update={"share_percent": 100})
    keeps = campaign.refund.model_copy(update={"invite_after": None})
    plain = campaign.model_copy(update={"fees": whole, "refund": keeps})
    for part in said(plain, Letter.PAYMENT_SLIP, full):
        assert "補助" not in part
        assert "拿回" not in part


@pytest.mark.parametrize("line", ["https://line.example.org/114-2", ""])
def test_who_does_not_join_the_group_bears_what_they_miss(
    campaign: Campaign, full: LetterData, line: str
):
    # guide: 114年團報LINE群組 考試、獲證補助等資料都會在群組發佈!!!請記得加入!!
    # guide: 若未加入又或信箱填錯導致訊息遺漏，影響報名，請自行承擔責任
    # guide: 報名後請加入LINE群組，即時收到相關訊息
    links = campaign.links.model_copy(update={"line_group": line})
    for part in said(campaign.model_copy(update={"links": links}), Letter.PROOF_ACCEPTED, full):
        assert ("請加入 LINE 群組" in part) is bool(line)
        assert ("由您自行負責" in part) is bool(line)
        assert ("your own responsibility" in part) is bool(line)
        assert line in part


def test_the_digital_course_is_recommended_and_not_required(campaign: Campaign, full: LetterData):
    """本梯次不要求同學觀看數位課程，但仍建議同學可自行觀看相關數位課程進行複習!!"""
    for part in said(campaign, Letter.PROOF_ACCEPTED, full):
        assert "本梯次不要求觀看數位課程，但仍建議您自行觀看相關數位課程複習" in part
        assert campaign.links.digital_course in part


def test_completion_tells_of_the_reward_for_certificates(campaign: Campaign, full: LetterData):
    # guide: 快來上傳113-2學期(114/02/01-114/07/31)考取通過之專業證照(不含語言證照)！
    # guide: 請於114/10/3（五）前完成上傳，確認資格後，114/11/21（五）於臺北科大研發處網頁公告名單，
    # guide: 如有任何問題，請洽研發處就輔組。
    # guide: 立即掃描QR CODE上傳證照
    for part in said(campaign, Letter.PROOF_ACCEPTED, full):
        assert "2025 年 2 月 1 日（星期六）到 2025 年 7 月 31 日（星期四）考取的專業證照" in part
        assert "（不含語言證照）" in part
        assert "2025 年 10 月 3 日（星期五）" in part
        assert f"寄到 {OFFICE}，主旨寫「上傳證照」" in part
        assert "每張 100 元（國內外證照都算）" in part
        assert "前 4 名另依名次給 3,000、2,000、1,000、500 元" in part
        assert "2025 年 11 月 21 日（星期五）在本處網頁公布名單" in part
        assert "NT$ 3,000 / 2,000 / 1,000 / 500 more" in part
    for part in said(campaign.model_copy(update={"reward": None}), Letter.PROOF_ACCEPTED, full):
        assert "獎勵" not in part
        assert "Reward" not in part


def test_whom_to_ask_about_the_reward(campaign: Campaign, full: LetterData):
    """如有任何問題，請洽研發處就輔組。"""
    for part in said(campaign, Letter.REWARD_RECEIVED, full):
        assert "請洽研究發展處就輔組" in part


def test_the_invitation_tells_when_the_money_comes(campaign: Campaign, full: LetterData):
    """(發證日期後2個半月，約3、4月收到補助)"""
    data = LetterData(
        case=full.case,
        registration=full.registration,
        after=AfterData(closes_on=date(2026, 2, 23)),
    )
    for part in said(campaign, Letter.REFUND_INVITATION, data):
        assert "收件到 2026 年 2 月 23 日（星期一）（含當天），逾時不候" in part
        assert "由學校統一退費，約在發證日期後 75 天撥款" in part
    issued = campaign.certificates.issued_from
    assert issued
    paid = datetime(issued.year, issued.month, issued.day, tzinfo=TAIPEI) + timedelta(
        days=campaign.refund.paid_after_days
    )
    assert paid.month in (3, 4)
    assert paid < datetime(2026, 5, 1, tzinfo=UTC)
