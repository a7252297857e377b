"""Sentences composed out of an errand's own words that say something else: nobody acts on them."""

from pathlib import Path

import pytest
from reading_cast import PHOTO, Said, hear
from short_messages import BUTTON

LINES = (Path(__file__).parents[1] / "data" / "look_alikes.txt").read_text("utf-8").splitlines()
CARD = ("card.jpg", "image/jpeg")
THREADS = {
    "slip": "slip_mail",
    "proof": "slip_mail",
    "confirm": "confirm_mail",
    "refund": "refund_notice",
    "certificate": "cert_notice",
}


def said(context: str, text: str) -> Said:
    if context.startswith("button"):
        files = (CARD,) if context == "button_and_card" else ()
        return Said(f"{BUTTON}\n\n{text}", "confirm", "must", press=True, files=files)
    files = (PHOTO,) if context in ("proof", "refund", "certificate") else ()
    return Said(text, "other", "must", thread=THREADS[context], files=files)


@pytest.mark.parametrize("context", ["button", "button_and_card", *THREADS])
def test_a_person_sees_what_only_sounds_like_the_errand(context: str):
    told = [line.partition(" | ") for line in LINES if line.startswith(f"{context} | ")]
    texts = [text.replace("\\n", "\n") for _, _, text in told]
    assert texts
    assert not [text for text in texts if not hear(said(context, text))["flagged"]]
