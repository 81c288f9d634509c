// <whatsapp-connect>: connects WhatsApp in Meta's window (Embedded Signup), or by the redirect where that window cannot be had.
// One file, for pages load one module and nothing is built: words, Meta's window, the server, what is drawn, the element.

// ---- Words --------------------------------------------------------------------------------------------------------

// All words are the server's, in its languages or in the host's. These are for where it gives none.
const languages = ['en', 'es', 'pt'];
const own = {
  'again': ['Try again', 'Intentar de nuevo', 'Tentar de novo'],
  'unreachable-heading': ['No connection to this service', 'Sin conexión con este servicio', 'Sem conexão com este serviço'],
  'unreachable-text': ['The server did not answer.', 'El servidor no respondió.', 'O servidor não respondeu.'],
  'unreachable-action': ['Check your internet connection, then try again.', 'Comprueba tu conexión a internet e inténtalo de nuevo.', 'Verifique sua conexão com a internet e tente de novo.'],
};

const asked = new Map();

/** The words for a language, once per page, and those of an error code; null when they do not come, and the next call then asks again. */
function loadWords(path, language, error) {
  const address = new URL(path || import.meta.url, location);
  address.search = new URLSearchParams({ words: '', 'ui-culture': language, ...(error && { error }) });
  if (!asked.has(address.href)) {
    const answer = fetch(address, { headers: { 'Accept-Language': language }, signal: AbortSignal.timeout(limits.words) })
      .then((response) => response.ok ? response.json() : null).catch(() => null);
    asked.set(address.href, answer.then((words) => { if (!words?.language) asked.delete(address.href); return words?.language ? words : null; }));
  }
  return asked.get(address.href);
}

// ---- Meta's window ------------------------------------------------------------------------------------------------

// How long a state lives is the server's to say; what comes of the window is told half a minute before that, and what comes later goes with a new state.
const limits = { words: 10_000, sdk: 10_000, state: 3_600_000, spare: 30_000, ready: 60_000, message: 3_000, code: 20_000, closed: 4_000, poll: 700, sign: 60_000, answer: 90_000 };

// A code lives half a minute. Until then it is handed in again by itself, after that when somebody presses.
const waits = [1_000, 2_000, 4_000, 8_000, 15_000];

let sdk = null;
let initialised = null;
let caller = null;
const frames = new Set();

/** Loads Meta's SDK once per page. Rejects when it does not come; the next call then tries again. */
async function loadSdk({ sdkAddress, appId, version }, nonce) {
  sdk ??= new Promise((resolve, reject) => {
    if (window.FB)
      return resolve();
    const script = make('script', { src: sdkAddress, async: true, defer: true, crossorigin: 'anonymous' });
    const fail = () => { sdk = null; script.remove(); reject(new Error('Meta’s SDK did not load.')); };
    const timer = setTimeout(fail, limits.sdk);
    const before = window.fbAsyncInit;
    window.fbAsyncInit = () => { clearTimeout(timer); before?.(); resolve(); };
    script.addEventListener('error', () => { clearTimeout(timer); fail(); });
    script.nonce = nonce;
    document.head.append(script);
  });
  await sdk;
  if (initialised !== appId + version)
    window.FB.init({ appId, autoLogAppEvents: true, xfbml: true, version });
  initialised = appId + version;
}

/** Meta's own pages and nobody else's: https, facebook.com or below it; or the one origin that the server names. */
function isMeta(origin, messageOrigin) {
  if (messageOrigin)
    return origin === messageOrigin && origin !== location.origin;
  const { protocol, host } = URL.canParse(origin) ? new URL(origin) : {};
  return protocol === 'https:' && (host === 'facebook.com' || host.endsWith('.facebook.com'));
}

/** The session message of Embedded Signup, or null for any other message. */
function readMessage({ origin, data }, messageOrigin) {
  if (typeof data !== 'string' || !isMeta(origin, messageOrigin))
    return null;
  try {
    const message = JSON.parse(data);
    return message?.type === 'WA_EMBEDDED_SIGNUP' && typeof message.event === 'string' ? message : null;
  } catch {
    return null;
  }
}

/** What a finish says, as hints for the server: only what looks like an id. */
function readFinish({ event, data }) {
  const id = (value) => (typeof value === 'string' || Number.isSafeInteger(value)) && /^\d{1,32}$/.test(value) ? String(value) : undefined;
  const wabaIds = Array.isArray(data?.waba_ids) ? data.waba_ids.map(id).filter(Boolean) : [];
  return { event, wabaId: id(data?.waba_id), wabaIds: wabaIds.length ? wabaIds : undefined, phoneNumberId: id(data?.phone_number_id), businessId: id(data?.business_id) };
}

/** What a CANCEL or ERROR says; with an error code it was no cancelling. */
function readEnding({ event, data }) {
  const text = (value) => ['string', 'number'].includes(typeof value) && value !== '' ? String(value).slice(0, 128) : undefined;
  const [errorCode, sessionId] = [text(data?.error_code ?? data?.error_id), text(data?.session_id)];
  return { ending: event === 'ERROR' || errorCode || data?.error_message ? 'popup_error' : 'cancelled', currentStep: text(data?.current_step), errorCode, sessionId };
}

/**
 * Opens Meta's window and says what comes of it: { code, event, … } or { ending, … }. Code and session message come in either order; neither is waited
 * for longer than a code lives. A window that looks closed is only a hint, for the last answers may still be under way. After an end it goes on listening,
 * for no code that arrives is thrown away: what comes then is late.
 */
