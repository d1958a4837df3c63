#!/usr/bin/env python3
"""Optimal costs of small linear programs, from scipy.optimize.linprog (HiGHS).

    linear-programs.py FILE      writes them (Tests/ExplanationsTests/Reference/linearPrograms.csv)

A program: minimise c . x subject to A x >= b and 0 <= x <= u. A row of the file is: variables n, inequalities m, c, u
(inf = none), A by row, b, the optimal cost (nan where nothing meets the inequalities). Half of the programs have the
form of the changes that make a decision come out otherwise: each input up and down with opposite coefficients, cost 1.
Arguments come from a fixed seed and are multiples of 1/64, so that they are read back exactly.
"""

import random
import sys

import numpy
import scipy
from scipy.optimize import linprog

PROGRAMS = 400


def grid(generator, low, high):
    return generator.randint(int(low * 64), int(high * 64)) / 64


def program(generator, paired):
    inputs = generator.randint(1, 8)
    inequalities = generator.choice([1, 1, 2, 3, 6])
    rows = []
    for _ in range(inequalities):
        row = [grid(generator, -3, 3) if generator.random() < 0.8 else 0.0 for _ in range(inputs)]
        rows.append([side for value in row for side in (value, -value)] if paired else row)
    count = len(rows[0])
    costs = [1.0] * count if paired else [grid(generator, 0, 4) for _ in range(count)]
    bounds = [grid(generator, 0, 2) if generator.random() < 0.6 else float("inf") for _ in range(count)]
    sides = [grid(generator, -1, 3) for _ in range(inequalities)]
    return costs, bounds, rows, sides


def optimum(costs, bounds, rows, sides):
    result = linprog(
        costs, A_ub=-numpy.array(rows), b_ub=-numpy.array(sides),
        bounds=[(0, None if bound == float("inf") else bound) for bound in bounds], method="highs")
    if result.status == 2:
        return float("nan")
    assert result.status == 0, result
    return result.fun


def main():
    generator = random.Random(20260112)
    lines = [
        f"# Scripts/reference/linear-programs.py, scipy {scipy.__version__}: n, m, c, u, A by row, b, optimal cost"
    ]
    for number in range(PROGRAMS):
        costs, bounds, rows, sides = program(generator, paired=number % 2 == 0)
        numbers = [len(costs), len(rows), *costs, *bounds, *[value for row in rows for value in row], *sides]
        numbers.append(optimum(costs, bounds, rows, sides))
        lines.append(",".join(repr(number) for number in numbers))
    with open(sys.argv[1], "w") as file:
        file.write("\n".join(lines) + "\n")


main()
