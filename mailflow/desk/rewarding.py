"""The reward for certificates: decide each, show the ranking, publish a list without names."""

from dataclasses import dataclass, field
from datetime import date

from mailflow import saying
from mailflow.aftercare.rewards import Rank, doubts, published_name, ranking
from mailflow.campaign import TAIPEI, Reward
from mailflow.desk.finding import case_by_number
from mailflow.desk.verbs import Desk, DeskError
from mailflow.letters import AfterData
from mailflow.letters.after_reasons import REFUSALS
from mailflow.person import Field
from mailflow.store import cases, certificates, lookup
from mailflow.store.afterpapers import REWARD_ITEM
from mailflow.store.afterwork import AfterWork
from mailflow.store.audit import record
from mailflow.store.casework import Cause
from mailflow.store.certificates import CertificateState, CertificateView, Purpose
from mailflow.store.database import Transaction
from mailflow.store.queue import close, open_items
from mailflow.workflow import Letter

HEADER = ("名次", "姓名", "系所", "證照張數", "獎勵金額")


@dataclass(frozen=True, slots=True)
class Ranked:
    """One person in the ranking, by a case number of theirs."""

    number: str
    standing: Rank


@dataclass(slots=True)
class RewardList:
    """What the office publishes: masked names, no numbers of persons; NT$."""

    period: str
    rows: list[tuple[str | int, ...]] = field(default_factory=list)
    total: int = 0


def listing(desk: Desk) -> tuple[list[tuple[str, CertificateView]], list[Ranked]]:
    """Every certificate with its case number, and the ranking as it stands."""
    rule = _rule(desk)
    with desk.store.read() as tx:
        found = certificates.for_reward(tx, campaign=desk.rules.campaign.id)
        numbered = [(lookup.number_of(tx, one.case_id), one) for one in found]
        return numbered, _ranked(tx, desk, rule)


def accept(
    desk: Desk, name: str, *, title: str, issued_on: date, why: str, despite: bool = False
) -> str:
    """A certificate counts. What the rules say against it stops this, unless `despite` is said:
    a title may only look like a language's."""
    rule = _rule(desk)
    with desk.store.write() as tx:
        found = _reward_certificate(tx, name)
        against = doubts(title, rule, issued_on=issued_on, arrived_at=found.arrived_at)
        if against and not despite:
            raise DeskError(f"{' '.join(against)}: use `reward refuse`, or say --despite")
        if not why.strip():
            raise DeskError(saying.NEEDS_REASON)
        certificates.decide(
            tx,
            found,
            CertificateState.ACCEPTED,
            actor=desk.actor,
            now=desk.now(),
            title=title,
            issued_on=issued_on,
        )
        number = _note(tx, desk, found, "certificate accepted", why)
        return f"{number} {found.id[-8:]}={CertificateState.ACCEPTED}"


def refuse(desk: Desk, name: str, *, reason: str, why: str, title: str = "", note: str = "") -> str:
    """A certificate does not count, and its owner is told why."""
    if reason not in REFUSALS or (reason == "other" and not note):
        raise DeskError(f"a reason is one of: {' '.join(REFUSALS)} (other needs --note)")
    if not why.strip():
        raise DeskError(saying.NEEDS_REASON)
    with desk.store.write() as tx:
        found = _reward_certificate(tx, name)
        certificates.decide(
            tx,
            found,
            CertificateState.REFUSED,
            actor=desk.actor,
            now=desk.now(),
            title=title,
            reasons=(reason,),
        )
        case = cases.load(tx, found.case_id)
        cause = Cause(actor=desk.actor, why=why, occasion=found.id, note=note)
        AfterWork(tx, desk.rules, now=desk.now()).write(
            Letter.REWARD_REFUSED,
            case,
            cause=cause,
            data=AfterData(reasons=(reason,), title=title),
        )
        number = _note(tx, desk, found, "certificate refused", why)
        return f"{number} {found.id[-8:]}={CertificateState.REFUSED}"


