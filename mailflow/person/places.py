"""Names of departments, exam areas and exams: what people write → what the form says.

Departments as the university lists them; exam names as the iPAS programme lists them for 114.
"""

import re
import unicodedata

DEPARTMENTS: dict[str, tuple[str, ...]] = {
    "資訊工程系": ("資工",),
    "電機工程系": ("電機",),
    "電子工程系": ("電子",),
    "光電工程系": ("光電",),
    "電資學士班": ("電資班", "電資"),
    "電資國際專班": ("電資外國學生專班", "電資國際"),
    "資訊與財金管理系": ("資財", "資訊財金"),
    "工業工程與管理系": ("工管", "工業工程"),
    "經營管理系": ("經管",),
    "機械工程系": ("機械",),
    "車輛工程系": ("車輛",),
    "能源與冷凍空調工程系": ("能源系", "冷凍空調", "冷凍", "能源冷凍"),
    "製造科技研究所": ("製科所", "製科"),
    "自動化科技研究所": ("自動化所", "自動化"),
    "機電學士班": ("機電班", "機電學士"),
    "化學工程與生物科技系": ("化工", "化工生技"),
    "分子科學與工程系": ("分子",),
    "材料及資源工程系": ("材資",),
    "土木工程系": ("土木",),
    "環境工程與管理研究所": ("環境所", "環工所", "環工"),
    "建築系": ("建築",),
    "工業設計系": ("工設", "工設系"),
    "工業設計所": ("工設所", "工業設計研究所", "工業設計系碩士班"),
    "互動設計系": ("互動", "互動設計"),
    "創意設計學士班": ("創設班", "創意設計"),
    "應用英文系": ("應英", "英文系"),
    "文化事業發展系": ("文發",),
    "智慧財產權研究所": ("智財所", "智財"),
    "技術及職業教育研究所": ("技職所",),
    "人工智慧科技碩士學位學程": ("人工智慧學程", "AI學程"),
}
AREAS = ("臺北", "新竹", "臺中", "臺南", "高雄")
_OTHER_AREAS = frozenset(
    [
        "新北",
        "桃園",
        "基隆",
        "宜蘭",
        "花蓮",
        "臺東",
        "屏東",
        "嘉義",
        "雲林",
        "彰化",
        "南投",
        "苗栗",
        "澎湖",
        "金門",
    ]
)

EXAMS: dict[str, tuple[str, ...]] = {
    "AI應用規劃師": ("AI規劃師", "AI應用規劃", "AIAP"),
    "物聯網應用工程師": ("物聯網", "IoT"),
    "資訊安全工程師": ("資安工程師", "資訊安全", "資安"),
    "塑膠材料應用工程師": ("塑膠材料", "塑膠"),
    "食品品保工程師": ("食品品保",),
    "3D列印積層製造工程師": ("3D列印", "積層製造"),
    "電動車機電整合工程師": ("電動車",),
    "電路板製程工程師": ("電路板", "PCB"),
    "天線設計工程師": ("天線設計", "天線"),
    "電磁相容工程師": ("電磁相容", "EMC"),
    "營運智慧分析師": ("營運智慧",),
    "工具機機械設計工程師": ("工具機",),
    "智慧生產工程師": ("智慧生產",),
    "色彩規劃管理師": ("色彩規劃",),
    "淨零碳規劃管理師": ("淨零碳", "淨零"),
    "無形資產評價管理師": ("無形資產評價", "無形資產"),
    "品牌企劃師": ("品牌企劃",),
    "智慧聯網與工控資安整合應用工程師": ("工控資安",),
    "感知系統整合應用工程師": ("感知系統",),
}
_LEVEL = re.compile(r"[(\[ -]{0,3}(?P<level>[初中高])[級级等]?[)\] ]{0,2}$")
_UNIT_ENDINGS = ("系", "所", "學程", "專班", "學士班", "組", "碩士班", "博士班", "中心")


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("台", "臺")


def department(text: str) -> str | None:
    """The official name; an unlisted unit is kept as written, anything else is None."""
    name = (
        _folded(text).removeprefix("國立臺北科技大學").removeprefix("北科大").removeprefix("北科")
    )
    short = re.sub(r"(?:學系|系所|系|所)$", "", name)
    for official, aliases in DEPARTMENTS.items():
        if name == official or name in aliases:
            return official
    for official, aliases in DEPARTMENTS.items():
        if short in aliases or f"{short}系" == official:
            return official
    return name if 3 <= len(name) <= 20 and name.endswith(_UNIT_ENDINGS) else None


def exam_area(text: str) -> str | None:
    """臺北 … 高雄, or another county's name; None for anything else."""
    name = re.sub(r"(?:考區|考場|市|縣|區)+$", "", _folded(text))
    return name if name in AREAS or name in _OTHER_AREAS else None


def exam(text: str) -> str | None:
    """`名稱 級等`; None without a level or with an unknown name."""
    plain = re.sub(r"^iPAS", "", " ".join(unicodedata.normalize("NFKC", text).split())).strip()
    found = _LEVEL.search(plain)
    if not found:
        return None
    name = _folded(plain[: found.start()])
    for official, aliases in EXAMS.items():
        if name.lower() in (official.lower(), *(alias.lower() for alias in aliases)):
            return f"{official} {found['level']}級"
    if name.endswith("師") and 4 <= len(name) <= 20:
        return f"{name} {found['level']}級"
    return None
