"""Rules about words: what each catches, and what it leaves alone, said as the greeting or as a label."""

import pytest

from altered import check, line, named, put, says, understands, worded

ES = "es-US"
LONG = "word " * 60
SENTENCE = "This one sentence goes on and on with word after word until a caller has lost where it began and why."

BAD = [
    # key before purpose
    ("OPT-01", says("Press {person key} for a person.")),
    ("OPT-01", says("Dial zero, to speak with us.")),
    ("OPT-01", says("Oprima {person key} para hablar con una persona.", ES)),
    ("OPT-01", says("Diga uno para seguir.", ES)),
    # one idea, apart from the others
    ("OPT-04", named("Billing and records")),
    ("OPT-04", named("Facturación y expedientes", ES)),
    ("OPT-04", named("Bills/records")),
    ("OPT-05", named("Fax numbers")),
    ("OPT-05", named("Payments") + worded("    label: Fax number", "    label: Billing account")),
    ("OPT-05", named("Pago") + worded("    label: Número de fax", "    label: Cuenta", ES)),
    ("OPT-20", named("Billing number")),
    ("OPT-20", named("Número de cobros", ES)),
    ("OPT-07", worded("press: press {key}", "press: press {key} or say its name")),
    ("OPT-07", worded("press: oprima {key}", "press: oprima {key} o diga su nombre", ES)),
    ("OPT-06", named("Option two")),
    ("OPT-06", named("Chest pain clinic")),
    ("OPT-06", named("Opción dos", ES)),
    # filler, blame, positions
    ("OPT-08", says("Your call is important to us.")),
    ("OPT-08", says("Please LISTEN carefully, as our options have changed.")),
    ("OPT-08", says("Su llamada es importante para nosotros.", ES)),
    ("OPT-08", says("Escuche con atencion.", ES)),
    ("OPT-09", says("Invalid entry.")),
    ("OPT-09", says("Please answer quickly.")),
    ("OPT-09", says("Opción incorrecta.", ES)),
    ("OPT-09", says("Usted será desconectado.", ES)),
    ("OPT-13", says("Press the button at the bottom left.")),
    ("OPT-13", says("Oprima el botón verde.", ES)),
    ("AUD-06", says("Stay on the line to rate this call.")),
    ("AUD-06", says("Al final hay una encuesta.", ES)),
    # what a voice cannot read
    ("OPT-11", says("Dr. Gutkin, automated line.")),
    ("OPT-11", says("The ENT department, automated line.")),
    ("OPT-11", says("El Dr. Gutkin.", ES)),
    ("OPT-14", says("Press asterisk.")),
    ("OPT-14", says("Press *.")),
    ("OPT-14", says("Oprima numeral.", ES)),
    ("OPT-14", worded('"*": [star, asterisk]', '"*": [asterisk, star]')),
    ("NUM-07", says("Open M-F.")),
    ("NUM-07", says("Open 9-5.")),
    ("NUM-07", says("Open from 9:30 on.")),
    ("NUM-07", says("Open until 5 pm.")),
    ("NUM-07", says("Closed on 10/12.")),
    ("NUM-07", says("It costs $20.")),
    ("NUM-07", says("Patients/callers.")),
    ("NUM-07", says("Abierto de L-V.", ES)),
    ("NUM-07", says("Ortopedia + podiatría.", ES)),
    ("NUM-08", says("Call 800-DOCTORS.")),
    ("NUM-08", says("Llame al 1-800-MEDICO.", ES)),
    ("NUM-10", says("Visit www.example.com.")),
    ("NUM-10", says("Write to desk@example.com.")),
    ("NUM-10", says("Visite example punto com.", ES)),
    ("NUM-06", worded("0: [zero, oh, oh zero, zero oh]", "0: [oh, zero]")),
    ("NUM-06", worded("0: [cero, sero]", "0: [o, cero]", ES)),
    ("XFER-06", says("Call nine seven three, nine four zero, three one six six.")),
    ("XFER-06", says("Llame al nueve siete tres, nueve cuatro cero, tres uno seis seis.", ES)),
    ("LEP-08", says("Push a key.")),
    ("LEP-08", says("Marque una tecla.", ES)),
    ("LEP-10", says("Bear with us.")),
    ("LEP-10", says("You are in good hands.")),
    ("LEP-10", says("Usted está en buenas manos.", ES)),
    ("OPT-17", says("Patients should remain seated.")),
    ("OPT-17", says("Pressure is applied to the back.")),
    ("OPT-17", says("Puedes llamar de nuevo.", ES)),
    ("OPT-17", says("Se requiere una cita.", ES)),
    ("OPT-10", says("This eases chronic pain.")),
    ("OPT-10", named("Copay")),
    ("OPT-10", says("Esto alivia el dolor crónico.", ES)),
    ("LEP-10", says("Es pan comido.", ES)),
    # one thing at a time, short, plain
    ("MENU-15", named("Billing, unless insured")),
    ("MENU-15", says("Do you have a bill? Do you want to pay it?")),
    ("MENU-15", says("¿Tiene una factura? ¿Quiere pagarla?", ES)),
    ("MENU-09", named("All that you ask about bills")),
    ("MENU-09", named("Todo lo que quiere saber hoy", ES)),
    ("DEAF-06", says(LONG)),
    ("DEAF-06", says(LONG, ES)),
    ("OPT-16", says(SENTENCE)),
    ("OPT-16", says("palabra " * 21, ES)),
    ("OPT-18", worded("        Here is one example. Say", f"        {LONG} Say")),
    ("OPT-18", worded("        Le doy un ejemplo. Digamos", f"        {LONG} Digamos", ES)),
    ("OPT-10", worded("  podiatry: {means: care of feet}", "  podiatry: {means: medicine of toenails}")),
    ("OPT-10", worded("  podiatry: {means: cuidado de los pies}", "  podiatry: {means: medicina de los dedos}", ES)),
    ("OPT-19", says("Hello, this is Anna.")),
    ("OPT-19", says("Hola, soy Ana.", ES)),
    # what is said about danger, faxes and relay
    ("EMG-01", worded("hang up and call nine one one.\n  crisis", "hang up and call for help.\n  crisis")),
    ("EMG-01", worded("cuelgue y llame al nueve uno uno.\n  crisis", "cuelgue y pida ayuda.\n  crisis", ES)),
    ("EMG-01", worded("say: If this", f"say: {'please ' * 30}If this")),
    ("EMG-01", worded("    - nine one one\n", "")),
    (
        "EMG-02",
        worded(
            "Si es una emergencia, cuelgue y llame al nueve uno uno.",
            "If this is an emergency, hang up and call nine one one.",
            ES,
        ),
    ),
    (
        "EMG-03",
        worded("emergency help: In an emergency, hang up and call nine one one.", "emergency help: Call for help."),
    ),
    (
        "EMG-03",
        worded(
            "emergency help: En una emergencia, cuelgue y llame al nueve uno uno.", "emergency help: Pida ayuda.", ES
        ),
    ),
    (
        "EMG-05",
        worded("say: If this is an emergency, hang up", "say: If this is an emergency of any kind, please hang up"),
    ),
    ("EMG-05", worded("emergencia, cuelgue y llame al", "emergencia, llame al", ES)),
    ("EMG-05", worded("call or text nine eight eight", "call or text for help")),
    ("DEAF-05", worded("relay service, dial seven one one.", "relay service, ask for it.")),
    ("DEAF-05", worded("llame al siete uno uno.", "pídalo.", ES)),
    ("XFER-05", worded("You will hear a loud tone, and no person.", "No person will answer.")),
    ("XFER-05", worded("Va a oír un tono fuerte, y no habrá", "No habrá", ES)),
    (
        "XFER-01",
        worded("connecting: Connecting you now.", "connecting: Please stay on the line while I am connecting you now."),
    ),
    ("XFER-01", worded("Le comunico ahora. Para", "Por favor espere mientras le comunico ahora. Para", ES)),
    # what is understood
    ("ASR-01", understands("[fax, the fax]")),
    ("ASR-01", understands("[fax, el fax]", ES)),
    ("ASR-01", worded("[sciatic nerve, sciatic pain, sciatica pain]", "[sciatic nerve]")),
    ("ASR-02", understands("[facts, filling, send a fax]")),
    ("ASR-02", understands("[agent please, the wait, your facts, hell]")),
    ("ASR-02", understands("[fax, the bill, send a fax]")),
    ("ASR-02", understands("[mi fax, la factura, su fax]", ES)),
    ("ASR-02", understands("[mi fax, su fax, cubano]", ES)),
    ("ASR-03", understands("[my bill from the fax, the fax, send a fax]")),
    ("ASR-03", understands("[mi cuenta de fax, el fax, su fax]", ES)),
    ("ASR-04", understands("[fax, send, mail]")),
    ("ASR-04", understands("[fax, mail, post, paper]")),
    ("ASR-05", understands("[f a x, the fax, send a fax]")),
    ("ASR-05", understands("[f a x, el fax, su fax]", ES)),
    ("ASR-08", worded("fillers: [um, uh, er, hmm, well,", "fillers: [um, uh, er, hmm, fax number,")),
    ("LEP-04", worded("[English, in English, speak English, English please, inglés]", "[English, inglés]")),
]
GOOD = [
    ("OPT-01", says("For a person, press {person key}.")),
    ("OPT-01", says("Press a key to go on.")),
    ("OPT-01", says("Press {yes key} or say yes.")),
    ("OPT-01", says("Para hablar con una persona, oprima {person key}.", ES)),
    ("OPT-04", named("Brandy")),
    ("OPT-17", says("You could move more easily.")),
    ("OPT-17", says("Usted puede llamar de nuevo. Eso se llama fascia.", ES)),
    ("OPT-10", says("This eases pain that lasts long.")),
    ("OPT-10", says("This eases chronic pain.") + worded("terms:\n", "terms:\n  chronic: {means: eases pain}\n")),
    ("OPT-04", named("Facturación", ES)),
    ("OPT-05", named("Payments")),
    ("OPT-20", named("What you owe")),
    ("OPT-06", named("Money matters")),
    ("OPT-07", worded("press: press {key}", "press: please press {key}")),
    ("OPT-08", says("We are in a building that was founded. It is important.")),
    ("OPT-09", says("I did not understand.")),
    ("OPT-09", says("No entendí.", ES)),
    ("OPT-13", says("The left knee, and then the right shoulder.")),
    ("OPT-13", says("The pain is on the left.")),
    ("OPT-13", says("Doble a la derecha.", ES)),
    ("OPT-11", says("Say yes or no.")),
    ("OPT-11", says("Diga sí o no.", ES)),
    ("OPT-13", says("La rodilla izquierda, y luego la derecha.", ES)),
    ("AUD-06", says("Thank you for calling.")),
    ("OPT-11", says("Doctor Gutkin treats ears. I am here.")),
    ("OPT-11", says("El doctor Gutkin. A la derecha.", ES)),
    ("OPT-14", says("Press star, and then pound.")),
    ("OPT-14", says("Oprima asterisco.", ES)),
    ("NUM-07", says("Open from nine to five, on Mondays.")),
    ("NUM-07", says("Abierto de nueve a cinco.", ES)),
    ("NUM-08", says("Call us on a day in May.")),
    ("NUM-10", says("Visit our website, or write to us. Come in.")),
    ("NUM-06", worded("0: [zero, oh, oh zero, zero oh]", "0: [zero, oh, nil]")),
    ("XFER-06", says("If this is an emergency, call nine one one. Six doctors, two rooms.")),
    ("XFER-06", worded("nine eight eight, day or night", "nine eight eight, or nine one one")),
    ("LEP-08", says("Press a key. Pushing is no use.")),
    ("LEP-08", says("Oprima una tecla.", ES)),
    ("LEP-10", says("Please wait.")),
    ("MENU-15", says("Do you want to pay a bill?")),
    ("MENU-15", named("If you owe us")),
    ("MENU-09", named("All about your own bill")),
    ("DEAF-06", says("word " * 45)),
    ("OPT-16", says("This sentence has ten words, and so it is short.")),
    ("OPT-18", worded("        Here is one example. Say", "        Here is one more example. Say")),
    ("OPT-10", worded("  podiatry: {means: care of feet}", "  podiatry: {means: for the feet}")),
    ("OPT-15", says("Specialty Surgical Center, automated line.")),
    ("OPT-19", says("This is a machine.")),
    ("EMG-01", worded("say: If this is an emergency", "say: In an emergency")),
    ("EMG-02", worded("say: Si es una emergencia", "say: En una emergencia", ES)),
    ("EMG-05", worded("say: If this is an emergency", "say: In an emergency")),
    ("XFER-05", worded("You will hear a loud tone", "There will be a beep")),
    ("ASR-01", understands("[fax, the fax, send a fax]")),
    ("ASR-02", understands("[fax, the fax, send a letter by fax]")),
    ("ASR-02", understands("[fax, el fax, mandar una carta]", ES)),
    ("ASR-03", understands("[fax, the fax, billable fax]")),
    ("ASR-04", understands("[fax, the fax, send]")),
    ("ASR-05", understands("[a fax, I fax, send a fax]")),
    ("ASR-05", understands("[fax o carta, el fax, su fax]", ES)),
    ("ASR-08", worded("fillers: [um, uh,", "fillers: [um, umm, uh,")),
    ("LEP-04", worded("[English, in English, speak English, English please, inglés]", "[English, in English, inglés]")),
    ("XFER-01", worded("connecting: Connecting you now.", "connecting: I am connecting you now.")),
    ("DEAF-05", worded("dial seven one one.", "call seven one one.")),
    ("EMG-03", worded("emergency help: In an emergency, hang up", "emergency help: In danger, hang up")),
]


