#!/usr/bin/env python3
"""Coefficients and reference values of module DeterministicMath, from mpmath (https://mpmath.org).

    elementary-functions.py coefficients     prints the polynomial coefficients of the Swift sources
    elementary-functions.py values DIR       writes one CSV a function to DIR
                                             (Tests/DeterministicMathTests/Reference)

A row of a CSV is: the argument's bits, the bits of the true value rounded to the nearest float64, and the
true value minus the rounded one in units of the rounded value's last place (so that an error is measured to a
thousandth of an ulp although only float64 is stored). Arguments come from a fixed seed; nothing depends on the
machine. mpmath works with 60 digits throughout.
"""

import math
import random
import struct
import sys

import mpmath
from mpmath import mp, mpf

mp.dps = 60
POINTS = 1500


# Coefficients: Chebyshev expansions on the interval, as power series, each coefficient rounded to float64.


def smooth(function, series):
    """`function`, replaced by its `series` where it would divide zero by zero."""
    return lambda x: series(x) if abs(x) < mpf("1e-12") else function(x)


def scaled_erfc(t):
    """(1 + 2x) exp(x^2) erfc(x) with x = 3 (1 + t) / (1 - t) (Shepherd and Laframboise 1981)."""
    x = 3 * (1 + t) / (1 - t)
    return (1 + 2 * x) * mpmath.exp(x * x) * mpmath.erfc(x)


def fits():
    root = mpmath.sqrt
    half_log_two = mpf("0.3467")
    log_end = ((root(2) - 1) / (root(2) + 1)) ** 2 * mpf("1.001")
    quarter_turn = (mp.pi / 4 * mpf("1.0001")) ** 2
    arctangent_end = (root(2) - 1) ** 2 * mpf("1.001")
    return [
        ("exp: (e^r - 1 - r) / r^2 on |r| <= 0.3467",
         smooth(lambda r: (mpmath.exp(r) - 1 - r) / r**2, lambda r: mpf(1) / 2 + r / 6 + r * r / 24),
         -half_log_two, half_log_two, 11),
        ("log: (log((1 + s) / (1 - s)) / s - 2) / z with z = s^2",
         smooth(lambda z: (mpmath.log((1 + root(z)) / (1 - root(z))) / root(z) - 2) / z,
                lambda z: mpf(2) / 3 + 2 * z / 5 + 2 * z * z / 7), 0, log_end, 7),
        ("sine: (sin(r) / r - 1) / z with z = r^2",
         smooth(lambda z: (mpmath.sin(root(z)) / root(z) - 1) / z, lambda z: -mpf(1) / 6 + z / 120), 0, quarter_turn,
         6),
        ("cosine: (cos(r) - 1 + z / 2) / z^2",
         smooth(lambda z: (mpmath.cos(root(z)) - 1 + z / 2) / z**2, lambda z: mpf(1) / 24 - z / 720), 0,
         quarter_turn, 6),
        ("arcsine: (asin(x) / x - 1) / z on |x| <= 1/2",
         smooth(lambda z: (mpmath.asin(root(z)) / root(z) - 1) / z, lambda z: mpf(1) / 6 + 3 * z / 40), 0,
         mpf("0.2501"), 13),
        ("arctangent: (atan(x) / x - 1) / z on |x| <= tan(pi / 8)",
         smooth(lambda z: (mpmath.atan(root(z)) / root(z) - 1) / z, lambda z: -mpf(1) / 3 + z / 5), 0,
         arctangent_end, 11),
        ("erf: erf(x) / x on |x| <= 1/2",
         smooth(lambda z: mpmath.erf(root(z)) / root(z), lambda z: 2 / root(mp.pi) * (1 - z / 3 + z * z / 10)), 0,
         mpf("0.2501"), 10),
        ("erfc: (1 + 2x) exp(x^2) erfc(x) in t = (x - 3) / (x + 3), x in [1/2, 27.3]", scaled_erfc,
         (mpf(1) / 2 - 3) / (mpf(1) / 2 + 3), (mpf("27.3") - 3) / (mpf("27.3") + 3), 23),
    ]


