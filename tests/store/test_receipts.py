"""Pictures sent as proof: no payment is believed for two people."""

import threading
import time
from datetime import datetime

from mailflow.store import receipts
from mailflow.store.database import Store
from mailflow.store.receipts import Claimed

PICTURE = Claimed(b"PNG", None, b"{}", "accept", ())


def test_two_workers_who_read_the_same_picture_at_once_do_not_both_believe_it(
    store: Store, now: datetime
):
    believed: list[str] = []
    begin = threading.Barrier(2)

    def work(case: str) -> None:
        begin.wait()
        with store.write() as tx:
            if not receipts.used_before(tx, PICTURE, case_id=case):
                believed.append(case)
            time.sleep(0.2)
            key = tx.vault.new_key()
            receipts.keep(tx, PICTURE, inbox_id="mail", case_id=case, key_id=key, now=now)

    workers = [threading.Thread(target=work, args=(case,)) for case in ("anne", "bart")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(believed) == 1
