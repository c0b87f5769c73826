"""How many requests a wait costs and how late its caller hears, rule by rule, on a simulated clock.

`python -m benchmarks.polling` prints the tables and the frontier; `--svg FILE` also writes the frontier as a picture.
Nothing touches the network or sleeps; the same command prints the same figures.
"""
