"""A postcode is understood however it is said, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words  # type: ignore[import-untyped]

from helpline.directory.said_numbers import LANGUAGES, postcode_in

POSTCODES = st.integers(1000, 9999)


@pytest.mark.parametrize(
    ("words", "language"),
    [
        *[(words, "nl") for words in ("3511", "3 5 1 1", "35 11", "3.511", "3511 AB", "3511ab", "3511 A B", "3511.")],
        *[(words, "nl") for words in ("postcode 3511", "het is 3511 alstublieft", "in 3511", "３５１１")],
        *[(words, "nl") for words in ("drie vijf een een graag", "het gaat om 3511 AB dank u wel", "3511 mevrouw")],
        *[(words, "nl") for words in ("drie vijf een een", "drie vijf één één", "Drie, vijf, één, één.", "35 elf")],
        *[(words, "nl") for words in ("vijfendertig elf", "vijf-en-dertig elf", "vijf en dertig elf AB")],
        *[(words, "nl") for words in ("drieduizend vijfhonderdelf", "drie vijf dubbel een")],
        *[(words, "en") for words in ("three five one one", "thirty-five eleven", "thirty five eleven", "3,511")],
        *[(words, "en") for words in ("three five double one", "three thousand five hundred and eleven")],
        *[(words, "ar") for words in ("٣٥١١", "۳۵۱۱", "ثلاثة خمسة واحد واحد", "تلاته خمسه واحد واحد")],
        *[(words, "ar") for words in ("خمسة وثلاثون أحد عشر", "خمسة و ثلاثين احداش", "الرمز البريدي 3511")],
        *[(words, "ar") for words in ("ثلاثة آلاف وخمسمائة وأحد عشر",)],
        *[(words, "tr") for words in ("üç beş bir bir", "otuz beş on bir", "otuzbeş onbir", "üç bin beş yüz on bir")],
        *[(words, "pl") for words in ("trzy pięć jeden jeden", "trzydziesci piec jedenascie", "trzy pięć jedna jedna")],
        *[(words, "uk") for words in ("три п'ять один один", "тридцять п’ять одинадцять", "три пʼять одна одна")],
        *[(words, "de") for words in ("drei fünf eins eins", "fünf und dreissig elf", "dreitausendfünfhundertelf")],
        *[(words, "fr") for words in ("trois cinq un un", "trente-cinq onze", "trois mille cinq cent onze")],
        *[(words, "es") for words in ("tres cinco uno uno", "treinta y cinco once", "tres mil quinientos once")],
        *[("drie vijf een een", language) for language in (*LANGUAGES, "xx", "")],
    ],
)
def test_a_postcode_is_understood(words: str, language: str) -> None:
    """One by one, by twos or as one number, in each language, and in Dutch whatever the language is."""
    assert postcode_in(words, language) == "3511"


@pytest.mark.parametrize(
    ("words", "language"),
    [
        *[
            (words, "nl")
            for words in ("", "351", "35111", "0123", "drie vijf een", "drie vijf een een een", "nul een een een")
        ],
        *[
            (words, "nl")
            for words in ("postcode", "3511 of 3512", "niet 3511", "ik ben 3511 keer geslagen", "AB", "Zeist")
        ],
        *[(words, "nl") for words in ("3511 Utrecht", "3.511.200", "vijf en", "½ ⅓", "²", "😀", "'", "3511 " * 30)],
        *[(words, "en") for words in ("thirty five one", "twelve", "help")],
        *[(words, "fr") for words in ("quatre-vingt-onze", "vingt quatre-vingt", "soixante douze")],
    ],
)
def test_anything_else_is_none(words: str, language: str) -> None:
    """Too few digits, too many, a sentence, or words that can be grouped in two ways."""
    assert postcode_in(words, language) is None


@pytest.mark.parametrize("language", LANGUAGES)
@given(postcode=POSTCODES)
def test_every_postcode_digit_by_digit(language: str, postcode: int) -> None:
    """Four number words are their four digits, in each language."""
    assert postcode_in(" ".join(num2words(int(digit), lang=language) for digit in str(postcode)), language) == str(
        postcode
    )


@pytest.mark.parametrize("language", LANGUAGES)
@given(postcode=POSTCODES)
def test_no_postcode_by_twos_is_taken_for_another(language: str, postcode: int) -> None:
    """Said by twos, a postcode is understood or asked again."""
    words = f"{num2words(postcode // 100, lang=language)} {num2words(postcode % 100, lang=language)}"
    assert postcode_in(words, language) in {str(postcode), None}


@pytest.mark.parametrize("language", LANGUAGES)
@given(postcode=POSTCODES)
def test_no_postcode_as_one_number_is_taken_for_another(language: str, postcode: int) -> None:
    """Said as one number, a postcode is understood or asked again."""
    assert postcode_in(num2words(postcode, lang=language), language) in {str(postcode), None}


@given(words=st.text(), language=st.sampled_from((*LANGUAGES, "xx")))
def test_no_text_breaks_it(words: str, language: str) -> None:
    """Whatever was heard, the answer is four digits or none."""
    postcode = postcode_in(words, language)
    assert postcode is None or 1000 <= int(postcode) <= 9999
