"""Start the program from a checkout."""

from crm_app.app import main

if __name__ == "__main__":
    raise SystemExit(main())
