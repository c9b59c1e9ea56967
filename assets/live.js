// The page hears that something changed, and asks for `main` again.
import { holdsTypedText, leaveTypedTextAlone } from "./morph.js";

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
  const look = createLook();
  const stream = createStream(address, { onChange: look, onBack: back, onLost: () => say("lost", lost) });

  function back() {
    say("well");
    look();
  }

  // A browser keeps few connections to one host: pages that nobody looks at give theirs back.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return stream.close();
    stream.open();
    look();
  });
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    stream.open();
    look();
  });
  setInterval(look, FALLBACK);

  document.addEventListener("htmx:responseError", (event) => {
    const status = event instanceof CustomEvent ? statusOf(event) : null;
    if (status === 401) {
      // Nobody is signed in any more: what the page showed is not for whoever sits here now.
      if (!holdsTypedText()) return location.reload();
      leaveTypedTextAlone();
      return say("signed-out", `${signedOut} `, signInLink(signInAgain));
    }
    // It is gone, or not theirs any more: the page says so itself, unless that would take typed text away.
    if (status === 404 && !holdsTypedText()) return location.reload();
    say("lost", lost);
  });
  document.addEventListener("htmx:sendError", () => say("lost", lost));
  document.addEventListener("htmx:afterSwap", () => {
    if (stream.isWell()) say("well");
  });
  stream.open();
}

/** Asks for `main`, now or when the pause is over. */
function createLook() {
  let last = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let planned;
  return () => {
    if (planned !== undefined || document.hidden) return;
    planned = setTimeout(
      () => {
        planned = undefined;
        last = Date.now();
        htmx.trigger("#main", "refresh");
      },
      Math.max(0, last + PAUSE - Date.now()),
    );
  };
}

/**
 * An event stream that is opened again and again, ever more slowly, until it is closed.
 * @param {string} address
 * @param {{ onChange: () => void, onBack: () => void, onLost: () => void }} tell
 */
function createStream(address, { onChange, onBack, onLost }) {
  /** @type {EventSource | null} */
  let source = null;
  let failures = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let worried;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let again;

  function opened() {
    clearTimeout(worried);
    worried = undefined;
    // Between the making of the page and now something may have changed that nobody told: a form's own answer, most often.
    if (failures > 0) onBack();
    else onChange();
    failures = 0;
  }

  function failed() {
    failures += 1;
    worried ??= setTimeout(onLost, PATIENCE);
    // A browser goes on by itself when a connection breaks off, not when it was refused. Why it was, a look finds out.
    if (source?.readyState !== EventSource.CLOSED) return;
    source = null;
    onChange();
    again = setTimeout(open, Math.min(LONGEST_WAIT, 500 * 2 ** Math.min(failures, 6)));
  }

  function open() {
    clearTimeout(again);
    if (source !== null) return;
    source = new EventSource(address);
    source.addEventListener("open", opened);
    source.addEventListener("change", onChange);
    source.addEventListener("error", failed);
  }

  return {
    open,
    close() {
      clearTimeout(again);
      clearTimeout(worried);
      worried = undefined;
      source?.close();
      source = null;
    },
    isWell: () => failures === 0,
  };
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
 * @param {string} text
 */
function signInLink(text) {
  const link = document.createElement("a");
  link.href = "/";
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = text;
  return link;
}

/**
 * The banner says one thing, once: whoever is signed out need not hear that the connection is lost, too.
 * @param {"well" | "lost" | "signed-out"} state
 * @param {(string | Node)[]} words
 */
function say(state, ...words) {
  const banner = document.getElementById("connection");
  if (banner === null || banner.dataset.state === state) return;
  if (state === "lost" && banner.dataset.state === "signed-out") return;
  banner.dataset.state = state;
  banner.hidden = state === "well";
  banner.replaceChildren(...words);
}
