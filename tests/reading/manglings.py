"""What mail programs and people do to a form: each turns (label, value) pairs into text."""

from collections.abc import Callable, Sequence

from mailflow.letters.wording import LABELS_EN
from mailflow.person import LABELS, Field, Registration

Pairs = Sequence[tuple[Field, str]]
Mangling = Callable[[Pairs], str]

GRACE = Registration(
    {
        Field.NAME_ZH: "何大同",
        Field.NAME_EN: "HO, TA-TUNG",
        Field.NATIONAL_ID: "A100000001",
        Field.BIRTH_DATE: "2003-05-01",
        Field.SEX: "男",
        Field.STUDENT_NO: "112360011",
        Field.DEPARTMENT: "電子工程系",
        Field.PHONE: "0955666777",
        Field.EMAIL: "ho@example.org",
        Field.ADDRESS: "臺北市信義區松山路10號3樓之2",
        Field.EXAM: "資訊安全工程師 初級",
        Field.SUBJECTS: "資訊安全管理概論、資訊安全技術概論",
        Field.EXAM_AREA: "臺北",
        Field.RETAKE: "否",
    }
)
HUGO = Registration(
    {
        **GRACE.values,
        Field.NAME_ZH: "拉娃‧優幹",
        Field.NAME_EN: "LAWA, YUKAN",
        Field.SEX: "女",
        Field.NATIONAL_ID: "A200000012",
        Field.STUDENT_NO: "112C72007",
        Field.EXAM: "3D列印積層製造工程師 初級",
        Field.SUBJECTS: "積層製造概論",
        Field.RETAKE: "是",
        Field.KEPT_SUBJECT: "3D列印實作",
        Field.KEPT_YEAR: "113",
        Field.STUDY: "四技 三年級",
        Field.CONSENT: "同意",
    }
)
IVAN = Registration(
    {
        **GRACE.values,
        Field.NAME_ZH: "王\ue000明",
        Field.NAME_EN: "SUHARTO",
        Field.NATIONAL_ID: "A800000014",
        Field.PHONE: "+84912345678",
        Field.EMAIL: "ivan+ipas@example.org",
        Field.NEEDS: "輪椅可進出的試場",
    }
)


def pairs(registration: Registration, *, without: Sequence[Field] = ()) -> list[tuple[Field, str]]:
    """Every asked or filled field; those of `without` are left blank."""
    return [(f, "" if f in without else registration[f]) for f in registration.filled()]


def lines(
    told: Pairs, *, colon: str = "：", label: Callable[[Field], str] = LABELS.__getitem__
) -> list[str]:
    return [f"{label(name)}{colon}{value}" for name, value in told]


def as_sent(told: Pairs) -> str:
    return "\n".join(lines(told))


def half_width(told: Pairs) -> str:
    return "\n".join(lines(told, colon=": "))


def no_line_ends(told: Pairs) -> str:
    return "".join(lines(told))


def blanks_for_line_ends(told: Pairs) -> str:
    return " ".join(lines(told))


def no_line_ends_and_a_name_behind(told: Pairs) -> str:
    return " ".join(lines(told)) + " 謝謝老師 " + dict(told)[Field.NAME_ZH] + " 敬上"


def quoted(told: Pairs) -> str:
    return "\n".join(f"> {line}" for line in lines(told))


def answers_below(told: Pairs) -> str:
    return "\n".join(f"{LABELS[name]}：\n{value}" for name, value in told)


def answers_below_with_blank_lines(told: Pairs) -> str:
    return "\n\n".join(f"{LABELS[name]}：\n\n{value}" for name, value in told)


def labels_twice(told: Pairs) -> str:
    """The empty form stands above the filled one."""
    empty = [f"{LABELS[name]}：" for name, _ in told]
    return "\n".join([*empty, "", *lines(told)])


def each_label_twice(told: Pairs) -> str:
    return "\n".join(f"{LABELS[name]}：{LABELS[name]}：{value}" for name, value in told)


def numbered(told: Pairs) -> str:
    return "\n".join(f"{n}. {line}" for n, line in enumerate(lines(told), 1))


def numbered_in_chinese(told: Pairs) -> str:
    numbers = "一二三四五六七八九十"
    names = [*numbers, *(f"十{n}" for n in numbers[:9])]
    return "\n".join(f"{n}、{line}" for n, line in zip(names, lines(told), strict=False))


def numbered_without_line_ends(told: Pairs) -> str:
    return "".join(f"{n}.{line}" for n, line in enumerate(lines(told), 1))


def circled_numbers(told: Pairs) -> str:
    return "\n".join(f"{chr(0x2460 + n)}{line}" for n, line in enumerate(lines(told)))


def bulleted(told: Pairs) -> str:
    return "\n".join(f"● {line}" for line in lines(told))


def wide_labels(told: Pairs) -> str:
    """姓　名, as people spread short labels."""
    return "\n".join(f"{'　'.join(LABELS[name])} ： {value}" for name, value in told)


