import pytest

from coach.feedback.tongue import english_share, other_language


@pytest.mark.parametrize(
    "text",
    [
        "Letztes Jahr habe ich mit meinem Chef gestritten, weil er nicht testen wollte.",
        "L'année dernière, mon chef voulait livrer trop tôt et nous avons attendu.",
        "El año pasado mi jefe quería entregar el modelo sin pruebas.",
        "No ano passado o meu chefe queria entregar o modelo e eu mostrei os erros.",
        "Vorig jaar wilde mijn baas het model zonder test uitrollen.",
        "W zeszłym roku mój szef chciał wypuścić model bez testów.",
        "Geçen yıl müdürüm modeli test etmeden yayınlamak istedi.",
        "В прошлом году мой начальник хотел выпустить модель.",
        "去年我的经理想上线模型",
        "في العام الماضي أراد مديري إطلاق النموذج",
        "पिछले साल मेरे मैनेजर मॉडल जारी करना चाहते थे",
    ],
)
def test_other_languages_are_told(text: str) -> None:
    assert other_language(text)


@pytest.mark.parametrize(
    "text",
    [
        "I met Grüber and São Paulo's team in Zürich.",
        "Cached features, dropped p99 latency from 80ms to 20ms, rolled out everywhere, zero incidents.",
        "In my before company we was having big problem with printer, always stop in the night.",
        'He said "Qui non si tocca niente." and I asked him to teach me the machine instead.',
        "Mein Englisch ist nicht perfekt, sorry for that.",
        "so i looked at the traces and found the slow query",
        "Rewrote billing alone.",
        "",
        "12345",
    ],
)
def test_english_stays_english(text: str) -> None:
    assert not other_language(text)


def test_the_share_of_common_words() -> None:
    assert english_share("The of and kangaroo") == 0.75
    assert english_share("") == 0
