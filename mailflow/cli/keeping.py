"""`mailflow retention`: what the policy no longer allows to keep."""

import json
from typing import Annotated

import typer

from mailflow.cli.office import DEFAULT_CONFIG, ConfigFile, Json, fail, office, who
from mailflow.runners.keeping import policy_of, rounds_beside
from mailflow.runners.loop import utc_now
from mailflow.store.erasure import forget_old_pages
from mailflow.store.retention import Plan, carry_out, plan

_TABLES = {
    "receipt": "證明",
    "inbox": "來信原文",
    "outbox": "寄出的信",
    "certificate": "證書影像",
    "payee": "退費帳戶",
    "bank_line": "不屬任何人的入帳",
    "cases": "案件（連同本人）",
}


def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say what is due")] = False,
    apply: Annotated[bool, typer.Option("--apply", help="erase it, for ever")] = False,
    config: ConfigFile = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """Erase what the policy (the table `retention` of config.toml) lets nobody keep any longer."""
    if dry_run == apply:
        raise typer.BadParameter("say --dry-run or --apply")
    with office(config) as (settings, store, _rules):
        if settings.retention is None:
            fail(f"{config} has no [retention]: nothing is ever erased by itself")
        policy, rounds = policy_of(settings.retention), rounds_beside(settings.campaign)
        now = utc_now()
        if dry_run:
            with store.read() as tx:
                due = plan(tx, policy, rounds, now=now)
        else:
            with store.write() as tx:
                due = plan(tx, policy, rounds, now=now)
                carry_out(tx, due, actor=who(), now=now)
        _tell(due, applied=apply, as_json=as_json)
        if apply and not due.is_empty and not forget_old_pages(store):
            fail("the old pages are still in the database's log: run `retention --apply` again")


def _tell(due: Plan, *, applied: bool, as_json: bool) -> None:
    cases = sorted(due.cases.values())
    if as_json:
        told = {
            "applied": applied, **due.counts(), "case_numbers": cases, "kept": due.kept,
            "unknown_rounds": list(due.unknown_rounds),
        }  # fmt: skip
        print(json.dumps(told, ensure_ascii=False))
        return
    print("已刪除：" if applied else "到期（尚未刪除）：")
    for name, count in due.counts().items():
        print(f"  {_TABLES[name]} {count}")
    if cases:
        print("  " + "、".join(cases))
    for number, reason in due.kept.items():
        print(f"保留 {number}：{reason}")
    if due.unknown_rounds:
        print("找不到梯次檔，不處理：" + "、".join(due.unknown_rounds))
