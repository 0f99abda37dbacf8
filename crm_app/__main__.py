"""``python -m crm_app``: also how the program starts its own reader child, which loads only what it reads with."""

import sys

if sys.argv[1:2] == ["--reader"]:
    from crm_app.files.child import main
else:
    from crm_app.app import main

raise SystemExit(main())
