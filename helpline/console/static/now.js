// The first page brings itself up to date: it is told that something is new, asks for itself, and changes only what is
// other than before. So what has the focus keeps it, and nothing moves that stays the same.

const ADDRESS = "/console?by-itself";
const AGAIN_MS = 10_000;
const EVERY_MS = 60_000; // in any case: what came and went between two looks of the stream is told by nobody
const LOST_MS = 8_000; // a stream that ends is mostly there again in less

const button = document.querySelector("#updates");
const lost = document.querySelector("#lost");
let stream = null;
let later = 0;
let every = 0;
let losing = 0;
let asking = false;
let isNew = false;

/** Makes a node like another one, in place. */
function become(node, other) {
  if (node.isEqualNode(other)) return;
  if (node.nodeName !== other.nodeName) return void node.replaceWith(other.cloneNode(true));
  if (node.nodeType !== Node.ELEMENT_NODE) return void (node.data = other.data);
  for (const { name } of [...node.attributes]) if (!other.hasAttribute(name)) node.removeAttribute(name);
  for (const { name, value } of other.attributes) if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  becomeInside(node, other);
}

/** The same for what is in it: each child with that of the same key, else with the one in its place. */
function becomeInside(node, other) {
  const wanted = [...other.childNodes];
  const keys = new Set(wanted.map(keyOf).filter(Boolean));
  for (const child of [...node.childNodes]) if (keyOf(child) && !keys.has(keyOf(child))) child.remove();
  wanted.forEach((child, place) => {
    const key = keyOf(child);
    const there = node.childNodes[place];
    const same = key ? [...node.childNodes].find((each) => keyOf(each) === key) : there && !keyOf(there) ? there : null;
    if (!same) return void node.insertBefore(child.cloneNode(true), there ?? null);
    // Rather than that it is moved, which would take the focus from it, what has no key goes from before it.
    while (node.childNodes[place] !== same && !keyOf(node.childNodes[place])) node.childNodes[place].remove();
    if (node.childNodes[place] !== same) node.insertBefore(same, node.childNodes[place]);
    become(same, child);
  });
  while (node.childNodes.length > wanted.length) node.lastChild.remove();
}

function keyOf(node) {
  return node.dataset?.key || node.id || node.getAttribute?.("aria-labelledby") || "";
}

async function renew() {
  if (asking) return void (isNew = true);
  asking = true;
  try {
    do {
      isNew = false;
      const answer = await fetch(ADDRESS, { redirect: "error" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const board = page.querySelector("#board");
      if (isStopped()) return;
      if (answer.status === 403) return location.reload(); // signed out: the sign-in page comes
      become(document.querySelector("#board"), board);
      become(document.querySelector(".chip"), page.querySelector(".chip"));
    } while (isNew);
    tell(true);
  } catch {
    tell(false);
    clearTimeout(later);
    later = setTimeout(watchAgain, AGAIN_MS);
  } finally {
    asking = false;
  }
}

function tell(isThere) {
  clearTimeout(losing);
  losing = 0;
  lost.textContent = isThere ? "" : lost.dataset.words;
}

function watch() {
  unwatch();
  if (document.hidden || isStopped()) return;
  every = setInterval(renew, EVERY_MS);
  stream = new EventSource("/console/events?by-itself");
  stream.addEventListener("news", renew);
  stream.addEventListener("over", () => location.reload());
  stream.addEventListener("error", () => {
    losing ||= setTimeout(tell, LOST_MS, false);
    if (stream.readyState === EventSource.CLOSED) later = setTimeout(watchAgain, AGAIN_MS);
  });
}

function isStopped() {
  return button.getAttribute("aria-pressed") === "false";
}

function watchAgain() {
  renew(); // whether or not there is a stream to be had
  watch();
}

function unwatch() {
  clearTimeout(later);
  clearInterval(every);
  stream?.close();
}

button.hidden = false;
button.addEventListener("click", () => {
  button.setAttribute("aria-pressed", isStopped());
  watch();
});
document.addEventListener("visibilitychange", watch); // of many tabs only the one in sight holds a connection
addEventListener("pagehide", unwatch);
watch();
