"""The cast of the demo: a dozen invented students and what each of them does."""

from dataclasses import dataclass
from datetime import date

from mailflow.person import Field, Registration

STUDENT_HOST = "student.example.edu.tw"
BANK = "822"


@dataclass(frozen=True, slots=True)
class Student:
    """One sample student. `role` names the behaviour in `mailflow.demo.students`; `alone` tells
    whether the round should go on without any member of staff."""

    name: str
    role: str
    number: int
    exam: str
    subjects: str
    fee: int
    alone: bool
    story: str

    @property
    def address(self) -> str:
        return f"t{self.student_no}@{STUDENT_HOST}"

    @property
    def student_no(self) -> str:
        return f"113{590_000 + self.number}"

    @property
    def account(self) -> str:
        return f"95821140{900_000 + self.number}"

    def registration(self) -> Registration:
        """Data that pass every check; the numbers belong to nobody."""
        return Registration(
            {
                Field.NAME_ZH: self.name,
                Field.NAME_EN: f"DEMO, {self.role.replace('_', '-').upper()}",
                Field.NATIONAL_ID: national_id(self.number),
                Field.BIRTH_DATE: date(2004, 1 + self.number % 12, 10).isoformat(),
                Field.SEX: "男",
                Field.STUDENT_NO: self.student_no,
                Field.DEPARTMENT: "資訊工程系",
                Field.PHONE: f"0900{100 + self.number:06d}",
                Field.EMAIL: self.address,
                Field.ADDRESS: f"臺北市大安區忠孝東路三段{self.number}號",
                Field.EXAM: self.exam,
                Field.SUBJECTS: self.subjects,
                Field.EXAM_AREA: "臺北",
                Field.RETAKE: "否",
            }
        )


def national_id(number: int) -> str:
    """A number with a right check digit: letter A, male, zeros, the serial."""
    body = f"1{number:07d}"
    weights = (8, 7, 6, 5, 4, 3, 2, 1)
    total = 1 + sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return f"A{body}{-total % 10}"


AI = ("AI應用規劃師 初級", "人工智慧基礎概論、生成式AI應用與規劃", 600)
PLASTICS = ("塑膠材料應用工程師 初級", "塑膠材料概論、塑膠成型概論", 700)
PRINT = ("3D列印積層製造工程師 初級", "積層製造概論、3D列印實作", 1200)

CAST = (
    Student("安妮", "anne", 1, *AI, alone=True, story="確認資料，轉帳繳費"),
    Student("巴特", "bart", 2, *AI, alone=True, story="兩次更正資料，再確認、繳費"),
    Student("克里斯", "cris", 3, *AI, alone=False, story="少轉了錢"),
    Student("德克", "dirk", 4, *AI, alone=False, story="信箱不存在，信被退回"),
    Student("伊娃", "eva", 5, *PLASTICS, alone=True, story="先有自動回覆，之後確認、繳費"),
    Student("方華", "fang", 6, *PRINT, alone=True, story="到超商繳費"),
    Student("葛林", "gela", 7, *AI, alone=True, story="只回「收到」，期限過後視為放棄"),
    Student("胡戈", "hugo", 8, *AI, alone=True, story="從別的信箱按確認，再改用登記的信箱"),
    Student("艾莉", "iris", 9, *AI, alone=True, story="用信報名"),
    Student("傑克", "jack", 10, *PLASTICS, alone=True, story="先寄預約轉帳，再寄轉帳結果"),
    Student("凱特", "kate", 11, *AI, alone=False, story="按了確認又說要退出"),
    Student("李歐", "leon", 12, *AI, alone=False, story="問了一個問題，照常繳費"),
)
