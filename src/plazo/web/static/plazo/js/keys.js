// Single keys for the commonest acts. A button or link says its key in `data-key`, a page after `g` in
// `data-go`; `data-row` marks what j and k step through. The help lists the same (web/desk/keys.py).
// AltGr writes @ on Spanish keyboards and arrives as Ctrl+Alt, so no key with a modifier is ever taken,
// save Ctrl+Enter, which sends the form one is writing in.

const TEXT = "input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select";
const JUMP_WITHIN = 1500;
const STEPS = { j: 1, k: -1 };
let jumping = -Infinity;

function isTyping(target) {
  return target instanceof Element && (target.closest(TEXT) !== null || target.isContentEditable);
}

function act(element) {
  if (element.matches("a, button, summary")) {
    element.click();
  } else {
    element.focus();
    element.select?.();
  }
}

function send(event) {
  const form = event.target instanceof Element && event.target.closest("form");
  if (form && event.target.matches("textarea, input, select")) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("button[data-sends]") ?? undefined);
  }
}

function visible(element) {
  return element.getClientRects().length > 0 && !element.disabled;
}

function named(key) {
  const all = [...document.querySelectorAll("[data-key]")];
  return all.find((each) => each.dataset.key.split(" ").includes(key) && visible(each));
}

function step(by) {
  const rows = [...document.querySelectorAll("[data-row]")].filter(visible);
  const at = rows.indexOf(document.activeElement);
  rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1)]?.focus();
  return rows.length > 0;
}

function mark() {
  const box = document.activeElement?.closest("[data-item]")?.querySelector("input[type=checkbox]");
  box?.click();
  return box !== undefined && box !== null;
}

// Answers whether the key meant something here.
function pressed(key) {
  if (performance.now() - jumping < JUMP_WITHIN) {
    jumping = -Infinity;
    const page = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
    page?.click();
    return page !== null;
  }
  if (key === "g") {
    jumping = performance.now();
    return true;
  }
  const found = named(key);
  if (found) {
    act(found);
    return true;
  }
  if (key in STEPS) return step(STEPS[key]);
  return key === "x" && mark();
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented || event.altKey || event.metaKey) return;
  if (event.ctrlKey) {
    if (event.key === "Enter") send(event);
    return;
  }
  if (document.body.dataset.keys === "off" || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (pressed(event.key)) event.preventDefault();
});
