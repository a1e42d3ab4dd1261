// A file too large is named before it travels; the server decides all the same.

document.addEventListener("change", (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || input.type !== "file" || !input.dataset.maxBytes) return;
  const large = [...input.files].find((file) => file.size > Number(input.dataset.maxBytes));
  input.setCustomValidity(large ? `${large.name}: ${input.dataset.tooLarge}` : "");
  input.reportValidity();
});
