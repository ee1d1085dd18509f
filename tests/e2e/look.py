#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Models that look at the shots: what is sent, and what becomes of the film."""
import json
import statistics

import montage
from direct import Model

ARGUING = "people arguing"
WISH = "slow; people arguing: cut faster, 30 seconds"


class Eyes(Model):
    """Sees people arguing in every second picture."""

    @property
    def answer(self):
        question = self.asked()[-1]
        pictures = len(question["messages"][-1].get("images", []))
        return json.dumps({"shots": [
            {"shot": k + 1, "tags": ["person"], "action": "low",
             "shot_size": "medium", "mood": "dramatic", "focus_x": 0.5,
             "focus_y": 0.4, "rules": ["rule_1"] if k % 2 else []}
            for k in range(pictures)]})

    @answer.setter
    def answer(self, _):
        pass


class Look(montage.Case):
    def film(self):
        cuts = "90,180,270,360,450"
        return [montage.song("long.ogg", seconds=40)] + [
            montage.clip("look%d.mp4" % k, id=k, frames=540, cuts=cuts)
            for k in (1, 2)]

    def plan(self, *args, **options):
        song, *clips = self.film()
        run = self.succeed("plan", "--music", song, "--prompt", WISH, *args,
                           *clips, **options)
        return json.loads(run.out), run.err

    def mean_of_arguing(self, plan):
        """Length of the cuts that show every second shot."""
        return statistics.mean(cut["duration"] for cut in plan["cuts"]
                               if cut["shot"] % 2)

    def test_faster(self):
        model = Eyes(self)
        env = {"OLLAMA_HOST": model.base, "OLLAMA_MODEL": "eyes"}
        before, err = self.plan(env=env)
        self.assertEqual(model.seen, [])
        self.assertIn("has no effect", "\n".join(before["notes"]))
        after, err = self.plan("--look", env=env)
        self.assertIn("pictures of the shots are sent to Ollama", err)
        questions = model.asked()
        self.assertTrue(questions)
        for question in questions:
            text = json.dumps(question["messages"])
            self.assertIn(ARGUING, text)
            self.assertNotIn("look1", text)
            self.assertLessEqual(len(question["messages"][-1]["images"]), 8)
        self.assertLess(self.mean_of_arguing(after),
                        0.75 * self.mean_of_arguing(before))
        self.assertIn('"%s", cut faster as asked' % ARGUING,
                      "".join(cut["reason"] for cut in after["cuts"]))
        self.assertGreater(len(after["cuts"]), len(before["cuts"]))
        # The second time everybody knows.
        again, err = self.plan("--look", env=env)
        self.assertEqual(len(model.asked()), len(questions))
        self.assertEqual(again["cuts"], after["cuts"])

    def test_settings(self):
        model = Eyes(self)
        path = self.path("models.conf")
        with open(path, "w", encoding="utf-8") as file:
            file.write("[director]\nscenes=true\n[ollama]\nmodel=eyes\n"
                       "address=%s\n" % model.base)
        self.plan("--models", path, "--offline")
        self.assertEqual(model.seen, [])
        self.plan("--models", path)
        self.assertTrue(model.asked())

    def test_nobody_is_there(self):
        plan, err = self.plan("--look")
        self.assertIn("none is set up", "\n".join(plan["notes"]))
        plan, err = self.plan("--look", env={
            "OLLAMA_HOST": "http://127.0.0.1:9", "OLLAMA_MODEL": "eyes"})
        self.assertIn("No model has said anything", "\n".join(plan["notes"]))

    def test_element(self):
        """Off by default, and nothing that a URI can turn on."""
        model = Eyes(self)
        env = {"OLLAMA_HOST": model.base, "OLLAMA_MODEL": "eyes"}
        song, *clips = self.film()
        line = ("gst-launch-1.0 montagesrc music=%s clips=\"%s\" prompt=\"%s\" %s "
                "name=m m. ! fakesink m. ! fakesink")
        self.launch(line % (song, ";".join(clips), "4 seconds", ""), env=env)
        self.assertEqual(model.seen, [])
        self.launch(line % (song, ";".join(clips), "4 seconds", "look=true"),
                    env=env)
        self.assertTrue(model.asked())
        run = self.run_clean(["gst-launch-1.0", "urisourcebin",
                              "uri=montage:?look=true", "!", "fakesink"],
                             env=env)
        self.assertNotEqual(run.code, 0)


if __name__ == "__main__":
    montage.main()
