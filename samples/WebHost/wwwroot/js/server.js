import { say } from "./words.js";

/** The way to the server, for what the inbox asks and changes. A sign-in that has ended leads to the sign-in, which says so. */
export async function ask(url, { orNull = false, tag = null } = {}) {
  const answer = await fetch(url, { headers: { Accept: "application/json", ...tag && { "If-None-Match": tag } } });
  if (answer.status === 401) leave();
  if (answer.status === 304) return "same";
  if (answer.status === 404 && orNull) return null;
  if (!answer.ok) throw new Error(`${answer.status}`);
  return Object.assign(await answer.json(), { tag: answer.headers.get("ETag") });
}

/** What became of it: the body of the answer, or why not. Throws where nobody answered. */
export async function change(url, body) {
  const token = document.querySelector("#compose input[name=__RequestVerificationToken]").value;
  const answer = await fetch(url, {
    method: "POST",
    headers: { RequestVerificationToken: token, ...body && { "Content-Type": "application/json" } },
    body: body && JSON.stringify(body),
  });
  if (answer.status === 401) {
    leave();
    return { ok: false, body: { message: say("signedOut") } };
  }
  const read = answer.status === 204 ? null : await answer.json().catch(() => null);
  return { ok: answer.ok, body: read };
}

/** The same of a file, which says how far it is. */
export function upload(url, file, onProgress) {
  const token = document.querySelector("#compose input[name=__RequestVerificationToken]").value;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("RequestVerificationToken", token);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.addEventListener("progress", event => event.lengthComputable && onProgress(Math.round(event.loaded / event.total * 100)));
    request.addEventListener("error", reject);
    request.addEventListener("load", () => {
      if (request.status === 401) leave();
      let body = null;
      try { body = JSON.parse(request.responseText); } catch { /* no JSON: said by the status */ }
      resolve({ ok: request.status === 200, body });
    });
    request.send(file);
  });
}

export function leave() {
  location.assign(`/auth/login?${new URLSearchParams({ ended: "true", returnUrl: location.pathname + location.search })}`);
}
