#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The schema that models are given, against the one it was specified by.

usage: schema.py ANSWER-LINES

Generates documents for every row, right ones and wrong ones, and compares what
our schema, the reference and our own reading say about each. Prints TAP.
"""
import copy
import json
import os
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    jsonschema = None

DEBIAN_PYTHON = "/usr/bin/python3"
REFERENCE = os.path.join(os.environ.get("MONTAGE_SHARED", ""), "reference",
                         "instructions.schema.json")
LENGTH = ("constraints", "target_duration_sec")

# What servers hold against a schema: OpenAI's limits for strict ones, and the
# keywords that Gemini, llama.cpp and OpenAI all know or leave alone.
MAX_PROPERTIES = 100
MAX_DEPTH = 5
MAX_ENUM_VALUES = 500
MAX_CHARACTERS = 15000
KEYWORDS = {"type", "properties", "required", "additionalProperties", "enum",
            "minimum", "maximum", "description"}

# Rows whose limits do not depend on each other's values in this document.
GOOD = {
    "style": {"name": "mtv", "mood": "calm"},
    "pacing": {"speed": "fast", "variation": "high",
               "intro_duration_beats": 8, "climax_intensity": 0.5},
    "cinematography": {"prefer_wide_shots": True, "prefer_high_action": False,
                       "match_cuts_enabled": False,
                       "invisible_cuts_enabled": True,
                       "shot_variation_priority": "low"},
    "transitions": {"type": "mixed", "crossfade_duration_sec": 0.5},
    "energy_mapping": {"sync_to_beats": True, "energy_amplification": 1.5},
    "effects": {"color_grading": "warm", "color_intensity": 0.5,
                "stabilization": True, "upscale": True,
                "sharpness_boost": False},
    "constraints": {"target_duration_sec": 40, "min_clip_duration_sec": 0.5,
                    "max_clip_duration_sec": 60},
}


def rows(schema):
    for group, inner in schema["properties"].items():
        for name, row in inner["properties"].items():
            yield group, name, row


def types_of(row):
    return row["type"] if isinstance(row["type"], list) else [row["type"]]


def right_values(row):
    """All words of a choice, both ends of a range and something between."""
    types = types_of(row)
    values = list(row.get("enum", []))
    if "boolean" in types:
        values += [True, False]
    if "null" in types:
        values.append(None)
    if "minimum" in row:
        values += [row["minimum"], row["maximum"]]
        middle = (row["minimum"] + row["maximum"]) / 2
        values.append(int(middle) if "integer" in types else middle)
    return values


def wrong_values(row):
    types = types_of(row)
    values = [[], {}, [1], {"value": 1}]
    if "null" not in types:
        values.append(None)
    if "string" in types:
        values += [0, 1.5, True, "", "x", "\u00e9", row["enum"][0] + "s"]
    elif "boolean" in types:
        values += [0, 1, "", "yes"]
    else:
        values += [True, False, "", "x", "NaN"]
    if "minimum" in row:
        step = 1 if "integer" in types else 1e-3
        values += [row["minimum"] - step, row["maximum"] + step, -1e18, 1e300]
    if "integer" in types:
        values.append(row["minimum"] + 0.5)
    return values


def changed(group, name, value):
    document = copy.deepcopy(GOOD)
    document[group][name] = value
    return document


def right_documents(schema):
    yield "all", GOOD
    for group, name, row in rows(schema):
        for value in right_values(row):
            yield "%s.%s = %r" % (group, name, value), changed(group, name,
                                                              value)


def wrong_documents(schema):
    for value in ([], None, 1, "x", True):
        yield "root = %r" % value, value
    for group, name, row in rows(schema):
        for value in wrong_values(row):
            yield "%s.%s = %r" % (group, name, value), changed(group, name,
                                                              value)
        document = copy.deepcopy(GOOD)
        del document[group][name]
        yield "%s.%s missing" % (group, name), document
    for group in schema["properties"]:
        document = copy.deepcopy(GOOD)
        del document[group]
        yield "%s missing" % group, document
        yield "%s.extra" % group, changed(group, "extra", 1)
        for value in ([], None, 1, "x", True):
            document = copy.deepcopy(GOOD)
            document[group] = value
            yield "%s = %r" % (group, value), document
    yield "extra", dict(GOOD, extra=1)


def size_of(schema, depth=0):
    """Properties, levels of objects, values of choices, their characters."""
    names = list(schema.get("properties", {}))
    words = schema.get("enum", [])
    total = [len(names), depth if names else 0, len(words),
             sum(map(len, names)) + sum(map(len, words))]
    for inner in schema.get("properties", {}).values():
        size = size_of(inner, depth + 1)
        total = [total[0] + size[0], max(total[1], size[1]),
                 total[2] + size[2], total[3] + size[3]]
    return total


def check_object(schema, problems):
    problems += ["keyword " + key for key in schema if key not in KEYWORDS]
    inner = schema.get("properties")
    if inner is None:
        return
    if schema["required"] != list(inner):
        problems.append("required is not properties in their order")
    if schema["additionalProperties"] is not False:
        problems.append("an open shape")
    for value in inner.values():
        check_object(value, problems)


class Checks:
    def __init__(self, program):
        self.program = program
        self.full = json.loads(self.run("full"))
        self.plain = json.loads(self.run("plain"))
        with open(REFERENCE, encoding="utf-8") as reference:
            self.reference = json.load(reference)
        validator = jsonschema.Draft202012Validator
        self.ours = validator(self.full)
        self.theirs = validator(self.reference)
        self.right = list(right_documents(self.reference))
        self.wrong = list(wrong_documents(self.reference))

    def run(self, mode, text=""):
        return subprocess.run([self.program, mode], input=text, check=True,
                              capture_output=True, encoding="utf-8").stdout

    def read(self, documents):
        lines = [json.dumps(document) for _, document in documents]
        said = self.run("read", "\n".join(lines) + "\n").splitlines()
        assert len(said) == len(lines), (len(said), len(lines))
        return said

    def test_valid(self):
        """both levels are schemas of 2020-12"""
        for schema in (self.full, self.plain, self.reference):
            jsonschema.Draft202012Validator.check_schema(schema)

    def test_rows(self):
        """the same rows in the same order, with the same types and words"""
        ours, theirs = list(rows(self.full)), list(rows(self.reference))
        assert [row[:2] for row in ours] == [row[:2] for row in theirs]
        assert len(ours) == 23, len(ours)
        for (group, name, row), (_, _, other) in zip(ours, theirs):
            place = "%s.%s" % (group, name)
            assert types_of(row) == types_of(other), place
            assert sorted(row.get("enum", [])) == sorted(
                other.get("enum", [])), place
            if (group, name) != LENGTH:
                assert [row.get("minimum"), row.get("maximum")] == [
                    other.get("minimum"), other.get("maximum")], place

    def test_right(self):
        """right documents are accepted by both schemas and taken as they are"""
        assert len(self.right) > 80, len(self.right)
        for (name, document), said in zip(self.right, self.read(self.right)):
            assert self.theirs.is_valid(document), name
            assert self.ours.is_valid(document), name
            assert said == "taken", "%s: %s" % (name, said)

    def test_wrong(self):
        """wrong documents are refused by both, and never taken unseen"""
        assert len(self.wrong) > 200, len(self.wrong)
        for (name, document), said in zip(self.wrong, self.read(self.wrong)):
            assert not self.theirs.is_valid(document), name
            assert not self.ours.is_valid(document), name
            assert said != "taken", name

    def test_plain(self):
        """without bounds it accepts the same, and only bounds are missing"""
        def without_bounds(schema):
            return {key: {name: without_bounds(inner)
                          for name, inner in value.items()}
                    if key == "properties" else value
                    for key, value in schema.items()
                    if key not in ("minimum", "maximum")}
        assert self.plain == without_bounds(self.full)
        assert self.plain != self.full

    def test_length(self):
        """the length of the film, which only we bound"""
        for value, taken in ((0.1, False), (1, True), (86400, True),
                             (86401, False), (0, False), (-1, False)):
            document = changed(*LENGTH, value)
            said = self.read([("", document)])[0]
            assert (said == "taken") == taken, "%r: %s" % (value, said)

    def test_servers(self):
        """it is within what servers take"""
        problems = []
        for schema in (self.full, self.plain):
            check_object(schema, problems)
            n, depth, n_words, n_characters = size_of(schema)
            assert n <= MAX_PROPERTIES, n
            assert depth <= MAX_DEPTH, depth
            assert n_words <= MAX_ENUM_VALUES, n_words
            assert n_characters <= MAX_CHARACTERS, n_characters
        assert not problems, problems
        # sent with every question; 4.1 kB when this was written
        assert len(json.dumps(self.full)) < 6000


def main():
    if jsonschema is None and os.path.exists(DEBIAN_PYTHON) \
            and os.path.realpath(sys.executable) != os.path.realpath(
                DEBIAN_PYTHON):
        # Debian's package is only seen by Debian's own python.
        os.execv(DEBIAN_PYTHON, [DEBIAN_PYTHON] + sys.argv)
    tests = sorted(name for name in dir(Checks) if name.startswith("test_"))
    missing = "python3-jsonschema is not installed" if jsonschema is None \
        else "" if os.path.exists(REFERENCE) else "no ../shared"
    print("1..%d" % len(tests))
    checks = None if missing else Checks(sys.argv[1])
    for number, name in enumerate(tests, 1):
        title = getattr(Checks, name).__doc__
        if missing:
            print("ok %d - %s # SKIP %s" % (number, title, missing))
            continue
        try:
            getattr(checks, name)()
            print("ok %d - %s" % (number, title))
        except (AssertionError, jsonschema.SchemaError) as problem:
            print("not ok %d - %s" % (number, title))
            print("# " + str(problem).replace("\n", "\n# "))


if __name__ == "__main__":
    main()
