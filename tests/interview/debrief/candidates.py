"""Made-up candidates who each go through the same small loop, or through half of it."""

from collections.abc import Callable

from coach.interview.session import InterviewState

from .builders import ASTRAY, GREAT, THIN, TOGETHER, WE, Quality, Script, assessed, loop, pointed

TREES = "A tree splits where the classes part best. It overfits when it grows deep."


def _loop(
    tell: Callable[[Script, str, int], Script], knowledge: float, verdicts: tuple[str, str]
) -> InterviewState:
    script = Script(loop()).round(0)
    tell(tell(script, "Ownership", 0), "Dive Deep", 1).over(0).round(1)
    for _ in range(2):
        script.asked("trees", "technical").told(TREES, pointed(TREES, knowledge, verdicts))
    tell(tell(script.over(1).round(2), "Earn Trust", 2), "Deliver Results", 3)
    return script.over(2).closed().state()


def _telling(quality: Quality) -> Callable[[Script, str, int], Script]:
    return lambda script, principle, number: script.story(principle, number, quality)


def strong() -> InterviewState:
    return _loop(_telling(GREAT), 4.4, ("hit", "hit"))


def thin() -> InterviewState:
    return _loop(_telling(THIN), 2.0, ("miss", "wrong"))


def astray() -> InterviewState:
    return _loop(_telling(ASTRAY), 4.0, ("hit", "partial"))


def one_story() -> InterviewState:
    return _loop(lambda script, principle, _: script.story(principle, 0, GREAT), 4.4, ("hit", "hit"))


def we_only() -> InterviewState:
    def tell(script: Script, principle: str, number: int) -> Script:
        if number < len(WE):
            return script.asked(principle).told(WE[number], assessed(WE[number], TOGETHER))
        return script.story(principle, number, TOGETHER)

    return _loop(tell, 4.4, ("hit", "hit"))


def silent() -> InterviewState:
    script = (
        Script(loop()).round(0).asked("Ownership").passed("...").asked("Dive Deep").over(0, "out of time")
    )
    script.round(1).asked("trees", "technical").skipped().over(1, "left early").round(2)
    return script.asked("Earn Trust").over(2, "left early").closed().state()


def half() -> InterviewState:
    script = Script(loop()).round(0).story("Ownership", 0).story("Dive Deep", 1).over(0).round(1)
    return script.asked("trees", "technical").over(1, "left early").closed().state()


ALL = (strong, thin, astray, one_story, we_only, silent, half)
