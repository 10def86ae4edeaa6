// What can be heard: the browser's own voices, the tones of keys, the ringing; all of it can be muted.
const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477];
const KEYS = "123456789*0#";
const RING = 425; // hertz: one second in five, as in the Netherlands
let context = null;
let ringing = null;
let stop = () => {};
let on = true;

// Browsers let a page sound only once somebody has pressed something.
export function wake() {
  context ??= window.AudioContext ? new AudioContext() : null;
  context?.resume();
}

function beep(frequencies, seconds, loudness) {
  if (!on || !context) return;
  const gain = new GainNode(context, { gain: 0 });
  gain.connect(context.destination);
  const start = context.currentTime;
  gain.gain.linearRampToValueAtTime(loudness, start + 0.01);
  gain.gain.setValueAtTime(loudness, start + seconds - 0.02);
  gain.gain.linearRampToValueAtTime(0, start + seconds);
  for (const frequency of frequencies) {
    const sine = new OscillatorNode(context, { frequency });
    sine.connect(gain);
    sine.start(start);
    sine.stop(start + seconds);
  }
}

export function keyTone(key) {
  const place = KEYS.indexOf(key);
  beep([ROWS[Math.floor(place / 3)], COLUMNS[place % 3]], 0.14, 0.06);
}

export function ring() {
  hush();
  beep([RING], 1, 0.05);
  ringing = setInterval(() => beep([RING], 1, 0.05), 5000);
}

export function hush() {
  clearInterval(ringing);
}

// A voice for a language such as "nl-NL": of that country, or else of that language.
function voiceFor(language) {
  const voices = window.speechSynthesis?.getVoices() ?? [];
  const tag = (voice) => voice.lang.replace("_", "-").toLowerCase();
  const wanted = language.toLowerCase();
  return voices.find((each) => tag(each) === wanted) ?? voices.find((each) => tag(each).split("-")[0] === wanted.split("-")[0]);
}

export const canSay = (language) => on && Boolean(voiceFor(language));

// Whether there is then anything that speaks.
export function setOn(wanted) {
  on = wanted;
  if (!on) stop();
  return on && Boolean(window.speechSynthesis?.getVoices().length);
}

// Resolves once all is said, or stopped; some voices never tell that they have ended.
export function say(text, language, seconds) {
  return new Promise((resolve) => {
    const utterance = new SpeechSynthesisUtterance(text);
    const late = setTimeout(() => stop(), seconds * 3000 + 4000);
    stop = () => {
      clearTimeout(late);
      stop = () => {};
      speechSynthesis.cancel();
      resolve();
    };
    Object.assign(utterance, { lang: language, voice: voiceFor(language), onend: () => stop(), onerror: () => stop() });
    speechSynthesis.speak(utterance);
  });
}

export const stopSaying = () => stop();
window.speechSynthesis?.getVoices(); // so that they are loaded when they are needed
