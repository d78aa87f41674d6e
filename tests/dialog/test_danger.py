"""Every class of danger to life is heard in every language, and what only sounds like one is not."""

from dataclasses import replace

import pytest

from ivr.dialog import doubt
from ivr.dialog.inputs import Said
from ivr.dialog.normal import normalise
from ivr.dialog.state import State
from ivr.dialog.understand import Emergency, understand

CLASSES = {
    "en-US": {
        "means": ["i've got a gun to my head", "i have a knife and i'm gonna use it on myself", "there is a loaded pistol in my hand", "i'm about to pull the trigger", "i want to blow my brains out"],
        "height": ["i'm going to jump off this bridge", "i'm standing on the edge of the roof", "i might throw myself in front of a train", "i am gonna jump out the window"],
        "pills": ["i have a bottle of pills in my hand", "i'm about to take all of these pills", "i'm gonna swallow the whole bottle", "all the pills are in front of me"],
        "burden": ["nobody would miss me", "they would all be better off without me", "i'm just a burden to my family", "no one would care if i was gone"],
        "seizure": ["my son is having a fit", "she's having some kind of attack", "he is having convulsions", "he is shaking all over", "an epileptic attack"],
        "chest": ["something is wrong with my chest", "my chest feels funny", "something's not right my heart feels weird", "there's something in my chest"],
        "swelling": ["my lips are swelling up", "her face is all swollen", "his tongue is getting swollen", "i have hives all over me and i feel sick"],
        "choking": ["he's choking on a grape", "there's food stuck in her throat", "my kid has a coin lodged in his throat", "does anyone know the heimlich"],
        "baby": ["my baby is limp", "the baby won't wake up", "my newborn turned blue", "i can't get the baby to wake up"],
        "bleeding": ["there is blood all over the floor", "it won't stop bleeding", "she's bleeding like crazy", "i am bleeding through the towel"],
        "sight and speech": ["all of a sudden i can't see", "i just went blind", "the words won't come out right", "suddenly she can't talk", "everything went black"],
        "poison": ["my daughter drank some cleaner", "he swallowed a battery", "i think it's carbon monoxide", "she ate rat poison"],
        "misheard": ["chess pain and i can't breed", "my heart's racing and it won't stop", "he over dosed", "my throat's swelling", "i think it's a heart a tack"],
        "a side of the body": ["my whole right side won't work", "his left side doesn't move", "one side of her face is hanging", "i can't move my arm all of a sudden"],
        "collapse": ["he's out cold", "everything went dark and i dropped to the floor", "she turned gray and slumped to the ground", "he hit his head and keeps vomiting"],
        "legs and bladder": ["i can't feel it when i pee", "i'm numb down there and my legs are weak", "both legs gave out", "i lost control of my bowels"],
        "burns": ["boiling water went all over my arm", "grease burned her face and the skin is peeling", "my shirt caught fire", "there's bleach in my kid's eyes"],
        "others": ["he's got a gun and he's pointing it at us", "my husband is beating me", "there is a man in my house", "she said he'd kill her"],
        "head": ["she hit her head this morning and now she is real confused", "he got knocked out cold", "i banged my head and i keep puking", "fluid is coming out of his ear"],
        "told in any order": ["can't talk right and my arm went weak", "my arm is weak and my speech is gone", "sweating and my chest is heavy", "my chest feels odd and i'm so nauseous"],
        "another's life": ["he shot himself", "she hanged herself", "my son wants to die", "he is trying to kill himself"],
        "veiled": ["i'd be better off dead", "i won't be around much longer", "there is no point in living", "i just want to disappear"],
        "wounds": ["my incision popped open", "the dressing is soaked with blood again", "there's a red streak up my arm", "clear fluid is leaking from my back"],
        "not themselves": ["she doesn't know who i am", "dad is slumped over", "she's not saying anything just staring", "he is in and out of it"],
        "bare": ["i am bleeding", "i'm bleeding", "help me i am bleeding", "i cut myself", "i burned myself", "i am on fire", "i was in a car accident", "i had an accident", "i fell", "i can't move", "bleeding", "i cut my finger", "i burned my hand", "i hit a tree", "i bleed a lot"],
    },
    "es-US": {
        "means": ["tengo una pistola en la mano", "me voy a pegar un tiro", "agarré un cuchillo y me voy a cortar", "me quiero volar la cabeza"],
        "height": ["me voy a aventar del puente", "quiero tirarme del techo", "estoy parado en la orilla del edificio", "voy a brincar del balcón"],
        "pills": ["tengo las pastillas en la mano", "me voy a tomar todas las pastillas", "estoy pensando en tragarme todo el frasco", "tengo el frasco enfrente de mí"],
        "burden": ["nadie me va a extrañar", "todos estarían mejor sin mí", "soy una carga para mi familia", "a nadie le importa si me muero"],
        "seizure": ["le está dando un ataque", "le dio un ataque a mi mamá", "mi hijo está convulsionando", "se puso tieso y está temblando todo"],
        "chest": ["siento algo en el pecho", "algo le pasa a mi pecho", "tengo algo raro en el corazón", "mi pecho está raro"],
        "swelling": ["se me están hinchando los labios", "tiene la cara toda hinchada", "se le hinchó la lengua", "me picó una abeja y me estoy hinchando"],
        "choking": ["se está ahogando con comida", "tiene un pedazo de carne atorado en la garganta", "mi niño se atragantó", "se le atoró algo en la garganta"],
        "baby": ["el bebé no despierta", "mi bebé está moradito", "la niña no reacciona", "no puedo despertar al bebé"],
        "bleeding": ["hay sangre por todos lados", "le está saliendo mucha sangre", "no le para la sangre", "se está desangrando"],
        "sight and speech": ["de repente no veo", "se me nubló la vista", "no le salen las palabras", "mi papá se quedó ciego"],
        "poison": ["mi hija se tomó el cloro", "comió veneno para ratas", "creo que se intoxicó", "hay una fuga de gas"],
        "misheard": ["está inconciente", "le dio una en bolia no mueve la cara", "tiene combulsiones no respira", "se está haogando no respira"],
        "a side of the body": ["no mueve un lado", "tengo el lado izquierdo dormido", "se le cayó la cara", "de repente no puedo hablar"],
        "collapse": ["está tirado en el suelo", "se desvaneció", "veo todo negro", "se cayó de la escalera y está sangrando"],
        "legs and bladder": ["se me sale la orina", "las piernas no me responden", "no siento nada de la cintura para abajo", "se me paralizaron las piernas"],
        "burns": ["me cayó agua hirviendo", "se quemó la cara con aceite", "se le prendió la ropa", "le cayó cloro en los ojos"],
        "others": ["tiene una pistola y nos apunta", "mi esposo me está pegando", "se metió alguien a mi casa", "dice que me va a matar"],
        "head": ["se pegó en la cabeza y está vomitando", "se cayó y se golpeó la cabeza está confundido", "le sale sangre del oído", "me golpeé la cabeza y tengo mucho sueño"],
        "told in any order": ["no puede hablar y se le durmió el brazo de repente", "de repente el brazo sin fuerza", "sudando y con el pecho apretado", "el pecho me molesta y tengo náuseas"],
        "another's life": ["se disparó", "se ahorcó mi primo", "mi hijo se quiere morir", "intentó matarse"],
        "veiled": ["la vida no vale la pena", "mejor no estar aquí", "quisiera dormir y ya no despertar", "pronto estaré en paz"],
        "wounds": ["se me abrieron los puntos", "la venda está empapada de sangre otra vez", "la herida huele feo y está verde", "me sale líquido de la espalda desde la cirugía"],
        "not themselves": ["no sabe quién soy", "se cayó y no se puede levantar", "está blanco como papel", "no contesta está sentado con los ojos abiertos"],
        "bare": ["estoy sangrando", "ayúdeme estoy sangrando", "sangro mucho", "me corté", "me corté con un vidrio", "me estoy quemando", "estoy en llamas", "tuve un accidente", "tuve un accidente de carro", "me caí", "no me puedo mover", "sangre", "me quemé la mano"],
    },
}  # fmt: skip