def split(value, *bits):
    """`value` as a sum of float64s of which each but the last keeps only the given number of bits."""
    parts = []
    for count in bits:
        scale = mpf(2) ** (count - 1 - int(mpmath.floor(mpmath.log(value, 2))))
        parts.append(float(mpmath.floor(value * scale) / scale))
        value -= mpf(parts[-1])
    return parts + [float(value)]


def print_coefficients():
    print("ln 2 =", split(mpmath.log(2), 33))
    print("pi / 2 =", split(mp.pi / 2, 33, 33))
    print("pi / 2 (head, tail) =", [float(mp.pi / 2), float(mp.pi / 2 - mpf(float(mp.pi / 2)))])
    print("1 / sqrt 2 (head, tail) =",
          [float(1 / mpmath.sqrt(2)), float(1 / mpmath.sqrt(2) - mpf(float(1 / mpmath.sqrt(2))))])
    for name, function, low, high, count in fits():
        coefficients, error = mpmath.chebyfit(function, [mpf(low), mpf(high)], count, error=True)
        print(f"{name}: error below 2^{float(mpmath.log(error, 2)):.1f}")
        for coefficient in reversed(coefficients):
            print("   ", repr(float(coefficient)))


# Reference values.


def bits(x):
    return f"{struct.unpack('>Q', struct.pack('>d', x))[0]:016x}"


def row(function, *arguments):
    true = function(*[mpf(x) for x in arguments])
    rounded = float(true)
    residual = 0.0
    if math.isfinite(rounded):
        residual = float((true - mpf(rounded)) / mpf(math.ulp(rounded)))
    return ",".join([bits(x) for x in arguments] + [bits(rounded), f"{residual:.4f}"])


def uniform(generator, low, high, count=POINTS):
    return [generator.uniform(low, high) for _ in range(count)]


def magnitudes(generator, low_exponent, high_exponent, count=POINTS, signed=False):
    """Points log-uniform in magnitude: 2^low_exponent ... 2^high_exponent."""
    points = [math.ldexp(generator.uniform(1, 2), generator.randint(low_exponent, high_exponent))
              for _ in range(count)]
    return [-x if signed and generator.random() < 0.5 else x for x in points]


def normal_quantile(p):
    """Root of the normal distribution function by Newton's method from the float64 estimate, to 50 digits."""
    import statistics

    x = mpf(statistics.NormalDist().inv_cdf(float(p))) if 1e-300 < p < 1 else -mpmath.sqrt(-2 * mpmath.log(p))
    for _ in range(200):
        density = mpmath.npdf(x)
        cumulative = mpmath.erfc(-x / mpmath.sqrt(2)) / 2
        if x < 0:  # On the logarithm: the tail is then nearly quadratic and Newton's method safe.
            step = (mpmath.log(cumulative) - mpmath.log(p)) * cumulative / density
        else:
            upper = mpmath.erfc(x / mpmath.sqrt(2)) / 2
            step = -(mpmath.log(upper) - mpmath.log(1 - p)) * upper / density
        x -= step
        if abs(step) < mpf(10) ** -45:
            return x
    raise ArithmeticError(f"no convergence at {p}")


def write(directory, name, function, tuples):
    with open(f"{directory}/{name}.csv", "w", encoding="ascii", newline="\n") as file:
        file.write(f"# {name}, mpmath {mpmath.__version__}, Scripts/reference/elementary-functions.py\n")
        for arguments in tuples:
            file.write(row(function, *arguments) + "\n")


def single(points):
    return [(x,) for x in points]


