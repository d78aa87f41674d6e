/* The line aloud, in the voices that the browser has: off until it is wanted.
   A voice that is not on this machine sends the words to its maker, so it is named as such. */

const find = (id) => document.getElementById(id);
const SENTENCE = /[^.!?…]+[.!?…]*\s*/g; // some browsers fall silent in the middle of a long text

export class Voices {
  #isOn = false;
  #languages = [];
  #chosen = new Map();

  constructor() {
    globalThis.speechSynthesis?.addEventListener?.("voiceschanged", () => this.#show());
  }

  turn(isOn) {
    this.#isOn = isOn;
    this.stop();
    this.#show();
  }

  offer(languages) {
    this.#languages = languages;
    this.#show();
  }

  /** Says what the line says, in the caller's pace. */
  speak(step) {
    if (!this.#isOn || !globalThis.speechSynthesis) return;
    for (const { language, text } of step.lines) {
      for (const sentence of text.replaceAll("...", ",").match(SENTENCE) ?? []) {
        const said = new SpeechSynthesisUtterance(sentence.trim());
        said.lang = language;
        said.rate = step.pace;
        said.voice = this.#voice(language);
        speechSynthesis.speak(said);
      }
    }
  }

  /** Whoever presses a key or speaks is not talked over. */
  stop() {
    globalThis.speechSynthesis?.cancel();
  }

  #voice(language) {
    const fitting = voicesFor(language);
    const name = this.#chosen.get(language);
    return fitting.find((voice) => voice.voiceURI === name) ?? fitting[0] ?? null;
  }

  #show() {
    find("voices").hidden = !this.#isOn;
    if (this.#isOn) find("voices").replaceChildren(...this.#languages.map((language) => this.#field(language)));
  }

  #field({ tag, name }) {
    const field = document.createElement("div");
    field.className = "field";
    const fitting = voicesFor(tag);
    if (fitting.length) field.append(label(tag, `Voice for ${name}`), this.#select(tag, fitting));
    else field.textContent = `This browser has no voice for ${name}.`;
    return field;
  }

  #select(tag, fitting) {
    const select = document.createElement("select");
    select.id = `voice-${tag}`;
    select.append(...fitting.map((v) => new Option(v.localService ? v.name : `${v.name} (online)`, v.voiceURI)));
    select.value = this.#voice(tag).voiceURI;
    select.addEventListener("change", () => this.#chosen.set(tag, select.value));
    return select;
  }
}

/** The browser's voices of a language: those of the same country first, and of this machine before others. */
function voicesFor(language) {
  const spelt = (voice) => voice.lang.replace("_", "-").toLowerCase();
  const [wanted, base] = [language.toLowerCase(), language.split("-")[0].toLowerCase()];
  const rank = (voice) => (spelt(voice) === wanted ? 0 : 2) + (voice.localService ? 0 : 1);
  const all = globalThis.speechSynthesis?.getVoices() ?? [];
  return all.filter((voice) => spelt(voice).split("-")[0] === base).sort((a, b) => rank(a) - rank(b));
}

function label(tag, text) {
  const made = document.createElement("label");
  made.htmlFor = `voice-${tag}`;
  made.textContent = text;
  return made;
}
