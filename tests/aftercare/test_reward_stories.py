"""The reward for certificates: handed in, decided, ranked, published."""

from datetime import date

import pytest
from aftercare.after_office import AfterOffice

from mailflow.desk import DeskError
from mailflow.desk.rewarding import accept, listing, papers, place, publish, refuse
from mailflow.store.certificates import DecidedError

GOT = date(2025, 3, 1)


def hands_in(office: AfterOffice, number: str, count: int) -> None:
    """Someone's certificates come and are accepted."""
    for one in range(count):
        office.uploads(number, f"{number}-{one}".encode())
    found, _ = listing(office.does())
    for owner, certificate in found:
        if owner == number and certificate.state == "received":
            accept(office.does(), certificate.id, title="TQC", issued_on=GOT, why="seen")


def test_a_certificate_is_received_and_put_before_staff(office: AfterOffice):
    """上傳一張證照獲得100元（含國內外證照）."""
    anne = office.completes()
    assert office.uploads(anne, b"picture") is None
    assert office.kinds(anne) == ["reward_received"]
    (item,) = office.items(anne)
    assert (item.kind, item.reasons) == ("reward", ("certificate_uploaded",))
    ((number, found),), ranked = listing(office.does())
    assert (number, found.state, ranked) == (anne, "received", [])
    told = accept(office.does(), found.id[-8:], title="AWS", issued_on=GOT, why="seen")
    assert told == f"{anne} {found.id[-8:]}=accepted"
    assert office.items(anne) == []
    _, (one,) = listing(office.does())
    assert (one.standing.count, one.standing.total) == (1, 3100)
    assert [file.content for file in papers(office.does(), found.id)] == [b"picture"]


def test_a_language_certificate_is_shown_as_one_and_refused_with_the_reason(office: AfterOffice):
    """不含語言證照."""
    anne = office.completes()
    office.uploads(anne, b"toeic", words="附上我的多益成績單 TOEIC.pdf")
    (item,) = office.items(anne)
    assert item.reasons == ("certificate_uploaded", "language_certificate")
    ((_, found),), _ = listing(office.does())
    with pytest.raises(DeskError, match="language_certificate"):
        accept(office.does(), found.id, title="TOEIC 860", issued_on=GOT, why="seen")
    refuse(office.does(), found.id, reason="language_certificate", title="TOEIC", why="rule")
    kind, text = office.letters(anne)[-1]
    assert kind == "reward_refused"
    assert "語言類證照" in text
    assert "TOEIC" in text
    with pytest.raises(DecidedError, match="decided before"):
        refuse(office.does(), found.id, reason="language_certificate", why="again")
    assert office.kinds(anne).count("reward_refused") == 1


def test_what_only_looks_like_a_language_counts_when_staff_say_so(office: AfterOffice):
    anne = office.completes()
    office.uploads(anne, b"x")
    ((_, found),), _ = listing(office.does())
    title = "Python 程式設計（英文版）"
    with pytest.raises(DeskError, match="--despite"):
        accept(office.does(), found.id, title=title, issued_on=GOT, why="seen")
    accept(office.does(), found.id, title=title, issued_on=GOT, why="not a language", despite=True)


def test_what_came_late_or_was_got_in_another_semester_does_not_count(office: AfterOffice):
    """請於114/10/3（五）前完成上傳."""
    anne = office.completes()
    office.on(2025, 10, 4, hour=8)
    office.uploads(anne, b"late")
    (item,) = office.items(anne)
    assert "uploaded_late" in item.reasons
    ((_, found),), _ = listing(office.does())
    with pytest.raises(DeskError, match="issued_outside_period uploaded_late"):
        accept(office.does(), found.id, title="TQC", issued_on=date(2025, 8, 1), why="seen")


def test_the_same_file_counts_once_and_anothers_is_seen(office: AfterOffice):
    anne, bart = office.completes(0), office.completes(1)
    office.uploads(anne, b"same")
    office.uploads(anne, b"same")
    office.uploads(bart, b"same")
    found, _ = listing(office.does())
    assert [number for number, _ in found] == [anne, bart]
    assert [item.reasons for item in office.items(anne)] == [
        ("certificate_uploaded",),
        ("certificate_uploaded", "certificate_sent_before"),
    ]
    (item,) = office.items(bart)
    assert "certificate_of_another_person" in item.reasons


def test_what_staff_discard_stands_in_the_way_of_no_list(office: AfterOffice):
    """A holiday picture sent by mistake: nobody is written to, and nobody waits."""
    anne = office.completes()
    office.uploads(anne, b"holiday")
    (item,) = office.items(anne)
    office.does().discard(item.id, why="no certificate")
    ((_, found),), ranked = listing(office.does())
    assert (found.state, found.reasons, ranked) == ("refused", ("discarded",), [])
    office.on(2025, 10, 4)
    assert publish(office.does()).rows == []
    assert office.kinds(anne) == ["reward_received"]


def test_the_list_is_not_published_while_certificates_may_still_come(office: AfterOffice):
    hands_in(office, office.completes(), 1)
    office.on(2025, 10, 3, 23)
    with pytest.raises(DeskError, match="handed in until 2025-10-03 23:59"):
        publish(office.does())
    office.on(2025, 10, 4)
    assert len(publish(office.does()).rows) == 1


def test_the_list_is_published_without_names_and_numbers(office: AfterOffice):
    """於臺北科大研發處網頁公告名單."""
    numbers = [office.completes(who) for who in range(3)]
    for number, count in zip(numbers, (3, 2, 1), strict=True):
        hands_in(office, number, count)
    office.on(2025, 10, 4)
    made = publish(office.does())
    assert made.rows == [
        (1, "安O", "資訊工程系", 3, 3300),
        (2, "巴O", "資訊工程系", 2, 2200),
        (3, "克O斯", "資訊工程系", 1, 1100),
    ]
    assert made.total == 6600
    assert not any(str(n) in str(made.rows) for n in (*numbers, "113590001", "安妮"))


def test_nothing_is_published_while_a_place_is_shared_or_one_is_undecided(office: AfterOffice):
    """名次獎勵: how equal numbers share a place is not said, so staff say it."""
    anne, bart, cris = (office.completes(who) for who in range(3))
    hands_in(office, anne, 2)
    hands_in(office, bart, 2)
    office.uploads(cris, b"cris")
    hands = office.now
    office.on(2025, 10, 4)
    with pytest.raises(DeskError, match="1 not decided"):
        publish(office.does())
    office.now = hands
    hands_in(office, cris, 0)
    office.on(2025, 10, 4)
    with pytest.raises(DeskError, match=f"share a place.*{anne} {bart}"):
        publish(office.does())
    with pytest.raises(DeskError, match="shares no place"):
        place(office.does(), cris, 1, why="x")
    with pytest.raises(DeskError, match="places 1 to 2"):
        place(office.does(), bart, 3, why="x")
    place(office.does(), bart, 1, why="drawn by lot before witnesses")
    place(office.does(), anne, 2, why="drawn by lot before witnesses")
    rows = publish(office.does()).rows
    assert [(row[0], row[1], row[-1]) for row in rows] == [
        (1, "巴O", 3200), (2, "安O", 2200), (3, "克O斯", 1100),
    ]  # fmt: skip
    assert ("clerk", "reward place") in office.audit(bart)
