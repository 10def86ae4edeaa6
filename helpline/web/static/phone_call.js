// One call: its events are played one after the other, at a person's pace, until it needs an answer.
import { caption, clear, moment, part, showLine, state, tell, transcript, whisper } from "./phone_page.js";
import { light } from "./phone_picture.js";
import { Question } from "./phone_question.js";
import { canSay, hush, keyTone, ring, say, stopSaying } from "./phone_sound.js";
import { isFast, pause, skip } from "./phone_time.js";
import { lineName, wayName } from "./phone_words.js";

const BAD_ENDS = ["error", "too_many", "too_long", "not_played"];
const TALK_SECONDS = 30; // shorter, and it was cut off: nobody needs to end it

export class Call {
  // `done(state)` is called once, at its end.
  constructor(done) {
    this.done = done;
    this.events = [];
    this.takesKeys = false; // the question whose words are being said takes keys, which cut it
    this.isCut = false; // the rest of these words is not heard
    this.asking = []; // what has been said of the question
    this.hasHungUp = false;
    this.end = "over"; // what is said of the call once it is over
    clear();
    moment("listening", part("keys"));
    state("calling");
  }

  on(line) {
    this.line = line;
    if (this.hasHungUp) line.hangUp();
  }

  async told(event) {
    this.events.push(event);
    if (this.isPlaying) return;
    this.isPlaying = true;
    while (this.events.length) await this.play(this.events.shift());
    this.isPlaying = false;
  }

  async play(event) {
    transcript(event.transcript);
    light(event.boxes);
    if (!this.hasHungUp || ["hung_up", "over"].includes(event.kind)) await this[event.kind](event);
  }

  async asked({ keys }) {
    this.takesKeys = keys;
    this.asking = [];
    part("typed").value = "";
  }

  async heard({ text, language, seconds, at }) {
    if (this.isCut) return;
    moment("listening");
    state("listening");
    caption(text, language);
    tell("helpline", at, { text, language });
    this.asking.push(text);
    await this.words(text, language, seconds);
    caption("", language);
  }

  async words(text, language, seconds) {
    if (isFast() || !canSay(language)) await pause(seconds);
    else await say(text, language, seconds);
  }

  // Some of a prompt has been said, and keys may have been pressed over it: then the question begins at once.
  async prompt(asked) {
    if (this.isCut) await this.question({ ...asked, speech: false });
    else await this.line.do("listens", asked.stop);
  }

  async question(asked) {
    moment("question");
    state(asked.speech ? "question_speech" : "question_keys");
    caption(this.asking.join(" "), asked.language);
    part("speech").hidden = !asked.speech;
    part("spoken").lang = asked.language;
    const early = part("typed").value;
    part("typed").value = "";
    this.takesKeys = this.isCut = false;
    const answer = (act, what) => this.answer(early && act === "keys" ? "keys-at-once" : act, asked.stop, what);
    this.open = new Question(asked, part("typed"), part("countdown"), answer);
    for (const key of early) this.open?.press(key);
  }

  answer(act, stop, what) {
    this.open = null;
    part("typed").value = "";
    caption("", "");
    moment("listening", part("keys"));
    state("answered");
    return this.line.do(act, stop, what);
  }

  async pressed({ text, at }) {
    tell("caller", at, { says: "pressed", values: () => ({ text }) });
  }

  async spoke({ text, at }) {
    tell("caller", at, { text });
  }

  async waited({ at }) {
    tell("caller", at, { says: "silence" });
  }

  async hung_up({ at }) {
    tell("caller", at, { says: "hang_up" });
  }

  async rang({ at }) {
    this.lastAt = at;
  }

  async ring(event) {
    const values = () => ({ line: lineName(event) });
    tell("note", this.lastAt, { says: "rang", values });
    showLine(event);
    moment("ringing", part("ways").querySelector("button"));
    state("ringing", values);
    ring();
    this.endRing = (way) => {
      hush();
      this.endRing = null;
      moment("whispering", part("hang-up"));
      this.line.do("ring", event.stop, way);
    };
  }

  async worker_heard(event) {
    state("picked_up");
    whisper(event);
    this.lastAt = event.at;
    tell("worker", event.at, event);
    await this.words(event.text, event.language, event.seconds);
  }

  async worker_pressed({ text, at }) {
    const values = () => ({ text });
    this.lastAt = at;
    whisper({ says: "worker_pressed", values });
    tell("worker", at, { says: "pressed", values });
  }

  async ring_ended({ bridged, reply, seconds, at }) {
    const values = () => ({ how: wayName(reply) });
    tell("note", bridged ? this.lastAt : at, { says: bridged ? "put_through" : "not_put_through", values });
    if (bridged && seconds >= TALK_SECONDS) {
      state("talking");
      moment("talking", part("finish"));
      await new Promise((resolve) => (part("finish").onclick = resolve));
    }
    moment("listening", part("keys"));
  }

  async warned({ code, text, at }) {
    tell("problem", at, { says: code ? "warned" : "not_played", values: () => ({ code, text }) });
  }

  async ended({ how }) {
    this.end = BAD_ENDS.includes(how) ? `ended_${how}` : "over";
  }

  async over() {
    this.done(this.end);
  }

  press(key) {
    keyTone(key);
    if (this.open) this.open.press(key);
    else if (this.takesKeys) this.cut(key);
    else state("no_keys");
  }

  cut(key) {
    part("typed").value += key;
    this.isCut = true;
    this.goOn();
  }

  atNewPace() {
    this.open?.wait();
    if (isFast()) this.goOn();
  }

  goOn() {
    stopSaying();
    skip();
  }

  hangUp() {
    this.fallSilent();
    this.line?.hangUp();
  }

  // The page is done with this call: whatever else comes of it is neither shown nor heard.
  leave() {
    this.fallSilent();
    this.line?.close();
  }

  fallSilent() {
    this.hasHungUp = true;
    this.open?.stop();
    hush();
    this.goOn();
  }
}
