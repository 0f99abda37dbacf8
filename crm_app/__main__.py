"""``python -m crm_app``: also how the program starts its own reader child."""

from crm_app.app import main

raise SystemExit(main())
