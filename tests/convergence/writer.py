"""A desk that writes until it is killed, and says what it has kept: `writer.py PROFILE KEY ACCOUNT`."""

import sys
from pathlib import Path

from beffroi.logbook.entry import Content
from beffroi.node import open_unlocked


def main() -> None:
    profile, account = Path(sys.argv[1]), sys.argv[2]
    key = bytes.fromhex(sys.stdin.readline().strip())
    node = open_unlocked(profile, key, account)
    for number in range(10_000):
        entry = node.logbook.publish(Content(text=f"Frappe n° {number}"), node.who)
        sys.stdout.write(f"{entry.uid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
