// What the customer will read, as it is filled in.
const parts = [...document.querySelectorAll(".fill [data-text]")];
const fields = [...document.querySelectorAll(".fill [data-placeholder]")].filter(field => field.dataset.placeholder);

function show() {
  for (const part of parts) {
    const own = fields.filter(field => field.dataset.part === part.dataset.part);
    part.textContent = own.reduce((text, field) => field.value.trim() ? text.replaceAll(field.dataset.placeholder, () => field.value.trim()) : text, part.dataset.text);
  }
}

for (const field of fields) field.addEventListener("input", show);
show();

for (const form of document.querySelectorAll("[data-submits]")) {
  form.querySelector("button").hidden = true;
  form.addEventListener("change", () => form.requestSubmit());
}
