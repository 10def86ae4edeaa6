"""Words in an answer that are no name of a place, though some are called so: those around a name, and everyday ones."""

from __future__ import annotations

from functools import cache

from helpline.directory.spelling import fold

# What may stand before and after a name that is sure. Left out is what says that it is another place ("bij", "niet")
# or a caller's own name ("van").
_BEFORE = {
    "nl": """ja uh eh ehm hallo goedendag goedemorgen goedemiddag goedenavond ik wij we hij zij ze bel woon wonen woont
        kom uit in te over voor vanuit het dat dit is gaat om gemeente plaats woonplaats stad dorp mijn""",
    "en": "yes uh um hello i i'm we am live lives calling call from in at it is it's its about city town village of",
    "ar": "نعم مرحبا انا نحن اسكن في من اعيش عن مدينة بلدية",
    "tr": "evet merhaba ben biz şehir ilçe belediye belediyesi",
    "pl": "tak dzień dobry ja my mieszkam mieszkamy jestem w we z ze chodzi o to jest miasto gmina",
    "uk": "так добрий день я ми живу мешкаю живемо у в з із це місто про громада",
    "de": "ja äh hallo guten tag ich wir wohne wohnen bin in aus es geht um das ist die stadt gemeinde",
    "fr": "oui euh bonjour je j'habite nous habite habitons suis à a de c'est la ville commune il s'agit dans",
    "es": "sí hola yo vivo vivimos estoy en de es la el ciudad municipio se trata",
}
_AFTER = {
    "nl": "alstublieft alsjeblieft graag dank u wel dankuwel bedankt uh woon ik wonen we mevrouw meneer stad gemeente",
    "en": "please thanks thank you uh um",
    "ar": "شكرا من فضلك لو سمحت",
    "tr": "lütfen teşekkürler teşekkür ederim yaşıyorum oturuyorum şehri belediyesi",
    "pl": "proszę dziękuję",
    "uk": "будь ласка дякую",
    "de": "bitte danke",
    "fr": "merci s'il vous plaît",
    "es": "por favor gracias",
}
# Words, names or not: alone they are asked back where they are names and near nothing where not; in a sentence they
# do not count.
_NO_NAMES = """adam agent alem alleen altijd amen america anderen annen ans baard balk basse bears beers bellen belt
    berg best boer born broek buiten buren burg dalen dieren diken dorp dorst echt echten een ee eind elim engels
    enter erg erm est evde feest gauw gieten gisteren goes goor grave groet groeten hall halle ham handel harde haren
    hee heel heen heide helden helder help helpen hem herhalen herten heteren hoef hoek hoeve hoeven holanda holland
    horst hout houten huis huizen ie jongen kaart kamer kampen kiel kinder kinderen klimmen klopt krim lage laren leek
    leur leven lies lions loon lutte made man marken marne medewerker meisje melding met mill miste moeder moer
    monster moord neer nederland nes niets noorden oever opende ophouden oranje ouder oudere ouderen ouders papa pol
    politie pomp punt putten reek rien samen schoot school scared sloten spier stad steeg stein straat terug thuis tuk
    turns twaalf uden vader veen veilig veld velden vriend vriendin vries vrouw vuren waal waar waarde warten wateren
    wel well werk wier winkel winter wonden zand zeeland zeggen zetten zomer"""
NO_NAMES = frozenset(_NO_NAMES.split())


@cache
def fillers(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words that may stand before a sure name, and after it; Dutch ones in every language."""
    lists = ((words["nl"], words.get(language, "")) for words in (_BEFORE, _AFTER))
    before, after = (frozenset(fold(word) for text in pair for word in text.split()) for pair in lists)
    return before, after
