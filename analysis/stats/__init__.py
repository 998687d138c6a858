"""Statistics as pure functions of numbers: each answers with a result or with the reason why there is none."""
