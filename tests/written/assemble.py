"""A written mail → the bytes of its message, its label and the registration behind it."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from pathlib import Path
from typing import Any

from . import wire
from .cast import Registered, registered
from .clients import CLIENTS, Client
from .letters import OFFICE, OFFICE_NAME, PREFILLED, Letter, button_subject, letter, sent_at
from .notation import NotationError, Written, read_folder
from .text import Page, Pieces, filled, pieces

CHARSETS = ("big5", "gb18030", "gb2312", "gbk", "iso-2022-jp", "utf-8")
TRANSFERS = {"qp": "quoted-printable", "8bit": "8bit", "b64": "base64"}
NAMES = ("rfc2231", "raw_big5", "inline", "nameless")
TOKEN = re.compile(r"\[iPAS114-\d{4} 確認 [A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}\]")
TOKENISH = re.compile(r"確認 ?[A-Z0-9]{4}-[A-Z0-9]{4}")
MACHINES = ("bounce", "auto_reply", "spam", "list_or_bulk")


@dataclass(frozen=True, slots=True)
class Mail:
    """One finished message with what is known and what is right about it."""

    file: str
    raw: bytes
    label: dict[str, Any]
    registration: dict[str, Any] | None


def _overrides(written: Written) -> dict[str, str]:
    pairs = [part.partition("=") for part in written.listed("data")]
    return {name.strip(): value.strip() for name, _, value in pairs}


def _corrections(written: Written, person: Registered) -> list[dict[str, Any]]:
    """`field=new | also right < old`, `field=null`, `field=new optional`."""
    out = []
    for part in written.listed("fix"):
        name, _, rest = filled(part, person).partition("=")
        values, _, old = rest.partition(" < ")
        optional = values.endswith(" optional")
        new, *also = [value.strip() for value in values.removesuffix(" optional").split("|")]
        entry: dict[str, Any] = {
            "field": name.strip(), "new_value": None if new == "null" else new,
            "old_value": old.strip() or None,
        }  # fmt: skip
        out.append(
            entry | ({"accept": also} if also else {}) | ({"optional": True} if optional else {})
        )
    return out


def _subject(written: Written, person: Registered, original: Letter | None) -> str:
    if "subject" in written.fields:
        return filled(written.fields["subject"], person)
    if written.answers == "click":
        return button_subject(person)
    if original is None:
        return ""
    client = CLIENTS[written.client]
    return (client.forward if "fwd" in written.options else client.reply) + original.subject


def _sender(written: Written, person: Registered) -> tuple[str, str]:
    if "from" not in written.fields:
        return person.data["name_zh"], person.address
    name, address = parseaddr(filled(written.fields["from"], person))
    return name, address or person.address


def _charset(written: Written) -> str:
    return next((name for name in CHARSETS if name in written.options), "utf-8")


def _content(written: Written, page: Page) -> bytes:
    """The body: plain text, HTML or both, with the attachments around."""
    options, charset = written.options, _charset(written)
    transfer = next((TRANSFERS[name] for name in TRANSFERS if name in options), "base64")
    said = (
        ""
        if "unlabelled" in options
        else next((o.removeprefix("says:") for o in options if o.startswith("says:")), None)
    )
    boundary = "b1_" + sha256(written.key.encode()).hexdigest()[:24]
    parts: list[bytes] = []
    if "html_only" not in options:
        plain = "" if "empty_plain" in options else page.plain()
        parts.append(wire.text_part("plain", plain, charset=charset, transfer=transfer, said=said))
    if page.client.html and "plain_only" not in options:
        parts.append(
            wire.text_part("html", page.html(), charset=charset, transfer=transfer, said=said)
        )
    body = parts[0] if len(parts) == 1 else wire.multipart("alternative", parts, boundary + "a")
    files = attachments(written)
    return wire.multipart("mixed", [body, *[f.part() for f in files]], boundary) if files else body


def attachments(written: Written) -> list[wire.Attachment]:
    how = next((name for name in NAMES if name in written.options), "word")
    return [
        wire.Attachment(*[w.strip() for w in line.split("|")], how) for line in written.attachments
    ]


def _headers(written: Written, person: Registered, original: Letter | None) -> list[str]:
    name, address = _sender(written, person)
    charset, broken = _charset(written), "broken_words" in written.options
    domain = address.rpartition("@")[2]
    queued = sha256(written.key.encode()).hexdigest()[:10].upper()
    passed = "fail" if "spf_fail" in written.options else "pass"
    shown = wire.header(name, charset=charset)
    lines = [
        f"Return-Path: <{address}>",
        f"Received: from mail.{domain} (mail.{domain} [192.0.2.25])\r\n"
        f"\tby mx1.example.edu (Postfix) with ESMTPS id {queued}\r\n\t"
        f"for <{OFFICE}>; {format_datetime(person.wrote_at)} (CST)",
        f"Authentication-Results: mx1.example.edu; spf={passed} smtp.mailfrom={address};\r\n"
        f" dkim={passed} header.d={domain}; dmarc={passed} header.from={domain}",
        f"From: {shown} <{address}>" if shown else f"From: {address}",
        f"To: {wire.header(OFFICE_NAME, charset=charset)} <{OFFICE}>",
        "Subject: "
        + wire.header(_subject(written, person, original), charset=charset, broken=broken),
        f"Date: {format_datetime(person.wrote_at)}",
        f"Message-ID: <{sha256(('id' + written.key).encode()).hexdigest()[:20]}@{domain}>",
    ]
    if (
        original is not None
        and "unthreaded" not in written.options
        and "fwd" not in written.options
    ):
        lines += [f"In-Reply-To: {original.message_id}", f"References: {original.message_id}"]
    return [*lines, *CLIENTS[written.client].headers, "MIME-Version: 1.0"]


def _raw(written: Written, person: Registered) -> bytes:
    """A message written down whole: its headers are encoded, its body goes as it stands."""
    original = letter("slip_mail" if "slip" in written.options else "confirm_mail", person)
    text = (
        filled(written.body, person)
        .replace("{office}", OFFICE)
        .replace("{id}", original.message_id)
    )
    text = text.replace("{subject}", original.subject).replace(
        "{at}", format_datetime(person.wrote_at)
    )
    head, _, body = text.partition("\n\n")
    lines = []
    for line in head.split("\n"):
        name, _, value = line.partition(": ")
        if line.startswith((" ", "\t")) or line.isascii():
            lines.append(line)
        else:
            shown, at, address = value.rpartition(" <") if value.endswith(">") else (value, "", "")
            lines.append(f"{name}: {wire.header(shown, charset=_charset(written))}{at}{address}")
    quoted = (
        f"From: {wire.header(OFFICE_NAME, charset='utf-8')} <{OFFICE}>\nTo: {person.address}\n"
        f"Subject: {wire.header(original.subject, charset='utf-8')}\n"
        f"Message-ID: {original.message_id}\n"
        f"Date: {sent_at(person, original.kind)}\nMIME-Version: 1.0\n"
        'Content-Type: text/plain; charset="UTF-8"\nContent-Transfer-Encoding: 8bit\n'
    )
    body = body.replace("{headers}", quoted).replace(
        "{original}", quoted + "\n" + "\n".join(original.lines)
    )
    content = (
        "\n".join(lines).encode() + b"\n\n" + body.encode(wire.codec(_charset(written))) + b"\n"
    )
    return content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _label(
    written: Written, person: Registered, parts: Pieces, page: Page | None
) -> dict[str, Any]:
    new_text = parts.new_text()
    if "new" in written.fields:
        new_text = filled(written.fields["new"], person).replace("\\n", "\n")
    if written.client == "raw" and "new" not in written.fields:
        new_text = ""
    _, sender = _sender(written, person)
    subject = (
        "" if written.client == "raw" else _subject(written, person, page.letter if page else None)
    )
    visible = subject + "\n" + new_text
    quote = "" if page is None or page.letter is None else page.plain().replace(new_text, "")
    quote += "\n".join(parts.hidden) + ("" if written.client != "raw" else written.body)
    exact = TOKEN.search(visible)
    return {
        "file": written.key + ".eml",
        "intent": written.intent,
        "intent_accept": [written.intent, *written.fields.get("accept", "").split()],
        "secondary": written.fields.get("also", "").split(),
        "corrections": _corrections(written, person),
        "has_token": bool(TOKENISH.search(visible)),
        "token_valid_format": bool(exact),
        "token_matches_case": person.token in visible if TOKENISH.search(visible) else None,
        "quoted_only_confirm": PREFILLED in quote and PREFILLED not in new_text,
        "token_in_quote": person.token in quote and person.token not in visible,
        "must_flag_for_staff": written.level == "must",
        "flag_level": written.level,
        "flag_reason": written.fields.get("why", ""),
        "new_text": new_text,
        "client": written.client,
        "language": written.fields.get("lang", "zh-TW"),
        "shape": sorted(written.options),
        "attachments": [
            {"filename": a.name, "content_type": a.type, "depicts": a.depicts}
            for a in attachments(written)
        ],
        "case": None if "unregistered" in written.options else person.case,
        "from_registered_address": sender.lower() == person.address.lower(),
        "in_reply_to_kind": written.answers,
        "subject": subject,
        "notes": written.fields.get("note", ""),
    }


def _registration(written: Written, person: Registered, original: Letter | None) -> dict[str, Any]:
    kinds = ["confirm_mail"] + (
        ["slip_mail"] if original and original.kind != "confirm_mail" else []
    )
    kinds += [original.kind] if original and original.kind not in kinds else []
    kinds += ["slip_mail"] if "slip" in written.options and "slip_mail" not in kinds else []
    letters = [letter(kind, person) for kind in kinds]
    return {
        "case": person.case, "token": person.token, **person.data,
        "fee": person.fee, "virtual_account": person.account,
        "outbox": [
            {
                "kind": one.kind, "message_id": one.message_id, "date": sent_at(person, one.kind),
                "subject": one.subject, "to": person.address,
            }
            for one in letters
        ],
    }  # fmt: skip


def assembled(written: Written, *, number: int) -> Mail:
    """The message of one written mail; `number` is its case's."""
    person = registered(
        written.key, number=number, who=written.fields.get("who"), overrides=_overrides(written)
    )
    if written.answers == "refund_notice":
        person = replace(person, wrote_at=person.wrote_at + timedelta(days=90))
    if "late" in written.options:
        person = replace(person, wrote_at=person.wrote_at.replace(day=24))
    machine = written.client == "raw"
    if not machine and written.client not in CLIENTS:
        raise NotationError(f"{written.key}: no client is called {written.client}")
    known = written.answers not in ("none", "click")
    original = letter(written.answers, person) if known and not machine else None
    page: Page | None = None
    if machine:
        parts, raw = Pieces(), _raw(written, person)
    else:
        parts = pieces(filled(written.body, person))
        shown = None if "noquote" in written.options else original
        page = Page(CLIENTS[written.client], person, shown, parts, written.options)
        head = "\r\n".join(_headers(written, person, original)).encode()
        raw = head + b"\r\n" + _content(written, page)
    label = _label(written, person, parts, page)
    if not machine:
        label["subject"] = _subject(written, person, original)
    unknown = "unregistered" in written.options
    return Mail(
        file=written.key + ".eml", raw=raw, label=label,
        registration=None if unknown else _registration(written, person, original),
    )  # fmt: skip


def assemble_folder(folder: Path) -> list[Mail]:
    """All mails of a folder of texts."""
    return [assembled(w, number=1003 + 13 * at) for at, w in enumerate(read_folder(folder))]


__all__ = ["MACHINES", "Client", "Mail", "assemble_folder", "assembled"]
