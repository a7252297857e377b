"""`mailflow roster …`: the examiner's list, the labels for posting, the bundle of proofs."""

import json
import zipfile
from pathlib import Path
from typing import Annotated

import typer

from mailflow import saying
from mailflow.cli.office import DEFAULT_CONFIG, ConfigFile, Json, fail, office, who
from mailflow.cli.private_files import private_file, write_private
from mailflow.desk.bundle import accepted_proofs
from mailflow.desk.labels import HEADER, make_labels
from mailflow.desk.roster import Roster, make_roster
from mailflow.runners.loop import utc_now
from mailflow.sheets import to_csv, to_xlsx
from mailflow.store.audit import record

app = typer.Typer(no_args_is_help=True)

Out = Annotated[Path, typer.Option("--out", "-o", help="the file to write; only you can read it")]
Csv = Annotated[bool, typer.Option("--csv", help="a CSV file of the same name beside it")]
Anyway = Annotated[bool, typer.Option("--anyway", help="write it although it does not add up")]
Why = Annotated[str, typer.Option("--why", help="the reason, for the audit")]
WithPaid = Annotated[
    bool, typer.Option("--with-paid", help="also who paid and has not been told so yet")
]


@app.command("export")
def export(
    out: Out,
    csv: Csv = False,
    with_paid: WithPaid = False,
    anyway: Anyway = False,
    why: Why = "",
    config: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """The examiner's roster of complete registrations, compared with the money first.

    With any difference nothing is written, unless --anyway with --why.
    """
    _needs_reason(anyway, why)
    with office(config) as (_, store, rules):
        with store.write() as tx:
            roster = make_roster(tx, rules.campaign, with_paid=with_paid)
            refused = bool(roster.differences) and not anyway
            if not refused:
                said = f"{roster.total.people} people, {roster.total.subjects} subjects"
                said += f", {len(roster.differences)} differences" if roster.differences else ""
                said += f", {len(roster.accepted)} accepted" if roster.accepted else ""
                record(
                    tx, "roster exported", subject=rules.campaign.id, actor=who(),
                    why=f"{said}; {why}" if why else said, now=utc_now(),
                )  # fmt: skip
        _tell(roster, as_json=as_json)
        if refused:
            fail(saying.roster_differs(len(roster.differences)))
        _write_table(out, rules.campaign.id, roster.header, roster.rows, csv=csv)


@app.command("check")
def check(
    with_paid: WithPaid = False, config: ConfigFile = DEFAULT_CONFIG, as_json: Json = False
) -> None:
    """The roster's totals and differences, without a list; 1 when something does not add up."""
    with office(config) as (_, store, rules):
        with store.read() as tx:
            roster = make_roster(tx, rules.campaign, with_paid=with_paid)
        _tell(roster, as_json=as_json)
    if roster.differences:
        raise typer.Exit(1)


@app.command("labels")
def labels(
    out: Out,
    case: Annotated[
        list[str] | None, typer.Option("--case", help="only this case; may be repeated")
    ] = None,
    csv: Csv = False,
    config: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Names and addresses for the certificates that are posted."""
    with office(config) as (_, store, rules):
        with store.write() as tx:
            found = make_labels(tx, rules.campaign, only=case or ())
            record(
                tx, "labels exported", subject=rules.campaign.id, actor=who(),
                why=f"{len(found.rows)} labels", now=utc_now(),
            )  # fmt: skip
        _write_table(out, rules.campaign.id, HEADER, found.rows, csv=csv)
    if as_json:
        print(json.dumps({"labels": len(found.rows), "lacking": list(found.lacking)}))
        return
    print(f"標籤 {len(found.rows)}")
    if found.lacking:
        print("沒有姓名或地址：" + "、".join(found.lacking))


@app.command("proofs")
def proofs(out: Out, config: ConfigFile = DEFAULT_CONFIG, as_json: Json = False) -> None:
    """A ZIP file of all accepted proofs of payment, named by case number."""
    with office(config) as (_, store, rules):
        with store.write() as tx:
            record(
                tx, "proofs exported", subject=rules.campaign.id, actor=who(), now=utc_now()
            )  # before the first of them leaves the store
        count = 0
        with (
            store.read() as tx,
            private_file(out) as file,
            zipfile.ZipFile(file, "w") as archive,
        ):
            for name, content in accepted_proofs(tx, rules.campaign):
                entry = zipfile.ZipInfo(name)  # no time: the same proofs give the same bytes
                entry.external_attr = 0o600 << 16
                archive.writestr(entry, content)
                count += 1
    print(json.dumps({"proofs": count}) if as_json else f"證明 {count}")


def _needs_reason(anyway: bool, why: str) -> None:
    if anyway and not why.strip():
        raise typer.BadParameter("--anyway needs a reason: --why '…'")


def _write_table(
    out: Path,
    title: str,
    header: tuple[str, ...],
    rows: tuple[tuple[str | int, ...], ...],
    *,
    csv: bool,
) -> None:
    write_private(out, to_xlsx(title, header, rows))
    if csv:
        write_private(out.with_suffix(".csv"), to_csv(header, rows))


def _tell(roster: Roster, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(roster.facts(), ensure_ascii=False))
        return
    for name, sums in (*roster.by_exam.items(), ("合計", roster.total)):
        print(
            f"{name}：{sums.people} 人，{sums.subjects} 科，"
            f"應收 NT$ {sums.owed:,}，已收 NT$ {sums.received:,}"
        )
    if roster.left_out:
        print("已繳費、尚未通知完成而未列入：" + "、".join(roster.left_out))
    for one in roster.accepted:
        print(
            f"{one.case}：實收 NT$ {one.received:,}，應收 NT$ {one.owed:,}，"
            f"已由 {one.by} 於 {one.on} 決定照收：{one.why}"
        )
    for difference in roster.differences:
        print(f"{difference.case}：{difference.text}（{difference.code}）")
