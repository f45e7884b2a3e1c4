"""A text's language is told by script and small words; names of other languages in it change nothing."""

import unicodedata
from typing import Any

import pytest

from normalize.text.languages import Guess, detect

LONG = [
    ("en", "The minister said on Monday that talks with Vương Nghị and Nguyễn Phú Trọng had been useful for the."),
    ("vi", "Ngoại trưởng Trung Quốc Vương Nghị đã gặp người đồng cấp tại Hà Nội và cho biết hai bên sẽ tiếp tục đàm."),
    ("fr", "Le ministre chinois des Affaires étrangères, Vương Nghị, a rencontré Poutine à Moscou pour parler de la."),
    ("de", "Der Außenminister sagte am Montag, dass die Gespräche mit China nicht einfach werden und noch dauern."),
    ("es", "El ministro dijo el lunes que las conversaciones con China no serán fáciles y que seguirán hasta el."),
    ("it", "Il ministro ha detto lunedì che i colloqui con la Cina non saranno facili e che dureranno fino a giovedì."),
    ("pt", "O ministro disse na segunda-feira que as conversas com a China não serão fáceis e que vão até quinta."),
    ("nl", "De minister zei maandag dat het overleg met China niet makkelijk wordt en nog tot donderdag zal duren."),
    ("pl", "Minister powiedział w poniedziałek, że rozmowy z Chinami nie będą łatwe i że potrwają do czwartku."),
    ("cs", "Ministr v pondělí řekl, že jednání s Čínou nebudou snadná a že potrvají až do čtvrtka, ale podle něj již."),
    ("sk", "Minister v pondelok povedal, že rokovania s Čínou nebudú ľahké a že potrvajú až do štvrtka, keď sa vráti."),
    ("hu", "A miniszter hétfőn azt mondta, hogy a tárgyalások Kínával nem lesznek könnyűek, és csütörtökig tartanak."),
    ("ro", "Ministrul a spus luni că discuțiile cu China nu vor fi ușoare și că vor dura până joi, după care se."),
    ("sv", "Ministern sade på måndagen att samtalen med Kina inte blir lätta och att de kommer att pågå till torsdag."),
    ("da", "Ministeren sagde mandag, at samtalerne med Kina ikke bliver lette, og at de vil vare til torsdag efter."),
    ("no", "Ministeren sa mandag at samtalene med Kina ikke blir lette, og at de vil vare til torsdag etter lunsj nå."),
    ("fi", "Ministeri sanoi maanantaina, että neuvottelut Kiinan kanssa eivät ole helppoja ja että ne jatkuvat vielä."),
    ("tr", "Bakan pazartesi günü Çin ile görüşmelerin kolay olmayacağını ve perşembeye kadar süreceğini söyledi, ama."),
    ("id", "Menteri itu mengatakan pada hari Senin bahwa pembicaraan dengan Tiongkok tidak akan mudah karena ada."),
    ("ms", "Menteri itu berkata pada hari Isnin bahawa rundingan dengan China tidak akan mudah kerana beliau ada."),
    ("hr", "Ministar je u ponedjeljak rekao da razgovori s Kinom neće biti laki i da će se nastaviti sve do četvrtka."),
    ("ru", "Министр сказал в понедельник, что переговоры с Китаем не будут лёгкими и что они продлятся до четверга."),
    ("uk", "Міністр сказав у понеділок, що переговори з Китаєм не будуть легкими і що вони триватимуть до четверга."),
    ("bg", "Министърът каза в понеделник, че преговорите с Китай няма да са лесни и че ще продължат до четвъртък."),
    ("sr", "Министар је у понедељак рекао да разговори са Кином неће бити лаки и да ће трајати до четвртка."),
    ("el", "Ο υπουργός είπε τη Δευτέρα ότι οι συνομιλίες με την Κίνα δεν θα είναι εύκολες."),
    ("zh", "中国外交部长王毅星期一在北京表示，会谈将持续到星期四。"),
    ("ja", "王毅外相は月曜日、北京で会談が木曜日まで続くと述べた。"),
    ("ko", "왕이 중국 외교부장은 월요일 베이징에서 회담이 목요일까지 이어질 것이라고 말했다."),
    ("ar", "قال وزير الخارجية الصيني يوم الاثنين إن المحادثات سوف تستمر حتى يوم الخميس."),
    ("fa", "وزیر امور خارجه چین روز دوشنبه گفت که گفتگوها تا پنجشنبه ادامه خواهد داشت."),
    ("he", "שר החוץ של סין אמר ביום שני כי השיחות יימשכו עד יום חמישי."),
    ("hi", "चीन के विदेश मंत्री ने सोमवार को कहा कि बातचीत गुरुवार तक चलेगी।"),
    ("th", "รัฐมนตรีต่างประเทศจีนกล่าวเมื่อวันจันทร์ว่าการเจรจาจะดำเนินต่อไป"),
]


