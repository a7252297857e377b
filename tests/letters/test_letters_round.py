"""What letters say of the round: notice, courses, added texts, group code, choices; the poster."""

import io
import re
import shutil
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import zxingcpp
from letters_cast import ANNE, NOW, OFFICE, Send, opened
from PIL import Image

from mailflow.campaign import Added, Campaign
from mailflow.letters import CARRIES_NOTICE, Composer, LetterData, default_templates
from mailflow.letters.masking import masked
from mailflow.letters.poster import draw_poster
from mailflow.letters.rehearsal import rehearse
from mailflow.person import LABELS, Change, Field
from mailflow.workflow import Letter


def composer_of(campaign: Campaign, **update: object) -> Composer:
    changed = campaign.model_copy(update=update)
    return Composer(default_templates(), changed, office=OFFICE, sender_name="研發處")


def said(composer: Composer, letter: Letter, data: LetterData) -> tuple[str, str]:
    rendered = composer.compose(
        letter, data, to="anne@example.org", message_id="<a@example.org>", now=NOW
    )
    _, text, html = opened(rendered)
    return text, html


def test_form_and_first_letters_carry_the_notice_of_personal_data(send: Send, full: LetterData):
    for letter in Letter:
        data = LetterData(case="") if letter is Letter.REGISTRATION_FORM else full
        _, text, html = opened(send(letter, data))
        for part in (text, html):
            assert ("個人資料蒐集告知（第 1 版" in part) is (letter in CARRIES_NOTICE)
            assert ("Personal data notice (version 1" in part) is (letter in CARRIES_NOTICE)


def test_completion_lists_the_courses_for_the_own_exam(campaign: Campaign, full: LetterData):
    security = ANNE.with_changes({Field.EXAM: "資訊安全工程師 初級"})
    data = LetterData(case="iPAS114-0007", registration=security, reply_tag="q1w2e3r4")
    for part in said(composer_of(campaign), Letter.PROOF_ACCEPTED, data):
        for word in ("網路與系統安全", "資財系", "350443", "352285", "星期三第2、3、4節"):
            assert word in part
        assert "高分子聚合學" not in part
    for part in said(composer_of(campaign), Letter.PROOF_ACCEPTED, full):  # no course for AI
        assert "校內相關課程" not in part


def test_the_group_code_is_given_only_when_there_is_one(campaign: Campaign, full: LetterData):
    for part in said(composer_of(campaign), Letter.PROOF_ACCEPTED, full):
        assert "驗證碼" not in part
    for part in said(composer_of(campaign, group_code="AB12"), Letter.PROOF_ACCEPTED, full):
        assert "驗證碼" in part
        assert "AB12" in part


def test_a_round_may_add_a_paragraph_to_a_letter(campaign: Campaign, full: LetterData):
    added = Added(zh="本梯次不要求觀看<數位>課程。", en="No digital course is required.")
    composer = composer_of(campaign, texts={"payment_slip": added})
    text, html = said(composer, Letter.PAYMENT_SLIP, full)
    assert added.zh in text
    assert added.en in text
    assert "觀看&lt;數位&gt;課程" in html
    for part in said(composer, Letter.DATA_CONFIRMATION, full):
        assert "No digital course" not in part


def test_the_form_tells_what_may_be_chosen(send: Send):
    _, text, _ = opened(send(Letter.REGISTRATION_FORM, LetterData(case="")))
    assert "選 3D列印概論＋3D列印製程與材料概論；或 3D列印概論＋" in text
    assert "智慧生產與管理實務" not in text  # not offered in this half-year


def test_the_price_of_a_new_certificate_is_the_rounds(campaign: Campaign, full: LetterData):
    """報名資料錯誤，導致證書資料錯誤，相關費用將由個人自行負責。重做一張證書要600元!!!"""
    certificates = campaign.certificates.model_copy(update={"price_again": 750})
    for part in said(
        composer_of(campaign, certificates=certificates), Letter.DATA_CONFIRMATION, full
    ):
        assert "每張 750 元" in re.sub(r"<[^>]+>", "", part)


