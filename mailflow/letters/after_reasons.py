"""Why an application or a certificate was refused, in words a student can act on."""

from collections.abc import Iterable, Mapping

from mailflow.letters.wording import Both

REFUSALS: Mapping[str, Both] = {
    "certificate_missing": Both(
        "沒有附上證書的照片、截圖或 PDF。",
        "No photo, screenshot or PDF of the certificate was attached.",
    ),
    "certificate_unreadable": Both(
        "證書的檔案無法清楚辨識（例如模糊、反光或被裁切）。",
        "The file of the certificate is not readable (blurred, glare or cut off).",
    ),
    "certificate_of_another": Both(
        "證書上的姓名與您的報名資料不同。",
        "The name on the certificate differs from your registration.",
    ),
    "other_certificate": Both(
        "這份證書不是本梯次報名項目的證書。",
        "This certificate is not that of the exam you registered for.",
    ),
    "not_enrolled": Both(
        "補考成功者須於取得證書時仍在學；名冊中查無您的在學紀錄。",
        "After a retake the refund is for those who were still enrolled; the register does not "
        "show you as enrolled.",
    ),
    "refunded_before": Both(
        "這筆報名費已經退過；補考的退費以一次為限。",
        "This fee has been paid back before; after a retake that is done once only.",
    ),
    "language_certificate": Both(
        "語言類證照（例如多益、日檢）不在獎勵範圍內。",
        "Language certificates (for example TOEIC or JLPT) are not part of the reward.",
    ),
    "issued_outside_period": Both(
        "證照的取得日期不在本次獎勵的期間內。",
        "The certificate was not obtained within the period of this reward.",
    ),
    "uploaded_late": Both(
        "證照在收件期限之後才寄達。",
        "The certificate arrived after the closing day.",
    ),
    "duplicate_certificate": Both(
        "同一張證照先前已經收過。",
        "We have received the same certificate before.",
    ),
    "other": Both(
        "承辦人的說明如下。",
        "Our staff explain it below.",
    ),
}


def after_reasons(codes: Iterable[str]) -> tuple[Both, ...]:
    """Each reason once, in the codes' order; a pointer to the staff's note for an unknown one."""
    return tuple(dict.fromkeys(REFUSALS.get(code, REFUSALS["other"]) for code in codes))
