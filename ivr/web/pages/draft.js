/* The draft: how the files stand, asked for every second.
   Not here: the call, which goes on with the last sound draft (call.js). */

const EVERY = 1000;
const GONE = "The program behind this page has stopped. Start ivr try again, and open the page that it names.";
const NAMES = { error: "Error", warning: "Warning", advice: "Advice" };

const find = (id) => document.getElementById(id);

/** Shows the draft whenever it has changed, and tells `changed(draft, before)`. */
export async function watchDraft(changed) {
  let before = null;
  let known = "";
  for (;;) {
    try {
      const text = await (await fetch("/draft")).text();
      if (text !== known) {
        const draft = JSON.parse(text);
        show(draft);
        changed(draft, before);
        [before, known] = [draft, text];
      }
    } catch {
      known = "";
      tell(GONE, true);
    }
    await new Promise((wake) => setTimeout(wake, EVERY));
  }
}

function show(draft) {
  const errors = draft.findings.filter(isError).length;
  document.title = `${errors ? `(${errors}) ` : ""}Try the line: ${draft.name}`;
  find("folder").textContent = draft.folder;
  tell(standing(draft), errors > 0);
  anew("findings", draft.findings, (findings) => find("findings").replaceChildren(...findings.map(item)));
  anew("begin-language", draft.languages, (languages) => fill("begin-language", languages.map(spoken)));
  anew("begin-place", draft.places, (places) => fill("begin-place", places.map(place(draft.languages[0]?.tag))));
}

const drawn = new Map();

/** Draws a part only when it has changed, so that whoever is in it is not thrown out. */
export function anew(part, content, draw) {
  const text = JSON.stringify(content);
  if (drawn.get(part) === text) return;
  drawn.set(part, text);
  draw(content);
}

function standing({ sound, checked, version, findings, places, languages }) {
  const answering = version ? "The last sound draft keeps answering." : "It cannot be called before that.";
  if (!sound) return `Not sound yet: ${findings.length} to mend. ${answering}`;
  const errors = findings.filter(isError).length;
  if (errors) return `Not ready: ${count(errors, "error")} to mend before it can be published. It can be called.`;
  const size = `${places.length} places in ${languages.map(({ name }) => name).join(" and ")}`;
  const remarks = findings.length ? `, with ${count(findings.length, "remark")}` : "";
  if (checked === "failed") return `It can be called: ${size}. The check came to nothing; the terminal says why.`;
  if (checked !== "done") return `Sound so far: ${size}${remarks}. Every call is being walked …`;
  return `Sound: ${size}${remarks}.`;
}

const isError = ({ severity }) => severity === "error";
const count = (number, name) => (number === 1 ? `one ${name}` : `${number} ${name}s`);

function tell(text, isWrong) {
  const status = find("sound");
  if (status.textContent !== text) status.textContent = text;
  status.classList.toggle("error", isWrong);
}

function item({ rule, severity, place, what, mend, call }) {
  const made = document.createElement("li");
  made.className = `finding ${severity}`;
  const where = document.createElement("p");
  where.className = "where";
  where.append(element("b", NAMES[severity] ?? severity), " ", element("code", place), " ", element("i", rule));
  const mending = element("p", mend);
  mending.className = "mend";
  made.append(where, element("p", what), mending);
  if (call) made.append(shown(call));
  return made;
}

/** The shortest call that shows it: one paragraph for each time that somebody speaks. */
function shown(call) {
  const made = document.createElement("details");
  const spoken = call.replaceAll(/\n +/g, " ").split("\n").filter((line) => line && !line.startsWith("#"));
  made.append(element("summary", "A call that shows it"), ...spoken.map((line) => element("p", line.replace(/ +/, " "))));
  return made;
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

const spoken = ({ tag, name }) => [tag, name, tag];
const place = (tag) => ({ name, label }) => [name, title(name, label), tag];
const title = (name, label) => (label.toLowerCase() === name ? label : `${label} (${name})`);

function option([value, text, language]) {
  const made = new Option(text, value);
  made.lang = language;
  return made;
}

/** Offers these values after the first one, and keeps what was chosen if it is still there. */
function fill(id, values) {
  const select = find(id);
  const chosen = select.value;
  select.replaceChildren(select.options[0], ...values.map(option));
  select.value = values.some(([value]) => value === chosen) ? chosen : "";
}
