// Times that count on by themselves, in the words of `src/domain/wording/cockpit/moments.ts`; a test compares the two.

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LONG = 10 * DAY;

/** How far the server's clock is ahead of this one's; a wrong clock here must not change a deadline there. */
let ahead = 0;

/**
 * @param {number} milliseconds
 * @returns {string}
 */
export function lasting(milliseconds) {
  const length = Math.max(0, milliseconds);
  if (length < MINUTE) return `${Math.floor(length / SECOND)} s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} min`;
  if (length < DAY) return pair(Math.floor(length / HOUR), "h", Math.floor((length % HOUR) / MINUTE), "min");
  if (length < LONG) return pair(Math.floor(length / DAY), "d", Math.floor((length % DAY) / HOUR), "h");
  return `${Math.floor(length / DAY)} d`;
}

/**
 * @param {number} at
 * @param {number} now
 * @returns {string}
 */
export function relativeMoment(at, now) {
  const left = at - now;
  if (Math.abs(left) < SECOND) return "just now";
  return left > 0 ? `in ${lasting(left)}` : `${lasting(-left)} ago`;
}

/**
 * @param {number} large
 * @param {string} largeUnit
 * @param {number} small
 * @param {string} smallUnit
 */
function pair(large, largeUnit, small, smallUnit) {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** Each time says when the server wrote it: the newest one tells what its clock says now. */
export function setClock() {
  const written = [...document.querySelectorAll("time[data-counts]")].map((time) =>
    Number(time.getAttribute("data-counts")),
  );
  const newest = Math.max(0, ...written);
  if (newest > 0) ahead = newest - Date.now();
}

/** Once a second, and only what reads differently; not at all while nobody looks. */
export function countOn() {
  setClock();
  document.addEventListener("htmx:afterSwap", setClock);
  setInterval(() => {
    if (!document.hidden) tick();
  }, SECOND);
}

function tick() {
  const now = Date.now() + ahead;
  for (const time of document.querySelectorAll("time[data-counts]")) {
    const text = relativeMoment(Date.parse(time.getAttribute("datetime") ?? ""), now);
    if (time.textContent !== text) time.textContent = text;
  }
}