def place(desk: Desk, number: str, rank: int, *, why: str) -> str:
    """Staff say which place someone has who shares one."""
    rule = _rule(desk)
    if not why.strip():
        raise DeskError(saying.NEEDS_REASON)
    with desk.store.write() as tx:
        case = case_by_number(tx, number)
        counts = certificates.accepted_counts(tx, campaign=desk.rules.campaign.id)
        shared = {one.key: one for one in ranking(counts, rule) if one.tied}
        own = shared.get(case.person_id)
        if own is None:
            raise DeskError(f"{case.number} shares no place that has a prize")
        last = own.rank + sum(1 for one in shared.values() if one.rank == own.rank) - 1
        if not own.rank <= rank <= last:
            raise DeskError(f"{case.number} shares the places {own.rank} to {last}")
        certificates.place(
            tx,
            case.person_id,
            period=rule.semester,
            place=rank,
            actor=desk.actor,
            now=desk.now(),
        )
        record(tx, "reward place", subject=case.number, actor=desk.actor, why=why, now=desk.now())
        return f"{case.number} place {rank}"


def publish(desk: Desk) -> RewardList:
    """The list for the web page. Raises DeskError while anything may still come in or is
    undecided."""
    rule = _rule(desk)
    if desk.now() <= rule.upload_until:
        last = f"{rule.upload_until.astimezone(TAIPEI):%Y-%m-%d %H:%M}"
        raise DeskError(f"certificates may be handed in until {last}: publish after it")
    with desk.store.read() as tx:
        found = certificates.for_reward(tx, campaign=desk.rules.campaign.id)
        waiting = [one for one in found if one.state is CertificateState.RECEIVED]
        if waiting:
            raise DeskError(f"{len(waiting)} not decided yet: see `mailflow reward list`")
        ranked = _ranked(tx, desk, rule)
        tied = [one.number for one in ranked if one.standing.tied]
        if tied:
            named = " ".join(tied)
            raise DeskError(f"these share a place, say who has it (`reward place`): {named}")
        result = RewardList(rule.semester)
        for one in ranked:
            case = cases.load(tx, lookup.by_number(tx, one.number) or "")
            result.rows.append(
                (
                    one.standing.rank,
                    published_name(case.data[Field.NAME_ZH]),
                    case.data[Field.DEPARTMENT],
                    one.standing.count,
                    one.standing.total,
                )
            )
            result.total += one.standing.total
        return result


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A certificate as a file to look at."""

    file_name: str
    content: bytes = field(repr=False)


def papers(desk: Desk, name: str) -> list[PaperFile]:
    """The files to look at: one certificate for the reward, or all of a refund's application."""
    with desk.store.read() as tx:
        case_id = lookup.by_number(tx, name)
        if case_id is None:
            found = [certificates.find(tx, name)]
        else:
            found = certificates.of_case(tx, case_id, purpose=Purpose.REFUND)
        return [
            PaperFile(
                f"{lookup.number_of(tx, one.case_id)}-{one.id[-8:]}{_suffix(one.content_type)}",
                certificates.content(tx, one.id).content,
            )
            for one in found
        ]


def _suffix(content_type: str) -> str:
    return "." + content_type.rpartition("/")[2].replace("jpeg", "jpg")


def _ranked(tx: Transaction, desk: Desk, rule: Reward) -> list[Ranked]:
    campaign = desk.rules.campaign.id
    counts = certificates.accepted_counts(tx, campaign=campaign)
    said = certificates.places(tx, rule.semester)
    numbers = {
        person: min(
            lookup.number_of(tx, one) for one in lookup.by_person(tx, person, campaign=campaign)
        )
        for person in counts
    }
    return [Ranked(numbers[one.key], one) for one in ranking(counts, rule, places=said)]


def _reward_certificate(tx: Transaction, name: str) -> CertificateView:
    found = certificates.find(tx, name)
    if found.purpose is not Purpose.REWARD:
        raise DeskError("this certificate came for a refund: use `mailflow refund`")
    return found


def _note(tx: Transaction, desk: Desk, found: CertificateView, action: str, why: str) -> str:
    """Audit, and close the question of its mail once all its certificates are decided."""
    number = lookup.number_of(tx, found.case_id)
    record(tx, action, subject=number, actor=desk.actor, why=why, now=desk.now())
    of_case = certificates.of_case(tx, found.case_id, purpose=Purpose.REWARD)
    if not any(
        one.state is CertificateState.RECEIVED and one.inbox_id == found.inbox_id for one in of_case
    ):
        for item in open_items(tx, case_id=found.case_id):
            if item.kind == REWARD_ITEM and item.inbox_id == found.inbox_id:
                close(tx, item.id, verb="accept", actor=desk.actor, why=why, now=desk.now())
    return number


def _rule(desk: Desk) -> Reward:
    if desk.rules.campaign.reward is None:
        raise DeskError("this round has no reward: set [reward] in the campaign file")
    return desk.rules.campaign.reward
