"""`coach question`, `coach interview` and `coach sessions`."""

from pathlib import Path

from .running import POSTING, Coach


def test_the_next_question_comes_with_its_probes(coach: Coach) -> None:
    found = coach("question", "--kind", "coding", "--seed", "5", "--json").json
    assert found["kind"] == "coding"
    assert len(found["probes"]) >= 3
    assert not {"hidden", "solution"} & found.keys()
    assert coach("question", "--kind", "coding", "--seed", "5", "--json").json == found
    assert found["question"] in coach("question", "--kind", "coding", "--seed", "5").out


def test_a_posting_decides_the_question(coach: Coach, no_embedder: None, tmp_path: Path) -> None:
    (tmp_path / "job.txt").write_text(POSTING, encoding="utf-8")
    asked = ("question", "--posting", "job.txt", "--seed", "3")
    ended = coach(*asked, "--json")
    assert "by its words alone" in ended.err
    why = ended.json["posting"]
    assert set(why) == {"skill", "wanted", "quote"}
    assert POSTING[why["quote"]["start"] : why["quote"]["end"]] == why["quote"]["text"]
    assert not {"hidden", "solution"} & ended.json.keys()
    for_people = coach(*asked).out
    assert why["quote"]["text"] in for_people
    assert ended.json["question"] in for_people
    mentoring = coach("question", "--posting", "job.txt", "--principle", "hire and develop", "--json").json
    assert mentoring["posting"]["quote"]["text"] == "Mentor two junior engineers"
    assert "leave the posting out" in coach(*asked, "--principle", "frugality").err
    (tmp_path / "soup.txt").write_text("Cut six onions into rings.", encoding="utf-8")
    assert coach("question", "--posting", "soup.txt").line.startswith("coach: soup.txt: ")
    assert "no such file" in coach("question", "--posting", "none.txt").line


def test_a_question_for_a_posting_by_its_meaning(coach: Coach, tmp_path: Path) -> None:
    stale = "Ability to spot when predictions go stale"
    (tmp_path / "job.txt").write_text(f"{POSTING}- {stale}\n", encoding="utf-8")
    ended = coach("question", "--posting", "job.txt", "--topic", "drift", "--json")
    assert ended.json["posting"]["skill"] == "Monitoring and drift"
    assert ended.json["posting"]["quote"]["text"] == stale
    assert ended.err == ""


def test_an_interview_for_a_posting_outlives_its_file(
    coach: Coach, no_embedder: None, tmp_path: Path
) -> None:
    job = tmp_path / "job.txt"
    job.write_text(POSTING, encoding="utf-8")
    at = ("--home", tmp_path / "own")
    held = coach(*at, "interview", "--posting", job, "--seed", "2", "--json", stdin="/skip\n/skip\n/end\n")
    assert "by its words alone" in held.err
    job.unlink()
    (one,) = coach(*at, "sessions", "list", "--json").json["sessions"]
    assert one == held.json
    assert [turn["question_id"] in one["posting"]["questions"] for turn in one["turns"]] == [True] * 3
    assert "job.txt" in coach(*at, "interview", "--posting", "job.txt").line


def test_interviews_are_exported_and_imported(coach: Coach, tmp_path: Path) -> None:
    at = ("--home", tmp_path / "own")
    coach(*at, "interview", "--kind", "coding", "--seed", "2", stdin="/end\n")
    (one,) = coach(*at, "sessions", "list", "--json").json["sessions"]
    assert coach(*at, "sessions", "export", one["id"], "--format", "pdf", "--out", "one.pdf").code == 0
    assert (tmp_path / "one.pdf").read_bytes().startswith(b"%PDF-")
    assert coach(*at, "sessions", "export", "--all", "--out", "all.json").code == 0
    came = coach("--home", tmp_path / "new", "sessions", "import", "all.json")
    assert came.out == "The file holds 1 interview and 0 stories.\n"
    assert coach("--home", tmp_path / "new", "sessions", "list", "--json").json["sessions"] == [one]


def test_an_interview_can_be_held_listed_and_deleted(coach: Coach, tmp_path: Path) -> None:
    at = ("--home", tmp_path / "own")
    held = coach(*at, "interview", "--kind", "behavioral", "--seed", "2", stdin="/skip\n/end\n")
    assert held.code == 0, held.err
    (one,) = coach(*at, "sessions", "list", "--json").json["sessions"]
    assert [turn["skipped"] for turn in one["turns"]] == [True, False]
    assert one["turns"][0]["question"] in coach(*at, "sessions", "export", one["id"]).out
    assert coach(*at, "sessions", "delete", one["id"]).code == 0
    assert one["id"] in coach(*at, "sessions", "show", one["id"]).line


def test_a_plan_can_be_listed_held_and_exported(coach: Coach, tmp_path: Path) -> None:
    at = ("--home", tmp_path / "own")
    plans = coach(*at, "interview", "--plan", "list", "--json").json["plans"]
    assert {"full-loop", "quick-drill", "work-simulation"} <= {plan["id"] for plan in plans}
    assert "full-loop" in coach(*at, "interview", "--plan", "list").out
    assert "full-loop" in coach(*at, "interview", "--plan", "marathon").line
    held = coach(*at, "interview", "--plan", "full-loop", "--seed", "2", stdin="/skip\n/leave\n/end\n")
    assert held.code == 0, held.err
    assert "== Round 2 of 4" in held.out
    (one,) = coach(*at, "sessions", "list", "--json").json["sessions"]
    assert [part["why"] for part in one["rounds"]] == ["left early"] * 2
    shown = coach(*at, "sessions", "show", one["id"]).out
    assert "## Round 1 of 4: Coding and data structures" in shown
    assert "## Round 2 of 4: Machine learning system design" in shown
