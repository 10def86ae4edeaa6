// The page's own words, in the language that is chosen; what callers hear stays as it is spoken.
const all = JSON.parse(document.body.dataset.words);
const filled = new WeakMap();

export const word = (name, values = {}) =>
  all[document.documentElement.lang][name].replace(/\{(\w+)\}/g, (_, key) => values[key]);

// The words of an element; they follow when another language is chosen. Values may be words themselves, as functions.
export function put(element, name, values = () => ({})) {
  element.dataset.says = name;
  filled.set(element, values);
  const text = word(name, values());
  if (element.textContent !== text) element.textContent = text; // else a screen reader would say it again
}

export function speak(language) {
  document.documentElement.lang = language;
  document.title = word("title");
  for (const each of document.querySelectorAll("[data-says]")) {
    each.textContent = word(each.dataset.says, (filled.get(each) ?? (() => ({})))());
  }
  for (const each of document.querySelectorAll("[data-label]")) each.setAttribute("aria-label", word(each.dataset.label));
}

const capital = (part) => (part === "en" ? part : part[0].toUpperCase() + part.slice(1));

// How a ring ended, as the button says it; what no button says, as the call has it.
export const wayName = (reply) => {
  const name = `way_${reply.replaceAll(" ", "_")}`;
  return name in all.nl ? word(name).toLowerCase() : reply;
};

// A line such as "Utrecht, advies, 1e nummer", from the file's name, the line and which of its numbers.
export function lineName({ organisation, line, place }) {
  if (!line) return organisation;
  const name = organisation.split("-").map(capital).join(" ").replace(/^Ij/, "IJ");
  const form = { "": "line", diverted: "line_diverted" }[place] ?? "line_numbered";
  return word(form, { organisation: name, kind: word(line), place });
}
