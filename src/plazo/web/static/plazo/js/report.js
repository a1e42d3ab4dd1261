// The catalogue, filtered while one types: without accents and in any order of words.

function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();
}

function filter(input) {
  const words = fold(input.value).split(/\s+/).filter((word) => word.length > 2);
  const list = document.querySelector(input.dataset.filters);
  const scored = [...list.children].map((option) => {
    const text = fold(option.dataset.words);
    return [option, words.filter((word) => text.includes(word)).length];
  });
  const best = Math.max(...scored.map(([, score]) => score));
  for (const [option, score] of scored) {
    const chosen = option.querySelector(":checked") !== null;
    option.hidden = words.length > 0 && !chosen && option.dataset.words !== "" && (score === 0 || score < best);
  }
  const count = document.getElementById(input.getAttribute("aria-describedby"));
  count.textContent = words.length > 0 && best === 0 ? count.dataset.none : "";
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
