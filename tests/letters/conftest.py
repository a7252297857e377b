"""The sample round, the office's letters, and everything that can be known of Anne's case."""

from datetime import date
from pathlib import Path

import pytest
from letters_cast import ANNE, NOW, OFFICE, Send

from mailflow.campaign import Campaign, load_campaign
from mailflow.letters import Composer, LetterData, Rendered, Slip, Standing, default_templates
from mailflow.letters.after_samples import AFTER_SAMPLE
from mailflow.letters.digest import SAMPLE_DIGEST
from mailflow.person import Change, Field
from mailflow.workflow import Letter


@pytest.fixture(scope="session")
def campaign() -> Campaign:
    return load_campaign(Path(__file__).parents[2] / "campaigns" / "114-2.toml")


@pytest.fixture(scope="session")
def composer(campaign: Campaign) -> Composer:
    return Composer(default_templates(), campaign, office=OFFICE, sender_name="研發處 iPAS 團報")


@pytest.fixture
def full() -> LetterData:
    """All that can be known of Anne's case."""
    return LetterData(
        case="iPAS114-0007",
        registration=ANNE,
        token="7K3MTSQ2WVHJ5XYZ4ABCDEFGH9",
        changes=(Change(Field.PHONE, "0911222333", "0912345678"),),
        slip=Slip(amount=1200, account="99990000111122", bank="004", due_on=date(2025, 9, 22)),
        reasons=("amount_differs",),
        missing=(Field.NATIONAL_ID,),
        standing=Standing("payment", NOW, proofs_on=(date(2025, 9, 11),)),
        note="請攜帶學生證。",
        after=AFTER_SAMPLE,
        digest=SAMPLE_DIGEST,
        reply_tag="q1w2e3r4",
        leaves_on=date(2025, 9, 19),
        in_reply_to="<from-anne@example.org>",
        references=("<first@example.edu.tw>",),
    )


@pytest.fixture(scope="session")
def send(composer: Composer) -> Send:
    def to_anne(letter: Letter, data: LetterData, *, to: str = "anne@example.org") -> Rendered:
        return composer.compose(
            letter, data, to=to, message_id="<letter-1@example.edu.tw>", now=NOW
        )

    return to_anne
