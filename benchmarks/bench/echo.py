"""The floor: a clerk of forty lines that answers every mail. Run as a program by `latency`.

Arguments: a JSON object with host, port, ca of both servers, and the login. Prints the time of
each acceptance, one a line, after the subject of the mail it answered.
"""

import email
import json
import smtplib
import ssl
import sys
import time
from email.message import EmailMessage

from imapclient import IMAPClient

given = json.loads(sys.argv[1])
tls = ssl.create_default_context(cafile=given["ca"]) if given["ca"] else None
imap = IMAPClient(given["host"], given["imap"], ssl=bool(tls), ssl_context=tls)
imap.login(given["user"], given["password"])
imap.select_folder("INBOX")
if tls:
    smtp: smtplib.SMTP = smtplib.SMTP_SSL(given["host"], given["smtp"], context=tls)
else:
    smtp = smtplib.SMTP(given["host"], given["smtp"])
smtp.login(given["user"], given["password"])
done = set(imap.search())
print("ready", flush=True)
while True:
    imap.idle()
    imap.idle_check(timeout=5)
    imap.idle_done()
    new = [uid for uid in imap.search() if uid not in done]
    done.update(new)
    for data in (imap.fetch(new, ["BODY.PEEK[]"]) if new else {}).values():
        mail = email.message_from_bytes(data[b"BODY[]"])
        answer = EmailMessage()
        answer["From"], answer["To"] = given["user"], mail["From"]
        answer["Subject"] = "Re"
        answer.set_content("Thank you.")
        smtp.send_message(answer)
        print(mail["X-Number"], time.time(), flush=True)
