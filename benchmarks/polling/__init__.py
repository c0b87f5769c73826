"""The search for the polling rule: how many requests a wait costs and how late its caller hears, on simulated time.

`python -m benchmarks.polling` compares the rules, `--search` tries other numbers in ours, `--price` weighs a request
differently, `--page` puts table and picture into docs/. The same command prints the same figures.
"""
