"""What a visit (拜访) and a reception (接待) share: the form that logs it, its dialog, the page on which it is read."""
