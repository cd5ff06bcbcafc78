import pytest

from coach.feedback.noise import is_noise, letter_pairs, letters


@pytest.mark.parametrize(
    "text",
    [
        "asdkj qwlekj zxmcn qweoiu asldkj qwpoe",
        "aaaaaaaaaaaaaaaa bbbbbbbbbbbb ccccccccccc",
        "blah blah blah blah blah blah blah blah",
        "test test test test test test",
        "gnorf blint sprockle wazzit frumpel dintz",
        "purple seven ladder Tuesday onion gravity spoon velvet",
    ],
)
def test_noise_is_told(text: str) -> None:
    assert is_noise(text)


@pytest.mark.parametrize(
    "text",
    [
        "Cached features, dropped p99 latency from 80ms to 20ms, rolled out everywhere, zero incidents.",
        "Szczepan Brzeczyszczykiewicz and I fixed the VPN of the office.",
        "adn the tihng wsa brokne so i fxied it wiht a ptach",
        "We moved Kubernetes, etcd and pgvector to EC2 in a week.",
        "Very very very good, I thought, and I was very wrong about the very thing that I had built.",
        "I moved the job to the night and it has held since, and I named the branch "
        + 300 * "x"
        + " by mistake.",
        "去年我的经理想上线模型",
        "",
    ],
)
def test_words_are_not_noise(text: str) -> None:
    assert not is_noise(text)


def test_usual_letters_are_likelier() -> None:
    assert letters("the customers were waiting") > letters("wjq kxz vbhh")
    assert letters("123") == 0


def test_pairs_have_both_ends() -> None:
    assert letter_pairs("cat") == ["^c", "ca", "at", "t$"]
