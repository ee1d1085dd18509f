# SPDX-License-Identifier: LGPL-2.1-or-later
"""A reader of CMX3600 lists that counts for itself. It shares no code with the
writer."""
import re

LINE = re.compile(r"^(\d{3})  ([A-Z0-9_]{1,8}) +(V|AA|A|A2|B) +(C|D +(\d{3})) +"
                  r"(\S+) (\S+) (\S+) (\S+)$")
TIME = re.compile(r"^(\d\d):(\d\d):(\d\d)([:;])(\d\d)$")
SPEED = re.compile(r"^M2   (\S+) +(\d{3}\.\d) +(\S+)$")


class Wrong(Exception):
    pass


def need(condition, *text):
    if not condition:
        raise Wrong(" ".join(str(part) for part in text))


def frames(text, base, drop):
    """After SMPTE 12M: every minute that is no tenth leaves numbers out."""
    match = TIME.match(text)
    need(match, text, "is no time code")
    h, m, s, f = (int(match.group(k)) for k in (1, 2, 3, 5))
    need((match.group(4) == ";") == bool(drop), text, "has the wrong sign")
    need(m < 60 and s < 60 and f < base, text, "is out of range")
    minutes = h * 60 + m
    need(not (drop and s == 0 and f < drop and m % 10), text, "is left out")
    return (minutes * 60 + s) * base + f - drop * (minutes - minutes // 10)


class List:
    """events: (reel, track, source in, source out, record in, record out,
    dissolve, speed in frames per second or None)"""

    def __init__(self, path, fps_n, fps_d):
        base = round(fps_n / fps_d)
        drop = base // 15 if fps_d == 1001 and base in (30, 60) else 0
        with open(path, encoding="utf-8") as file:
            lines = file.read().split("\n")
        need(lines[0].startswith("TITLE: "), path, "has no title")
        need(lines[1] == "FCM: " + ("" if drop else "NON-") + "DROP FRAME",
             lines[1])
        self.events, self.reels = [], {}
        self.n_events, self.files = 0, []
        for line in lines[2:]:
            self.read(line, base, drop)

    def read(self, line, base, drop):
        match, speed = LINE.match(line), SPEED.match(line)
        if match:
            number = int(match.group(1))
            need(number in (self.n_events, self.n_events + 1), line)
            self.n_events = number
            times = [frames(match.group(k), base, drop) for k in (6, 7, 8, 9)]
            need(times[0] <= times[1] and times[2] <= times[3], line)
            self.events.append([match.group(2), match.group(3), *times,
                                int(match.group(5) or 0), None])
        elif speed:
            need(speed.group(1) == self.events[-1][0], line)
            need(frames(speed.group(3), base, drop) == self.events[-1][2], line)
            self.events[-1][7] = float(speed.group(2))
        elif line.startswith("* SOURCE FILE: "):
            self.files.append(line[15:])
        else:
            need(line == "" or line.startswith("* "), "what is", repr(line))

    def pictures(self):
        """Those that show something."""
        return [e for e in self.events if e[1] == "V" and e[4] < e[5]]

    def check(self, origin, fps):
        """One picture after the other from frame @origin on; returns the end."""
        need(self.n_events <= 999, self.n_events, "events")
        for event in self.pictures():
            need(event[4] == origin, event, "begins elsewhere than at", origin)
            shown, read = event[5] - event[4], event[3] - event[2]
            wanted = shown if event[7] is None else shown * event[7] / fps
            need(abs(wanted - read) <= (0 if event[7] is None else 1), event,
                 "reads", read, "for", wanted)
            origin = event[5]
        return origin