function openPopup({ configurationId, extras, messageOrigin }, patience, signal, opened, told) {
  const heard = new AbortController();
  let code, finish, ended, frame, answered = false, timer;
  const settle = (outcome) => {
    clearTimeout(timer);
    clearTimeout(limit);
    const before = ended;
    ended = outcome;
    if (outcome.code) heard.abort();
    if (!before || outcome.ending !== before.ending) told(outcome, Boolean(before));
  };
  const settleAfter = (milliseconds, outcome) => { clearTimeout(timer); timer = setTimeout(settle, milliseconds, outcome); };
  const consider = () => {
    if (code && finish) settle({ code, ...finish });
    else if (code) settleAfter(limits.message, { code });
    else if (finish) settleAfter(answered ? 0 : limits.code, { ending: 'code_lost', event: finish.event });
    else if (!ended) settleAfter(limits.closed, { ending: frame === undefined ? 'sdk_unavailable' : 'popup_closed' });
  };

  const limit = setTimeout(settle, patience, { ending: 'popup_timeout' });
  const watch = setInterval(() => {
    // Without focus here the window may be open all the same: an opener policy makes it look closed.
    if (frame?.closed && document.hasFocus() && !code && !finish && !answered && !ended && !timer) consider();
  }, 500);
  heard.signal.addEventListener('abort', () => { clearTimeout(timer); clearTimeout(limit); clearInterval(watch); frames.delete(frame); });
  signal.addEventListener('abort', () => heard.abort(), { signal: heard.signal });

  window.addEventListener('message', (event) => {
    const anothers = event.source !== frame && frames.has(event.source);
    const message = anothers || finish ? null : readMessage(event, messageOrigin);
    if (!message) return;
    if (message.event.startsWith('FINISH')) {
      finish = readFinish(message);
      consider();
    } else if (['CANCEL', 'ERROR'].includes(message.event) && !ended) {
      settle(readEnding(message));
    }
  }, { signal: heard.signal });

  // Stand-ins for Meta's SDK open the window later, or twice. Later, only what leads to Meta is taken for it, and only where none is open.
  const open = window.open;
  const watched = (...details) => {
    const opening = open.apply(window, details);
    const calling = caller === watched;
    if (!calling && (caller || frame?.closed === false || !isMeta(originOf(details[0]), messageOrigin))) return opening;
    if (!ended) clearTimeout(timer);
    [timer, frame] = [ended && timer, opening];
    if (!calling) taken();
    return opening;
  };
  const taken = () => {
    if (ended || heard.signal.aborted) return;
    if (frame === null || frame?.closed) return settle({ ending: 'popup_blocked' });
    if (frame) frames.add(frame);
    opened(frame);
  };
  window.open = caller = watched;
  heard.signal.addEventListener('abort', () => { if (window.open === watched) window.open = open; });
  try {
    const result = window.FB.login((response) => {
      if (code || heard.signal.aborted) return;
      answered = true;
      code = response?.authResponse?.code;
      consider();
    }, { config_id: configurationId, response_type: 'code', override_default_response_type: true, extras });
    result?.catch?.(() => ended || settle({ ending: 'sdk_unavailable' }));
  } catch {
    settle({ ending: 'sdk_unavailable' });
  }
  caller = null;
  taken();
}

/** An address of the server's, at the server. A code is never sent anywhere else. */
function linkAt(server, address) {
  const { pathname, search } = new URL(address, server);
  return new URL(pathname + search, server.origin);
}

/** Null where it is no address. Not all browsers of 2024 have URL.parse. */
const urlOf = (address) => URL.canParse(address ?? '', location) ? new URL(address ?? '', location) : null;

const originOf = (address) => urlOf(address)?.origin;

// ---- The server ---------------------------------------------------------------------------------------------------

/** Asks the server. Never rejects: whatever goes wrong is an answer with a code. */
async function ask(send, address, { language, signal, body, keepalive }) {
  try {
    const response = await send(String(address), {
      method: body ? 'POST' : 'GET',
      headers: { 'Accept': 'application/json', 'Accept-Language': language, ...(body && { 'Content-Type': 'application/json' }) },
      body: body && JSON.stringify(body), redirect: 'manual', cache: 'no-store', keepalive,
      signal: AbortSignal.any([AbortSignal.timeout(limits.answer), signal].filter(Boolean)),
    });
    const answer = await response.json().catch(() => null);
    if (response.ok && answer)
      return answer;
    const signedOut = response.status === 401 || response.type === 'opaqueredirect';
    const code = answer?.code ?? (signedOut ? 'signed_out' : response.status === 429 ? 'too_many_attempts' : 'failed');
    return { retryable: true, ...answer, success: false, code, status: response.status };
  } catch {
    return { success: false, code: 'unreachable', retryable: true };
  }
}

/** Nobody answered who knows what became of the request: the network, or something that stands before the server. */
const isLost = ({ code, status }) => code === 'unreachable' || (code === 'failed' && status >= 500);

/** A refusal that used nothing up: what was handed in can be handed in again. */
const isUndelivered = (answer) => isLost(answer) || ['signed_out', 'too_many_attempts'].includes(answer.code);

const pause = (milliseconds, signal) => new Promise((resolve) => {
  const timer = setTimeout(resolve, milliseconds);
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
});

/** An attempt that has ended, in the shape in which the post answers. */
const asAnswer = (attempt) => ({ ...attempt, success: ['connected', 'incomplete'].includes(attempt.outcome), code: attempt.outcome });

const lineOf = { exchange: 'check', inspect: 'check', extend: 'check', discover: 'find', list: 'find', subscribe: 'messages', save: 'save', register: 'register' };

/** The server's steps as lines: the four that always are, and others once they are heard of. The first one not heard of is running. */
function linesOf(steps) {
  const lines = new Map(['check', 'find', 'messages', 'save'].map((name) => [name, 'waiting']));
  for (const { step, result } of steps) {
    const name = lineOf[step] ?? (step.startsWith('sync') ? 'sync' : null);
    if (name && lines.get(name) !== 'failed')
      lines.set(name, result === 'ok' ? 'done' : 'failed');
  }
  const next = [...lines].find(([, state]) => state === 'waiting');
  if (next)
    lines.set(next[0], 'running');
  return [...lines];
}

// ---- View ---------------------------------------------------------------------------------------------------------

