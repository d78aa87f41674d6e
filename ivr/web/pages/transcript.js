/* The conversation as it is read: who said what, in which language, and what the phone does now.
   Not here: the course of a call (call.js). */

const find = (id) => document.getElementById(id);
const SILENT = "says nothing";

export class Transcript {
  #names = new Map();
  #seconds = 0;

  languages(languages) {
    this.#names = new Map(languages.map(({ tag, name }) => [tag, name]));
  }

  clear() {
    find("entries").replaceChildren();
    find("nothing").hidden = true;
    this.clock(0);
  }

  /** What the line says in a step: one paragraph a language, each marked with it. */
  line(step) {
    if (step.lines.length) {
      const paragraphs = step.lines.map(({ language, text }) => words(text.replaceAll("...", "…"), language));
      const spoken = step.lines.map(({ language }) => this.#names.get(language) ?? language);
      this.#add("line", this.#who("Line", [...new Set(spoken)].join(", ")), ...paragraphs);
    }
    if (step.doing === "ended") this.note("The line hangs up.");
    if (step.doing === "ringing") this.note(`The line calls ${step.dialled}.`);
  }

  /** What the caller does; what the line made of it can be added when it is known. */
  caller = ({ key, words: said, outcome, isSilent, window, deed, language }) => {
    const done = deed ?? (isSilent ? `${SILENT} for ${window} seconds` : null);
    if (outcome) return this.note(`The transfer ends: ${outcome}.`);
    const what = done ? words(done) : key ? words(`presses ${key}`) : words(`“${said}”`, language);
    const entry = this.#add("caller", this.#who("Caller", said ? (this.#names.get(language) ?? "") : ""), what);
    return { understood: (made) => made.text && entry.append(understood(made)) };
  };

  note(text) {
    this.#add("note", paragraph("", text));
    return { understood: () => undefined };
  }

  /** Tells why something cannot be done; screen readers are told at once. */
  tell = (text) => {
    find("told").textContent = text;
  };

  clock = (seconds) => {
    this.#seconds = seconds;
    find("clock").textContent = minutes(seconds);
  };

  /** What the phone does now.  A screen reader hears as much from the conversation, so it is not told again. */
  now(step, isOn) {
    this.tell("");
    if (!isOn) return find("now").replaceChildren("Nobody is on the phone.");
    const place = named(step.place, step.language);
    if (step.doing === "ringing") return find("now").replaceChildren("It rings at ", place, ". Choose what becomes of it.");
    const language = named(this.#names.get(step.language) ?? step.language, step.language);
    find("now").replaceChildren(`It listens for ${step.window} seconds at `, place, ", in ", language, ".");
  }

  #who(name, language) {
    const who = paragraph("who");
    const strong = document.createElement("b");
    strong.textContent = name;
    who.append(strong, ...[language, minutes(this.#seconds)].filter(Boolean).map((text) => span(text)));
    return who;
  }

  #add(kind, ...parts) {
    const entry = document.createElement("li");
    entry.className = `entry ${kind}`;
    entry.append(...parts);
    find("entries").append(entry);
    find("log").scrollTop = find("log").scrollHeight;
    return entry;
  }
}

/** A name in its own language, inside a sentence of the page. */
export function named(text, language) {
  const made = span(text);
  made.lang = language;
  return made;
}

function understood({ text, name, language }) {
  const made = paragraph("understood", text);
  if (name) made.append(" ", named(name, language), ".");
  return made;
}

function words(text, language) {
  const made = paragraph("words", text);
  if (language) made.lang = language;
  return made;
}

function paragraph(kind, text = "") {
  const made = document.createElement("p");
  made.className = kind;
  made.textContent = text;
  return made;
}

function span(text) {
  const made = document.createElement("span");
  made.textContent = text;
  return made;
}

const minutes = (seconds) => {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};
