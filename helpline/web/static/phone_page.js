// The parts of the page, and the few ways in which they change.
import { lineName, put } from "./phone_words.js";

export const part = (id) => document.getElementById(id);
const heard = part("heard");
const WHO = { helpline: "helpline", caller: "caller", worker: "colleague", problem: "problem" };
const parts = {
  idle: ["dial"],
  listening: ["hang-up", "skip"],
  question: ["hang-up", "wait"],
  ringing: ["hang-up", "worker", "ways"],
  whispering: ["hang-up", "worker", "skip"],
  talking: ["worker", "talk"],
};
const changing = [...new Set(Object.values(parts).flat())];

// Shows what belongs to this moment of a call, and moves the focus only where it would be lost or is wanted.
export function moment(name, focus) {
  const within = part("handset").contains(document.activeElement) || part("worker").contains(document.activeElement);
  const alone = document.activeElement === document.body;
  document.body.dataset.moment = name;
  for (const id of changing) part(id).hidden = !parts[name].includes(id);
  part("speech").hidden = true;
  if (focus && (within || alone)) focus.focus();
  if (name === "ringing") part("worker").scrollIntoView({ block: "nearest" });
  if (name === "question" && within) part("handset").scrollIntoView({ block: "nearest" });
}

export const state = (name, values) => put(part("state"), name, values);

export function caption(text, language) {
  part("caption").textContent = text;
  part("caption").lang = language;
}

// One line of what happens: who, when, and words that are either spoken or the page's own.
export function tell(who, at, { text, language, says, values }) {
  part("nothing").hidden = true;
  const [item, name, seconds, words] = ["li", "b", "time", "p"].map((kind) => document.createElement(kind));
  item.className = who;
  if (who !== "note") put(name, WHO[who]);
  seconds.textContent = clock(at);
  if (says) put(words, says, values);
  else words.textContent = text;
  if (language) words.lang = language;
  item.append(...(who === "note" ? [seconds, words] : [name, seconds, words]));
  heard.append(item);
  heard.scrollTop = heard.scrollHeight;
}

// What the worker hears, or, in the page's own words, does.
export function whisper({ text, language, says, values }) {
  const item = document.createElement("li");
  if (says) put(item, says, values);
  else item.textContent = text;
  item.className = says ? "pressed" : "";
  if (language) item.lang = language;
  part("whispered").append(item);
  part("whisper").hidden = false;
}

// Each line is an element of its own, so that one that is too long goes on under its words; its seconds stay together.
export function transcript(text) {
  part("transcript").replaceChildren(...text.split(/(?<=\n)/).map(line));
  part("transcript").scrollTop = part("transcript").scrollHeight;
  part("copy").disabled = !text;
}

function line(text) {
  const [whole, seconds] = [document.createElement("span"), document.createElement("small")];
  const [, words, comment, end] = text.match(/^(.*?)(# [\d.]+ s)?(\n?)$/);
  seconds.textContent = comment ?? "";
  whole.append(words, seconds, end);
  return whole;
}

export function showLine(line) {
  put(part("line"), "line_name", () => ({ line: lineName(line) }));
  part("whispered").replaceChildren();
  part("whisper").hidden = true;
}

export function clear() {
  for (const id of ["heard", "whispered", "transcript"]) part(id).replaceChildren();
  part("typed").value = "";
}

const clock = (at) => `${Math.floor(at / 60)}:${String(Math.floor(at % 60)).padStart(2, "0")}`;
