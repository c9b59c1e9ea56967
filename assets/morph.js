// When a part of the page changes in place, what somebody is using stays as it is: a form with typed text, an opened part.

/** Kept beside the elements, because a morph takes away attributes that the server did not write. */
const typedIn = new WeakSet();
const toggled = new WeakSet();

export function keepWhatIsUsed() {
  document.addEventListener("input", ({ target }) => {
    if (target instanceof Element) mark(target.closest("form"), typedIn);
  });
  document.addEventListener("reset", ({ target }) => {
    if (target instanceof Element) typedIn.delete(target);
  });
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Element) mark(target.closest("summary")?.parentElement ?? null, toggled);
  });
  document.addEventListener("htmx:afterSwap", takeToken);
  Idiomorph.defaults.ignoreActiveValue = true;
  Idiomorph.defaults.callbacks.beforeNodeMorphed = (old) =>
    !(old instanceof Element) || !(isTypedIn(old) || isLoaded(old));
  Idiomorph.defaults.callbacks.beforeNodeRemoved = (old) =>
    !(old instanceof Element) || !(isTypedIn(old) || [...old.querySelectorAll("form")].some(isTypedIn));
  Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, element) =>
    !(name === "open" && (toggled.has(element) || element instanceof HTMLDialogElement));
}

/** Whoever signed in again has another token; all else that a kept form says, it says as it was read. */
function takeToken() {
  const token = document.getElementById("main")?.dataset.token;
  if (token === undefined) return;
  for (const input of document.querySelectorAll("input[type=hidden][name=token]")) {
    if (input instanceof HTMLInputElement) input.value = token;
  }
}

/**
 * @param {Element | null} element
 * @param {WeakSet<Element>} set
 */
function mark(element, set) {
  if (element !== null) set.add(element);
}

/**
 * A search field sends what is typed at once: there is nothing to lose.
 * @param {Element} element
 */
function isTypedIn(element) {
  return typedIn.has(element) && !element.hasAttribute("data-search-form");
}

/**
 * A part that was asked for when it was opened: the page does not bring it along.
 * @param {Element} element
 */
function isLoaded(element) {
  return element.hasAttribute("data-lazy") && element.querySelector("form, .hp-mend") !== null;
}

/** Whether anything in the part was typed and not sent. */
export function holdsTypedText() {
  return [...document.querySelectorAll("#main form")].some(isTypedIn);
}

/** Takes away what the page showed; a form with typed text stays where it is. */
export function leaveTypedTextAlone() {
  const kept = [...document.querySelectorAll("#main form")].filter(isTypedIn);
  for (const element of document.querySelectorAll("#main *")) {
    if (!kept.some((form) => form.contains(element) || element.contains(form))) element.remove();
  }
}
