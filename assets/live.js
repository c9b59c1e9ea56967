// The page hears that something changed, and asks for `main` again.

/** At most one look in this time; the last change is never left out. */
const PAUSE = 300;
/** Also without a change: what is said of times, and what no change tells of. */
const FALLBACK = 60_000;
/** A short break is nobody's business. */
const PATIENCE = 1_500;
const LONGEST_WAIT = 30_000;

export function watchChanges() {
  const main = document.getElementById("main");
  const address = main?.dataset.live;
  if (main === null || address === undefined) return;
  // Read now: `main` itself is changed in place.
  const { lost = "", signedOut = "", signInAgain = "" } = main.dataset;
  /** @type {EventSource | null} */
  let source = null;
  let failures = 0;
  let lastLook = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let planned;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let worried;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let again;

  function look() {
    if (planned !== undefined || document.hidden) return;
    planned = setTimeout(
      () => {
        planned = undefined;
        lastLook = Date.now();
        htmx.trigger("#main", "refresh");
      },
      Math.max(0, lastLook + PAUSE - Date.now()),
    );
  }

  function open() {
    clearTimeout(again);
    if (source !== null || address === undefined) return;
    const opened = new EventSource(address);
    source = opened;
    opened.addEventListener("open", () => {
      clearTimeout(worried);
      worried = undefined;
      const wasLost = failures > 0;
      failures = 0;
      if (wasLost) {
        say(null);
        look();
      }
    });
    opened.addEventListener("change", look);
    opened.addEventListener("error", () => {
      failures += 1;
      worried ??= setTimeout(() => say(lost), PATIENCE);
      // A browser goes on by itself when a connection breaks off, not when it was refused.
      if (opened.readyState !== EventSource.CLOSED) return;
      close();
      again = setTimeout(open, Math.min(LONGEST_WAIT, 500 * 2 ** Math.min(failures, 6)));
    });
  }

  function close() {
    source?.close();
    source = null;
  }

  // A browser keeps few connections to one host: pages that nobody looks at give theirs back.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      close();
      clearTimeout(again);
      clearTimeout(worried);
      worried = undefined;
      return;
    }
    open();
    look();
  });
  addEventListener("pagehide", close);
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) {
      open();
      look();
    }
  });
  setInterval(look, FALLBACK);
  document.addEventListener("htmx:responseError", (event) => {
    if (event instanceof CustomEvent && statusOf(event) === 401) saySignedOut(signedOut, signInAgain);
  });
  document.addEventListener("htmx:sendError", () => say(lost));
  document.addEventListener("htmx:afterOnLoad", () => {
    if (failures === 0) say(null);
  });
  open();
}

/**
 * @param {CustomEvent<unknown>} event
 * @returns {number | null}
 */
function statusOf({ detail }) {
  if (typeof detail !== "object" || detail === null || !("xhr" in detail)) return null;
  return detail.xhr instanceof XMLHttpRequest ? detail.xhr.status : null;
}

/**
 * What was typed is still in the page: whoever signs in elsewhere can go on here.
 * @param {string} signedOut
 * @param {string} signInAgain
 */
function saySignedOut(signedOut, signInAgain) {
  const link = document.createElement("a");
  link.href = "/";
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = signInAgain;
  say(`${signedOut} `, link);
}

/**
 * null: all is well.
 * @param {string | null} text
 * @param {Node[]} more
 */
function say(text, ...more) {
  const banner = document.getElementById("connection");
  if (banner === null) return;
  const shown = text === null ? [] : [text, ...more];
  const same = text !== null && !banner.hidden && banner.textContent === shown.map(textOf).join("");
  if (!same) banner.replaceChildren(...shown);
  banner.hidden = text === null;
}

/** @param {string | Node} piece */
function textOf(piece) {
  return typeof piece === "string" ? piece : (piece.textContent ?? "");
}
