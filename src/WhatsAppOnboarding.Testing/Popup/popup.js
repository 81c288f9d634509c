// Tells the page that opened this window how the signup ended: what is posted, and in which order, the server has written down.
const stage = document.querySelector("[data-ending]");
const ending = stage ? JSON.parse(stage.dataset.ending) : null;
let told = false;

// The code's 30 seconds begin when it is handed over, not when the last screen is shown.
function handOver() {
  if (stage.dataset.handedOver) navigator.sendBeacon(stage.dataset.handedOver, new URLSearchParams({ code: ending.code }));
}

function post(data) {
  window.opener?.postMessage(data, ending.origin);
}

async function tell() {
  told = true;
  handOver();
  for (const data of ending.posts) {
    post(data);
    await new Promise((go) => setTimeout(go, 80));
  }
  window.close();
}

function leave() {
  if (told) return;
  told = true;
  handOver();
  ending.posts.forEach(post);
}

document.addEventListener("submit", () => (told = true));
if (ending) {
  document.querySelector("[data-finish]")?.addEventListener("click", tell);
  // Not pagehide: by then the browser no longer delivers messages.
  window.addEventListener("beforeunload", leave);
  if ("atOnce" in stage.dataset) tell();
}
