"""The rescue: what is heard when no program answers.  It needs nobody, and it is always that of what is live."""

import pytest

import cut
from ivr.phone import strict
from ivr.phone.strict import Dial, Hangup, Pause, Say
from ivr.script.folders import sample
from ivr.script.reader import read
from ivr.store.where import location, open_store
from ivr.web.landing import Rescue
from signed import PUBLIC_URL
from web.lines import GREETING, Server, edit, greeted, publish, version

MAIN = "+19739403166"


@pytest.fixture(scope="module")
def verbs():
    return strict.read(Rescue.of(read(sample())).dialling)


def texts(verbs):
    return [(verb.language, verb.text) for verb in verbs if isinstance(verb, Say)]


def test_it_needs_no_server_nor_any_key(verbs):
    """Every verb is played by Twilio alone: nothing asks back, and nothing is out of reach."""
    assert {type(verb) for verb in verbs} <= {Say, Pause, Dial, Hangup}
    assert [verb.action for verb in verbs if isinstance(verb, Dial)] == [""]


def test_a_caller_hears_the_emergency_sentence_first_in_each_language_then_the_trouble_then_it_rings(verbs):
    at = next(number for number, verb in enumerate(verbs) if isinstance(verb, Dial))

    assert texts(verbs[:at]) == [
        ("en-US", "If this is an emergency, hang up and call nine one one."),
        ("es-US", "Si es una emergencia, cuelgue y llame al nueve uno uno."),
        ("en-US", "Something went wrong on our side. I will connect you with a person."),
        ("es-US", "Algo falló de nuestra parte. Voy a comunicarle con una persona."),
    ]
    assert verbs[at].number == MAIN
    assert sum(verb.seconds for verb in verbs[:at]) < 30


def test_if_nobody_answers_it_says_all_numbers_slowly_and_goodbye_in_each_language(verbs):
    english, spanish = [text for _, text in texts(verbs)[-2:]]

    assert english.count("nine seven three, nine four zero, three one six six") == 2
    assert "The fax machine. nine seven three, nine four zero, three one seven zero" in english
    assert "Our billing office. five seven zero, three eight six, two three six six" in english
    assert english.endswith("Thank you for calling. Goodbye.")
    assert spanish.count("nueve siete tres, nueve cuatro cero, tres uno seis seis") == 2
    assert spanish.endswith("Gracias por llamar. Hasta luego.")
    assert isinstance(verbs[-1], Hangup)


def test_a_call_that_came_by_way_of_the_main_number_is_not_sent_in_a_circle(script):
    rescue = Rescue.of(script)

    assert "<Dial" in rescue.document({"+15550100100"})
    alone = strict.read(rescue.document({MAIN}))
    assert not [verb for verb in alone if isinstance(verb, Dial)]
    assert "connect you" not in str(texts(alone))


# --- /rescue -------------------------------------------------------------------------------------


def test_anybody_may_get_it_and_it_is_that_of_what_is_live(app, script):
    answer = app.test_client().get("/rescue")

    assert (answer.status_code, answer.mimetype) == (200, "text/xml")
    assert answer.text == Rescue.of(script).dialling


@pytest.mark.parametrize("asked", ["To=%2B19739403166", "To=%2B1555&ForwardedFrom=9739403166"])
def test_twilio_asks_with_get_and_names_the_numbers_of_the_call(app, script, asked):
    assert app.test_client().get(f"/rescue?{asked}").text == Rescue.of(script).alone


def test_whoever_keeps_a_copy_asks_only_whether_it_is_new(app):
    client = app.test_client()
    tag = client.get("/rescue").headers["ETag"]

    assert client.get("/rescue", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/rescue", headers={"If-None-Match": '"another"'}).status_code == 200
    assert client.post("/rescue", base_url=PUBLIC_URL).status_code in {403, 405}


def test_it_is_made_anew_at_each_publish(tmp_path):
    where = location({"IVR_STORE": str(tmp_path / "store")})
    store = open_store(where)
    publish(store, greeted(1))
    one = Server(tmp_path / "disk", store=where)
    before = one.app.test_client().get("/rescue").headers["ETag"]
    changed = cut.folder(tmp_path / "line")
    edit(changed, cut.EMERGENCY, "In danger, hang up and call nine one one.")
    publish(store, version(changed))

    answer = one.look().app.test_client().get("/rescue")
    assert "In danger, hang up" in answer.text
    assert answer.headers["ETag"] != before
    one.library.close()
    store.close()


# --- in the place of a script --------------------------------------------------------------------


def test_a_start_without_any_script_that_can_be_read_still_puts_callers_through(tmp_path):
    """The store is away, and nothing can be made of what the disk kept."""
    where = location({"IVR_STORE": str(tmp_path / "store")})
    store = open_store(where)
    publish(store, greeted(1))
    first = Server(tmp_path / "disk", store=where)
    expected = first.app.test_client().get("/rescue").text
    first.library.close()
    store.close()
    where.path.write_text("no database any more " * 99)
    spoil(tmp_path / "disk")
    anew = Server(tmp_path / "disk", store=where)

    assert anew.health["status"] == "no script"
    assert anew.app.test_client().get("/rescue").text == expected
    assert anew.phone().begin().dialled == MAIN


def spoil(disk):
    for file in disk.glob("*/*.json"):
        file.write_text("{}")


@pytest.mark.parametrize("spoilt", ["", "[]", "{}", "{", '{"number": 1}'])
def test_without_even_that_a_caller_hears_the_emergency_sentence_and_goodbye(tmp_path, spoilt):
    folder = cut.folder(tmp_path / "line")
    Server(tmp_path / "disk", follow=folder)
    spoil(tmp_path / "disk")
    next((tmp_path / "disk").glob("*/rescue")).write_text(spoilt)
    edit(folder, "start: main menu", "start: nowhere", "line.yaml")

    heard = Server(tmp_path / "disk", follow=folder).call().text
    assert heard.startswith("If this is an emergency")
    assert "does not work right now" in heard


def test_a_followed_folder_that_nobody_can_read_any_more_leaves_the_rescue(tmp_path):
    folder = cut.folder(tmp_path / "line")
    first = Server(tmp_path / "disk", follow=folder)
    expected = first.app.test_client().get("/rescue").text
    spoil(tmp_path / "disk")
    edit(folder, "start: main menu", "start: nowhere", "line.yaml")
    anew = Server(tmp_path / "disk", follow=folder)

    assert anew.health["status"] == "no script"
    assert anew.app.test_client().get("/rescue").text == expected
    call = anew.phone().begin()
    assert call.dialled == MAIN
    assert GREETING not in str(call.lines)