def write_values(directory):
    generator = random.Random(20240601)
    span = lambda low, high, count=POINTS: uniform(generator, low, high, count)
    sizes = lambda low, high, count=POINTS, signed=False: magnitudes(generator, low, high, count, signed)
    near_log_two = [k * math.log(2) / 2 + generator.uniform(-1e-3, 1e-3) for k in range(-200, 201)]
    write(directory, "exp", mpmath.exp, single(
        span(-708, 709.7) + span(-1, 1) + near_log_two + sizes(-60, 0, 500, True) + span(-745.1, -708, 500)))
    write(directory, "expm1", mpmath.expm1, single(
        span(-1, 1) + span(-40, 60) + near_log_two + sizes(-60, 0, 1000, True) + span(60, 709.7, 500)))
    write(directory, "log", mpmath.log, single(
        sizes(-1022, 1023) + span(0.5, 2) + [1 + x for x in sizes(-50, -5, 1000, True)]
        + [math.ldexp(generator.uniform(1, 2), -1060) for _ in range(200)]))
    write(directory, "log1p", mpmath.log1p, single(
        span(-0.999, 1) + sizes(-60, 1023) + sizes(-60, -1, 1000, True)
        + [-1 + x for x in sizes(-50, -2, 1000)]))
    write(directory, "power", mpmath.power,
          [(x, y) for x, y in zip(sizes(-20, 20), span(-10, 10))]
          + [(x, y) for x, y in zip(span(0.5, 2), span(-500, 500))]
          + [(float(x), float(y)) for x in range(1, 40) for y in (-3, -1, -0.5, 0.5, 1, 2, 3, 7)])
    write(directory, "sine", mpmath.sin, single(
        span(-4, 4) + span(-1000, 1000) + span(-1.6e6, 1.6e6, 1000) + sizes(-60, 0, 500, True)
        + [math.pi / 2 * k for k in range(-300, 301)]))
    write(directory, "cosine", mpmath.cos, single(
        span(-4, 4) + span(-1000, 1000) + span(-1.6e6, 1.6e6, 1000) + sizes(-60, 0, 500, True)
        + [math.pi / 2 * k for k in range(-300, 301)]))
    write(directory, "arcsine", mpmath.asin, single(
        span(-1, 1, 2000) + sizes(-60, -2, 500, True) + [1 - x for x in sizes(-50, -2, 500)]))
    write(directory, "arctangent", mpmath.atan, single(
        span(-4, 4) + sizes(-60, 60, POINTS, True) + span(-1, 1, 1000)))
    write(directory, "complementaryError", mpmath.erfc, single(
        span(-3, 6) + span(6, 26.5) + sizes(-60, 0, 500, True) + span(-6, -3, 300)))
    write(directory, "normalCumulative", mpmath.ncdf, single(
        span(-8, 5) + span(-37.5, -8) + sizes(-60, 0, 500, True) + span(5, 9, 200)))
    write(directory, "normalQuantile", normal_quantile, single(
        span(0, 1) + sizes(-1022, -5, 1500) + [1 - x for x in sizes(-50, -5, 1000)]))
    write(directory, "logGamma", mpmath.loggamma, single(
        span(0.01, 30) + sizes(-30, 60, POINTS)))
    shapes = [math.ldexp(generator.uniform(1, 2), generator.randint(-6, 16)) for _ in range(POINTS)]
    write(directory, "regularisedGammaLower", lambda a, x: mpmath.gammainc(a, 0, x, regularized=True),
          [(a, max(1e-3, a + generator.gauss(0, 2) * math.sqrt(a))) for a in shapes])
    write(directory, "regularisedGammaUpper", lambda a, x: mpmath.gammainc(a, x, mpmath.inf, regularized=True),
          [(a, max(1e-3, a + generator.gauss(0, 2) * math.sqrt(a))) for a in shapes])


if __name__ == "__main__":
    if sys.argv[1:] == ["coefficients"]:
        print_coefficients()
    elif len(sys.argv) == 3 and sys.argv[1] == "values":
        write_values(sys.argv[2])
    else:
        sys.exit(__doc__)
