"""Consonant skeletons: what must meet, what may meet and decides nothing, and the misses that are known."""

from __future__ import annotations

import pytest

from normalize.channels.skeleton import skeleton

FAMILIES = {
    "Gaddafi": "en:Qaddafi en:Gadhafi fr:Kadhafi it:Gheddafi es:Gadafi pl:Kaddafi cs:Kaddáfí tr:Kaddafi ar:القذافي",
    "Mohammed": "en:Muhammad fr:Mohamed en:Mohammad tr:Mehmed hu:Mohamed ar:محمد ur:محمد",
    "Hussein": "en:Husayn en:Hossein nl:Hoessein pl:Husajn hu:Huszein tr:Hüseyin ar:حسين fa:حسین",
    "Khamenei": "de:Chamenei es:Jameneí cs:Cháminaí tr:Hamaney hu:Hamenei en:Khamene'i fa:خامنه‌ای",
    "Rafsanjani": "de:Rafsandschani fr:Rafsandjani pl:Rafsandżani cs:Rafsandžání fa:رفسنجانی",
    "Ahmadinejad": "de:Ahmadinedschad cs:Ahmadínedžád tr:Ahmedinecad fa:احمدی‌نژاد",
    "Bashar_al-Assad": "de:Baschar_al-Assad fr:Bachar_el-Assad es:Bashar_al_Asad hu:Bassár_el-Aszad pl:Baszar_al-Asad "
    "tr:Beşar_Esad cs:Bašár_Asad ar:بشار_الأسد",
    "Abdel_Fattah_al-Sisi": "en:Abdelfattah_El-Sisi de:Abd_al-Fattah_as-Sisi fr:Abdel_Fattah_al-Sissi "
    "hu:Abd_el-Fattáh_esz-Szíszi ar:عبد_الفتاح_السيسي",
    "Abdullah": "fr:Abdallah en:Abdollah ar:عبد_الله ar:عبدالله",
    "Netanyahu": "de:Netanjahu fr:Nétanyahou he:נתניהו",
    "Sharon": "de:Scharon cs:Šaron fr:Charon he:שרון",
    "Araghchi": "en:Araqchi de:Araghtschi cs:Arákčí fa:عراقچی",
    "Shehbaz_Sharif": "en:Shahbaz_Sharif de:Schahbas_Scharif fr:Chahbaz_Charif ur:شہباز_شریف",
}
MISSES = {
    "Khadafy": ("Gaddafi", "kh for q is one newspaper's habit"),
    "Benjamin": ("Binyamin", "the English name has a j of its own"),
}


@pytest.mark.parametrize(
    ("name", "spelling"), [(name, spelt) for name, all_ in FAMILIES.items() for spelt in all_.split()]
)
def test_spellings_of_one_name_meet(name: str, spelling: str) -> None:
    language, _, spelt = spelling.partition(":")
    assert skeleton(spelt.replace("_", " "), language) == skeleton(name.replace("_", " "), "en")


def test_families_do_not_meet() -> None:
    keys = [skeleton(name.replace("_", " "), "en") for name in FAMILIES]
    assert len(set(keys)) == len(keys)


def test_hassan_and_hussein_meet_so_a_key_decides_nothing() -> None:
    assert skeleton("Hassan", "en") == skeleton("Hussein", "en") == skeleton("حسن", "ar")


@pytest.mark.parametrize("spelt", MISSES)
def test_known_misses(spelt: str) -> None:
    assert skeleton(spelt, "en") != skeleton(MISSES[spelt][0], "en")


@pytest.mark.parametrize("language", ["", "en", "zh", "AR-eg", "xx"])
def test_any_language_and_any_name_have_a_key(language: str) -> None:
    assert skeleton("Kamal", language) == "kml"
    assert skeleton("", language) == ""
    assert skeleton("Al", language) == "al"