const styles = new CSSStyleSheet();
styles.replaceSync(`
:host { display: block; max-inline-size: 34rem; font: inherit; line-height: 1.5;
  --accent: var(--whatsapp-connect-accent, light-dark(#0b6e4f, #45c795)); --accent-text: var(--whatsapp-connect-accent-text, light-dark(#fff, #06251a));
  --surface: var(--whatsapp-connect-surface, light-dark(#fff, #18201c)); --text: var(--whatsapp-connect-text, light-dark(#17211b, #e8efeb));
  --muted: var(--whatsapp-connect-muted, light-dark(#53605a, #a7b5ae)); --border: var(--whatsapp-connect-border, light-dark(#d9dfd8, #33403a));
  --danger: var(--whatsapp-connect-danger, light-dark(#a3221d, #ff9d95)); --warning: var(--whatsapp-connect-warning, light-dark(#7a4b00, #f3c46c));
  --radius: var(--whatsapp-connect-radius, 14px); }
:host([hidden]) { display: none; }
*, ::before { box-sizing: border-box; margin: 0; padding: 0; }
button { font: inherit; font-weight: 600; min-block-size: 44px; min-inline-size: 44px; padding: .6rem 1.15rem; border-radius: calc(var(--radius) * .7); border: 1px solid var(--border);
  background: transparent; color: var(--text); cursor: pointer; transition: filter .15s, background-color .15s; }
button:hover { background: color-mix(in srgb, var(--text) 7%, transparent); }
button.first { background: var(--accent); border-color: transparent; color: var(--accent-text); }
button.first:hover { filter: brightness(1.08); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
h2:focus-visible { outline-offset: 4px; border-radius: 4px; }
button:has(svg) { display: inline-flex; align-items: center; justify-content: center; gap: .65rem; }
svg { inline-size: 1.35em; block-size: 1.35em; flex: none; fill: none; stroke: currentcolor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.panel { background: var(--surface); color: var(--text); border: 1px solid var(--border); border-radius: var(--radius); padding: clamp(1rem, 5vw, 1.5rem); display: grid; gap: .9rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; line-height: 1.3; display: flex; align-items: flex-start; gap: .65rem; }
h2::before, li::before { flex: none; display: grid; place-items: center; inline-size: 1.55rem; block-size: 1.55rem; border-radius: 50%; font-size: .9rem; font-weight: 700; line-height: 1; content: "" / ""; }
[data-tone] h2::before { background: var(--tone); color: var(--surface); }
[data-tone=good] { --tone: var(--accent); } [data-tone=good] h2::before { content: "✓"; content: "✓" / ""; }
[data-tone=bad] { --tone: var(--danger); } [data-tone=bad] h2::before { content: "!"; content: "!" / ""; }
[data-tone=warn] { --tone: var(--warning); } [data-tone=warn] h2::before { content: "!"; content: "!" / ""; }
[data-tone=ask] { --tone: var(--accent); } [data-tone=ask] h2::before { content: "?"; content: "?" / ""; }
[data-tone=busy] h2::before { display: none; }
.muted, dt { color: var(--muted); }
ol, ul { list-style: none; display: grid; gap: .55rem; }
li { display: flex; align-items: center; gap: .65rem; }
li::before { border: 2px solid var(--border); inline-size: 1.4rem; block-size: 1.4rem; font-size: .8rem; }
li[data-state=waiting] { color: var(--muted); }
li[data-state=running] { font-weight: 600; }
li[data-state=running]::before { border-color: var(--accent); border-inline-start-color: transparent; animation: turn .9s linear infinite; }
li[data-state=done]::before, li.number::before { background: var(--accent); border-color: var(--accent); color: var(--accent-text); content: "✓"; content: "✓" / ""; }
li[data-state=failed]::before { background: var(--danger); border-color: var(--danger); color: var(--surface); content: "×"; content: "×" / ""; }
@keyframes turn { to { transform: rotate(1turn); } }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem .9rem; font-size: .9rem; }
dd { font-family: ui-monospace, monospace; user-select: all; }
.actions { display: flex; flex-wrap: wrap; gap: .6rem; }
form, fieldset { display: grid; gap: .9rem; min-inline-size: 0; } fieldset { border: 0; gap: .5rem; }
legend { font-weight: 600; padding-block-end: .4rem; }
label { display: flex; align-items: center; gap: .8rem; min-block-size: 44px; padding: .55rem .85rem; border: 1px solid var(--border); border-radius: calc(var(--radius) * .7); cursor: pointer; }
label:has(:checked) { border-color: var(--accent); background: color-mix(in srgb, var(--accent) 8%, transparent); }
label > span { min-inline-size: 0; } label small { display: block; color: var(--muted); font-size: .875rem; }
label b { font-weight: 600; font-variant-numeric: tabular-nums; } label .held { color: var(--accent); font-weight: 600; }
input { inline-size: 1.25rem; block-size: 1.25rem; flex: none; accent-color: var(--accent); }
.error { color: var(--danger); font-weight: 600; } .error:empty { display: none; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 30rem) { .actions button, button:has(svg) { inline-size: 100%; } }
@media (prefers-reduced-motion: reduce) { li[data-state=running]::before { animation: none; } button { transition: none; } }
@media (forced-colors: active) { h2::before, li::before { border: 1px solid CanvasText; } button.first { forced-color-adjust: none; background: ButtonText; color: ButtonFace; } }
`);

/** An element. Functions among the attributes are listeners; strings among the children are text, never markup. */
function make(tag, attributes = {}, ...children) {
  const element = tag === 'svg' || tag === 'path' ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function')
      element.addEventListener(name, value);
    else if (value || value === '')
      element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter(Boolean));
  return element;
}