HARMLESS = {
    "en-US": [
        "i had a stroke last year",
        "i had a seizure two years ago",
        "i have panic attacks",
        "that burger is a heart attack on a plate",
        "i was jumping and hurt my knee",
        "can i take all my pills with this treatment",
        "the massage gun does not help my back",
        "my insurance would be better",
        "i cannot see the buttons",
        "nobody picked up when i called",
        "my knee is swollen",
        "i feel better without my medicine",
        "does it fit with my schedule",
        "my feet are swollen",
        "muscle overdose",
        "my mother had a stroke in two thousand ten",
        "i hurt my chest muscle at the gym",
        "i can't raise my right arm since last winter",
        "my knee gave out and i fell last week",
        "i'm dying to get rid of this shoulder pain",
        "my shoulder feels like it's on fire",
        "i can't turn my neck",
        "i'm not suicidal i'm just tired of my knee hurting",
        "what if i pass out during the treatment",
        "i almost passed out at the gym last month",
        "that bill about gave me a heart attack",
        "i was shot in the leg in vietnam",
        "my shoulders are shot after work",
        "no chest pain no shortness of breath just a sore shoulder",
        "i burned my hand on the stove last year and the scar is tight",
        "hot water helps my back",
        "i'm tired of living with this back pain",
        "does my plan cover the emergency room",
        "i hurt myself lifting boxes",
        "we passed out the flyers",
        "can you breathe normally while he does it",
        "i can't talk right now",
        "my brother's business collapsed",
        "i was in a car wreck five years ago and my neck still hurts",
        "i was in an accident last month and my knee hurts",
        "i need the accident report form",
        "i cut myself last week and the scar is tight",
        "my heels are on fire",
        "we are bleeding money with these bills",
        "i got in a wreck last tuesday and my neck is stiff",
        "who pays if i was in an accident",
    ],
    "es-US": [
        "me dio un ataque de tos",
        "me dio un ataque de risa",
        "tengo ataques de nervios",
        "me tiraron jugando fútbol",
        "tuve un infarto el año pasado",
        "le dio una embolia hace dos años",
        "me siento mejor sin mi medicina",
        "puedo tomar todas mis pastillas con esto",
        "tengo la rodilla hinchada",
        "no veo bien los botones",
        "nadie me contestó",
        "me duele al saltar",
        "auxilio no sé qué marcar",
        "quiero que me desaparezca este dolor",
        "mis pies ya no me aguantan",
        "se me duerme la mano en la noche",
        "mi mamá tuvo un derrame hace años",
        "atienden a gente que tuvo un derrame",
        "me desmayé una vez cuando me sacaron sangre",
        "me pegué en la cabeza de niño y me dan dolores",
        "mi tío falleció de un infarto",
        "estoy muerta de cansancio",
        "el agua caliente me ayuda para la espalda",
        "estoy harta de vivir con este dolor de cadera",
        "el seguro paga la sala de emergencias",
        "me caí el año pasado y me duele la rodilla",
        "la cadera me está matando",
        "ya no puedo más con esta rodilla",
        "tuve un accidente el año pasado y me duele el cuello",
        "que no me corte la llamada",
        "atienden accidentes de carro",
        "me quemé la mano hace años",
        "me está quemando la espalda",
    ],
}


