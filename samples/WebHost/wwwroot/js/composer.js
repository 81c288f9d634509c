/** The form at the foot of a conversation. Without script it is posted as it stands. */
export function createComposer(form, { drafts, thread, onSent, onSigningOut }) {
  const { key, contact, number, to, text } = form.elements;
  // Looked up each time, for it is put anew when the numbers change.
  const from = () => form.elements.from;
  const button = form.querySelector("button");
  const label = button.textContent;
  const problem = document.getElementById("compose-problem");
  let busy = false;

  function explain(message, field) {
    problem.textContent = message ?? "";
    problem.hidden = !message;
    for (const input of [to, text]) input.removeAttribute("aria-invalid");
    const wrong = field === "to" ? to : field === "text" ? text : null;
    if (!wrong) return;
    wrong.setAttribute("aria-invalid", "true");
    wrong.focus();
  }

  async function send() {
    const answer = await fetch("/api/chat/messages", {
      method: "POST",
      headers: { "Content-Type": "application/json", RequestVerificationToken: form.elements.__RequestVerificationToken.value },
      body: JSON.stringify({ from: number.value || from().value, contact: contact.value || null, to: to.value, text: text.value, key: key.value }),
    });
    if (answer.status === 401) return onSigningOut();
    const body = await answer.json().catch(() => null);
    if (!answer.ok || !body) return explain(body?.message ?? "This did not work. Try again in a moment.", body?.field);

    text.value = "";
    drafts.keep(thread(), "");
    key.value = newKey();
    onSent(body);
    explain(body.problem);
  }

  form.addEventListener("submit", async event => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    button.setAttribute("aria-disabled", "true");
    button.textContent = "Sending";
    try {
      await send();
    } catch {
      explain("There is no connection. Check it and try again; what you wrote is still here.");
    } finally {
      busy = false;
      button.removeAttribute("aria-disabled");
      button.textContent = label;
      if (problem.hidden) text.focus();
    }
  });

  text.addEventListener("input", () => drafts.keep(thread(), text.value));
  text.addEventListener("keydown", event => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });

  return {
    /** Which of several numbers a conversation goes through. */
    nameOf: id => from().options.length > 1 ? `to ${[...from().options].find(option => option.value === id)?.textContent ?? id}` : null,
    isUntouched: () => !to.value.trim() && document.activeElement !== to,
    focus: () => (form.hidden ? document.getElementById("read-only") : contact.value ? text : to).focus(),
    /** Answers in a conversation, or begins one, with what was typed for it before. */
    enter(thread, canSend) {
      contact.value = thread?.contact ?? "";
      number.value = thread?.number ?? "";
      document.getElementById("compose-new").hidden = !!thread;
      text.value = drafts.read(thread) || text.defaultValue;
      text.defaultValue = "";
      this.allow(canSend);
      explain(null);
    },
    /** What was typed stays for when it can be sent. */
    allow(canSend) {
      const left = !canSend && form.contains(document.activeElement);
      form.hidden = !canSend;
      if (left) document.getElementById("read-only").focus();
    },
  };
}

/** As crypto.randomUUID, which browsers have on secure pages only. */
function newKey() {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");
  return bytes.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
