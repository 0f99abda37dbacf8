"""Logs leads without end, printing each id once it is saved; the test kills it."""

import sys
from pathlib import Path

from crm_app.services.book import open_book
from crm_app.services.leads import LogLead, log_lead

book = open_book(Path(sys.argv[1]))
for n in range(100_000):
    logged = log_lead(book, LogLead(f"示例{sys.argv[2]}号{n}公司", contact="张总", next_step="下周三 回访"))
    print(logged.value.lead_id, flush=True)
