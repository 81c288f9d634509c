import { createRecorder } from "./recorder.js";
import { upload } from "./server.js";
import { say } from "./words.js";

/** A file beside the text: chosen, dropped or pasted, or spoken. It goes up first and is then sent by the id that Meta gave it. */
export function createAttachment(form, { explain, number, ready }) {
  const [chosen, input, tools] = ["chosen", "file", "tools"].map(id => document.getElementById(id));
  const [label, progress, canvas] = [chosen.querySelector("p"), chosen.querySelector("progress"), chosen.querySelector("canvas")];
  const talk = form.closest(".talk");
  let [file, isVoice, isGoing] = [null, false, false];

  tools.hidden = false;
  createRecorder(document.getElementById("record"), {
    explain,
    onTime: words => { label.textContent = words; chosen.hidden = false; },
    onDone: recorded => { if (recorded) take(recorded, true); else clear(); },
  });

  function take(next, voice = false) {
    [file, isVoice] = [next, voice];
    chosen.hidden = false;
    progress.hidden = true;
    label.textContent = voice ? say("voice") : next.name;
    explain(null);
    preview(next).catch(() => { canvas.hidden = true; });
    form.querySelector("textarea").focus();
  }

  /** Drawn and not loaded: the page's policy lets it show only what this host serves. */
  async function preview(next) {
    canvas.hidden = true;
    if (!/^image\/(jpeg|png)$/.test(next.type)) return;
    const picture = await createImageBitmap(next, { resizeHeight: 64 });
    [canvas.width, canvas.height, canvas.hidden] = [picture.width, picture.height, false];
    canvas.getContext("2d").drawImage(picture, 0, 0);
  }

  function clear() {
    [file, isVoice] = [null, false];
    chosen.hidden = true;
    canvas.hidden = true;
    input.value = "";
  }

  async function send() {
    if (isGoing) return;
    isGoing = true;
    const [going, name] = [file, isVoice ? "voice" : file.name || "file"];
    progress.hidden = false;
    try {
      const address = `/api/chat/files?${new URLSearchParams({ number: number(), name, voice: isVoice })}`;
      const { ok, body } = await upload(address, going, percent => {
        progress.value = percent;
        label.textContent = say("uploading", name, percent);
      });
      if (file !== going) return;
      if (!ok) {
        take(going, isVoice);
        return explain(body?.message ?? say("notTaken"));
      }
      clear();
      ready(body);
    } catch {
      take(going, isVoice);
      explain(say("noConnection"));
    } finally {
      isGoing = false;
    }
  }

  input.addEventListener("change", () => input.files[0] && take(input.files[0]));
  chosen.querySelector("button").addEventListener("click", () => {
    clear();
    form.querySelector("textarea").focus();
  });
  form.addEventListener("paste", event => {
    const pasted = event.clipboardData?.files[0];
    if (!pasted) return;
    event.preventDefault();
    take(pasted);
  });
  talk.addEventListener("dragover", event => {
    if (form.hidden || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    talk.classList.add("drop");
  });
  talk.addEventListener("dragleave", event => !talk.contains(event.relatedTarget) && talk.classList.remove("drop"));
  talk.addEventListener("drop", event => {
    talk.classList.remove("drop");
    const dropped = event.dataTransfer?.files[0];
    if (form.hidden || !dropped) return;
    event.preventDefault();
    take(dropped);
  });

  return { has: () => !!file, upload: send, clear };
}
