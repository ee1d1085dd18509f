# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares transitions that were found with those that are there.

Both are NAME.cuts.txt: "N" is a hard cut, the first frame of the new shot; "A-B" a
gradual transition, its first and last frame; "? A-B" a stretch where people may
disagree, where nothing counts. "# KIND" ends a line. One finds the other where they
overlap within a tolerance, each once, the nearest first.
"""
import os

ENDING = ".cuts.txt"


class Scores:
    """What was found of what is there, hard and gradual apart.

    A hard cut that was found as a gradual transition is found, and the other way
    round; what was found and is not there counts as what it was taken for."""

    def __init__(self):
        self.refs = [0, 0]    # hard, gradual
        self.found = [0, 0]   # of them
        self.ests = [0, 0]    # what was found, hard and gradual
        self.true = [0, 0]    # of them
        self.kinds = {}       # kind: [found, there]
        self.films = 0

    def add(self, other):
        for mine, others in ((self.refs, other.refs), (self.found, other.found),
                             (self.ests, other.ests), (self.true, other.true)):
            for k in range(2):
                mine[k] += others[k]
        for kind, (found, there) in other.kinds.items():
            mine = self.kinds.setdefault(kind, [0, 0])
            mine[0] += found
            mine[1] += there
        self.films += other.films

    def prf(self, which=(0, 1)):
        """Precision, recall and F1 of 0: hard, 1: gradual, or both."""
        refs, found, ests, true = (sum(list_[k] for k in which) for list_ in
                                   (self.refs, self.found, self.ests, self.true))
        p = true / ests if ests else float(refs == 0)
        r = found / refs if refs else 1.0
        return p, r, 2 * p * r / (p + r) if p + r else 0.0

    def false(self):
        return sum(self.ests) - sum(self.true)


def read(path):
    """Transitions (first, last, kind), sorted, and the same of the unsure ones."""
    sure, unsure = [], []
    with open(path, encoding="utf-8") as file:
        for line in file:
            text, _, kind = line.partition("#")
            text = text.strip()
            if not text:
                continue
            first, _, last = text.lstrip("? ").partition("-")
            row = (int(first), int(last or first), kind.strip())
            (unsure if text.startswith("?") else sure).append(row)
    return sorted(sure), sorted(unsure)


def overlap(a, b, tolerance):
    return a[0] <= b[1] + tolerance and a[1] >= b[0] - tolerance


def pair(refs, ests, tolerance):
    """The indices of those that found each other."""
    pairs = sorted((abs(r[0] + r[1] - e[0] - e[1]), i, j) for i, r in enumerate(refs)
                   for j, e in enumerate(ests) if overlap(r, e, tolerance))
    found, true = set(), set()
    for _, i, j in pairs:
        if i not in found and j not in true:
            found.add(i)
            true.add(j)
    return found, true


def score_film(truth, estimate, tolerance=1):
    refs, unsure = read(truth)
    ests, _ = read(estimate)
    ests = [e for e in ests if any(overlap(r, e, tolerance) for r in refs)
            or not any(overlap(u, e, tolerance) for u in unsure)]
    found, true = pair(refs, ests, tolerance)
    scores = Scores()
    scores.films = 1
    for i, (first, last, kind) in enumerate(refs):
        scores.refs[last > first] += 1
        scores.found[last > first] += i in found
        row = scores.kinds.setdefault(kind or ("gradual" if last > first else "cut"), [0, 0])
        row[0] += i in found
        row[1] += 1
    for j, (first, last, _) in enumerate(ests):
        scores.ests[last > first] += 1
        scores.true[last > first] += j in true
    return scores


def labelled(clips, truth):
    """Paths of the clips that have a truth."""
    names = [n[:-len(ENDING)] for n in sorted(os.listdir(truth)) if n.endswith(ENDING)]
    return [os.path.join(clips, n) for n in names if os.path.exists(os.path.join(clips, n))]


def score_folder(truth, estimates, tolerance=1):
    """{film: Scores} of those films for which there is an estimate."""
    films = {}
    for name in sorted(os.listdir(truth)):
        path = os.path.join(estimates, name)
        if name.endswith(ENDING) and os.path.exists(path):
            films[name[:-len(ENDING)]] = score_film(os.path.join(truth, name), path, tolerance)
    return films


def group_of(name):
    """"wipes" of "wipes-2.mp4"; other names are groups of their own."""
    stem, dash, number = os.path.splitext(name)[0].rpartition("-")
    return stem if dash and number.isdigit() else name


def by_group(films):
    groups = {}
    for name, scores in films.items():
        groups.setdefault(group_of(name), Scores()).add(scores)
    return groups


def total(films):
    scores = Scores()
    for each in films.values():
        scores.add(each)
    return scores


def row(name, scores):
    return "%-28s %3d  P %.3f R %.3f F1 %.3f  hard %d of %d F1 %.3f  gradual %d of %d F1 %.3f  false %d" % (
        name[:28], scores.films, *scores.prf(), scores.found[0], scores.refs[0], scores.prf([0])[2],
        scores.found[1], scores.refs[1], scores.prf([1])[2], scores.false())


def show(films):
    """Prints a line per group, one for all, and what was found of each kind."""
    for name, scores in by_group(films).items():
        print(row(name, scores))
    all_ = total(films)
    print(row("all", all_))
    print("  ".join("%s %d/%d" % (kind, *counts) for kind, counts in sorted(all_.kinds.items())))
