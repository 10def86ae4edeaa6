// The picture of the conversation: the way the call has come is lit, and where it is now is in view.
const frame = document.getElementById("picture");
const picture = frame.querySelector("svg");
const ALL_QUESTIONS = "questions"; // the frame around all forms of the question
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let shown = "";

const box = (name) => picture.querySelector(`[data-box="${name}"]`);

function arrow(from, to) {
  const ways = [[from, to], [ALL_QUESTIONS, to], [from, ALL_QUESTIONS]];
  return ways.map(([start, end]) => picture.querySelector(`[data-from="${start}"][data-to="${end}"]`)).find(Boolean);
}

export function light(boxes) {
  if (boxes.join() === shown) return;
  shown = boxes.join();
  for (const each of picture.querySelectorAll(".lit, .now")) each.classList.remove("lit", "now");
  boxes.forEach((name, place) => {
    box(name)?.classList.add("lit");
    if (place) arrow(boxes[place - 1], name)?.classList.add("lit");
  });
  box(boxes.at(-1))?.classList.add("now");
  follow();
}

export function follow() {
  const now = picture.querySelector(".now");
  if (!now) return;
  const [seen, inside] = [frame.getBoundingClientRect(), now.getBoundingClientRect()];
  frame.scrollBy({
    left: inside.left + inside.width / 2 - seen.left - seen.width / 2,
    top: inside.top + inside.height / 2 - seen.top - seen.height / 2,
    behavior: calm.matches ? "auto" : "smooth",
  });
}

export function showWhole(whole) {
  frame.classList.toggle("whole", whole);
  follow();
}
