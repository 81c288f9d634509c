import { say } from "./words.js";

const longest = 10 * 60;
const types = ["audio/ogg;codecs=opus", "audio/mp4;codecs=mp4a.40.2", "audio/mp4"];

/** Records what somebody says; pressed once more, it is done. */
export function createRecorder(button, { explain, onTime, onDone }) {
  let recorder = null;

  async function start() {
    const type = window.MediaRecorder && types.find(one => MediaRecorder.isTypeSupported(one));
    if (!type || !navigator.mediaDevices) return explain(say("noRecorder"));
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
    if (!stream) return explain(say("noMicrophone"));
    explain(null);
    const parts = [];
    let seconds = 0;
    recorder = new MediaRecorder(stream, { mimeType: type });
    const tick = () => {
      onTime(say("recording", `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`));
      if (seconds++ >= longest) recorder.stop();
    };
    const clock = setInterval(tick, 1000);
    tick();
    recorder.addEventListener("dataavailable", event => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      clearInterval(clock);
      for (const track of stream.getTracks()) track.stop();
      button.classList.remove("on");
      button.removeAttribute("aria-pressed");
      recorder = null;
      const sound = new Blob(parts, { type: type.split(";")[0] });
      onDone(sound.size > 0 ? sound : null);
    });
    recorder.start();
    button.classList.add("on");
    button.setAttribute("aria-pressed", "true");
  }

  button.addEventListener("click", () => recorder ? recorder.stop() : start());
}