def test_a_round_may_hide_personal_numbers_but_not_what_has_changed(
    campaign: Campaign, full: LetterData
):
    hiding = composer_of(campaign, show_personal_numbers=False)
    changed = replace(
        full,
        changes=(
            Change(Field.NATIONAL_ID, "A123456789", "A129456789"),
            Change(Field.PHONE, None, "0912345678"),
        ),
    )
    for part in said(hiding, Letter.DATA_CHANGED, changed):
        assert "A*****6789" in part
        assert "A**3**6789" in part
        assert "A**9**6789" in part
        assert "0912***678" in part
        assert "****-05-06" in part
        assert "以 * 遮蔽" in part
        for number in ("A123456789", "A129456789", "0912345678", "2004-05-06"):
            assert number not in part
    for part in said(composer_of(campaign), Letter.DATA_CHANGED, changed):
        assert "A129456789" in part
        assert "遮蔽" not in part
    assert masked(Field.NATIONAL_ID, "A12") == "**2"
    assert masked(Field.NAME_ZH, "王小明") == "王小明"


def test_every_letter_is_written_for_every_exam_of_the_round(campaign: Campaign):
    assert rehearse(composer_of(campaign), campaign) == []


def test_the_rehearsal_names_the_steps_on_which_a_letter_fails(campaign: Campaign, tmp_path: Path):
    templates = Path(shutil.copytree(default_templates(), tmp_path / "templates"))
    body = templates / "withdrawn" / "body.txt"
    body.write_text("{{ name }} 同學，您的報名已依您的要求取消。\n", encoding="utf-8")
    small = campaign.model_copy(update={"exams": campaign.exams[:2]})
    composer = Composer(templates, small, office=OFFICE, sender_name="研發處")
    (finding,) = rehearse(composer, small)
    assert finding.text == "plain: says nothing in English"
    assert finding.place.startswith("withdrawn (registered × withdraw, asked × withdraw")


def test_the_rehearsal_finds_a_text_for_a_letter_that_does_not_exist(campaign: Campaign):
    texts = {"payment_slips": Added(zh="一", en="one")}
    changed = campaign.model_copy(update={"texts": texts, "exams": campaign.exams[:2]})
    (finding,) = rehearse(composer_of(changed), changed)
    assert finding.place == "texts.payment_slips"
    assert "payment_slip," in finding.remedy


def test_a_camera_reads_the_poster_and_opens_the_registration_mail(campaign: Campaign):
    # guide: 114年9月17日(三) 17:00截止
    # guide: 報名!!!
    page = Image.open(io.BytesIO(draw_poster(campaign, OFFICE)))
    assert page.size == (1654, 2339)
    for scale in (1.0, 0.4):
        seen = page.resize((int(page.width * scale), int(page.height * scale))).rotate(
            3, fillcolor="white"
        )
        (code,) = zxingcpp.read_barcodes(seen)
        link = urlsplit(code.text)
        assert (link.scheme, unquote(link.path)) == ("mailto", OFFICE)
        mail = parse_qs(link.query)
        assert mail["subject"] == ["報名 iPAS 114-2"]
        assert mail["body"][0].split("\r\n") == [f"{label}：" for label in LABELS.values()]


def test_a_long_title_stays_on_the_poster(campaign: Campaign):
    long = campaign.model_copy(update={"title": "產業人才能力鑑定團體報名" * 6})
    page = Image.open(io.BytesIO(draw_poster(long, OFFICE))).convert("L")
    edge = (
        page.crop((0, 0, 60, page.height)).getextrema(),
        page.crop((0, page.height - 40, page.width, page.height)).getextrema(),
    )
    assert edge == ((255, 255), (255, 255))