/** A button. Not every browser gives focus to what is clicked; focus is what tells where the person is. */
const button = (name, text, click, first, about) => make('button', {
  type: 'button', part: `button button-${name}`, class: first && 'first', 'aria-describedby': about, click: (event) => { event.currentTarget.focus(); click(); },
}, text);
const speechBubble = () => make('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, make('path', { d: 'M12 3.5a8.5 8.5 0 0 0-7.3 12.9L3.5 20.5l4.2-1.1A8.5 8.5 0 1 0 12 3.5Z' }), make('path', { d: 'm8.5 12 2.4 2.4 4.6-4.8' }));

function panel(tone, heading, ...content) {
  return make('section', { part: 'panel', class: 'panel', 'data-tone': tone, 'aria-labelledby': 'heading' },
    make('h2', { id: 'heading', part: 'heading', tabindex: '-1' }, heading), ...content);
}

const paragraph = (part, text, muted) => text && make('p', { part, class: muted && 'muted' }, text);
const actions = (...buttons) => buttons.some(Boolean) && make('div', { part: 'actions', class: 'actions' }, buttons);

function details(rows) {
  const known = rows.filter(([, value]) => value);
  return known.length && make('dl', { part: 'details' }, known.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)]));
}

/** The numbers to choose from: those that are connected now stand apart, and leaving one of them out is handed on to be asked about. */
function choiceForm(choice, text, ticked, connect, cancel) {
  const error = make('p', { id: 'error', part: 'error', class: 'error', role: 'alert' });
  const boxes = choice.numbers.map(({ id, held, named }) => Object.assign(make('input', { type: 'checkbox', value: id, 'aria-describedby': 'error' }), { checked: ticked?.includes(id) ?? (held === true || named === true) }));
  const submit = (event) => {
    event.preventDefault();
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    if (chosen.length)
      return connect(chosen, choice.numbers.filter(({ id, held }) => held && !chosen.includes(id)));
    error.textContent = text('choose-none');
    error.parentNode.querySelector('input')?.focus();
  };
  const line = ({ id, display, name, held }) => make('label', { part: 'number' }, boxes.find(({ value }) => value === id),
    make('span', {}, make('b', {}, display ?? id), name && make('small', {}, name), held && make('small', { class: 'held' }, text('choose-held'))));
  const group = (legend, numbers) => numbers.length && make('fieldset', {}, make('legend', {}, legend), numbers.map(line));
  return make('form', { part: 'choice', submit, change: () => { error.textContent = ''; } },
    group(text('choose-numbers'), choice.numbers.filter(({ held }) => !held)), group(text('choose-connected'), choice.numbers.filter(({ held }) => held)),
    error,
    actions(make('button', { type: 'submit', part: 'button button-choose', class: 'first' }, text('choose-button')), button('cancel', text('cancel'), cancel)));
}

// ---- Element ------------------------------------------------------------------------------------------------------

/** The one element of the page that reads and writes its address. */
let owner = null;

class WhatsAppConnect extends HTMLElement {
  static observedAttributes = ['attempt', 'lang'];

  #labels = {};
  #words = null;
  #attached = null;
  #run = null;
  #last = null;
  #waiting = null;
  #ended = null;
  #kept = null;
  #live = make('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
  #room = make('div');

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [styles];
    shadow.append(this.#room, this.#live);
  }

