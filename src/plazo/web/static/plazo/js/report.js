// The catalogue, filtered while one types: what fits best comes first, in whatever form its words are written.

function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();
}

// What the forms of a word share: "correo" and "correos", "recibo" and "reciben". Short words keep their vowel.
function stem(word) {
  const one = word.length > 4 ? word.replace(/(es|s|n)$/, "") : word;
  const short = one.replace(/[aeio]$/, "");
  return short.length < 4 ? one : short;
}

function words(text) {
  return fold(text).match(/[a-z0-9]{3,}/g) ?? [];
}

const orders = new WeakMap(); // of each list: its options as they came

function optionsOf(list) {
  if (!orders.has(list)) {
    const read = (option) => ({ option, title: words(option.querySelector("span").textContent), all: words(option.dataset.words) });
    orders.set(list, [...list.children].map(read));
  }
  return orders.get(list);
}

// A word that few options have says more than one that most have, and in a title thrice as much.
function scored(options, asked) {
  const scores = new Map(options.map(({ option }) => [option, 0]));
  for (const each of asked) {
    const having = options.filter(({ all }) => all.some((word) => word.startsWith(each)));
    const weight = Math.log((options.length + 1) / (having.length + 1)) + 0.1;
    for (const { option, title } of having) {
      scores.set(option, scores.get(option) + weight * (title.some((word) => word.startsWith(each)) ? 3 : 1));
    }
  }
  return scores;
}

// A word found in a description alone scores a third of one found in a title: such options stay too.
function filter(input) {
  const asked = [...new Set(words(input.value).map(stem))];
  const list = document.querySelector(input.dataset.filters);
  const options = optionsOf(list);
  const scores = scored(options, asked);
  const best = Math.max(...scores.values());
  const chosen = (option) => option.querySelector(":checked") !== null;
  const always = (option) => asked.length === 0 || option.dataset.words === "" || chosen(option);
  const ordered = options.map(({ option }) => option);
  if (asked.length > 0) {
    ordered.sort((a, b) => (b.dataset.words === "") - (a.dataset.words === "") || scores.get(b) - scores.get(a));
  }
  for (const option of ordered) {
    option.hidden = !always(option) && (best === 0 || scores.get(option) < best / 3.01);
    list.append(option);
  }
  list.scrollTop = 0;
  const count = document.getElementById(input.getAttribute("aria-describedby"));
  count.textContent = asked.length > 0 && best === 0 ? count.dataset.none : "";
}

// A form that comes back with a fault shows what was chosen, however far down the list it stands.
function showChosen() {
  const chosen = document.querySelector(".choice-list :checked")?.closest(".choice");
  if (chosen) chosen.parentElement.scrollTop = chosen.offsetTop - chosen.parentElement.offsetTop;
}

document.addEventListener("input", (event) => {
  if (event.target instanceof HTMLInputElement && event.target.dataset.filters) filter(event.target);
});

// Enter in the filter chooses nothing and sends nothing.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target instanceof HTMLInputElement && event.target.dataset.filters) {
    event.preventDefault();
  }
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt.querySelector?.(".choice-list")) showChosen();
});
showChosen();
