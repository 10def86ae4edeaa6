// A question that is open: keys are gathered until there are enough, the last key is pressed, or time is up.
import { Countdown } from "./phone_time.js";

export class Question {
  // `answer(act, what)` is called once.
  constructor(asked, typed, bar, answer) {
    this.asked = asked;
    this.typed = typed;
    this.countdown = new Countdown(bar, () => this.timeIsUp());
    this.answer = answer;
    this.wait();
  }

  wait() {
    this.countdown.start(this.asked.seconds);
  }

  press(key) {
    if (!this.asked.keys) return;
    this.typed.value += key;
    if (key === this.asked.last_key || this.typed.value.length === this.asked.digits) this.timeIsUp();
    else this.wait();
  }

  say(words) {
    this.close("words", words);
  }

  timeIsUp() {
    if (this.typed.value) this.close("keys", this.typed.value);
    else this.close("silence");
  }

  stop() {
    this.countdown.stop();
  }

  close(act, what) {
    this.stop();
    this.answer(act, what);
  }
}