@pytest.mark.parametrize(("tag", "text"), LONG, ids=[case[0] for case in LONG])
def test_a_sentence_is_enough(tag: str, text: str, profiles: dict[str, frozenset[str]]) -> None:
    assert detect(text, profiles) == Guess(tag, True)
    assert detect(unicodedata.normalize("NFD", text), profiles) == Guess(tag, True), "decomposed letters are the same"


SHORT = [
    ("Foreign Minister Vuong Nghi", Guess("en", True), "a short text without anything against it"),
    ("Wang Yi", Guess("en", True), "a name"),
    ("market distortation", Guess("en", True), "two words"),
    ("Mr. Vuong met Antonio Costa in Brussels", Guess("en", True), "a headline without function words but one"),
    ("EU presses China on rare earths", Guess("en", True), "a headline"),
    ("An equal playground", Guess("en", True), "a phrase"),
    ("São Paulo, Zürich and Łódź", Guess("en", True), "foreign letters in names are nothing against it"),
    ("Vương Nghị", Guess("vi", False), "letters of Vietnamese alone, but few"),
    ("Los Angeles", Guess("en", True), "an article within a name"),
    ("Le président Poutine", Guess("en", False), "an article and an accent speak against it"),
    ("Wang Yi, Li Qiang, To Lam, Pham Minh Chinh, Xi Jinping, Kaja Kallas, Antonio Costa", Guess("en", True), "names"),
    ("", Guess("", False), "nothing"),
    ("12, 30 – 45%", Guess("", False), "no letters"),
    ("王毅", Guess("zh", False), "two ideographs may be Japanese"),
    ("Минск", Guess("ru", False), "one word in Cyrillic"),
    ("\u202e\u200b", Guess("", False), "nothing but controls"),
]


@pytest.mark.parametrize(("text", "guess", "why"), SHORT, ids=[case[2] for case in SHORT])
def test_short_texts(text: str, guess: Guess, why: str, profiles: dict[str, frozenset[str]]) -> None:
    assert detect(text, profiles) == guess


MIXED = [
    ("en", "Wang Yi (王毅) said on Monday that the talks with Nguyễn Phú Trọng were useful and would go on."),
    ("zh", "王毅在布鲁塞尔会见了 Kaja Kallas 和 Antonio Costa，双方就稀土和乌克兰问题交换了意见。"),
    ("vi", "Ông Vương Nghị đã gặp bà Kaja Kallas và ông António Costa tại Brussels trong khuôn khổ chuyến thăm châu."),
    ("en", "He quoted the motto « Liberté, égalité, fraternité » and said that it was for all of the people there."),
]


@pytest.mark.parametrize(("tag", "text"), MIXED)
def test_names_of_other_languages_change_nothing(tag: str, text: str, profiles: dict[str, frozenset[str]]) -> None:
    assert detect(text, profiles).language == tag


def test_without_profiles_script_still_tells() -> None:
    assert detect("Ο υπουργός είπε", {}).language == "el"
    assert detect("Wang Yi", {}) == Guess("en", True)


def test_every_language_file_is_complete(languages: dict[str, dict[str, Any]]) -> None:
    for tag, raw in languages.items():
        assert raw["id"] == tag
        assert raw["name"]
        assert len(raw["script"]) == 4
        words = raw.get("function_words", [])
        assert len(words) == len(set(words)), tag
        assert not words or len(words) >= 30, tag
        assert all(word == unicodedata.normalize("NFC", word).lower() for word in words), tag


def test_cues_are_lower_case_as_they_are_compared(languages: dict[str, dict[str, Any]]) -> None:
    for key, words in languages["en"]["structure"].items():
        assert all(word == word.lower() and "’" not in word for word in words), key
        assert len(words) == len(set(words)), key
