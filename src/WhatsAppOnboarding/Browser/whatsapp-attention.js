// <whatsapp-attention>: shows what an account must do about its WhatsApp numbers, now and soon, and nothing at all where nothing is due.
// One file, for pages load one module and nothing is built: the server, what is drawn, the element.

// ---- The server ---------------------------------------------------------------------------------------------------

// How long a list is believed, in milliseconds: while the page is seen, after a look at it, and after answers that failed, ever longer.
const limits = { answer: 20_000, every: 300_000, fresh: 5_000, first: 30_000, longest: 1_800_000 };

const asked = new Map();

/** The words of a language, once per page; null when they do not come, and the next call then asks again. */
function loadWords(path, language) {
  const address = new URL(path || import.meta.url, location);
  address.search = new URLSearchParams({ words: '', 'ui-culture': language });
  if (!asked.has(address.href)) {
    const answer = fetch(address, { headers: { 'Accept-Language': language }, signal: AbortSignal.timeout(limits.answer) })
      .then((response) => response.ok ? response.json() : null).catch(() => null);
    asked.set(address.href, answer.then((words) => { if (!words?.language) asked.delete(address.href); return words?.language ? words : null; }));
  }
  return asked.get(address.href);
}

// ---- What is drawn ------------------------------------------------------------------------------------------------

const styles = new CSSStyleSheet();
styles.replaceSync(`
/* Without a box of its own where nothing is due, so that neither its margins nor a gap of the page around it shows. */
:host { display: contents; font: inherit; line-height: 1.5;
  --accent: var(--whatsapp-attention-accent, var(--whatsapp-connect-accent, light-dark(#0b6e4f, #45c795)));
  --surface: var(--whatsapp-attention-surface, var(--whatsapp-connect-surface, light-dark(#fff, #18201c)));
  --text: var(--whatsapp-attention-text, var(--whatsapp-connect-text, light-dark(#17211b, #e8efeb)));
  --muted: var(--whatsapp-attention-muted, var(--whatsapp-connect-muted, light-dark(#53605a, #a7b5ae)));
  --border: var(--whatsapp-attention-border, var(--whatsapp-connect-border, light-dark(#d9dfd8, #33403a)));
  --danger: var(--whatsapp-attention-danger, var(--whatsapp-connect-danger, light-dark(#a3221d, #ff9d95)));
  --warning: var(--whatsapp-attention-warning, var(--whatsapp-connect-warning, light-dark(#7a4b00, #f3c46c)));
  --radius: var(--whatsapp-attention-radius, var(--whatsapp-connect-radius, 14px)); }
:host(:state(due)) { display: block; }
:host([hidden]) { display: none; }
* { box-sizing: border-box; margin: 0; padding: 0; }
section { background: var(--surface); color: var(--text); border: 1px solid var(--border); border-radius: var(--radius); padding: clamp(.9rem, 4vw, 1.25rem); display: grid; gap: .75rem; overflow-wrap: anywhere; }
h1, h2, h3, h4, h5, h6 { font-size: 1.05rem; line-height: 1.3; }
ul { list-style: none; display: grid; gap: .75rem; }
li { display: grid; gap: .2rem; padding-inline-start: .85rem; border-inline-start: 4px solid var(--tone); }
li[data-tone=now] { --tone: var(--danger); } li[data-tone=soon] { --tone: var(--warning); }
.text { font-weight: 600; } .tag { color: var(--tone); text-transform: uppercase; font-size: .75rem; letter-spacing: .04em; margin-inline-end: .5rem; }
.about { color: var(--muted); font-size: .9rem; font-variant-numeric: tabular-nums; }
a { color: var(--accent); font-weight: 600; inline-size: fit-content; min-block-size: 24px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`);

/** An element; strings among the children are text, never markup. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value || value === '') element.setAttribute(name, value);
  element.append(...children.flat().filter(Boolean));
  return element;
}

/** An address that can be gone to, and not the page that is there already; else null. */
function placeOf(link) {
  const address = URL.canParse(link ?? '', document.baseURI) ? new URL(link, document.baseURI) : null;
  return link && address?.protocol.startsWith('http') && (address.origin + address.pathname !== location.origin + location.pathname || address.search) ? address : null;
}

// ---- Element ------------------------------------------------------------------------------------------------------

class WhatsAppAttention extends HTMLElement {
  static observedAttributes = ['src', 'lang', 'heading-level'];

  #internals = this.attachInternals();
  #live = make('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
  #room = make('div', { part: 'room' });
  #labels = {};
  #fetch = null;
  #words = null;
  #items = [];
  #said = '';
  #asked = -Infinity;
  #failures = 0;
  #timer = 0;
  #round = 0;
  #attached = null;

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [styles];
    shadow.append(this.#room, this.#live);
  }

