// Hear a prompt by the browser's own voice: not the one that callers hear, but the same words.

const note = document.querySelector("#silent");

function say(button) {
  const { say, tag } = button.dataset;
  const [language] = tag.split("-");
  const voices = speechSynthesis.getVoices();
  const voice = voices.find((each) => each.lang === tag) ?? voices.find((each) => each.lang.startsWith(language));
  note.textContent = voices.length && !voice ? note.dataset.none : "";
  const words = new SpeechSynthesisUtterance(say);
  words.lang = tag;
  if (voice) words.voice = voice;
  speechSynthesis.cancel();
  speechSynthesis.speak(words);
}

if ("speechSynthesis" in window) {
  for (const button of document.querySelectorAll(".hear")) {
    button.hidden = false;
    button.addEventListener("click", () => say(button));
  }
}
