// Forms that open when asked for and keep their text when closed, the help on keys, acts from a row of the queue.

const FIELDS = "textarea, select, input:not([type=hidden]):not([type=file])";
// What a key does on the row that has the focus: the part of the ticket's page, and what follows the answer.
const FROM_ROW = {
  r: ["acto-reply", ""],
  p: ["acto-reply", "wait"],
  R: ["acto-reply", "resolve"],
  n: ["acto-note", ""],
  l: ["acto-call", ""],
  c: ["acto-classify", ""],
  a: ["acto-assign", ""],
  h: ["historial", ""],
};

function openersOf(id) {
  return [...document.querySelectorAll(`[data-opens="${id}"]`)];
}

function expand(panel, isOpen) {
  panel.classList.toggle("open", isOpen);
  for (const each of openersOf(panel.id)) each.setAttribute("aria-expanded", String(isOpen));
}

function open(id, then) {
  const panel = document.getElementById(id);
  for (const each of document.querySelectorAll(".panel.open")) expand(each, each === panel);
  expand(panel, true);
  const follows = then && panel.querySelector(`input[name=then][value="${then}"]`);
  if (follows) follows.checked = true;
  panel.querySelector(FIELDS)?.focus();
  panel.scrollIntoView({ block: "nearest" });
}

function close(panel) {
  expand(panel, false);
  openersOf(panel.id)[0]?.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("[data-opens], [data-closes], [data-dialog]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.dataset.opens) open(link.dataset.opens, link.dataset.then);
  else if (link.dataset.closes) close(document.getElementById(link.dataset.closes));
  else document.getElementById(link.dataset.dialog).showModal();
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented || !(event.target instanceof Element)) return;
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
    const panel = event.target.closest(".panel.open") ?? document.querySelector(".panel.open");
    if (panel) close(panel);
    else event.target.blur?.();
  } else if (document.body.dataset.keys !== "off" && !event.ctrlKey && !event.altKey && !event.metaKey) {
    if (event.target.matches("table[data-rows] [data-row]")) fromRow(event);
  }
});

function fromRow(event) {
  const address = new URL(event.target.href);
  const asked = FROM_ROW[event.key];
  if (asked) {
    const [part, then] = asked;
    if (then) address.searchParams.set("despues", then);
    address.hash = part;
    location.assign(address);
  } else if (event.key === "t") {
    const form = document.getElementById("tomar");
    form.action = `${address.pathname}tomar/${address.search}`;
    form.requestSubmit();
  } else return;
  event.preventDefault();
}

// A text that nobody sent is not left behind without a word.
window.addEventListener("beforeunload", (event) => {
  const forms = [...document.querySelectorAll("form[data-keeps]")];
  const unsent = forms.some((form) => !form.dataset.sent && form.querySelector("textarea")?.value.trim());
  if (unsent) event.preventDefault();
});

function arrive() {
  for (const each of document.querySelectorAll("[data-opens]")) {
    const panel = document.getElementById(each.dataset.opens);
    each.setAttribute("aria-expanded", String(panel.classList.contains("open")));
    each.setAttribute("aria-controls", panel.id);
  }
  const asked = document.getElementById(location.hash.slice(1));
  if (asked?.matches(".panel")) {
    // While the address names a part, the browser takes the focus there once the page has loaded.
    history.replaceState(history.state, "", location.pathname + location.search);
    open(asked.id);
  }
  if (asked?.matches("details")) asked.open = true;
}

arrive();
