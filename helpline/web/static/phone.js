// A telephone in the browser: what a person does on the page, and the call that it belongs to.
import { Call } from "./phone_call.js";
import { Line, Refused } from "./phone_line.js";
import { caption, moment, part, state } from "./phone_page.js";
import { follow, showWhole } from "./phone_picture.js";
import { keyTone, setOn, wake } from "./phone_sound.js";
import { time } from "./phone_time.js";
import { put, speak } from "./phone_words.js";

const KEYS = "0123456789*#";
const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
const asked = new URLSearchParams(location.search);
let call = null;

function caller() {
  const chosen = document.querySelector("input[name=caller]:checked").value;
  return chosen === "other" ? part("number").value : chosen;
}

async function begin() {
  wake();
  const from = caller();
  part("handset").scrollIntoView({ block: "nearest" });
  const current = (call = new Call((how) => current === call && end(how)));
  try {
    const line = await Line.call(from, (event) => current.told(event), () => current === call && end("lost"));
    current.on(line);
  } catch (refused) {
    end(refused instanceof Refused ? refused.message : "lost");
  }
}

function end(how) {
  call?.leave();
  call = null;
  caption("", "");
  part("typed").value = "";
  moment("idle", part("call"));
  put(part("call"), "again");
  state(how);
}

function press(key) {
  const button = part("keys").querySelector(`[data-key="${CSS.escape(key)}"]`);
  button.classList.add("down");
  setTimeout(() => button.classList.remove("down"), 150);
  if (call) call.press(key);
  else keyTone(key);
}

function say(words) {
  if (words.trim()) call?.open?.say(words.trim());
  part("spoken").value = "";
}

function listen() {
  const ear = new Recognition();
  ear.lang = part("spoken").lang;
  ear.onresult = (heard) => (part("spoken").value = heard.results[0][0].transcript);
  ear.start();
}

async function copy() {
  const text = part("transcript").textContent;
  try {
    await navigator.clipboard.writeText(text);
    put(part("copied"), "copied");
    setTimeout(() => (part("copied").textContent = ""), 3000);
  } catch {
    getSelection().selectAllChildren(part("transcript")); // not allowed: at least it is selected
  }
}

// Whoever has a screen reader hears each line once: from the browser's voice, or from the reader.
function setSound() {
  const speaks = setOn(part("sound").checked);
  part("heard").ariaLive = part("whispered").ariaLive = speaks ? "off" : "polite";
}

part("dial").addEventListener("submit", (event) => {
  event.preventDefault();
  begin();
});
part("speech").addEventListener("submit", (event) => {
  event.preventDefault();
  say(part("spoken").value);
});
part("number").addEventListener("focus", () => (document.querySelector("input[value=other]").checked = true));
part("keys").addEventListener("click", (event) => {
  const button = event.target.closest("[data-key]");
  if (button) press(button.dataset.key);
});
// Only where the telephone has the focus: elsewhere a digit may mean something to a screen reader or a voice control.
part("handset").addEventListener("keydown", (event) => {
  if (event.target.matches("input:not([type=radio], [type=checkbox]), select") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (KEYS.includes(event.key)) press(event.key);
});
part("ways").addEventListener("click", (event) => {
  const button = event.target.closest("[data-way]");
  if (button) call?.endRing?.(button.dataset.way);
});
part("hang-up").addEventListener("click", () => call?.hangUp());
part("skip").addEventListener("click", () => call?.goOn());
part("wait").addEventListener("click", () => call?.open?.timeIsUp());
part("listen").addEventListener("click", listen);
part("copy").addEventListener("click", copy);
part("sound").addEventListener("change", setSound);
part("pace").addEventListener("change", () => {
  time.pace = part("pace").value;
  call?.atNewPace();
});
part("whole").addEventListener("click", () => {
  const whole = part("whole").ariaPressed !== "true";
  part("whole").ariaPressed = String(whole);
  showWhole(whole);
});
document.querySelector("nav").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault(); // a call goes on in the other language
  document.querySelector("nav [aria-current]").removeAttribute("aria-current");
  link.ariaCurrent = "true";
  speak(link.lang);
  asked.set("lang", link.lang);
  history.replaceState(null, "", `?${asked}`);
});
addEventListener("pagehide", () => call?.line?.hangUp());
addEventListener("resize", follow);
window.speechSynthesis?.addEventListener?.("voiceschanged", setSound);

part("microphone").hidden = !Recognition;
if ([...part("pace").options].some((each) => each.value === asked.get("pace"))) part("pace").value = asked.get("pace");
time.pace = part("pace").value;
setSound();
moment("idle");