  /** Words to use instead of the server's, by name; an attribute label-<name> does the same. */
  get labels() { return this.#labels; }
  set labels(value) { this.#labels = value ?? {}; this.#refresh(); }

  // A property `fetch`, where the page sets one, makes every request of the account's: it can add a bearer token. Without one the browser's is used.

  connectedCallback() {
    if (Object.hasOwn(this, 'labels')) {
      const early = this.labels;
      delete this.labels;
      this.labels = early;
    }
    if (!this.hasAttribute('no-address')) owner ??= this;
    this.#attached = new AbortController();
    // A page that comes back out of the browser's cache must not wait for what it left behind.
    window.addEventListener('pageshow', (event) => {
      if (!event.persisted || !this.#run || this.#run.choosing || this.#run.hurry) return;
      if (this.#run.posting) this.#resume(this.#run.attemptId);
      else this.#idle();
    }, { signal: this.#attached.signal });
    // Moved to another place of the page, it goes on where it was.
    if (!this.#run && !this.#ended) this.#open();
  }

  /** Nothing is drawn before the words are there; what stands inside comes back where they do not come. Seen meanwhile, it would go away under a click. */
  async #open() {
    const [attached, wanted] = [this.#attached, this.#wanted];
    const words = await loadWords(this.getAttribute('words-path'), wanted);
    if (attached.signal.aborted) return;
    if (wanted !== this.#wanted) return this.#open();
    this.#words = words;
    const query = new URLSearchParams(owner === this ? location.search : '');
    const attempt = this.getAttribute('attempt') || /^[\da-f-]{36}$/i.exec(query.get('attempt') ?? '')?.[0];
    const error = /^[a-z_]{1,64}$/.exec(query.get('error') ?? '')?.[0];
    if (!this.#words) this.#speechless();
    else if (attempt) this.#resume(attempt, error);
    else if (error) this.#showError(error);
    else this.#idle();
  }

  async #reword() {
    const wanted = this.#wanted;
    const words = await loadWords(this.getAttribute('words-path'), wanted);
    // Words of a language that is not wanted any more came too late.
    if (wanted !== this.#wanted) return;
    this.#words = words ?? this.#words;
    this.#refresh();
  }

  disconnectedCallback() {
    if (owner === this) owner = null;
    this.#attached.abort();
    // What is under way at Meta or at the server goes on without the element: its end must not get lost.
    if (!this.#run?.window && !this.#run?.posting) this.#stop();
  }

  attributeChangedCallback(name, before, value) {
    if (!this.#words || this.#attached.signal.aborted || before === value) return;
    if (name === 'lang') this.#reword();
    else if (value) this.#resume(value);
  }

  // -- What the page says

  get #connect() { return new URL(this.getAttribute('connect-path') || '/api/integrations/whatsapp/connect', document.baseURI); }

  get #foreign() { return this.#connect.origin !== location.origin; }

  /** Where the routes are: what the page says, else beside the route that starts, and always where that one is. A run keeps them, whatever becomes of the page. */
  #routes() {
    const connect = this.#connect;
    const beside = (name) => this.getAttribute(`${name}-path`) || connect.pathname.replace(/^(.*\/integrations\/whatsapp\/)connect$|^.*$/, (_, folder) => (folder ?? '/api/integrations/whatsapp/') + name);
    return { connect, attempts: linkAt(connect, beside('attempts')), choose: linkAt(connect, beside('choose')), expect: this.getAttribute('expect') };
  }

  #link = (run, name) => linkAt(run.routes.connect, run.links[name]);

  #attemptAddress = (run) => run.links ? this.#link(run, 'attempt') : `${run.routes.attempts}/${encodeURIComponent(run.attemptId)}`;

  /** What the server speaks, of what the page is in. */
  get #language() { return this.#words.language; }

  get #wanted() {
    let tag = navigator.language;
    for (let node = this; node; node = node.parentNode ?? node.host) {
      if (node.getAttribute?.('lang')) {
        tag = node.getAttribute('lang');
        break;
      }
    }
    return tag || 'en';
  }

  #text = (name, values = {}) => {
    const text = this.#labels[name] ?? this.getAttribute(`label-${name}`) ?? this.#words?.[name] ?? own[name]?.[Math.max(0, languages.indexOf(this.#wanted.toLowerCase().split('-')[0]))];
    return text?.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
  };

  /** The attempt's id stands in the page's address, so that a reload, the back button and a second tab find it. */
  #mark(attemptId) {
    if (owner !== this || !attemptId) return;
    const address = new URL(location);
    ['error', 'whatsapp'].forEach((name) => address.searchParams.delete(name));
    address.searchParams.set('attempt', attemptId);
    if (address.href !== location.href) history.replaceState(history.state, '', address);
  }

  // -- The journey

  /** A new run, or one that goes on after its end. */
  #begin(run = {}) {
    if (this.#run !== run) this.#stop();
    this.#waiting?.abort();
    this.#ended = this.#kept = null;
    const controller = new AbortController();
    return this.#run = Object.assign(run, { controller, signal: controller.signal, routes: run.routes ?? this.#routes(), heard: run.heard ?? 0,
      progress: run.outcome ? [['start', 'done'], ['popup', 'done']] : [['start', 'running'], ['popup', 'waiting']] });
  }

  #stop() {
    this.#run?.controller.abort();
    this.#run = null;
  }

  #ask = (run, address, body) => this.#send(address, { signal: run.signal, body });

  #send = (address, details) => ask(this.fetch ?? ((...request) => fetch(...request)), address, { language: this.#language, ...details });

  /** Refuses to ask another origin in the name of nobody: the page's author has to say how its requests are made. */
  #refuses(run) {
    const { origin } = run.routes.connect;
    if (origin === location.origin || this.fetch) return false;
    console.error(`<whatsapp-connect>: connect-path is at ${origin}, another origin than this page's. Set the element's property fetch to a function that makes its requests, for example with a bearer token.`);
    this.#conclude(run, { success: false, code: 'other_origin', retryable: false }, true);
    return true;
  }

  #start = async () => {
    // Whoever begins anew has done with the window of before.
    this.#last?.window.abort();
    this.#last?.frame?.close();
    const run = this.#begin();
    if (this.#refuses(run)) return;
    this.#showWorking(run, 'opening-text');
    if (!await this.#obtain(run)) return;
    if (!run.popup) return this.#redirect();
    const loaded = await loadSdk(run.popup, this.nonce).then(() => true, () => false);
    if (run.signal.aborted) return;
    if (!loaded) this.#end(run, { ending: 'sdk_unavailable' });
    else if (navigator.userActivation?.isActive) this.#launch(run);
    else this.#showReady(run);
  };

  /**
   * Gets a state; where the run has one already, the new one belongs to the same account or the server refuses it. That is no new start: Meta's window
   * is not opened for it, so it is not counted among the starts.
   */
  async #obtain(run, renews = Boolean(run.state)) {
    const address = new URL(run.routes.connect);
    address.searchParams.set('way', 'popup');
    if (run.routes.expect) address.searchParams.set('expect', run.routes.expect);
    if (renews) address.searchParams.set('renews', 'true');
    const request = () => this.#ask(run, address, this.hasAttribute('posts') ? {} : undefined);
    const answer = run.outcome ? await this.#insist(run, await request(), request) : await request();
    if (run.signal.aborted) return false;
    const { success, attemptId, state, expiresIn, popup, links } = answer;
    if (success && popup && !renews) this.#sign(run, links);
    if (success) Object.assign(run, { stale: false, renews: run.state, attemptId, state, popup, links, begun: Date.now(), life: expiresIn ? expiresIn * 1000 : limits.state });
    else this.#conclude(run, answer);
    return Boolean(success);
  }

  /** Tells the server every minute that somebody is here, until the run ends. What comes of it is of no matter. */
  #sign(run, links) {
    const tell = () => run.posting || run.choosing || this.#send(linkAt(run.routes.connect, links.attempt), { signal: run.signal, body: { open: run.frame?.closed === false } });
    const timer = setInterval(tell, limits.sign);
    run.sign = tell;
    run.signal.addEventListener('abort', () => clearInterval(timer));
    tell();
  }

  #launch(run) {
    run.window = new AbortController();
    this.#last = run;
    window.addEventListener('pagehide', () => {
      if ((this.#run !== run || run.posting) && this.#kept !== run) return;
      run.stale = true;
      this.#tell(run, { ending: 'popup_left' });
    }, { signal: run.window.signal });
    openPopup(run.popup, run.begun + run.life - limits.spare - Date.now(), run.window.signal, (frame) => {
      this.#mark(run.attemptId);
      run.frame = frame;
      run.progress = frame ? [['start', 'done'], ['popup', 'running']] : [['start', 'running'], ['popup', 'waiting']];
      if (frame) this.#report('start', 'ok');
      if (frame) run.sign?.();
      this.#showWorking(run, frame ? 'popup-text' : 'opening-text');
    }, (outcome, late) => this.#hear(run, outcome, late));
  }

  /** What came of Meta's window. What comes after the end of a run takes the page up again, with a new state. */
  async #hear(run, outcome, afterEnd) {
    const late = afterEnd || run.signal.aborted;
    if (late && (this.#run?.posting || (!afterEnd && outcome.ending))) return;
    run.posting = Boolean(outcome.code);
    if (outcome.code) run.outcome = outcome;
    if (late) this.#showWorking(this.#begin(run), 'working-text');
    if (outcome.ending === 'cancelled') run.frame?.close();
    run.stale = late;
    if (outcome.code) return this.#handIn(run);
    if (!late || await this.#obtain(run)) this.#end(run, outcome);
  }

  /** Hands Meta's code in, with a new state where the one of before has ended. What cannot be delivered is kept, for the next press. */
  async #handIn(run) {
    const { outcome } = run;
    if ((run.stale || Date.now() > run.begun + run.life) && !await this.#obtain(run)) return;
    if (!run.told) this.#report('popup', 'ok');
    run.told = true;
    this.#post(run, () => this.#link(run, 'finish'), () => ({ state: run.state, ...outcome, renews: run.renews }));
  }

  /** What was kept is handed in; with nothing kept it begins anew. */
  #again = () => {
    if (!this.#kept) return this.#start();
    const run = this.#begin(this.#kept);
    this.#showWorking(run, 'working-text');
    this.#handIn(run);
  };

  /** Asks again until there is an answer, ever later, and at once when the person or the network says so. */
  async #insist(run, answer, request) {
    for (const wait of waits) {
      if (run.signal.aborted || !isLost(answer)) break;
      await new Promise((resolve) => {
        const over = new AbortController();
        const go = () => { over.abort(); clearTimeout(timer); resolve(); };
        const timer = setTimeout(go, wait);
        const isNews = !run.hurry;
        run.hurry = go;
        window.addEventListener('online', go, { signal: over.signal });
        run.signal.addEventListener('abort', go, { signal: over.signal });
        if (isNews) this.#showWorking(run, 'kept-text');
      });
      if (!run.signal.aborted) answer = await request();
    }
    run.hurry = null;
    return answer;
  }

  /** Posts; meanwhile the attempt tells its steps. Where the answer gets lost, the attempt has it. It goes on when the page is left. */
  async #post(run, address, body) {
    run.frame = null;
    run.posting = true;
    run.progress = [...run.progress.map(([name]) => [name, 'done']), ...linesOf([])];
    this.#mark(run.attemptId);
    this.#showWorking(run, 'working-text');
    let answered = false;
    this.#follow(run, () => answered);
    const chooses = Boolean(body().attemptId);
    const post = () => this.#send(address(), { body: body(), keepalive: true });
    // The same again is answered the same. Of a code the attempt knows whether it has come; that of a choice does not tell how it went on.
    const deliver = async () => this.#insist(run, await post(), async () => {
      const attempt = chooses ? {} : await this.#ask(run, this.#attemptAddress(run));
      return attempt.success ? { code: 'under_way' } : post();
    });
    let answer = await deliver();
    // A refused state used nothing up: a clock that stood still, as a computer's does that sleeps, made it seem alive.
    if (answer.code === 'state_expired' && !chooses) {
      if (!await this.#obtain(run)) return answered = true;
      answer = await deliver();
    }
    answered = true;
    if (!run.signal.aborted && (answer.code === 'under_way' || (answer.code === 'choose' && !answer.choice)))
      answer = await this.#follow(run);
    if (!run.signal.aborted) this.#conclude(run, answer);
  }

  /** Shows an attempt's steps until it has ended. Not found means not yet, while its post is under way. */
  async #follow(run, enough) {
    for (let misses = 0; ;) {
      await pause(limits.poll, run.signal);
      const attempt = await this.#ask(run, this.#attemptAddress(run));
      if (run.signal.aborted || enough?.()) return null;
      if (attempt.success) {
        misses = 0;
        this.#showSteps(run, attempt.steps ?? []);
        if (attempt.outcome && !enough) return asAnswer(attempt);
      } else if (++misses > 3 && !enough) {
        return attempt.status === 404 ? { success: false, code: 'unreachable', retryable: true } : attempt;
      }
    }
  }

  async #resume(attemptId, error) {
    const run = this.#begin({ attemptId });
    if (this.#refuses(run)) return;
    run.progress = linesOf([]);
    run.watching = true;
    this.#showWorking(run, 'working-text');
    let attempt = await this.#ask(run, this.#attemptAddress(run));
    // What the last page told as it went may still be under way.
    for (let misses = 0; attempt.status === 404 && misses < 2 && !run.signal.aborted; misses++) {
      await pause(limits.poll, run.signal);
      attempt = await this.#ask(run, this.#attemptAddress(run));
    }
    if (run.signal.aborted) return;
    if (attempt.success && !attempt.outcome) {
      this.#showSteps(run, attempt.steps ?? []);
      const answer = await this.#follow(run);
      if (!run.signal.aborted) this.#conclude(run, answer);
    } else if (attempt.status === 404 && error) {
      this.#stop();
      this.#showError(error);
    } else if (attempt.status === 404) {
      this.#conclude(run, { success: false, code: 'attempt_unknown', retryable: true }, true);
      this.#await(attemptId);
    } else {
      this.#conclude(run, attempt.success ? asAnswer(attempt) : attempt, true);
      if (attempt.outcome === 'popup_left') this.#await();
    }
  }

  /** Another page began: Meta's window may finish yet, and its code is lost to this page; or that page goes on by itself. */
  #await(attemptId) {
    const { signal } = this.#waiting = new AbortController();
    window.addEventListener('message', async (event) => {
      const message = frames.has(event.source) ? null : readMessage(event);
      if (!message?.event.startsWith('FINISH')) return;
      const run = this.#begin();
      this.#showWorking(run, 'working-text');
      if (await this.#obtain(run, true)) this.#end(run, { ending: 'code_lost', event: message.event });
    }, { signal });
    if (attemptId) window.addEventListener('focus', () => this.#resume(attemptId), { signal });
  }

  #choose(run, body) {
    run.progress = [];
    this.#post(run, () => run.links ? this.#link(run, 'choose') : run.routes.choose, () => ({ attemptId: run.asked, ...body }));
  }

  /** The way without a window: this page goes to Meta and comes back. A page that navigates carries no token, so it leads to the page's own origin only. */
  #redirect = () => {
    if (this.#foreign) {
      console.error('<whatsapp-connect>: the server names no window to open. Set its ConfigurationId: from another origin there is no other way.');
      return this.#conclude(this.#begin(), { success: false, code: 'failed', retryable: false });
    }
    if (this.#run?.window && !this.#run.frame) this.#tell(this.#run, { ending: 'popup_blocked' });
    this.#last?.window.abort();
    this.#stop();
    // Where a start is a post, the redirect is the form that stands inside for browsers without script.
    if (this.hasAttribute('posts') && this.querySelector('form')) return this.querySelector('form').submit();
    const address = this.#connect;
    for (const [name, attribute] of [['returnUrl', 'return-url'], ['expect', 'expect']])
      if (this.getAttribute(attribute)) address.searchParams.set(name, this.getAttribute(attribute));
    location.assign(address);
  };

  /** Where the person signs in again: by the page's own address, which the host guards, or at the one that the page names. Both lead back here. */
  #signIn = () => {
    const page = urlOf(this.getAttribute('sign-in-url'));
    if (!this.hasAttribute('sign-in-url') || !page?.protocol.startsWith('http')) return location.reload();
    page.searchParams.set('returnUrl', location.pathname + location.search);
    location.assign(page);
  };

  // -- Ends

  /** Tells the server of an end without a code, also while the page goes away. */
  #tell(run, outcome) {
    return this.#send(this.#link(run, 'finish'), { body: { state: run.state, ...outcome }, keepalive: true });
  }

