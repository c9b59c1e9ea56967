import * as fc from "fast-check";
import { parseDuration } from "../../../src/domain/duration.ts";
import { durationText, timeSpan } from "../../../src/domain/time-span.ts";
import { lasting } from "../../../src/domain/wording/cockpit/moments.ts";
import { assembled, mutated } from "../mutate.ts";
import { createTarget } from "../target.ts";

const LIMIT = { limit: 65_536 };
const HOUR = 3_600_000;
const text = fc.oneof(
  mutated(["72h", "90s", "30m", "14d", "0h", "3 days", "1e9", "-1", "99999999d", "999999999d"], LIMIT),
  assembled(["0", "1", "72", "9", "s", "m", "h", "d", " ", "-", "+", ".", "e", "７", "\n"], LIMIT),
);

/** The definition once more, without a pattern: digits without a leading zero, at most eight, and one unit. */
function plainly(given: string): number | null {
  const units = new Map([
    ["s", 1_000],
    ["m", 60_000],
    ["h", HOUR],
    ["d", 24 * HOUR],
  ]);
  const unit = units.get(given.slice(-1));
  const digits = given.slice(0, -1);
  if (unit === undefined || digits.length === 0 || digits.length > 8) return null;
  if (Array.from(digits).some((digit) => !"0123456789".includes(digit))) return null;
  return digits.length > 1 && digits.startsWith("0") ? null : Number(digits) * unit;
}

export const durations = createTarget({
  name: "durations",
  claim:
    "texts up to 64 KB: read as the definition says, a safe whole number; every length of time can be said, and said durations read back",
  inputs: text,
  act(given) {
    const length = parseDuration(given);
    const said = durationText(length ?? 0, HOUR);
    return {
      length,
      said,
      back: parseDuration(said),
      spans: [timeSpan(length ?? 0, HOUR), lasting(length ?? 0)],
    };
  },
  judge(given, { length, said, back, spans }) {
    if (length !== plainly(given)) return `read as ${String(length)}, not as ${String(plainly(given))}`;
    if (length !== null && !Number.isSafeInteger(length)) return `${String(length)} is no safe number`;
    const minutes = Math.max(1, Math.round((length ?? 0) / 60_000));
    // More digits than a duration may have are not written by anybody.
    const writable = said.length <= 9;
    if (writable && back !== minutes * 60_000) return `${said} is read back as ${String(back)}`;
    return spans.some((span) => !/^[0-9]+ [a-z]+(?: [0-9]+ [a-z]+)?$/.test(span)) ? spans.join(", ") : null;
  },
});
