# SPDX-FileCopyrightText: 2026 The Synchat authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests/bench/ntp and tests/bench/accuracy share: a network namespace, servers, processor time, rows.

Nothing here sets a clock: chronyd is only ever started with -x or -Q."""
import contextlib
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 5
NTP_PORT = 123  # ntpdig knows no other; the namespace is our own


def in_namespace():
    """Starts this program again in a network namespace of its own."""
    if os.environ.get("SYNCHAT_IN_NAMESPACE"):
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        return
    user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    os.environ["SYNCHAT_IN_NAMESPACE"] = "1"
    os.execvp("unshare", ["unshare", "--net", *user, sys.executable, *sys.argv])


def peers_root():
    root = os.environ.get("SYNCHAT_INTEROP_ROOT", "")
    if not os.path.exists(f"{root}/usr/sbin/chronyd"):
        sys.exit("no chronyd below SYNCHAT_INTEROP_ROOT: `./dev bench` unpacks it")
    return root


@contextlib.contextmanager
def folder():
    path = tempfile.mkdtemp()
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def end(process):
    if process.poll() is None:
        process.terminate()
    process.wait()


@contextlib.contextmanager
def synchatd(bin_folder, port, environment=None, arguments=()):
    """The daemon on an NTP port; yields (process, http port)."""
    with folder() as data:
        env = {**os.environ, "SYNCHAT_CHAT_RATE_PER_SECOND": "0", **(environment or {})}
        process = subprocess.Popen([f"{bin_folder}/synchatd", "--port", "0", "--ntp-port", str(port), "--data-dir",
                                    data, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                   env=env)
        try:
            ready = re.search(r"http=\S+:(\d+) ", process.stdout.readline())
            if not ready:
                sys.exit("synchatd did not start")
            yield process, int(ready.group(1))
        finally:
            end(process)


@contextlib.contextmanager
def chronyd(port, client_of=None, logs=None):
    """A chronyd -x: a server with a local stratum on `port`, or (port 0) a client of 127.0.0.1:`client_of` that
    writes its measurements below `logs`."""
    with folder() as state:
        lines = [f"port {port}", "cmdport 0", "bindcmdaddress /", f"pidfile {state}/pid"]
        if client_of is None:
            lines += ["allow", "local stratum 10", "noclientlog"]
        else:
            lines += [f"server 127.0.0.1 port {client_of} minpoll -6 maxpoll -6 iburst", "log measurements",
                      f"logdir {logs}"]
        process = subprocess.Popen([f"{peers_root()}/usr/sbin/chronyd", "-d", "-x", "-u", "root", "-f", "/dev/null",
                                    *lines], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield process
        finally:
            end(process)


def wait_for_answer(bin_folder, port):
    """Until somebody answers on 127.0.0.1:`port`."""
    for _ in range(100):
        if client(bin_folder, port, count=1)["exchanges"] == 1:
            return
        time.sleep(0.05)
    sys.exit(f"nobody answers on port {port}")


def pairs(line):
    words = line.split()
    return {name: float(value) for name, value in zip(words[::2], words[1::2])}


def client(bin_folder, port, count=1000, gap=1, truth=0):
    """What bench_ntpclient measures, nanoseconds by name."""
    return pairs(subprocess.run([f"{bin_folder}/bench_ntpclient", "127.0.0.1", str(port), "--count", str(count),
                                 "--gap", str(gap), "--truth", str(truth)], capture_output=True, text=True,
                                check=True).stdout)


def threads(pid):
    """Thread ids of a process by name."""
    found = {}
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/comm") as comm:
            found.setdefault(comm.read().strip(), []).append(int(task))
    return found


def run_time(pid):
    """Seconds that all threads of a process have run."""
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/schedstat") as stat:
            total += int(stat.read().split()[0])
    return total * 1e-9


def spread(values, unit):
    middle = f"{statistics.median(values):.3g}{unit}"
    return middle if len(values) == 1 else f"{middle} ({min(values):.3g} to {max(values):.3g}, {len(values)} runs)"


def row(what, values, gate, aim, more_is_better=False, unit=""):
    """One line of the table: median and range of the runs against a gate and an aim."""
    middle = statistics.median(values)
    reached = (lambda limit: middle >= limit) if more_is_better else (lambda limit: middle <= limit)
    sign = ">=" if more_is_better else "<="
    print(f"  {what}: {spread(values, unit)}; "
          f"gate {sign} {gate:g}{unit}: {'met' if reached(gate) else 'MISSED'}; "
          f"aim {aim:g}{unit}: {'reached' if reached(aim) else 'not reached'}", flush=True)


def beside(what, values, unit=""):
    """A line without a gate, for comparison."""
    print(f"    {what}: {spread(values, unit)}", flush=True)
