// The keyboard: `?` shows what there is. Single keys can be switched off, for those whose software presses them.

const SWITCH = "holdpoint-single-keys";

export function listenForKeys() {
  const dialog = document.querySelector("dialog#keys");
  const choice = document.querySelector("[data-single-keys]");
  if (choice instanceof HTMLInputElement) {
    choice.checked = areOn();
    choice.addEventListener("change", () => localStorage.setItem(SWITCH, choice.checked ? "on" : "off"));
  }
  for (const button of document.querySelectorAll("[data-show-keys]")) {
    if (!(button instanceof HTMLElement)) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      closeMenus(null);
      if (dialog instanceof HTMLDialogElement) dialog.showModal();
    });
  }
  document.addEventListener("keydown", (event) => press(event, dialog));
  document.addEventListener("click", ({ target }) => closeMenus(target instanceof Node ? target : null));
}

/**
 * @param {KeyboardEvent} event
 * @param {Element | null} dialog
 */
function press(event, dialog) {
  if (event.key === "Escape") closeMenus(null);
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !areOn()) return;
  if (isTyping(event.target) || (dialog instanceof HTMLDialogElement && dialog.open)) return;
  switch (event.key) {
    case "/":
      if (focusOn(document.querySelector("[data-search]"))) event.preventDefault();
      return;
    case "?":
      if (dialog instanceof HTMLDialogElement) dialog.showModal();
      return;
    case "j":
      move(1);
      return;
    case "k":
      move(-1);
      return;
  }
}

/**
 * The rows of the page are walked by the first link in each, so that Enter opens it.
 * @param {1 | -1} step
 */
function move(step) {
  const rows = [...document.querySelectorAll("#main [data-row]")].filter((row) => row.checkVisibility());
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[here === -1 ? (step === 1 ? 0 : rows.length - 1) : here + step];
  if (next === undefined) return;
  focusOn(next.querySelector("[data-row-link]") ?? next.querySelector("a[href], button, summary"));
  next.scrollIntoView({ block: "nearest" });
}

/** @param {Element | null} element */
function focusOn(element) {
  if (!(element instanceof HTMLElement)) return false;
  element.focus();
  if (element instanceof HTMLInputElement) element.select();
  return true;
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}

/** @param {Node | null} within */
function closeMenus(within) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (within !== null && menu.contains(within)) continue;
    if (menu.contains(document.activeElement)) focusOn(menu.querySelector("summary"));
    menu.removeAttribute("open");
  }
}

function areOn() {
  return localStorage.getItem(SWITCH) !== "off";
}
