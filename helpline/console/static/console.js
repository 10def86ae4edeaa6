// Where it helps, and no more: every page works without it.

const drawer = document.querySelector(".you");

addEventListener("click", (event) => {
  if (!drawer.contains(event.target)) drawer.open = false;
});

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drawer.open) {
    drawer.open = false;
    drawer.querySelector("summary").focus();
  }
});

// What was typed and not sent is not lost by a slip of the finger: the browser asks first.
let unsent = false;

addEventListener("input", (event) => {
  if (event.target.closest("form[method=post]:not(.sign-in, .asks)")) unsent = true;
});

addEventListener("submit", () => {
  unsent = false;
});

addEventListener("beforeunload", (event) => {
  if (unsent) event.preventDefault();
});