@pytest.mark.parametrize(("rule", "change"), BAD, ids=[f"{rule}-{change[0][2][:40]}" for rule, change in BAD])
def test_bad_words_are_caught(rule, change):
    assert check(rule, change)


@pytest.mark.parametrize(("rule", "change"), GOOD, ids=[f"{rule}-{change[0][2][:40]}" for rule, change in GOOD])
def test_good_words_are_left_alone(rule, change):
    assert not check(rule, change)


HARD = {
    "en-US": (
        "Practitioners alleviate musculoskeletal discomfort considerably. ",
        ["Here is one example.", "Often, pain starts", "First, Doctor Gutkin"],
    ),
    "es-US": (
        "Los profesionales alivian padecimientos musculoesqueléticos considerablemente. ",
        ["Le doy un ejemplo.", "Muchas veces, el dolor", "Primero, el doctor"],
    ),
}


@pytest.mark.parametrize("language", HARD)
def test_hard_reading_is_caught(language):
    sentence, beginnings = HARD[language]
    found = check("OPT-15", *(worded(f"        {words}", f"        {sentence * 12}", language) for words in beginnings))

    assert [finding.severity for finding in found] == ["warning"]
    assert "years of school" in found[0].what


@pytest.mark.parametrize("language", HARD)
def test_more_than_nine_years_of_school_fail_the_check(language):
    parts = [address for address in line().texts if address[0] == language and "parts" in address]
    hard = [put(HARD[language][0] * 14, *address) for address in sorted(parts, key=line().places.get, reverse=True)]

    assert [finding.severity for finding in check("OPT-15", *hard)] == ["error"]
