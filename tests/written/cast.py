"""Invented people: a registration for each written mail, always the same for the same key."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from hashlib import sha256

TAIPEI = timezone(timedelta(hours=8))
LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
TOKEN_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
PEOPLE = re.split(
    r"(?<=[男女])\s+",
    """\
林育丞|LIN, YU-CHENG|男 蔡依庭|TSAI, YI-TING|女 黃冠霖|HUANG, KUAN-LIN|男 許家瑜|HSU, CHIA-YU|女
簡睿哲|CHIEN, JUI-CHE|男 邱詩涵|CHIU, SHIH-HAN|女 羅文凱|LO, WEN-KAI|男 江佩穎|CHIANG, PEI-YING|女
賴柏宇|LAI, PO-YU|男 沈雅筑|SHEN, YA-CHU|女 方品叡|FANG, PIN-JUI|男 莊郁婷|CHUANG, YU-TING|女
柯宗翰|KO, TSUNG-HAN|男 溫思妤|WEN, SZU-YU|女 歐陽廷軒|OUYANG, TING-HSUAN|男
湯子晴|TANG, TZU-CHING|女
葉承恩|YEH, CHENG-EN|男 呂宛蓁|LU, WAN-CHEN|女 施建宏|SHIH, CHIEN-HUNG|男 彭筱雯|PENG, HSIAO-WEN|女
阮明德|NGUYEN, MINH DUC|男 陳氏蘭|TRAN, THI LAN|女 王思远|WANG, SIYUAN|男 李梓萱|LI, ZIXUAN|女
布迪|SANTOSO, BUDI|男 佐藤健|SATO, KEN|男 卓亞倫|CHO, YA-LUN|男 涂昀臻|TU, YUN-CHEN|女
鍾岳霖|CHUNG, YUEH-LIN|男 巫采潔|WU, TSAI-CHIEH|女""",
)
DEPARTMENTS = [
    "資訊工程系",
    "電機工程系",
    "電子工程系",
    "資訊與財金管理系",
    "機械工程系",
    "車輛工程系",
    "光電工程系",
    "工業工程與管理系",
    "經營管理系",
    "工業設計系",
    "互動設計系",
    "應用英文系",
]
EXAMS = (
    ("AI應用規劃師 初級", "人工智慧基礎概論、生成式AI應用與規劃", 600),
    ("資訊安全工程師 初級", "資訊安全管理概論、資訊安全技術概論", 600),
    ("淨零碳規劃管理師 初級", "淨零碳規劃管理基礎概論、淨零碳盤查範圍與程序概要", 600),
    ("塑膠材料應用工程師 初級", "塑膠材料概論、塑膠成型概論", 700),
    ("電動車機電整合工程師 初級", "電動車概論、機電整合概論", 600),
)
AREAS = ["臺北", "臺北", "臺北", "臺中", "高雄"]
STREETS = [
    "臺北市大安區建國南路二段{}號",
    "新北市板橋區民生路三段{}號5樓",
    "桃園市中壢區中大路{}號",
    "臺中市西屯區福星路{}號3樓之1",
    "新竹市東區建功一路{}號",
    "高雄市三民區建工路{}號",
]


class Dice:
    """Numbers that follow from a key alone."""

    def __init__(self, key: str) -> None:
        self._bytes = sha256(key.encode()).digest() * 4
        self._at = 0

    def below(self, limit: int) -> int:
        """The next number, from 0 to limit - 1."""
        self._at += 2
        return int.from_bytes(self._bytes[self._at - 2 : self._at], "big") % limit


def with_check_digit(front: str) -> str:
    """`A12345678` → `A123456789`, by the public rule of national identity and residence numbers."""
    number = LETTERS.index(front[0]) + 10
    digits = [number // 10, number % 10]
    digits += [int(c) if c.isdigit() else (LETTERS.index(c) + 10) % 10 for c in front[1:]]
    weighed = sum(d * w for d, w in zip(digits, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1), strict=True))
    return front + str(-weighed % 10)


@dataclass(frozen=True, slots=True)
class Registered:
    """What the office knows of one student when the mail comes."""

    data: dict[str, str]
    token: str
    case: str
    fee: int
    account: str
    wrote_at: datetime

    @property
    def address(self) -> str:
        return self.data["email"]


def _identity(dice: Dice, *, sex: str, foreign: bool) -> str:
    second = ("8" if sex == "男" else "9") if foreign else ("1" if sex == "男" else "2")
    digits = "".join(str(dice.below(10)) for _ in range(7))
    return with_check_digit("ABDFHJKNT"[dice.below(9)] + second + digits)


def _person(dice: Dice, who: str | None) -> tuple[str, str, str]:
    if who:
        found = [line for line in PEOPLE if line.startswith(who + "|")]
        parts = (found[0] if found else who).split("|")
        return parts[0], parts[1], parts[2]
    parts = PEOPLE[dice.below(len(PEOPLE))].split("|")
    return parts[0], parts[1], parts[2]


def registered(key: str, *, number: int, who: str | None, overrides: dict[str, str]) -> Registered:
    """The registration behind a mail; `overrides` are the values its writer wanted there."""
    dice = Dice(key)
    name_zh, name_en, sex = _person(dice, who)
    exam, subjects, fee = EXAMS[dice.below(len(EXAMS))]
    born = date(2002, 1, 1) + timedelta(days=dice.below(1500))
    student_no = f"11{dice.below(4)}{36 + 23 * dice.below(2)}0{dice.below(100):03d}"
    first = name_en.split(",")[1].strip().lower().replace(" ", "").replace("-", "")
    address = (
        f"t{student_no}@student.example.org"
        if dice.below(2)
        else f"{first}{dice.below(1000)}@example.{('com', 'net', 'org')[dice.below(3)]}"
    )
    data = {
        "name_zh": name_zh,
        "name_en": name_en,
        "national_id": _identity(dice, sex=sex, foreign=" " in name_en.split(", ")[1]),
        "birth_date": born.isoformat(),
        "sex": sex,
        "student_no": student_no,
        "department": DEPARTMENTS[dice.below(len(DEPARTMENTS))],
        "phone": f"09{dice.below(10000):04d}{dice.below(10000):04d}",
        "email": address,
        "address": STREETS[dice.below(len(STREETS))].format(1 + dice.below(300)),
        "exam": exam,
        "subjects": subjects,
        "exam_area": AREAS[dice.below(len(AREAS))],
        "retake": "否",
    }
    data |= overrides
    letters = [TOKEN_LETTERS[dice.below(len(TOKEN_LETTERS))] for _ in range(8)]
    return Registered(
        data=data,
        token="".join(letters[:4]) + "-" + "".join(letters[4:]),
        case=f"iPAS114-{number:04d}",
        fee=next((e[2] for e in EXAMS if e[0] == data["exam"]), fee),
        account=f"9582114{dice.below(10000):04d}{dice.below(1000):03d}",
        wrote_at=datetime(2025, 9, 10, 9, 0, tzinfo=TAIPEI)
        + timedelta(days=dice.below(8), minutes=dice.below(720), seconds=dice.below(60)),
    )


def another_identity(person: Registered, *, right: bool = True) -> str:
    """A number that is not the registered one; with `right=False` its check digit is wrong."""
    front = person.data["national_id"][:9]
    turned = front[:8] + str((int(front[8]) + 3) % 10)
    number = with_check_digit(turned)
    return number if right else number[:9] + str((int(number[9]) + 5) % 10)
