"""Prints the golden numbers of SeededGeneratorTests, from the definitions at https://prng.di.unimi.it.

    python Fixtures/make/seeded_generator.py

SplitMix64 fills the state of xoshiro256** from the seed. Python's integers have no width, so every step is cut to 64
bits by hand. Nothing but the standard library.
"""

MASK = (1 << 64) - 1


def splitmix64(seed):
    x = seed
    while True:
        x = (x + 0x9E3779B97F4A7C15) & MASK
        z = x
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        yield z ^ (z >> 31)


def rotl(x, k):
    return ((x << k) | (x >> (64 - k))) & MASK


def xoshiro256starstar(seed):
    fill = splitmix64(seed)
    s = [next(fill) for _ in range(4)]
    while True:
        yield (rotl((s[1] * 5) & MASK, 7) * 9) & MASK
        t = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 45)


for seed, count in ((42, 4), (0, 2)):
    numbers = xoshiro256starstar(seed)
    print(seed, [hex(next(numbers)) for _ in range(count)])
