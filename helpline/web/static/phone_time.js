// Time as a person at a telephone has it: what is said lasts, a question waits so long; or faster, or without end.
const PACES = {
  real: { words: 1, question: 1 },
  patient: { words: 1, question: 0 }, // nothing runs out
  fast: { words: 1 / 20, question: 1 / 2 },
};
let end = () => {};

export const time = { pace: "real" };

export const isFast = () => time.pace === "fast";

// So long as the words take; `skip` ends it.
export function pause(seconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => end(), seconds * PACES[time.pace].words * 1000);
    end = () => {
      clearTimeout(timer);
      end = () => {};
      resolve();
    };
  });
}

export const skip = () => end();

// A bar that shrinks, and what happens when it is gone. `start` again and it is full; `stop` and it is not there.
export class Countdown {
  constructor(bar, over) {
    this.bar = bar;
    this.over = over;
  }

  start(seconds) {
    this.stop();
    const length = seconds * PACES[time.pace].question * 1000;
    if (!length) return;
    const begun = performance.now();
    this.bar.hidden = false;
    this.bar.value = 1;
    this.timer = setInterval(() => {
      this.bar.value = Math.max(0, 1 - (performance.now() - begun) / length);
      if (this.bar.value) return;
      this.stop();
      this.over();
    }, 50);
  }

  stop() {
    clearInterval(this.timer);
    this.bar.hidden = true;
  }
}
