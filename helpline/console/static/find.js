// Finds while it is typed; without this the button does. What is typed goes in the body of a POST, never in an address.

const form = document.querySelector("form.asks");
const box = form.querySelector("input[name=what]");
const found = document.querySelector("#found");
const WAITS = 300; // milliseconds after the last key

let waiting;
let asking = new AbortController();

async function ask() {
  asking.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      signal: asking.signal,
    });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("#found");
    if (answer.ok && fresh) found.replaceChildren(...fresh.childNodes);
  } catch (fault) {
    if (fault.name !== "AbortError") clearTimeout(waiting); // the button still asks, and tells what is wrong
  }
}

box.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, WAITS);
});
