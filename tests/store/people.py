"""The cast, with invented data."""

from datetime import date

from mailflow.letters import Slip
from mailflow.person import Field, Registration

ANNE = Registration(
    {
        Field.NAME_ZH: "安妮",
        Field.NAME_EN: "AN, NI",
        Field.NATIONAL_ID: "A123456789",
        Field.BIRTH_DATE: "2004-05-06",
        Field.SEX: "男",
        Field.STUDENT_NO: "113590001",
        Field.DEPARTMENT: "資訊工程系",
        Field.PHONE: "0912345678",
        Field.EMAIL: "anne@example.org",
        Field.ADDRESS: "臺北市大安區忠孝東路三段1號",
        Field.EXAM: "AI應用規劃師 初級",
        Field.SUBJECTS: "人工智慧基礎概論、生成式AI應用與規劃",
        Field.EXAM_AREA: "臺北",
        Field.RETAKE: "否",
    }
)
BART = ANNE.with_changes(
    {
        Field.NAME_ZH: "巴特",
        Field.NAME_EN: "PA, TE",
        Field.NATIONAL_ID: "B123456780",
        Field.STUDENT_NO: "113590002",
        Field.EMAIL: "bart@example.org",
    }
)
SLIP = Slip(amount=600, account="95821140000017", bank="822", due_on=date(2025, 9, 22))
