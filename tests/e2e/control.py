#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What users settle themselves: single clips, takes, films without music, and
plans that are made anew from a cut on."""
import json
import os
import shutil

import montage

NAMES = ["a.mp4", "b.mp4", "c.mp4", "d.mp4", "e.mp4"]
SHOTS = 3


class Control(montage.Case):
    def setUp(self):
        super().setUp()
        self.footage = self.path("footage")
        os.mkdir(self.footage)
        for number, name in enumerate(NAMES):
            shutil.copy(montage.clip(name, id=number + 1, frames=SHOTS * 90,
                                     cuts="90,180"), self.footage)
        self.song = montage.song("song.ogg", seconds=24)

    def plan(self, *args, folder=None, name="film.plan.json"):
        run = self.succeed("plan", "--offline", "--music", self.song, "-o",
                           self.path(name), "-f", *args,
                           folder or self.footage)
        return montage.Plan(self.path(name)), run

    def refused(self, *args, code=2, command="plan"):
        """What is said; nothing is left behind."""
        before = sorted(os.listdir(self.folder))
        run = self.tool(command, "--offline", "--music", self.song, "-o",
                        self.path("new.plan.json"), *args, self.footage)
        self.assertEqual(run.code, code, run.err)
        after = sorted(os.listdir(self.folder))
        self.assertEqual([x for x in after if x != "cache"],
                         [x for x in before if x != "cache"])
        return run.err

    def shown(self, plan):
        """The name of the clip of each cut."""
        return [os.path.basename(montage.path_of(
            plan.data["sources"][cut["source"]]["uri"])) for cut in plan.cuts]

    def rules(self, path, *clips):
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"schema": "gst-montage/clips", "version": 1,
                       "clips": clips}, file)
        return path

    # ---- options and documents ----

    def test_wrong_words(self):
        for option, text in (("--skip", ""), ("--weight", "a.mp4=9"),
                             ("--window", "a.mp4=3-2"), ("--pin", "a.mp4"),
                             ("--order", "a.mp4,,b.mp4"),
                             ("--scarce", "stretch"), ("--takes", "0"),
                             ("--takes", "21")):
            said = self.refused(option, text)
            self.assertIn("%s '%s'" % (option, text), said)
        self.assertIn("exclude each other", self.refused("--no-music"))

    def test_unknown_names(self):
        for option in ("--skip", "--first", "--last", "--order"):
            said = self.refused(option, "f.mp4", code=1)
            self.assertIn("No clip is called 'f.mp4'", said)
            for name in NAMES:
                self.assertIn("'%s'" % name, said)
        self.refused("--skip", "other/a.mp4", code=1)
        self.refused("--clips", self.rules(self.path("x.json"),
                                           {"clip": "f.mp4"}), code=1)

    def test_contradictions(self):
        said = self.refused("--skip", "a.mp4", "--first", "*.mp4", code=1)
        self.assertIn("'a.mp4' cannot be both skipped and the first", said)
        said = self.refused("--skip", "a.mp4", "--pin", "a.mp4@3", code=1)
        self.assertIn("skipped and pinned", said)
        said = self.refused("--skip", "*", code=1)
        self.assertIn("All clips are skipped", said)

    def test_broken_documents(self):
        path = self.rules(self.path("x.json"), {"clip": "a.mp4", "skipp": 1})
        self.assertIn("skipp", self.refused("--clips", path, code=1))
        self.assertIn("cannot be read",
                      self.refused("--clips", self.path("none"), code=1))
        self.assertIn("no file", self.refused("--clips", self.footage, code=1))
        shutil.copy(path, os.path.join(self.footage, "clips.json"))
        said = self.refused(code=1)
        self.assertIn("footage/clips.json", said)
        self.assertIn("skipp", said)

    def test_file_of_a_folder(self):
        """It speaks of its own folder; a name that is gone is a note."""
        other = self.path("other")
        os.mkdir(other)
        shutil.copy(os.path.join(self.footage, "a.mp4"), other)
        with open(os.path.join(other, "a.mp4"), "ab") as file:
            file.write(b"\0")  # not the same file
        self.rules(os.path.join(self.footage, "clips.json"),
                   {"clip": "gone.mp4", "skip": True},
                   {"clip": "a.mp4", "weight": 2})
        _, run = self.plan(other)
        self.assertIn("footage/clips.json' wants it", run.err)
        self.assertIn("speaks of 'gone.mp4'", run.err)
        self.refused("--clips", os.path.join(self.footage, "clips.json"),
                     code=1)

    def test_rules_are_never_replaced(self):
        path = self.rules(os.path.join(self.footage, "clips.json"))
        run = self.tool("plan", "--music", self.song, "-f", "-o", path,
                        self.footage)
        self.assertEqual(run.code, 1)
        self.assertIn("one of the files that are read", run.err)

    # ---- what the options do ----

    def times(self, plan, name):
        """[(in, out)] of each cut of a clip, in seconds of the clip."""
        return [(cut["in_point"] / 1e9,
                 (cut["in_point"] + cut["duration"]) / 1e9)
                for cut, shown in zip(plan.cuts, self.shown(plan))
                if shown == name]

    def share(self, plan, name):
        return sum(end - begin for begin, end in self.times(plan, name))

    def test_skip(self):
        plan, _ = self.plan("--skip", "a.mp4", "--skip", "footage/b*")
        self.assertEqual(set(self.shown(plan)), set(NAMES[2:]))

    def test_show_wins_over_skip(self):
        self.rules(os.path.join(self.footage, "clips.json"),
                   {"clip": "*", "skip": True},
                   {"clip": "a.mp4", "skip": False})
        plan, _ = self.plan("--show", "c.mp4")
        self.assertEqual(set(self.shown(plan)), {"a.mp4", "c.mp4"})

    def test_first_and_last(self):
        for first, last in ((0, 1), (3, 2), (4, 4)):
            plan, _ = self.plan("--first", NAMES[first], "--last",
                                NAMES[last], "--style", "mtv")
            shown = self.shown(plan)
            self.assertEqual((shown[0], shown[-1]),
                             (NAMES[first], NAMES[last]))
            self.assertTrue(plan.cuts[0]["pinned"])
            self.assertTrue(plan.cuts[-1]["pinned"])

    def test_pin(self):
        plan, _ = self.plan("--pin", "d.mp4@10=4+1.5", "--pin", "e.mp4@0:15",
                            "--style", "mtv")
        pinned = [(cut, name) for cut, name in
                  zip(plan.cuts, self.shown(plan)) if cut.get("pinned")]
        self.assertEqual([name for _, name in pinned], ["d.mp4", "e.mp4"])
        first, second = pinned[0][0], pinned[1][0]
        frame = plan.fps_d / plan.fps_n
        self.assertAlmostEqual(first["start"] / 1e9, 10, delta=frame)
        self.assertAlmostEqual(first["duration"] / 1e9, 1.5, delta=frame)
        self.assertAlmostEqual(first["in_point"] / 1e9, 4, delta=frame)
        self.assertLessEqual(second["start"] / 1e9, 15)
        self.assertGreater((second["start"] + second["duration"]) / 1e9, 15)

    def test_window(self):
        """One that ends within a shot, and one that leaves a single shot."""
        plan, _ = self.plan("--window", "a.mp4=1-5", "--window", "b.mp4=6-",
                            "--style", "mtv")
        frame = plan.fps_d / plan.fps_n
        for name, start, end in (("a.mp4", 1, 5), ("b.mp4", 6, 9)):
            times = self.times(plan, name)
            self.assertTrue(times)
            for begin, stop in times:
                self.assertGreaterEqual(begin, start)
                self.assertLessEqual(stop, end + frame)

    def test_order(self):
        def turns(plan, names):
            """The order in which clips come first and go last."""
            shown = [name for name in self.shown(plan) if name in names]
            return shown == sorted(shown, key=names.index) and set(
                shown) == set(names)

        names = ["c.mp4", "a.mp4", "e.mp4"]
        plan, _ = self.plan("--order", ",".join(names), "--style", "mtv")
        self.assertTrue(turns(plan, names), self.shown(plan))
        plan, _ = self.plan("--order", "given", "--style", "mtv")
        self.assertTrue(turns(plan, NAMES), self.shown(plan))
        paths = [os.path.join(self.footage, name) for name in reversed(NAMES)]
        run = self.succeed("plan", "--offline", "--music", self.song,
                           "--order", "given", "--style", "mtv", *paths)
        with open(self.path("given.json"), "w", encoding="utf-8") as file:
            file.write(run.out)
        plan = montage.Plan(self.path("given.json"))
        self.assertTrue(turns(plan, NAMES[::-1]), self.shown(plan))

    def test_weight(self):
        usual, _ = self.plan("--style", "mtv", "-d", "16")
        often, _ = self.plan("--style", "mtv", "-d", "16", "--weight",
                             "c.mp4=4")
        never, _ = self.plan("--style", "mtv", "-d", "16", "--weight",
                             "c.mp4=0")
        self.assertGreater(self.share(often, "c.mp4"),
                           self.share(usual, "c.mp4"))
        self.assertLess(self.share(never, "c.mp4"),
                        self.share(usual, "c.mp4"))

    def test_documents_and_options_combine(self):
        self.rules(os.path.join(self.footage, "clips.json"),
                   {"clip": "a.mp4", "first": True},
                   {"clip": "c.mp4", "skip": True})
        path = self.rules(self.path("more.json"),
                          {"clip": "d.mp4", "last": True})
        plan, _ = self.plan("--clips", path, "--skip", "e.mp4", "--style",
                            "mtv")
        shown = self.shown(plan)
        self.assertEqual((shown[0], shown[-1]), ("a.mp4", "d.mp4"))
        self.assertEqual(set(shown), {"a.mp4", "b.mp4", "d.mp4"})

    def test_pads_in_a_launch_line(self):
        clips = [os.path.join(self.footage, name) for name in NAMES[:3]]
        self.succeed("analyze", "-o", self.path("out"), self.song, *clips)
        branches = " ".join(
            "filesrc location=out/%s.shots.json ! "
            "application/x-montage-shots ! plan.clip_%d" % (name, number)
            for number, name in enumerate(NAMES[:3]))
        self.launch("gst-launch-1.0 -q cutplanner name=plan clip_2::first=true "
                    "clip_1::skip=true clip_0::pins=10=4 scarcity=shorten ! "
                    "application/x-montage-plan ! filesink location=p.json "
                    "filesrc location=out/song.beats.json ! "
                    "application/x-montage-beats ! plan.music " + branches)
        plan = montage.Plan(self.path("p.json"))
        shown = self.shown(plan)
        self.assertEqual(shown[0], NAMES[2])
        self.assertNotIn(NAMES[1], shown)
        pinned = [cut for cut in plan.cuts if cut["start"] <= 10 ** 10
                  < cut["start"] + cut["duration"]][0]
        self.assertEqual(pinned["source"], 0)
        self.assertAlmostEqual(pinned["in_point"] / 1e9, 4,
                               delta=plan.fps_d / plan.fps_n)

    def test_scarce_footage(self):
        """18 s of footage for 24 s of film."""
        skipped = [word for name in NAMES[2:] for word in ("--skip", name)]
        again, _ = self.plan(*skipped)
        slow, run = self.plan("--scarce", "slow", *skipped)
        self.assertTrue(all(cut.get("speed", 1) == 1 for cut in again.cuts))
        self.assertEqual(slow.n_frames(), again.n_frames())
        self.assertTrue(any(cut.get("speed", 1) < 1 for cut in slow.cuts))
        self.assertIn("speed", run.err)
        self.assertLess(slow.data["metrics"]["repeats"],
                        again.data["metrics"]["repeats"])
        short, run = self.plan("--scarce", "shorten", *skipped)
        self.assertLess(short.n_frames(), again.n_frames())
        self.assertEqual(short.data["metrics"]["repeats"], 0)
        self.assertIn("footage", run.err)

    # ---- other music, and none ----

    def test_silent_song(self):
        quiet = montage.song("quiet.wav", seconds=12, style="silence")
        self.plan("--music", quiet)
        plan = montage.Plan(self.path("film.plan.json"))
        self.assertEqual(plan.n_frames(), 360)
        self.assertGreater(len(plan.cuts), 1)

    def test_silent_film(self):
        """Songs that lie beside the clips are left alone."""
        shutil.copy(self.song, self.footage)
        path = self.path("mute.mp4")
        self.succeed("make", "--offline", "--no-music", "-d", "5", "--size",
                     "160x90", "-o", path, self.footage)
        plan = montage.Plan(self.path("mute.plan.json"))
        self.assertIsNone(plan.data["music"]["uri"])
        self.assertEqual(plan.n_frames(), 150)
        self.assertGreater(len(plan.cuts), 1)
        self.assert_film(plan, path)
        again = self.path("again.plan.json")
        self.succeed("replan", "--offline", self.path("mute.plan.json"),
                     "--from", "2", "-o", again)
        new = montage.Plan(again)
        self.assertEqual(new.cuts[:1], plan.cuts[:1])
        self.assertEqual(new.n_frames(), 150)

    # ---- takes ----

    def test_takes(self):
        run = self.succeed("plan", "--offline", "--json", "--music", self.song,
                           "--takes", "3", "-o", self.path("film.plan.json"),
                           "--decisions", self.path("why.json"), self.footage)
        result = json.loads(run.out.splitlines()[-1])
        plans = [montage.Plan(self.path("film-%d.plan.json" % n))
                 for n in (1, 2, 3)]
        self.assertEqual([take["plan"] for take in result["takes"]],
                         [self.path("film-%d.plan.json" % n)
                          for n in (1, 2, 3)])
        self.assertEqual([plan.data["seed"] for plan in plans], [0, 1, 2])
        self.assertTrue(os.path.exists(self.path("why-3.json")))
        alone, _ = self.plan()
        self.assertEqual(plans[0].data, alone.data)
        for take, plan in zip(result["takes"], plans):
            self.assertEqual(take["cuts"], len(plan.cuts))
            self.assertEqual(take["metrics"], plan.data["metrics"])
        self.assertEqual(result["takes"][0]["different_cuts"], 0)
        self.assertGreater(result["takes"][1]["different_cuts"], 0)
        self.assertNotEqual(self.shown(plans[0]), self.shown(plans[1]))

    def test_takes_need_names(self):
        run = self.tool("plan", "--music", self.song, "--takes", "2",
                        self.footage)
        self.assertEqual(run.code, 2)
        self.assertIn("film-1.plan.json", run.err)

    def test_takes_as_films(self):
        run = self.succeed("make", "--offline", "--music", self.song, "-d",
                           "4", "--size", "160x90", "--takes", "2", "-o",
                           self.path("film.mp4"), self.footage)
        self.assertIn("Take 2: ", run.out)
        for n in (1, 2):
            plan = montage.Plan(self.path("film-%d.plan.json" % n))
            self.assert_film(plan, self.path("film-%d.mp4" % n))
        self.assertFalse(os.path.exists(self.path("film.mp4")))

    # ---- from a cut on ----

    def replan(self, *args, **options):
        out = self.path("again.plan.json")
        self.succeed("replan", "--offline", self.path("film.plan.json"), "-f",
                     "-o", out, *args, **options)
        return montage.Plan(out)

    def assert_kept(self, old, new, n):
        self.assertEqual(new.cuts[:n], old.cuts[:n])
        self.assertEqual([s["uri"] for s in new.data["sources"]],
                         [s["uri"] for s in old.data["sources"]])
        self.assertEqual(new.data["music"]["start"],
                         old.data["music"]["start"])

    def test_replan(self):
        old, _ = self.plan("--style", "mtv", "-d", "16", "--seed", "5")
        new = self.replan("--from", "4", "--prompt", "slow, long takes")
        self.assert_kept(old, new, 3)
        self.assertEqual(new.data["duration"], old.data["duration"])
        self.assertEqual(new.data["seed"], 5)
        self.assertEqual(new.data["revision"], 2)
        self.assertEqual(new.data["instructions"]["pacing"]["speed"],
                         "slow")
        self.assertLess(len(new.cuts), len(old.cuts))
        time = "%.3f" % (old.cuts[5]["start"] / 1e9 + 0.01)
        new = self.replan("--from", time, "--seed", "6", "--duration", "20")
        self.assert_kept(old, new, 5)
        self.assertEqual((new.data["duration"] + 10 ** 8) // 10 ** 9, 20)
        self.assertEqual(new.data["seed"], 6)

    def test_replan_takes_rules(self):
        old, _ = self.plan("-d", "16", "--style", "mtv")
        for args in (["--skip", "nosuch.mp4"], ["--skip", "*"]):
            run = self.tool("replan", self.path("film.plan.json"), "--from",
                            "4", *args)
            self.assertEqual(run.code, 1, run.err)
        new = self.replan("--from", "4", "--weight", "a.mp4=2")
        self.assert_kept(old, new, 3)

    def test_replan_from_where(self):
        old, _ = self.plan("-d", "16")
        for place, sentence in (("0", "no cut"), ("999", "no cut of the plan"),
                                ("x", "not a time"), ("16.5", "past the end")):
            run = self.tool("replan", self.path("film.plan.json"), "--from",
                            place)
            self.assertEqual(run.code, 2)
            self.assertIn(sentence, run.err)
        run = self.tool("replan", self.path("film.plan.json"))
        self.assertIn("--from", run.err)
        run = self.tool("replan", self.path("film.plan.json"), "--from",
                        str(len(old.cuts)), "--duration", "2")
        self.assertIn("not longer than what is kept", run.err)

    def test_replan_without_a_clip(self):
        old, _ = self.plan("-d", "16", "--style", "mtv")
        used = self.shown(old)
        missing = next(name for name in NAMES if name != used[0])
        kept = used.index(missing) if missing in used else len(used)
        path = os.path.join(self.footage, missing)
        os.rename(path, path + ".gone")
        self.assertGreater(kept, 0)
        run = self.tool("replan", "--offline", self.path("film.plan.json"),
                        "--from", "2", "-o", self.path("again.plan.json"))
        self.assertEqual(run.code, 0, run.err)
        self.assertIn(missing, run.err)
        new = montage.Plan(self.path("again.plan.json"))
        self.assert_kept(old, new, 1)
        self.assertNotIn(missing, self.shown(new))
        if missing in used:
            run = self.tool("replan", "--offline", self.path("film.plan.json"),
                            "--from", str(kept + 2))
            self.assertEqual(run.code, 1)
            self.assertIn("Cut %d, which is kept," % (kept + 1), run.err)

    def test_replan_with_a_changed_clip(self):
        old, _ = self.plan("-d", "16", "--style", "mtv")
        used = self.shown(old)
        path = os.path.join(self.footage, used[0])
        shutil.copy(montage.clip("long.mp4", id=9, frames=360, cuts="90"),
                    path)
        run = self.tool("replan", "--offline", self.path("film.plan.json"),
                        "--from", "2")
        self.assertEqual(run.code, 1)
        self.assertIn("has changed since the plan was made", run.err)
        run = self.tool("replan", "--offline", self.path("film.plan.json"),
                        "--from", "1")
        self.assertEqual(run.code, 0, run.err)
        self.assertIn("has changed since the plan was made", run.err)


if __name__ == "__main__":
    montage.main()
