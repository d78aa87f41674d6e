/* The course of a call.
   For: holding the state, as Twilio holds the callback URL, and going through a reply step by step, as Twilio goes
   through a document.  Where a step leads to the next one by itself, nobody is asked.
   Not here: anything that is seen or heard; `view` is told. */

const GONE = "The program behind this page has stopped. Start ivr try again; then the call can go on.";

export class Call {
  #view;
  #steps = [];
  #at = 0;
  #seconds = 0;
  #number = 0; // of the call, so that what arrives after hanging up is not heard
  #queue = Promise.resolve();

  constructor(view) {
    this.#view = view;
  }

  get isOn() {
    return this.#step !== null && this.#step.doing !== "ended";
  }

  get #step() {
    return this.#steps[this.#at] ?? null;
  }

  start(begin) {
    const number = this.#end();
    this.#then(number, async () => this.#play(await ask("/call", begin)));
  }

  /** A key, words, an outcome of a transfer, or nothing: silence. */
  give(given) {
    const number = this.#number;
    this.#then(number, () => this.#give(given, number));
  }

  hangUp() {
    this.#end();
    this.#view.caller({ deed: "hangs up" });
    this.#view.shown(null);
  }

  #end() {
    this.#steps = [];
    this.#at = 0;
    this.#seconds = 0;
    this.#number += 1;
    return this.#number;
  }

  /** One thing after another: keys that are pressed quickly each meet the state that the one before led to. */
  #then(number, task) {
    this.#queue = this.#queue.then(async () => {
      if (number !== this.#number) return;
      try {
        await task();
      } catch (error) {
        this.#view.shown(this.#step);
        this.#view.told(error instanceof TypeError ? GONE : error.message);
      }
    });
  }

  async #give(given, number) {
    const step = this.#step;
    if (!this.isOn) return this.#view.told("Nobody is on the phone. Call the line first.");
    if ("outcome" in given !== (step.doing === "ringing")) return this.#view.told("That cannot be done just now.");
    const isSilent = !("key" in given || "words" in given || "outcome" in given);
    const entry = this.#view.caller({ ...given, isSilent, window: step.window, language: step.language });
    if (step.goesOn && (isSilent || "outcome" in given)) {
      this.#pass(isSilent ? step.window : 0);
      this.#at += 1;
      return this.#hear();
    }
    const reply = await ask("/turn", { state: step.state, ...given });
    if (number !== this.#number) return;
    this.#pass(isSilent ? step.window : reply.passed);
    entry.understood(reply.understood);
    this.#play(reply);
  }

  #play(reply) {
    this.#steps = reply.steps;
    this.#at = 0;
    this.#hear();
  }

  #hear() {
    const step = this.#step;
    this.#view.line(step);
    this.#pass(step.seconds);
    this.#view.shown(step);
  }

  /** Time as a caller would feel it: what is spoken, and the silence that is waited for. */
  #pass(seconds) {
    this.#seconds += seconds;
    this.#view.passed(this.#seconds);
  }
}

/** Asks the program; an Error says in one sentence why it does not answer. */
async function ask(address, question) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(question),
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.problem);
  return told;
}
