import { forgetDrafts } from "./drafts.js";
import { showTimes } from "./times.js";

showTimes(document);

// Said once: a reload or a bookmark should not say again that connecting went well. The fragment is Meta's.
const here = new URL(location.href);
if (here.searchParams.has("whatsapp") || here.hash === "#_=_") {
  here.searchParams.delete("whatsapp");
  if (here.pathname === "/dashboard")
    here.searchParams.delete("attempt");
  if (here.hash === "#_=_") here.hash = "";
  history.replaceState(history.state, "", here);
}

// Signing out leaves nothing behind.
document.querySelector("form[action='/auth/logout']")?.addEventListener("submit", forgetDrafts);

// A form that leaves the page says so on its button, and cannot be sent twice.
document.addEventListener("submit", event => {
  const form = event.target;
  if (event.defaultPrevented || !form.dataset.busy || event.submitter?.formMethod === "dialog") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
  const button = event.submitter ?? form.querySelector("button");
  button.dataset.label = button.textContent;
  button.textContent = form.dataset.busy;
  button.setAttribute("aria-disabled", "true");
});

for (const box of document.querySelectorAll("[data-shows]"))
  box.addEventListener("change", () => { document.getElementById(box.dataset.shows).type = box.checked ? "text" : "password"; });

// What can be copied can also be selected, where there is no script or no clipboard.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    await navigator.clipboard.writeText(field.value).then(() => { button.textContent = button.dataset.copied; }, () => {});
  });
}

// Back from Meta by the browser's own button: the page is as it was left.
window.addEventListener("pageshow", event => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button[data-label]")) {
      button.textContent = button.dataset.label;
      button.removeAttribute("aria-disabled");
    }
  }
});

// While a dialog is open, the page behind it is hidden from assistive technology too. Openers and dialogs may be put anew.
document.addEventListener("click", event => {
  const opener = event.target.closest?.("[data-dialog]");
  if (!opener) return;
  event.preventDefault();
  const dialog = document.getElementById(opener.dataset.dialog);
  const behind = document.querySelectorAll("main, header.top, aside, footer");
  dialog.addEventListener("close", () => {
    for (const part of behind) part.removeAttribute("aria-hidden");
    (opener.isConnected ? opener : document.querySelector(`[data-dialog="${dialog.id}"]`))?.focus();
  }, { once: true });
  dialog.showModal();
  for (const part of behind) part.setAttribute("aria-hidden", "true");
});
