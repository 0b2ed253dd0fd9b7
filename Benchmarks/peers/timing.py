"""Times calls as ProcessorTime and `kws bench` do: each call alone, median and shortest."""
import json
import statistics
import time


def report(row, work, seconds, calls=1, clock=time.process_time):
    work()
    times = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < 3:
        start = clock()
        work()
        times.append((clock() - start) * 1000 / calls)
    print(json.dumps({"row": row, "median": statistics.median(times), "best": min(times)}), flush=True)
