"""Statistics as pure functions of numbers: each answers with a result or with the reason why there is none.

Some are not in the report but among the published answers that the others are held against: the paired test, exact odds
ratios and Boschloo's test, the other forms of the ICC, sizes of samples.
"""
