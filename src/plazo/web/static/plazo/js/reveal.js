// A password can be read while it is typed. Without this script the field stays as it is.

for (const input of document.querySelectorAll("input[type=password]")) {
  const template = document.getElementById("reveal");
  if (!template) break;
  const button = template.content.firstElementChild.cloneNode(true);
  button.setAttribute("aria-controls", input.id);
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
    input.focus();
  });
  input.after(button);
}
