document.documentElement.classList.add("js");

// What every page needs: focus where the reader asked to go, menus that close, forms that go once, refusals that show.

function focusAsked(root) {
  const asked = root.querySelector?.("[data-focus]") ?? (root.matches?.("[data-focus]") ? root : null);
  asked?.focus();
}

function say(text, region = "live") {
  const place = document.getElementById(region);
  if (place && place.textContent !== text) place.textContent = text;
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(except)) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// The one-time token makes a second send harmless; this only spares the reader the doubt.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

document.addEventListener("htmx:afterSwap", (event) => focusAsked(event.detail.elt));

document.addEventListener("htmx:afterSettle", (event) => {
  const words = event.detail.elt.querySelector?.("[data-say]")?.dataset.say;
  if (words) say(words);
});

// A refusal that gives back what was typed says itself where it goes.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.xhr.getResponseHeader("HX-Reselect")) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
});

document.addEventListener("htmx:responseError", (event) => failed(event.detail.elt));
document.addEventListener("htmx:sendError", (event) => failed(event.detail.elt));

// What reads itself anew says in place since when it could not; what the reader sent says that it is still here.
function failed(element) {
  if (element.dataset.stale) {
    element.dataset.since ??= new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
    element.textContent = `${element.dataset.stale} ${element.dataset.since}`;
    return;
  }
  delete element.closest?.("form")?.dataset.sent;
  say(document.body.dataset.failed ?? "", "alert");
}

document.addEventListener("htmx:afterRequest", (event) => {
  const element = event.detail.elt;
  if (!event.detail.successful || !element.dataset?.since) return;
  delete element.dataset.since;
  if (event.detail.xhr.status === 204) element.textContent = "";
});

focusAsked(document);