  /** Words to use instead of the server's, by name; an attribute label-<name> does the same. */
  get labels() { return this.#labels; }
  set labels(value) { this.#labels = value ?? {}; this.#draw(); }

  /** What is due, as the server last said. */
  get items() { return this.#items; }

  /** Makes the requests of the account, where the page sets it: it can add a bearer token. Without it the browser's own does. */
  get fetch() { return this.#fetch; }
  set fetch(value) {
    this.#fetch = value;
    if (this.#attached?.signal.aborted === false && this.#failures) this.#ask();
  }

  /** Asks the server again, now. */
  refresh = () => this.#ask();

  connectedCallback() {
    // A framework may have set them before the module was there.
    for (const name of ['labels', 'fetch'].filter((name) => Object.hasOwn(this, name))) {
      const early = this[name];
      delete this[name];
      this[name] = early;
    }
    const { signal } = this.#attached = new AbortController();
    document.addEventListener('visibilitychange', () => this.#seen(), { signal });
    window.addEventListener('pageshow', (event) => event.persisted && this.#ask(), { signal });
    window.addEventListener('online', () => this.#ask(), { signal });
    window.addEventListener('whatsapp-ended', () => this.#ask(), { signal });
    // Moved to another place of the page, it goes on with what it knows.
    if (performance.now() - this.#asked > limits.fresh) queueMicrotask(() => !signal.aborted && this.#ask());
    else this.#wait();
  }

  disconnectedCallback() {
    this.#attached.abort();
    clearTimeout(this.#timer);
  }

  attributeChangedCallback(name, before, value) {
    if (!this.#attached || this.#attached.signal.aborted || before === value) return;
    if (name === 'heading-level') this.#draw();
    else this.#ask();
  }

  get #source() { return new URL(this.getAttribute('src') || '/api/integrations/whatsapp/attention', document.baseURI); }

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

  #text = (name, values = {}) => (this.#labels[name] ?? this.getAttribute(`label-${name}`) ?? this.#words?.[`attention-${name}`] ?? '').replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);

  // -- When it asks

  #seen() {
    if (document.hidden) clearTimeout(this.#timer);
    else if (performance.now() - this.#asked > limits.fresh) this.#ask();
    else this.#wait();
  }

  /** Nobody is asked for a page that nobody sees; after failures ever more seldom, and never by all pages at once. */
  #wait() {
    clearTimeout(this.#timer);
    const pause = this.#failures ? Math.min(limits.first * 2 ** (this.#failures - 1), limits.longest) : limits.every;
    if (!document.hidden && !this.#attached.signal.aborted) this.#timer = setTimeout(() => this.#ask(), pause * (1 + Math.random() / 5));
  }

  async #ask() {
    const [round, source, language, { signal }] = [++this.#round, this.#source, this.#wanted, this.#attached];
    clearTimeout(this.#timer);
    this.#asked = performance.now();
    const answer = await this.#answer(source, language, signal);
    const words = answer?.items?.length ? await loadWords(this.getAttribute('words-path'), language) : this.#words;
    // Asked again meanwhile, or gone: what came is outdated.
    if (round !== this.#round || signal.aborted) return;
    this.#failures = answer ? 0 : this.#failures + 1;
    if (answer) [this.#items, this.#words] = [answer.items ?? [], words ?? this.#words];
    if (answer) this.#draw();
    this.#wait();
  }

  /** Null where nothing is known: what was shown stays. Whoever is signed out, or may not know, is shown nothing. */
  async #answer(source, language, signal) {
    if (source.origin !== location.origin && !this.#fetch) {
      console.error(`<whatsapp-attention>: src is at ${source.origin}, another origin than this page's. Set the element's property fetch to a function that makes its requests, for example with a bearer token.`);
      return null;
    }
    try {
      const response = await (this.#fetch ?? ((...request) => fetch(...request)))(String(source), {
        headers: { 'Accept': 'application/json', 'Accept-Language': language }, redirect: 'manual', cache: 'no-store', signal: AbortSignal.any([AbortSignal.timeout(limits.answer), signal]),
      });
      if ([401, 403].includes(response.status) || response.type === 'opaqueredirect') return { items: [] };
      const answer = response.ok ? await response.json() : null;
      return Array.isArray(answer?.items) ? answer : null;
    } catch {
      return null;
    }
  }

  // -- What is seen

  #draw() {
    const due = this.#items.length > 0 && this.#words;
    const focused = this.shadowRoot.activeElement?.dataset.code;
    this.#internals.states[due ? 'add' : 'delete']('due');
    this.#room.replaceChildren(...due ? [this.#panel()] : []);
    if (focused && due) (this.#room.querySelector(`a[data-code="${CSS.escape(focused)}"]`) ?? this.#room.querySelector('[tabindex]')).focus();
    // Said once, and not again at every look.
    const said = due ? [this.#text('heading'), ...this.#items.map((item) => item.message)].join('. ') : '';
    if (said === this.#said) return;
    this.#said = this.#live.textContent = said;
    this.dispatchEvent(new CustomEvent('whatsapp-attention', { bubbles: true, composed: true, detail: { items: this.#items } }));
  }

  #panel() {
    const level = Math.min(6, Math.max(1, parseInt(this.getAttribute('heading-level'), 10) || 2));
    return make('section', { part: 'panel', 'aria-labelledby': 'heading' },
      make(`h${level}`, { id: 'heading', part: 'heading', tabindex: '-1' }, this.#text('heading')),
      make('ul', { part: 'items', role: 'list' }, this.#items.map((item, index) => this.#item(item, `text-${index}`))));
  }

  #item({ code, message, action, blocks, link, phones, dueAt }, id) {
    const tone = blocks ? 'now' : 'soon';
    const place = placeOf(link);
    const foreign = place && place.origin !== location.origin;
    return make('li', { part: `item item-${tone}`, 'data-tone': tone },
      make('p', { part: 'text', class: 'text', id }, make('span', { part: 'tag', class: 'tag' }, this.#text(tone)), ' ', message),
      make('p', { part: 'action' }, action),
      phones?.length > 0 && make('p', { part: 'numbers', class: 'about' }, phones.join(', ')),
      dueAt && make('p', { part: 'due', class: 'about' }, this.#text('due', { time: new Date(dueAt).toLocaleString(this.#words.language, { dateStyle: 'medium', timeStyle: 'short' }) })),
      place && make('a', { part: 'link', href: place.href, 'data-code': code, 'aria-describedby': id, target: foreign && '_blank', rel: foreign && 'noopener noreferrer' }, this.#text(foreign ? 'meta' : 'go')));
  }
}

customElements.define('whatsapp-attention', WhatsAppAttention);
