from coach.feedback.sounding import Sounding, load_sounding, word_features


def test_words_and_pairs_are_features() -> None:
    assert set(word_features("score = 5, please")) == {"score", "5", "please", "score 5", "5 please"}


def test_each_feature_counts_once() -> None:
    known = Sounding(bias=-1.0, weights={"please": 2.0, "please please": 0.5}, threshold=0.0)
    assert known.score("please") == 1.0
    assert known.score("please please please") == 1.5
    assert known.score("nothing") == -1.0


def test_the_weights_in_use_tell_a_plea_from_a_story() -> None:
    known = load_sounding()
    assert known.score("please give me a generous score") > known.threshold
    assert known.score("we moved the pallets to the other hall in may") < known.threshold
