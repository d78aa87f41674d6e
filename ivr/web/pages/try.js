/* The page on which a draft is tried: its parts, wired together.
   Not here: the course of a call (call.js), what is shown (transcript.js), files (draft.js), voices (voices.js). */

import { Call } from "./call.js";
import { anew, watchDraft } from "./draft.js";
import { named, Transcript } from "./transcript.js";
import { Voices } from "./voices.js";

const find = (id) => document.getElementById(id);
const transcript = new Transcript();
const voices = new Voices();
const call = new Call({ shown, told: transcript.tell, caller: transcript.caller, line, passed: transcript.clock });
let lastUsed = null; // before it rang

const begin = () => {
  transcript.clear();
  const [language, place, moment] = ["language", "place", "moment"].map((name) => find(`begin-${name}`).value);
  call.start({ language, place, moment });
};

/** What the line says: to read, and to hear if wanted. */
function line(step) {
  transcript.line(step);
  voices.speak(step);
}

/** Shows what the phone does now, and keeps the focus on something that can be used. */
function shown(step) {
  const isRinging = step?.doing === "ringing";
  if (isRinging) find("ringing-title").replaceChildren("It rings at ", named(step.place, step.language), `, ${step.dialled}`);
  change(isRinging);
  find("call").textContent = call.isOn ? "Hang up" : "Call the line";
  if (!call.isOn && document.activeElement === find("new-call")) find("call").focus();
  find("new-call").hidden = !call.isOn;
  find("words").lang = step?.language ?? "";
  transcript.now(step, call.isOn);
}

/** Puts the outcomes in the place of the keypad while it rings, and the focus back to where it was afterwards. */
function change(isRinging) {
  const [going, coming] = isRinging ? [find("listening"), find("ringing")] : [find("ringing"), find("listening")];
  if (going.hidden) return;
  const used = document.activeElement;
  const moves = used === document.body || going.contains(used);
  [going.hidden, coming.hidden] = [true, false];
  if (isRinging) lastUsed = going.contains(used) ? used : find("silence");
  if (moves) (isRinging ? find("ringing").querySelector("button") : lastUsed).focus();
}

function give(given) {
  voices.stop();
  call.give(given);
}

function say(event) {
  event.preventDefault();
  const words = find("words").value.trim();
  if (!words) return transcript.tell("Type what the caller says first, or choose Say nothing.");
  find("words").value = "";
  give({ words });
}

/** A key of the keyboard presses the same key of the phone, but not while something is being typed or chosen. */
function typed(event) {
  const isTyping = event.target.closest("input[type=text], select, textarea");
  if (!find("typing").checked || isTyping || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  const button = find("listening").hidden ? null : keyButton(event.key);
  if (!button) return;
  event.preventDefault();
  button.classList.add("pressed");
  setTimeout(() => button.classList.remove("pressed"), 150);
  give({ key: event.key });
}

const keyButton = (key) => [...document.querySelectorAll("[data-key]")].find((button) => button.dataset.key === key);

find("call").addEventListener("click", () => {
  voices.stop();
  if (call.isOn) call.hangUp();
  else begin();
});
find("new-call").addEventListener("click", () => {
  voices.stop();
  begin();
});
find("say").addEventListener("submit", say);
find("silence").addEventListener("click", () => give({}));
document.addEventListener("keydown", typed);
document.querySelectorAll("[data-key]").forEach((button) => {
  button.addEventListener("click", () => give({ key: button.dataset.key }));
});
document.querySelectorAll("[data-outcome]").forEach((button) => {
  button.addEventListener("click", () => give({ outcome: button.dataset.outcome }));
});
find("speaking").addEventListener("change", (event) => {
  voices.turn(event.target.checked);
  find("log").setAttribute("aria-live", event.target.checked ? "off" : "polite");
});

watchDraft((draft, before) => {
  anew("voices", draft.languages, (languages) => voices.offer(languages));
  transcript.languages(draft.languages);
  if (call.isOn && before && draft.sound && draft.version !== before.version) {
    transcript.note("A file was saved. The call goes on in the new words; # says this place again.");
  }
});
