#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Sentences and models: the tool against a server on this machine that answers
as Ollama and OpenAI-compatible servers do, and that records what it is asked."""
import http.server
import json
import os
import re
import signal
import subprocess
import threading
import time

import montage

# Nothing of it is in the lexicon.
PUZZLE = "lullabies for tired sailors"
SECRET = "sk-this-key-is-a-secret-0123456789"


class Model(http.server.ThreadingHTTPServer):
    """Serves one answer for ever; keeps (method, path, key, body)."""
    daemon_threads = True

    def __init__(self, test, answer="", status=200, silent=False):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = answer
        self.status = status
        self.silent = silent
        self.seen = []
        self.base = "http://127.0.0.1:%d" % self.server_port
        self.over = threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()
        test.addCleanup(self.stop)

    def stop(self):
        self.over.set()
        self.shutdown()
        self.server_close()

    def asked(self):
        """The bodies of the questions."""
        return [json.loads(body) for method, _, _, body in self.seen
                if method == "POST"]


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def reply(self, document):
        data = json.dumps(document).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def note(self):
        """False where there is no answer."""
        length = int(self.headers.get("Content-Length") or 0)
        self.server.seen.append((self.command, self.path,
                                 self.headers.get("Authorization"),
                                 self.rfile.read(length)))
        if self.server.silent:
            self.server.over.wait(60)
        return not self.server.silent

    def do_GET(self):
        if not self.note():
            return
        self.reply({"models": [{"name": "tiny:1b"}],
                    "data": [{"id": "tiny-1b"}]})

    def do_POST(self):
        if not self.note():
            return
        text = self.server.answer
        if self.path == "/api/chat":
            self.reply({"model": "tiny:1b", "done": True,
                        "done_reason": "stop",
                        "message": {"role": "assistant", "content": text}})
        else:
            self.reply({"id": "1", "object": "chat.completion",
                        "model": "tiny-1b", "choices": [
                            {"index": 0, "finish_reason": "stop",
                             "message": {"role": "assistant",
                                         "content": text}}]})


def groups(document):
    return {name: document[name] for name in
            ("style", "pacing", "cinematography", "transitions",
             "energy_mapping", "effects", "constraints")}


class Direct(montage.Case):
    def answer(self):
        """What a model could say to PUZZLE."""
        wish = groups(json.loads(self.succeed("direct", "--offline",
                                              PUZZLE).out))
        wish["style"] = {"name": "wes_anderson", "mood": "calm"}
        wish["pacing"]["speed"] = "slow"
        return json.dumps(wish)

    def settings(self, *lines):
        path = self.path("models.conf")
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        return path

    def direct(self, *args, **options):
        return json.loads(self.succeed("direct", *args, **options).out)

    def test_ollama(self):
        model = Model(self, self.answer())
        run = self.succeed("direct", PUZZLE, env={"OLLAMA_HOST": model.base})
        got = json.loads(run.out)
        self.assertEqual(got["style"]["name"], "wes_anderson")
        self.assertEqual(got["pacing"]["speed"], "slow")
        self.assertEqual(got["origin"]["source"], "ollama")
        self.assertEqual(got["origin"]["model"], "tiny:1b")
        self.assertIn("Asking Ollama", run.err)
        self.assertIn(PUZZLE, json.dumps(model.asked()))

    def test_openai(self):
        model = Model(self, self.answer())
        key = self.path("key")
        with open(key, "w", encoding="utf-8") as file:
            file.write(SECRET + "\n")
        os.chmod(key, 0o600)
        path = self.settings("[openai]", "address=" + model.base,
                             "model=tiny-1b", "key-file=key")
        run = self.succeed("direct", "--explain", "--models", path, PUZZLE,
                           env={"GST_DEBUG": "9",
                                "GST_DEBUG_FILE": self.path("log")})
        got = json.loads(run.out)
        self.assertEqual(got["origin"]["source"], "openai")
        self.assertEqual([key for method, _, key, _ in model.seen
                          if method == "POST"], ["Bearer " + SECRET])
        self.assertIn("wes_anderson", run.err)
        self.assertIn("tiny-1b answered", run.err)
        with open(self.path("log"), encoding="utf-8",
                  errors="replace") as file:
            self.assertNotIn(SECRET, file.read())
        self.assertNotIn(SECRET, run.out + run.err)

    def test_refused_key_is_not_told(self):
        model = Model(self, status=401)
        run = self.succeed("direct", "-v", PUZZLE, env={
            "OPENAI_BASE_URL": model.base, "OPENAI_API_KEY": SECRET,
            "OPENAI_MODEL": "m"})
        self.assertEqual(len(model.asked()), 1)
        self.assertIn("did not help", run.err)
        self.assertNotIn(SECRET, run.out + run.err)
        self.assertEqual(json.loads(run.out)["origin"]["source"], "defaults")

    def test_nobody_is_asked(self):
        """Offline, or where nothing is left open."""
        model = Model(self, self.answer())
        env = {"OLLAMA_HOST": model.base}
        self.direct("--offline", PUZZLE, env=env)
        self.direct("a slow thriller in black and white, 40 seconds", env=env)
        self.assertEqual(model.seen, [])
        self.direct(PUZZLE, env=env)
        self.assertEqual(len(model.asked()), 1)

    def test_no_socket_by_default(self):
        """Without settings no address is looked up or connected to."""
        if montage.execute(["sh", "-c", "command -v strace"]).code != 0:
            self.skipTest("no strace")
        run = self.run_clean(
            ["strace", "-f", "-qq", "-e", "trace=connect,sendto", "-o",
             self.path("trace"), montage.TOOL, "direct", PUZZLE],
            env={"ASAN_OPTIONS": "detect_leaks=0"})
        if run.code != 0:
            self.skipTest("strace does not run here")
        with open(self.path("trace"), encoding="utf-8") as file:
            self.assertNotIn("AF_INET", file.read())

    def test_conversation(self):
        first = self.path("one.json")
        with open(first, "w", encoding="utf-8") as file:
            json.dump(self.direct("a slow thriller, 40 seconds"), file)
        got = self.direct("--from", first, "black and white")
        self.assertEqual(got["effects"]["color_grading"], "noir")
        self.assertEqual(got["style"]["name"], "hitchcock")
        self.assertEqual(got["pacing"]["speed"], "slow")
        self.assertEqual(got["constraints"]["target_duration_sec"], 40)
        self.assertEqual([turn["text"] for turn in got["origin"]["turns"]],
                         ["a slow thriller, 40 seconds", "black and white"])
        got = self.direct("--from", first, "--style", "travel")
        self.assertEqual(got["style"]["name"], "travel")
        self.assertEqual(got["pacing"]["speed"], "slow")

    def test_conversation_with_model(self):
        """It is told what was said before, and changes nothing settled."""
        model = Model(self, self.answer())
        first = self.path("one.json")
        with open(first, "w", encoding="utf-8") as file:
            json.dump(self.direct("30 seconds"), file)
        got = self.direct("--from", first, PUZZLE,
                          env={"OLLAMA_HOST": model.base})
        self.assertIn("30 seconds", json.dumps(model.asked()))
        self.assertEqual(got["constraints"]["target_duration_sec"], 30)
        self.assertEqual(got["style"]["name"], "wes_anderson")
        self.assertEqual(len(got["origin"]["turns"]), 2)

    def test_wrong_use(self):
        path = self.settings("[ollama]", "adress=http://127.0.0.1:1")
        run = self.tool("direct", "--models", path, PUZZLE)
        self.assertEqual(run.code, 1)
        self.assertIn("adress", run.err)
        run = self.tool("direct", "--from", self.path("none.json"), PUZZLE)
        self.assertEqual(run.code, 1)
        self.assertIn("no such file", run.err)
        self.assertEqual(self.tool("direct", "--offline").code, 2)

    def test_slow_effects_have_to_be_allowed(self):
        wish = json.loads(self.answer())
        wish["effects"]["upscale"] = wish["effects"]["stabilization"] = True
        model = Model(self, json.dumps(wish))
        env = {"OLLAMA_HOST": model.base}
        for options, allowed in (([], False),
                                 (["--allow-slow-effects"], True)):
            effects = self.direct(*options, PUZZLE, env=env)["effects"]
            self.assertEqual((effects["upscale"], effects["stabilization"]),
                             (allowed, allowed))
        self.launch("gst-launch-1.0 -q montagedirector allow-upscale=true "
                    "prompt='%s' ! filesink location=out.json" % PUZZLE,
                    env=env)
        with open(self.path("out.json"), encoding="utf-8") as file:
            effects = json.load(file)["effects"]
        self.assertEqual((effects["upscale"], effects["stabilization"]),
                         (True, False))

    def blocks(self, language):
        """Of docs/directing.md."""
        page = os.path.join(montage.SOURCE, "docs", "directing.md")
        with open(page, encoding="utf-8") as file:
            found = re.findall(r"^```%s\n(.*?)^```" % language, file.read(),
                               re.M | re.S)
        self.assertTrue(found)
        return found

    def test_lines_of_the_page(self):
        path = os.pathsep.join((os.path.dirname(montage.TOOL),
                                os.environ["PATH"]))
        for block in self.blocks("sh"):
            run = self.run_clean(["sh", "-ec", block], env={"PATH": path})
            self.assertEqual(run.code, 0, block + run.err)
        with open(self.path("three.json"), encoding="utf-8") as file:
            self.assertEqual(len(json.load(file)["origin"]["turns"]), 3)

    def test_settings_of_the_page(self):
        for name in ("google.key", "openai.key"):
            with open(self.path(name), "w", encoding="utf-8") as file:
                file.write(SECRET + "\n")
            os.chmod(self.path(name), 0o600)
        self.direct("--models", self.settings(*self.blocks("ini")), "slow")

    def film(self):
        return [montage.song("song.ogg", seconds=12)] + [
            montage.clip("k%d.mp4" % k, id=k, frames=150, cuts="75")
            for k in (1, 2, 3)]

    def test_make(self):
        model = Model(self, self.answer())
        song, *clips = self.film()
        film, plan = self.make("--music", song, "--prompt", PUZZLE, *clips,
                               env={"OLLAMA_HOST": model.base})
        self.assertEqual(len(model.asked()), 1)
        self.assertEqual(plan.data["instructions"]["style"]["name"],
                         "wes_anderson")
        self.assert_film(plan, film)
        # The next turn, from the plan.
        run = self.succeed("plan", "--music", song, "--from",
                           self.path("film.plan.json"), "--prompt",
                           "black and white", *clips)
        got = json.loads(run.out)["instructions"]
        self.assertEqual(got["style"]["name"], "wes_anderson")
        self.assertEqual(got["effects"]["color_grading"], "noir")
        self.assertEqual(len(model.asked()), 1)

    def test_make_says_who_did_not_help(self):
        model = Model(self, "I cannot do that.")
        song, *clips = self.film()
        run = self.succeed("plan", "--music", song, "--prompt", PUZZLE, "-o",
                           self.path("p.json"), *clips,
                           env={"OLLAMA_HOST": model.base})
        self.assertIn("Ollama did not help", run.err)
        self.assertEqual(len(model.asked()), 2)  # with the turn for mending

    def test_ctrl_c_ends_a_question(self):
        model = Model(self, silent=True)
        env = dict(os.environ, OLLAMA_HOST=model.base,
                   XDG_CACHE_HOME=self.cache)
        run = subprocess.Popen([montage.TOOL, "direct", PUZZLE], env=env,
                               stderr=subprocess.PIPE,
                               stdout=subprocess.PIPE)
        while not model.seen:
            self.assertIsNone(run.poll())
            time.sleep(0.02)
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=30)
        self.assertEqual((run.returncode, out), (130, b""), err)

    def test_doctor(self):
        model = Model(self)
        path = self.settings("[ollama]", "address=" + model.base)
        os.makedirs(self.path("config", "gst-montage"))
        os.rename(path, self.path("config", "gst-montage", "director.conf"))
        run = self.succeed("doctor", env={
            "XDG_CONFIG_HOME": self.path("config"),
            "OPENAI_BASE_URL": "http://127.0.0.1:9",
            "OPENAI_API_KEY": SECRET})
        self.assertIn("director.conf", run.out)
        self.assertIn("tiny:1b", run.out)
        self.assertIn("note    OpenAI-compatible", run.out)
        self.assertNotIn(SECRET, run.out + run.err)
        self.assertEqual([m for m, *_ in model.seen], ["GET"])


if __name__ == "__main__":
    montage.main()