def wide_values(told: Pairs) -> str:
    return "\n".join(f"{LABELS[name]}：　　{value}　" for name, value in told)


def in_english(told: Pairs) -> str:
    return "\n".join(lines(told, colon=": ", label=LABELS_EN.__getitem__))


def both_languages(told: Pairs) -> str:
    return "\n".join(f"{LABELS[n]} {LABELS_EN[n]}：{value}" for n, value in told)


def plus_for_blanks(told: Pairs) -> str:
    """A mail program that shows the link's blanks as they were not meant."""
    values = ((n, v if n is Field.EMAIL else v.replace(" ", "+")) for n, v in told)
    return "\n".join(f"{LABELS_EN[n].replace(' ', '+')}:+{value}" for n, value in values)


def break_tags(told: Pairs) -> str:
    return "<br>".join(lines(told))


def tabs(told: Pairs) -> str:
    return "\n".join(lines(told, colon="\t"))


def no_colons(told: Pairs) -> str:
    return "\n".join(lines(told, colon="  "))


def words_around(told: Pairs) -> str:
    name = dict(told)[Field.NAME_ZH]
    return f"老師您好，我要報名 iPAS：\n\n{as_sent(told)}\n\n麻煩您了，謝謝！\n{name} 敬上"


def signature_behind(told: Pairs) -> str:
    data = dict(told)
    signature = "\n".join(data[name] for name in (Field.NAME_ZH, Field.DEPARTMENT, Field.PHONE))
    return f"{as_sent(told)}\n\n--\n{signature}"


def starred(told: Pairs) -> str:
    """Bold labels as plain text shows them."""
    return "\n".join(f"*{LABELS[name]}：*{value}" for name, value in told)


def with_notes(told: Pairs) -> str:
    return "\n".join(f"{LABELS[name]}（必填）：{value}" for name, value in told)


def html_table(told: Pairs) -> str:
    rows = "".join(f"<tr><td>{LABELS[n]}</td><td>{v}</td></tr>" for n, v in told)
    return f"<html><body><p>老師好</p><table>{rows}</table></body></html>"


def html_table_with_colons(told: Pairs) -> str:
    rows = "".join(f"<tr><th>{LABELS[n]}：</th><td><b>{v}</b></td></tr>" for n, v in told)
    return f"<table border=1>{rows}</table>"


def html_divs(told: Pairs) -> str:
    return "".join(f"<div><span>{LABELS[n]}：</span><span>{v}</span></div>" for n, v in told)


def html_list(told: Pairs) -> str:
    return f"<ol>{''.join(f'<li>{LABELS[n]}：{v}</li>' for n, v in told)}</ol>"


KNOWN: tuple[Mangling, ...] = (
    as_sent, half_width, no_line_ends, blanks_for_line_ends, no_line_ends_and_a_name_behind,
    quoted, answers_below, answers_below_with_blank_lines, labels_twice, each_label_twice,
    numbered, numbered_in_chinese, numbered_without_line_ends, circled_numbers, bulleted,
    wide_labels, wide_values, in_english, both_languages, plus_for_blanks, break_tags, tabs,
    no_colons, words_around, signature_behind, starred, with_notes, html_table,
    html_table_with_colons, html_divs, html_list,
)  # fmt: skip


# Written before they were tried, to see what the reader makes of layouts that it was not made for.


def arrows(told: Pairs) -> str:
    return "\n".join(lines(told, colon=" → "))


def dashes(told: Pairs) -> str:
    return "\n".join(lines(told, colon=" - "))


def semicolons_between(told: Pairs) -> str:
    return "；".join(lines(told))


def commas_between(told: Pairs) -> str:
    return "，".join(lines(told))


def label_in_brackets(told: Pairs) -> str:
    return "\n".join(f"【{LABELS[name]}】{value}" for name, value in told)


def double_quoted(told: Pairs) -> str:
    return "\n".join(f">> {line}" for line in lines(told))


def quoted_answers_below(told: Pairs) -> str:
    return "\n".join(f"> {LABELS[name]}：\n{value}" for name, value in told)


def two_on_a_line(told: Pairs) -> str:
    all_lines = lines(told)
    return "\n".join("　　".join(all_lines[i : i + 2]) for i in range(0, len(all_lines), 2))


def markdown_table(told: Pairs) -> str:
    rows = "\n".join(f"| {LABELS[name]} | {value} |" for name, value in told)
    return f"| 欄位 | 內容 |\n| --- | --- |\n{rows}"


def across(told: Pairs) -> str:
    """A spreadsheet's row, pasted with its header."""
    return "\t".join(LABELS[n] for n, _ in told) + "\n" + "\t".join(v for _, v in told)


def html_across(told: Pairs) -> str:
    head = "".join(f"<th>{LABELS[n]}</th>" for n, _ in told)
    row = "".join(f"<td>{v}</td>" for _, v in told)
    return f"<table><tr>{head}</tr><tr>{row}</tr></table>"


def values_in_brackets(told: Pairs) -> str:
    return "\n".join(f"{LABELS[name]}：「{value}」" for name, value in told)


