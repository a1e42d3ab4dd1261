// Single keys for the commonest acts. A button or link says its key in `data-key`; nothing else is bound.
// AltGr writes @ on Spanish keyboards and arrives as Ctrl+Alt, so no key with a modifier is ever taken,
// save Ctrl+Enter, which sends the form one is writing in.

const TEXT = "input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select";

function isTyping(target) {
  return target instanceof Element && (target.closest(TEXT) !== null || target.isContentEditable);
}

function act(element) {
  if (element.matches(TEXT)) {
    element.focus();
    element.select?.();
  } else {
    element.click();
  }
}

function send(event) {
  const form = event.target instanceof Element && event.target.closest("form");
  if (form && event.target.matches("textarea, input")) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("button[data-sends]") ?? undefined);
  }
}

function visible(element) {
  return element.getClientRects().length > 0 && !element.disabled;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented || event.altKey || event.metaKey) return;
  if (event.ctrlKey) {
    if (event.key === "Enter") send(event);
    return;
  }
  if (document.body.dataset.keys === "off" || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const named = document.querySelectorAll("[data-key]");
  const found = [...named].find((each) => each.dataset.key.split(" ").includes(event.key) && visible(each));
  if (found) {
    event.preventDefault();
    act(found);
  }
});
