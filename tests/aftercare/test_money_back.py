"""Refunds, retakes, accounts and rewards: what the rules say before anybody decides."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from mailflow.aftercare import AftercareState, KeptSubject, NoOffer, Payee, RefundState
from mailflow.aftercare.payees import is_holder, payee_of, read_payee
from mailflow.aftercare.refunds import Earlier, Reception, closes_on, entitlement, receive
from mailflow.aftercare.retakes import Offer, offer
from mailflow.aftercare.rewards import doubts, is_language, published_name, ranking
from mailflow.campaign import Campaign, Refund, Reward, load_campaign


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign(Path(__file__).parents[2] / "campaigns" / "114-2.toml")


@pytest.fixture(scope="module")
def reward(campaign: Campaign) -> Reward:
    assert campaign.reward
    return campaign.reward


# The window


def test_the_month_counts_from_the_later_of_letter_and_certificate(campaign: Campaign):
    """收件時間1個月，逾時不候; 團報負責人寄送信件通知填資料申請費用(11/27後);
    考試單位寄發證書115/1/15後."""
    invited = date(2025, 11, 28)
    assert closes_on(campaign, invited_on=invited, certificate_on=None) == date(2026, 2, 23)
    # 2026-02-15 is a Sunday within the New Year's days off; the next working day counts.
    assert closes_on(campaign, invited_on=invited, certificate_on=date(2026, 3, 2)) == date(
        2026, 4, 2
    )
    early = campaign.model_copy(update={"refund": Refund(counted_from="invitation")})
    assert closes_on(early, invited_on=invited, certificate_on=None) == date(2025, 12, 29)


def test_without_any_day_of_certificates_the_window_stays_open(campaign: Campaign):
    unknown = campaign.model_copy(
        update={"certificates": campaign.certificates.model_copy(update={"issued_from": None})}
    )
    assert closes_on(unknown, invited_on=date(2025, 11, 28), certificate_on=None) is None


@pytest.mark.parametrize(
    ("refund", "exam", "arrived", "answer"),
    [
        (RefundState.INVITED, AftercareState.POSTED, date(2026, 2, 23), Reception.TAKEN),
        (RefundState.INVITED, AftercareState.POSTED, date(2026, 2, 24), Reception.LATE),
        (RefundState.VOID, AftercareState.POSTED, date(2026, 2, 23), Reception.LATE),
        (RefundState.UNINVITED, AftercareState.PASSED, date(2025, 11, 20), Reception.EARLY),
        (RefundState.UNINVITED, AftercareState.KEPT, date(2025, 12, 1), Reception.FOR_STAFF),
        (RefundState.UNINVITED, AftercareState.AWAITED, date(2025, 12, 1), Reception.FOR_STAFF),
        (RefundState.APPLIED, AftercareState.POSTED, date(2026, 2, 1), Reception.FOR_STAFF),
        (RefundState.REFUNDED, AftercareState.POSTED, date(2026, 4, 1), Reception.FOR_STAFF),
    ],
)
def test_an_application_is_taken_in_the_window_and_answered_outside(refund, exam, arrived, answer):
    """逾時不候; 獲得證書者才能將自己繳的錢拿回去."""
    assert receive(refund, exam, arrived_on=arrived, closes_on=date(2026, 2, 23)) is answer


# The sum


def test_who_passed_gets_back_what_they_paid():
    """合格才能把錢拿回來=免費."""
    assert entitlement(600, Refund(), is_retake=False).total == 600
    assert entitlement(600, Refund(), is_retake=False).doubts == ()
    assert entitlement(None, Refund(), is_retake=False).doubts == ("nothing_was_billed",)


def test_a_successful_retake_earns_the_earlier_half_too_once_and_while_enrolled():
    """如補考成功（以一次為限，考證時需在學），還可以把之前繳的半額報名費拿回來."""

    def retake(is_enrolled: bool | None = True, rules: Refund | None = None, **known):
        earlier = Earlier("c1", 600, **known)
        return entitlement(
            300, rules or Refund(), is_retake=True, earlier=earlier, is_enrolled=is_enrolled
        )

    whole = retake()
    assert (whole.own, whole.earlier, whole.earlier_case_id, whole.doubts) == (300, 600, "c1", ())
    assert retake(refunded=True).doubts == ("earlier_half_refunded_before",)
    assert retake(refunded=True).total == 300
    assert retake(tries=2).doubts == ("retaken_more_than_once",)
    assert retake(is_enrolled=None).doubts == ("enrolment_unknown",)
    assert retake(is_enrolled=False).doubts == ("not_enrolled",)
    assert retake(is_enrolled=False).total == 300
    assert retake(is_enrolled=False, rules=Refund(must_be_enrolled=False)).total == 900
    unknown = entitlement(300, Refund(), is_retake=True, is_enrolled=True)
    assert (unknown.total, unknown.doubts) == (300, ("earlier_payment_unknown",))


# The retake


def kept(exam: str, subject: str, until: date = date(2028, 11, 1)) -> KeptSubject:
    return KeptSubject(exam, subject, Decimal(75), date(2025, 11, 1), until)


def upcoming(campaign: Campaign, **exam_changes) -> Campaign:
    """The next round, cloned: 115 first half, with its exam days."""
    exams = tuple(
        one.model_copy(update={"held_on": (date(2026, 5, 16),), **exam_changes})
        for one in campaign.exams
    )
    moved = {"opens_on": date(2026, 2, 20), "exams": exams}
    ends = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
    return campaign.model_copy(
        update={**moved, "announced_register_until": ends, "announced_pay_until": ends}
    )


def test_the_retake_is_offered_with_the_subject_that_is_left(campaign: Campaign):
    exam = "AI應用規劃師 初級"
    found = offer((kept(exam, "人工智慧基礎概論"),), upcoming(campaign))
    assert isinstance(found, Offer)
    assert (found.exam, found.subjects) == (exam, ("生成式AI應用與規劃",))
    assert (found.exam_on, found.succeeds) == (date(2026, 5, 16), "")


def test_no_retake_is_offered_after_the_kept_subject_has_expired(campaign: Campaign):
    exam, subject = "AI應用規劃師 初級", "人工智慧基礎概論"
    just = offer((kept(exam, subject, until=date(2026, 5, 16)),), upcoming(campaign))
    assert isinstance(just, Offer)
    expired = offer((kept(exam, subject, until=date(2026, 5, 15)),), upcoming(campaign))
    assert expired is NoOffer.EXPIRED


def test_a_stopped_exam_leads_to_the_one_that_takes_its_kept_subjects(campaign: Campaign):
    """物聯網應用工程師 is held no more from 2026-01-01 on."""
    iot = kept("物聯網應用工程師 初級", "物聯網基礎架構概論")
    assert offer((iot,), upcoming(campaign)) is NoOffer.NOT_HELD  # AIOT is not in this clone
    ai = next(one for one in campaign.exams if one.key == "AIAP 初級")
    new = ai.model_copy(update={"name": "AIoT應用工程師 初級", "code": "AIOT"})
    following = upcoming(campaign)
    following = following.model_copy(update={"exams": (*following.exams, new)})
    found = offer((iot,), following)
    assert isinstance(found, Offer)
    assert (found.exam, found.succeeds) == ("AIoT應用工程師 初級", "物聯網應用工程師 初級")
    assert found.subjects == ()  # which one is exempted, the brochure says


# The account


@pytest.mark.parametrize(
    "text",
    [
        "銀行代碼：822\n帳號：9012-3456 7890\n戶名：王小明",
        "銀行代碼: ８２２ 中國信託\n帳號： ９０１２３４５６７８９０\n戶名：王小明\n謝謝老師",
        "> 銀行代碼：8220013\n> 帳號：901234567890\n> 戶名：王小明",
    ],
)
def test_an_account_is_read_from_the_three_lines(text: str):
    payee = read_payee(text)
    assert isinstance(payee, Payee)
    assert (payee.bank, payee.account, payee.holder) == ("822", "901234567890", "王小明")
    assert payee.masked == "822 ********7890"
    assert "901234567890" not in repr(payee)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("帳號：901234567890\n戶名：王小明", ("payee_bank",)),
        ("銀行代碼：822\n帳號：9012\n戶名：王小明", ("payee_account",)),
        ("銀行代碼：822\n帳號：901234567890", ("payee_holder",)),
        ("請問可以給現金嗎", ("payee_bank", "payee_account", "payee_holder")),
        (
            "銀行代碼：822\n帳號：901234567890\n戶名：王小明\n帳號：901234567891",
            ("payee_said_twice",),
        ),
    ],
)
def test_what_is_no_account_is_named_and_never_guessed(text: str, wrong: tuple[str, ...]):
    assert read_payee(text) == wrong


def test_the_holder_is_compared_as_people_write_names():
    payee = payee_of("822", "901234567890", holder="Wang Hsiao Ming")
    assert isinstance(payee, Payee)
    assert is_holder(payee, "王小明", "WANG, HSIAO-MING")
    assert not is_holder(payee, "王小明", "")
    assert not is_holder(payee, "王大明", "WANG, TA-MING")


# The reward


@pytest.mark.parametrize(
    "title", ["TOEIC 多益 860", "日檢 N2", "JLPT N1", "全民英檢中級", "IELTS 6.5", "ＴＯＥＦＬ iBT"]
)
def test_a_language_certificate_is_recognised(title: str, reward: Reward):
    """快來上傳113-2學期考取通過之專業證照(不含語言證照)."""
    assert is_language(title)
    at = datetime(2025, 9, 1, tzinfo=UTC)
    assert doubts(title, reward, issued_on=date(2025, 3, 1), arrived_at=at) == [
        "language_certificate"
    ]


@pytest.mark.parametrize("title", ["TQC+ Python 程式設計", "AWS Cloud Practitioner", "iPAS 資安"])
def test_a_professional_certificate_is_none_of_a_language(title: str):
    assert not is_language(title)


def test_only_certificates_of_the_semester_handed_in_on_time_count(reward: Reward):
    """113-2學期(114/02/01-114/07/31)考取通過; 請於114/10/3（五）前完成上傳."""
    in_time = datetime(2025, 10, 3, 15, 59, 59, tzinfo=UTC)
    late = datetime(2025, 10, 3, 16, 0, tzinfo=UTC)  # the 4th in Taipei

    def found(issued_on: date | None, at: datetime = in_time) -> list[str]:
        return doubts("TQC", reward, issued_on=issued_on, arrived_at=at)

    assert found(date(2025, 2, 1)) == found(date(2025, 7, 31)) == []
    assert found(date(2025, 1, 31)) == found(date(2025, 8, 1)) == ["issued_outside_period"]
    assert found(date(2025, 3, 1), late) == ["uploaded_late"]
    assert found(None) == ["issue_day_unknown"]


def test_each_certificate_earns_100_and_the_first_four_more(reward: Reward):
    """上傳有獎勵：上傳一張證照獲得100元（含國內外證照）.
    名次獎勵：第一名3,000元、第二名2,000元、第三名1,000元、第四名500元."""
    counts = {"anne": 9, "bart": 7, "cris": 5, "dirk": 3, "eva": 1, "faye": 0}
    told = [(one.key, one.rank, one.total) for one in ranking(counts, reward)]
    assert told == [
        ("anne", 1, 3900), ("bart", 2, 2700), ("cris", 3, 1500), ("dirk", 4, 800), ("eva", 5, 100),
    ]  # fmt: skip


def test_who_shares_a_place_is_shown_and_staff_say_who_has_it(reward: Reward):
    counts = {"anne": 9, "bart": 7, "cris": 7, "dirk": 2, "eva": 1, "faye": 1}
    shared = {one.key: one for one in ranking(counts, reward)}
    assert (shared["bart"].rank, shared["bart"].tied, shared["bart"].prize) == (2, True, 0)
    assert (shared["dirk"].rank, shared["dirk"].prize) == (4, 500)
    assert not shared["eva"].tied  # the fifth place has no prize
    said = ranking(counts, reward, places={"bart": 3, "cris": 2})
    assert [(one.key, one.rank, one.prize) for one in said[1:3]] == [
        ("cris", 2, 2000),
        ("bart", 3, 1000),
    ]
    both = ranking(counts, reward, places={"bart": 2, "cris": 2})
    assert [one.prize for one in both[1:3]] == [2000, 2000]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王小明", "王O明"),
        ("王明", "王O"),
        ("歐陽小明", "歐OO明"),
        ("𠮷田明", "𠮷O明"),
        ("CHEN, YI-JUN", "CHEN O"),
    ],
)
def test_a_published_name_is_masked(name: str, shown: str):
    assert published_name(name) == shown
