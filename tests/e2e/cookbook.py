#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every line of the cookbook, and both lines of the design, as written; only
screens and loudspeakers are replaced."""
import os
import re
import shutil

import montage

DESIGN = [
    """gst-launch-1.0 cutplanner name=plan ! montagetimeline name=t \\
    t.video_src ! queue ! videoconvert ! x264enc ! mp4mux name=mux ! filesink location=film.mp4 \\
    t.audio_src ! queue ! audioconvert ! voaacenc ! mux. \\
  montagedirector prompt="Edit like a thriller with slow builds" ! plan.director \\
  uridecodebin uri=file:///song.ogg ! audioconvert ! beatdetect ! plan.music \\
  uridecodebin uri=file:///a.mp4 ! sceneselect ! plan.clip_0 \\
  uridecodebin uri=file:///b.mp4 ! sceneselect ! plan.clip_1""",
    """gst-launch-1.0 montagesrc music=song.ogg clips=footage/ prompt="slow, warm, 40 seconds" name=m \\
    m.video_src ! queue ! autovideosink  m.audio_src ! queue ! autoaudiosink""",
]


def cookbook():
    """The commands of the ```sh blocks, one per entry."""
    path = os.path.join(montage.SOURCE, "docs", "cookbook.md")
    with open(path, encoding="utf-8") as file:
        blocks = re.findall(r"^```sh\n(.*?)^```", file.read(), re.M | re.S)
    # Commands of one block belong together.
    return [[line for line in re.split(r"(?<!\\)\n", block) if line.strip()]
            for block in blocks]


class Cookbook(montage.Case):
    def setUp(self):
        super().setUp()
        os.mkdir(self.path("footage"))
        shutil.copy(montage.song("song.ogg", seconds=15), self.path())
        for name, number in [("a.mp4", 1), ("b.mp4", 2), ("footage/c.mp4", 3),
                             ("footage/d.mp4", 4)]:
            shutil.copy(montage.clip("c%d.mp4" % number, id=number, frames=300,
                                     cuts="100,200"), self.path(name))

    def run_line(self, line):
        line = re.sub(r"\bauto(video|audio)sink\b", "fakesink sync=false",
                      line)
        line = line.replace("file:///", "file://$PWD/")
        tools = os.path.dirname(montage.TOOL)
        run = self.run_clean(
            ["sh", "-c", line],
            env={"PATH": tools + os.pathsep + os.environ["PATH"],
                 "XDG_CACHE_HOME": self.cache}, timeout=120)
        self.assertEqual(run.code, 0, line + "\n" + run.err[-3000:])
        # What montagesrc has to say about the film is no fault of the line.
        faults = re.findall(r"WARNING: (?!from element \S+GstMontageSrc).*",
                            run.out + run.err)
        self.assertEqual(faults, [], line)

    def check_film(self):
        """A film with one of the four clips in each picture."""
        shown = montage.pictures(self.path("film.mp4"))
        self.assertGreater(len(shown), 100)
        known = [p for p in shown if p.id is not None]
        self.assertGreater(len(known), 0.8 * len(shown))
        self.assertLessEqual({p.id for p in known}, {1, 2, 3, 4})
        self.assertGreater(len(montage.lines("sound", self.path("film.mp4"))),
                           20)

    def test_step_by_step_of_the_design(self):
        self.run_line(DESIGN[0])
        self.check_film()

    def test_montagesrc_of_the_design(self):
        self.run_line(DESIGN[1])

    def test_the_cookbook(self):
        blocks = cookbook()
        self.assertGreater(len(blocks), 5)
        for block in blocks:
            with self.subTest(block[0][:70]):
                for line in block:
                    self.run_line(line)
                if any("location=film.mp4" in line for line in block):
                    self.check_film()
                    os.remove(self.path("film.mp4"))


if __name__ == "__main__":
    montage.main()