def underlined(told: Pairs) -> str:
    return "\n".join(f"{LABELS[name]}：__{value}__" for name, value in told)


def other_labels(told: Pairs) -> str:
    """The words of the office's web form."""
    names = {Field.NAME_ZH: "姓名", Field.NATIONAL_ID: "身份證字號", Field.BIRTH_DATE: "生日",
             Field.PHONE: "行動電話", Field.EMAIL: "電子信箱", Field.EXAM: "報考項目",
             Field.SUBJECTS: "考科", Field.RETAKE: "是否單科補考", Field.ADDRESS: "聯絡地址",
             Field.KEPT_YEAR: "應考年度"}  # fmt: skip
    return "\n".join(lines(told, label=lambda name: names.get(name, LABELS[name])))


def lettered(told: Pairs) -> str:
    return "\n".join(f"({chr(97 + n)}) {line}" for n, line in enumerate(lines(told)))


def html_paragraphs(told: Pairs) -> str:
    """Outlook: one paragraph for each line, hard blanks and a signature table behind."""
    rows = "".join(
        f'<p class="MsoNormal"><b>{LABELS[n]}</b>&nbsp;:&nbsp;{v}<o:p></o:p></p>' for n, v in told
    )
    return f"{rows}<p>Best regards,</p><table><tr><td>{dict(told)[Field.NAME_EN]}</td></tr></table>"


def shouting_labels(told: Pairs) -> str:
    return "\n".join(lines(told, colon=":", label=lambda name: LABELS_EN[name].upper()))


def reversed_order(told: Pairs) -> str:
    return as_sent(list(reversed(list(told))))


HELD_BACK: tuple[Mangling, ...] = (
    arrows, dashes, semicolons_between, commas_between, label_in_brackets, double_quoted,
    quoted_answers_below, two_on_a_line, markdown_table, across, html_across, values_in_brackets,
    underlined, other_labels, lettered, html_paragraphs, shouting_labels, reversed_order,
)  # fmt: skip


# A second lot, written after the reader knew the first.

_SIMPLIFIED = str.maketrans("證號單學別機訊鑑項報區級無與應訊", "证号单学别机讯鉴项报区级无与应讯")


def slashes_between(told: Pairs) -> str:
    return " / ".join(lines(told, colon=" : "))


def dotted_leaders(told: Pairs) -> str:
    return "\n".join(lines(told, colon="……"))


def invisible_characters(told: Pairs) -> str:
    return "\n".join(f"\u200b{LABELS[n]}\u00a0：\u200e\u00a0{v}\ufeff" for n, v in told)


def comma_behind_the_label(told: Pairs) -> str:
    return "\n".join(lines(told, colon=","))


def numbers_and_dashes(told: Pairs) -> str:
    return "\n".join(f"{k}) {LABELS[n]} - {v}" for k, (n, v) in enumerate(told, 1))


def like_json(told: Pairs) -> str:
    return "{" + ", ".join(f'"{LABELS[n]}": "{v}"' for n, v in told) + "}"


def simplified_labels(told: Pairs) -> str:
    return "\n".join(lines(told, label=lambda name: LABELS[name].translate(_SIMPLIFIED)))


def values_in_round_brackets(told: Pairs) -> str:
    return "\n".join(f"{LABELS[name]}({value})" for name, value in told)


def sentences(told: Pairs) -> str:
    return "，".join(f"我的{LABELS[name]}是{value}" for name, value in told) + "。"


def quoted_twice_and_numbered(told: Pairs) -> str:
    return "\n".join(f"> > ({k}) {LABELS[n]} ：{v}" for k, (n, v) in enumerate(told, 1))


def html_two_fields_in_a_row(told: Pairs) -> str:
    cells = [f"<td>{LABELS[n]}</td><td>{v}</td>" for n, v in told]
    rows = "".join(f"<tr>{''.join(cells[i : i + 2])}</tr>" for i in range(0, len(cells), 2))
    return f"<table>{rows}</table>"


def html_definitions(told: Pairs) -> str:
    return f"<dl>{''.join(f'<dt>{LABELS[n]}</dt><dd>{v}</dd>' for n, v in told)}</dl>"


def html_equal_signs(told: Pairs) -> str:
    return f"<p>{'<br>'.join(f'<i>{LABELS[n]}</i> = <u>{v}</u>' for n, v in told)}</p>"


def broken_lines(told: Pairs) -> str:
    """A mail program that breaks lines at 24 characters."""
    return "\n".join(f"{line[:24]}\n{line[24:]}".rstrip() for line in lines(told))


HELD_BACK_LATER: tuple[Mangling, ...] = (
    slashes_between, dotted_leaders, invisible_characters, comma_behind_the_label,
    numbers_and_dashes, like_json, simplified_labels, values_in_round_brackets, sentences,
    quoted_twice_and_numbered, html_two_fields_in_a_row, html_definitions, html_equal_signs,
    broken_lines,
)  # fmt: skip
