"""The long runs of ``make soak``: the same tests as in the suite, with budgets of hours instead of seconds."""