def is_danger(script, language, said):
    state = State(script.version, language, "main menu")
    return isinstance(understand(script, state, Said(said)), Emergency)


def test_every_language_has_every_class():
    assert len({frozenset(classes) for classes in CLASSES.values()}) == 1
    assert all(len(said) >= 4 for classes in CLASSES.values() for said in classes.values())


@pytest.mark.parametrize("language", CLASSES)
@pytest.mark.parametrize("kind", CLASSES["en-US"])
def test_every_class_of_danger_is_heard(script, language, kind):
    assert [said for said in CLASSES[language][kind] if not is_danger(script, language, said)] == []


@pytest.mark.parametrize("language", HARMLESS)
def test_what_only_sounds_like_danger_is_none(script, language):
    assert [said for said in HARMLESS[language] if is_danger(script, language, said)] == []


# --- what is like danger, and what staff wrote --------------------------------------------------

UNLISTED = {
    "en-US": ["the old man is down and his lips have no color", "my wife is burning up and she does not know me"],
    "es-US": ["la niña se ve muy decaída y ya no me hace caso", "mi señora está en el baño y no me contesta"],
}


def written(script, language, **changed):
    """The line with other words of an emergency."""
    words = script.words[language]
    emergency = replace(words.emergency, **changed)
    return replace(script, words={**script.words, language: replace(words, emergency=emergency)})


@pytest.mark.parametrize("language", UNLISTED)
def test_what_is_like_an_emergency_is_feared_where_the_line_would_not_understand(script, language):
    bare = written(script, language, told=(), crisis_told=(), harmless=())

    assert [said for said in UNLISTED[language] if not is_danger(script, language, said)] == []
    assert [said for said in UNLISTED[language] if is_danger(bare, language, said)] == []


@pytest.mark.parametrize(
    ("said", "besides"),
    [
        ("i took too many pills", None),
        ("i took an overdose of my medicine", None),
        ("i want to die does it hurt", None),
        ("me voy a morir", None),
        ("sangro mucho", None),
        ("tomé demasiadas pastillas", None),
        ("my chest hurts and what is your fax number", "go.fax"),
    ],
)
def test_nothing_is_asked_after_an_emergency_that_only_its_own_words_speak_for(script, said, besides):
    language = "en-US" if said.isascii() and said.split()[0] in ("i", "my") else "es-US"
    found = understand(script, State(script.version, language, "main menu"), Said(said))

    assert isinstance(found, Emergency)
    assert (found.besides and str(found.besides)) == besides


@pytest.mark.parametrize("said", ["i took too many pills", "he overdosed", "tomé muchas pastillas", "una sobredosis"])
def test_too_many_pills_may_be_meant(script, said):
    assert understand(script, State(script.version, "en-US", "main menu"), Said(said)).crisis


def test_what_staff_wrote_is_taken_at_their_word(script):
    said = "the thing on the shelf is orange"
    told, crisis = (written(script, "en-US", **{kind: (said,)}) for kind in ("told", "crisis_told"))
    feared = "my chest hurts and I can't breathe"

    assert not is_danger(script, "en-US", said)
    assert is_danger(told, "en-US", said)
    assert understand(crisis, State(script.version, "en-US", "main menu"), Said(said)).crisis
    assert not is_danger(written(script, "en-US", harmless=(feared,)), "en-US", feared)


def test_nothing_is_learnt_from_a_few_emergencies(script):
    told = script.words["en-US"].emergency.told[: doubt.FEWEST]
    enough, few = (
        written(script, "en-US", told=told[:count], crisis_told=()) for count in (doubt.FEWEST, doubt.FEWEST - 1)
    )
    said = normalise(f"well {told[0]} and {told[1]}")

    assert doubt.doubtful(enough, "en-US", said)
    assert not doubt.doubtful(few, "en-US", said)
