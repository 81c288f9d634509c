// The emulator's stand-in for Meta's JavaScript SDK: FB.init and FB.login for Embedded Signup.
(() => {
  if (window.FB) return;

  const emulator = new URL(document.currentScript.src).origin;
  let app = null;

  function init(options) {
    if (!/^v\d+\.\d+$/.test(options?.version ?? "")) throw new Error("init not called with valid version");
    app = { id: String(options.appId ?? ""), version: options.version };
  }

  function login(callback, options) {
    if (!app) {
      console.error("FB.login() called before FB.init().");
      return;
    }
    // Meta's SDK checks the type by its name, and an async function has another one.
    if (callback && Object.prototype.toString.call(callback) !== "[object Function]")
      throw new Error(`Expression is of type ${typeName(callback)}, not function`);

    const channel = crypto.getRandomValues(new Uint32Array(4)).join("-");
    // In this very turn: a browser opens windows only for a person's click.
    const popup = window.open(address(channel, options ?? {}), channel, "popup,width=640,height=760");
    wait(popup, channel, (answer) => callback?.(answer));
  }

  function address(channel, options) {
    const url = new URL(`/${app.version}/dialog/embedded-signup`, emulator);
    url.searchParams.set("client_id", app.id);
    for (const name of ["config_id", "response_type", "override_default_response_type"])
      if (options[name] !== undefined) url.searchParams.set(name, String(options[name]));
    if (options.extras !== undefined)
      url.searchParams.set("extras", typeof options.extras === "string" ? options.extras : JSON.stringify(options.extras));
    url.searchParams.set("origin", location.origin);
    url.searchParams.set("channel", channel);
    return url.href;
  }

  function wait(popup, channel, tell) {
    const end = (answer) => {
      window.removeEventListener("message", listen);
      clearInterval(watch);
      tell(answer);
    };
    const listen = (event) => {
      if (event.origin === emulator && event.data?.type === "emulated-login" && event.data.channel === channel) end(event.data.response);
    };
    // What was posted before the window closed may arrive after it is seen to be closed.
    let closed = 0;
    const watch = setInterval(() => {
      if ((!popup || popup.closed) && ++closed > 2) end({ authResponse: null, status: "unknown" });
    }, 100);
    window.addEventListener("message", listen);
  }

  function typeName(value) {
    return Object.prototype.toString.call(value).slice(8, -1).toLowerCase();
  }

  window.FB = { init, login };
  setTimeout(() => window.fbAsyncInit?.(), 0);
})();