  /** An end without a code: shown at once, and told to the server without waiting for it. */
  #end(run, outcome) {
    this.#tell(run, outcome);
    this.#report(run.frame ? 'popup' : 'start', outcome.ending);
    this.#conclude(run, { ...outcome, success: false, code: outcome.ending, retryable: true });
  }

  /** The person gives up on this page: whatever Meta's window still says is not wanted. */
  #giveUp(run) {
    run.window?.abort();
    run.frame?.close();
    if (run.state) return this.#end(run, { ending: 'given_up' });
    this.#idle();
  }

  #conclude(run, answer, early = false) {
    const attemptId = run.attemptId = answer.attemptId ?? run.attemptId;
    if (answer.code === 'choose' && answer.choice) {
      if (run.posting) this.#mark(attemptId);
      return this.#showChoice(run, answer.choice);
    }
    if (answer.code === 'choose') answer = { success: false, code: 'choice_over', retryable: true };
    run.controller.abort();
    this.#run = null;
    this.#kept = run.outcome && isUndelivered(answer) ? run : null;
    if (!early) this.#mark(attemptId);
    this.#showEnd({ ...answer, kept: Boolean(this.#kept), stillOpen: answer.code !== 'code_lost' && run.frame?.closed === false }, attemptId);
    if (early) return;
    const ended = new CustomEvent('whatsapp-ended', { bubbles: true, composed: true, cancelable: true, detail: { code: answer.code, success: answer.success, attemptId, phones: answer.phones ?? [] } });
    const next = urlOf(this.getAttribute('success-url'));
    if (!this.dispatchEvent(ended) || !this.isConnected || !answer.success || !this.hasAttribute('success-url') || !next?.protocol.startsWith('http'))
      return;
    // The page is told how it ended, in the same words as after the redirect.
    next.searchParams.set('whatsapp', answer.code);
    if (attemptId) next.searchParams.set('attempt', attemptId);
    location.assign(next);
  }

  #report(step, result) {
    this.dispatchEvent(new CustomEvent('whatsapp-progress', { bubbles: true, composed: true, detail: { step, result } }));
  }

  // -- What is seen

  /** Puts a view in place of the last one. Focus that was in it goes on to the new heading; a heading that stays keeps it. */
  #show(view) {
    const focused = this.shadowRoot.activeElement;
    const [heading, next] = [this.#room.querySelector('h2'), view.querySelector('h2')];
    if (heading && heading.textContent === next?.textContent) {
      while (heading.nextSibling) heading.nextSibling.remove();
      while (next.nextSibling) heading.parentNode.append(next.nextSibling);
      heading.parentNode.dataset.tone = view.dataset.tone;
    } else {
      this.#room.replaceChildren(view);
    }
    if (focused && !this.shadowRoot.activeElement)
      this.#room.querySelector('h2, button').focus();
  }

  #say(text) {
    if (this.#live.textContent !== text) this.#live.textContent = text;
  }

  #idle() {
    this.#stop();
    this.#ended = null;
    this.#say('');
    this.#show(make('div', {}, button('connect', [speechBubble(), this.#text('connect')], this.#start, true)));
  }

  /** Draws again in another language or other words, where nothing is under way. */
  #refresh() {
    if (this.#attached?.signal.aborted !== false || this.#run || !this.#words) return;
    if (this.#ended) this.#showEnd(...this.#ended);
    else this.#idle();
  }

  /** Without words only what stands inside can go on; where nothing does, one can ask again. */
  #speechless() {
    if (this.children.length) return this.#room.replaceChildren(make('slot'));
    this.#show(panel('warn', this.#text('unreachable-heading'), paragraph('text', this.#text('unreachable-text')), paragraph('action', this.#text('unreachable-action')),
      actions(button('again', this.#text('again'), () => this.#open(), true))));
  }

  /** The end that the page's address names, where no attempt has it. */
  async #showError(code) {
    const attached = this.#attached;
    const words = await loadWords(this.getAttribute('words-path'), this.#wanted, code);
    if (attached.signal.aborted || this.#run) return;
    this.#showEnd({ success: false, code, message: words?.['error-text'], action: words?.['error-action'], retryable: words?.['error-again'] !== 'false' });
  }

  #showReady(run) {
    // Whoever clicks later gets a new state, for the steps at Meta take their time.
    const open = () => Date.now() - run.begun < limits.ready ? this.#launch(run) : this.#start();
    this.#say(this.#text('open-text'));
    this.#show(panel('ask', this.#text('open-heading'), paragraph('text', this.#text('open-text')),
      actions(button('open', this.#text('open'), open, true), button('cancel', this.#text('cancel'), () => this.#giveUp(run)))));
  }

  #showWorking(run, text) {
    run.list = make('ol', { part: 'steps' });
    const way = run.frame ? button('show', this.#text('show'), () => run.frame.focus()) : !this.#foreign && button('here', this.#text('here'), this.#redirect);
    this.#show(panel('busy', this.#text('working-heading'), paragraph('text', this.#text(text), true), run.list,
      run.hurry && actions(button('again', this.#text('again'), () => run.hurry?.(), true)),
      !run.posting && !run.watching && actions(way, button('cancel', this.#text('cancel'), () => this.#giveUp(run)))));
    this.#drawSteps(run);
    if (run.hurry) this.#say(this.#text(text));
  }

  #showSteps(run, steps) {
    steps.slice(run.heard).forEach(({ step, result }) => this.#report(step, result));
    run.heard = Math.max(run.heard, steps.length);
    const lines = linesOf(steps);
    run.progress = [...run.progress.filter(([name]) => !lines.some(([other]) => other === name)), ...lines];
    this.#drawSteps(run);
  }

  #drawSteps(run) {
    run.list.replaceChildren(...run.progress.map(([name, state]) => make('li', { part: `step step-${state}`, 'data-state': state },
      make('span', {}, this.#text(`step-${name}`), make('span', { class: 'unseen' }, `: ${this.#text(state)}`)))));
    const running = run.progress.find(([, state]) => state === 'running');
    if (running) this.#say(this.#text(`step-${running[0]}`));
  }

  #showChoice(run, choice, ticked) {
    run.choosing = true;
    run.asked = run.attemptId;
    const until = new Date(choice.until).toLocaleTimeString(this.#language, { hour: '2-digit', minute: '2-digit' });
    const connect = (phoneNumberIds, left) => left.length ? this.#showLeaving(run, choice, phoneNumberIds, left) : this.#choose(run, { phoneNumberIds });
    this.#say(this.#text('choose-heading'));
    this.#show(panel('ask', this.#text('choose-heading'), paragraph('text', this.#text('choose-text')), paragraph('text', this.#text('choose-until', { time: until }), true),
      choiceForm(choice, this.#text, ticked, connect, () => this.#choose(run, { cancel: true }))));
  }

  /** Nothing that is connected is disconnected without a question. */
  #showLeaving(run, choice, phoneNumberIds, left) {
    this.#say(this.#text('leave-heading'));
    this.#show(panel('ask', this.#text('leave-heading'), paragraph('text', this.#text('leave-text')),
      make('ul', { part: 'numbers' }, left.map(({ id, display }) => make('li', { part: 'number' }, display ?? id))),
      actions(button('leave', this.#text('leave-button'), () => this.#choose(run, { phoneNumberIds, disconnect: true }), true),
        button('back', this.#text('leave-back'), () => this.#showChoice(run, choice, phoneNumberIds)))));
  }

  /** The server's words where it has some, else our own. */
  #showEnd(answer, attemptId) {
    this.#ended = [answer, attemptId];
    const { code, success, currentStep, errorCode, sessionId, phones = [] } = answer;
    const at = currentStep && this.#text(`at-${currentStep.toLowerCase()}`);
    const heading = this.#text(`${code}-heading`) ?? this.#text(success ? 'connected-heading' : 'failed-heading');
    const text = code === 'connected' ? phones.length && this.#text('connected-text') : answer.message ?? this.#text(`${code}-text`) ?? this.#text('failed-text');
    const action = code !== 'connected' && (answer.action ?? this.#text(`${code}-action`) ?? this.#text('failed-action'));
    const again = (answer.retryable !== false || code === 'incomplete') && code !== 'connected' && ['again', this.#text(answer.message && !answer.kept ? 'connect' : 'again'), this.#again];
    const here = !this.#foreign && (code.startsWith('popup_') || ['sdk_unavailable', 'code_lost'].includes(code)) && ['here', this.#text('here'), this.#redirect];
    const buttons = ['popup_blocked', 'sdk_unavailable', 'code_lost'].includes(code) ? [here, again] : [code === 'signed_out' && ['sign-in', this.#text('sign-in'), this.#signIn], again, here];
    const spends = code === 'incomplete' && this.#text('incomplete-spends');
    const mild = ['given_up', 'cancelled', 'popup_left', 'code_lost'].includes(code) || !(answer.message || ['popup_error', 'other_origin'].includes(code));
    this.#say([heading, text, action].filter(Boolean).join(' '));
    this.#show(panel(success ? (code === 'incomplete' ? 'warn' : 'good') : mild ? 'warn' : 'bad', heading,
      paragraph('text', [text, at && this.#text('cancelled-at', { step: at })].filter(Boolean).join(' ')),
      success && phones.length > 0 && make('ul', { part: 'numbers' }, phones.map(({ display }) => make('li', { class: 'number', part: 'number' }, display))),
      answer.kept && code !== 'signed_out' && paragraph('text', this.#text('kept')),
      answer.stillOpen && !answer.kept && paragraph('text', this.#text('still-open')),
      paragraph('action', action),
      details([[this.#text('error-code'), errorCode], [this.#text('session'), sessionId], [this.#text('reference'), answer.message && !success && attemptId]]),
      // What Meta limits is spent elsewhere: this button says that it spends none of it.
      spends && make('p', { part: 'text', class: 'muted', id: 'spends' }, spends),
      actions(...buttons.filter(Boolean).map((details, index) => button(...details, index === 0, spends && 'spends')))));
  }
}

customElements.define('whatsapp-connect', WhatsAppConnect);
