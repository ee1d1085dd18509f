# SPDX-License-Identifier: LGPL-2.1-or-later
"""A reader of .otio files that believes nothing, after the published
specification (opentimelineio.readthedocs.io: "File Format Specification" and
"Serialized Data Documentation"). It shares no code with the writers."""
import json

NUMBER = (int, float)
# Per schema: its fields and their types; those in OPTIONAL may be missing.
COMMON = dict(metadata=dict, name=(str, type(None)))
ITEM = dict(COMMON, source_range=(dict, type(None)), effects=list,
            markers=list, enabled=bool)
MEDIA = dict(COMMON, available_range=(dict, type(None)),
             available_image_bounds=(dict, type(None)))
SCHEMAS = {
    "Timeline.1": dict(COMMON, global_start_time=(dict, type(None)),
                       tracks=dict),
    "Stack.1": dict(ITEM, children=list),
    "Track.1": dict(ITEM, children=list, kind=str),
    "Clip.2": dict(ITEM, media_references=dict,
                   active_media_reference_key=str),
    "Gap.1": ITEM,
    "Transition.1": dict(COMMON, in_offset=dict, out_offset=dict,
                         transition_type=str),
    "Marker.2": dict(COMMON, color=str, marked_range=dict),
    "LinearTimeWarp.1": dict(COMMON, effect_name=str, time_scalar=NUMBER),
    "Effect.1": dict(COMMON, effect_name=str),
    "ExternalReference.1": dict(MEDIA, target_url=str),
    "MissingReference.1": MEDIA,
    "RationalTime.1": dict(rate=NUMBER, value=NUMBER),
    "TimeRange.1": dict(start_time=dict, duration=dict),
}
COLORS = ("PINK", "RED", "ORANGE", "YELLOW", "GREEN", "CYAN", "BLUE",
          "PURPLE", "MAGENTA", "BLACK", "WHITE")


class Wrong(Exception):
    pass


def need(condition, *text):
    if not condition:
        raise Wrong(" ".join(str(part) for part in text))


def check_object(value, where):
    schema = value.get("OTIO_SCHEMA")
    need(schema in SCHEMAS, where, "has the schema", schema)
    fields = SCHEMAS[schema]
    for name, kind in fields.items():
        need(name in value, where, schema, "lacks", name)
        need(isinstance(value[name], kind), where, schema, name, "is",
             value[name])
        need(kind is bool or not isinstance(value[name], bool), where, name,
             "is a truth value")
    unknown = set(value) - set(fields) - {"OTIO_SCHEMA"}
    need(not unknown, where, schema, "has", unknown)
    for name in set(fields) - {"metadata"}:
        check(value[name], "%s.%s" % (where, name))


def check(value, where):
    if isinstance(value, list):
        for i, part in enumerate(value):
            check_object(part, "%s[%d]" % (where, i))
    elif isinstance(value, dict) and "OTIO_SCHEMA" in value:
        check_object(value, where)
    elif isinstance(value, dict):
        for key, part in value.items():
            check_object(part, "%s[%s]" % (where, key))


class Reader:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        need(text.startswith("{\n"), "the text is not indented")
        self.data = json.loads(text, parse_constant=self.no_constant)
        check_object(self.data, "timeline")
        need(self.data["OTIO_SCHEMA"] == "Timeline.1", "no timeline")
        self.rate = self.data["global_start_time"]["rate"]
        self.tracks = [self.track(each)
                       for each in self.data["tracks"]["children"]]
        self.markers = [self.marker(each)
                        for each in self.data["tracks"]["markers"]]

    @staticmethod
    def no_constant(name):
        raise Wrong("there is a " + name)

    def frames(self, time, where):
        """Whole, and of the timeline's rate."""
        need(time["rate"] == self.rate, where, "has the rate", time["rate"])
        need(time["value"] == int(time["value"]), where, "is at the frame",
             time["value"])
        return int(time["value"])

    def span(self, value, where):
        start = self.frames(value["start_time"], where)
        length = self.frames(value["duration"], where)
        need(length >= 0, where, "lasts", length)
        return start, length

    def marker(self, value):
        need(value["color"] in COLORS, "a marker is", value["color"])
        return self.span(value["marked_range"], "a marker") + (value["name"],)

    def clip(self, value):
        start, length = self.span(value["source_range"], "a clip")
        need(length > 0, "a clip lasts", length)
        need(start >= 0, "a clip begins at", start)
        key = value["active_media_reference_key"]
        need(key in value["media_references"], "no media", key)
        media = value["media_references"][key]
        speed = 1
        for effect in value["effects"]:
            speed *= effect.get("time_scalar", 1)
        for each in value["markers"]:
            self.marker(each)
        return dict(start=start, length=length, speed=speed,
                    end=start + length * speed, media=media,
                    url=media.get("target_url"), markers=value["markers"],
                    effects=[e["effect_name"] for e in value["effects"]],
                    metadata=value["metadata"])

    def check_handles(self, clip, before, behind):
        """A frame of the film may end behind the last one of the file."""
        space = clip["media"]["available_range"]
        if space is None:
            return
        first = space["start_time"]["value"] / space["start_time"]["rate"]
        last = first + space["duration"]["value"] / space["duration"]["rate"]
        start = (clip["start"] - before * clip["speed"]) / self.rate
        end = (clip["end"] + behind * clip["speed"]) / self.rate
        need(start >= first - 1e-9, clip["url"], "begins at", start)
        need(end <= last + 1 / self.rate, clip["url"], "ends at", end,
             "of", last)

    def track(self, value):
        """[(start on the track, clip, in_offset, out_offset)]; the offsets are
        those of the transition into the clip."""
        out, position, into = [], 0, (0, 0)
        children = value["children"]
        need(value["kind"] in ("Video", "Audio"), "a track is", value["kind"])
        for i, child in enumerate(children):
            schema = child["OTIO_SCHEMA"]
            if schema == "Transition.1":
                need(0 < i < len(children) - 1, "a transition at an end")
                need(children[i - 1]["OTIO_SCHEMA"] == "Clip.2"
                     and children[i + 1]["OTIO_SCHEMA"] == "Clip.2",
                     "a transition without two clips")
                into = tuple(self.frames(child[name], name)
                             for name in ("in_offset", "out_offset"))
                need(sum(into) > 0, "an empty transition")
                continue
            if schema == "Gap.1":
                position += self.span(child["source_range"], "a gap")[1]
                continue
            clip = self.clip(child)
            out.append((position, clip) + into)
            position += clip["length"]
            into = (0, 0)
        for k, (_, clip, before, behind) in enumerate(out):
            following = out[k + 1] if k + 1 < len(out) else (0, 0, 0, 0)
            need(behind + following[2] <= clip["length"],
                 "transitions that overlap")
            self.check_handles(clip, before, following[3])
        return dict(kind=value["kind"], clips=out, length=position)
