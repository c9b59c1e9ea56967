import * as fc from "fast-check";
import { caseHolds } from "../../../src/domain/compliance/case.ts";
import {
  clockMoment,
  exactMoment,
  relativeMoment,
  shortMoment,
} from "../../../src/domain/wording/cockpit/moments.ts";
import {
  buildTrunk,
  buildDeferredPolicy,
  buildCheck,
  startHistory,
} from "../../domain/compliance/case-history.ts";
import { createTarget } from "../target.ts";

/** Half hours, quarter hours, changes at midnight, a day that was left out, changes of half an hour. */
const ZONES = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/St_Johns",
  "Asia/Kathmandu",
  "Pacific/Apia",
  "Australia/Lord_Howe",
  "America/Sao_Paulo",
  "Pacific/Kiritimati",
  "Africa/Casablanca",
  "Asia/Gaza",
];
const HOUR = 3_600_000;
/** Changes of clocks, ends of months and years, 29 February, leap seconds. */
const ODD = [
  "2026-03-29T01:00:00Z",
  "2026-10-25T01:00:00Z",
  "2026-03-08T07:00:00Z",
  "2026-11-01T06:00:00Z",
  "2028-02-29T00:00:00Z",
  "2028-02-28T23:59:59.999Z",
  "2016-12-31T23:59:59Z",
  "2026-12-31T23:59:59.999Z",
  "2011-12-30T10:00:00Z",
  "2026-04-05T15:00:00Z",
].map((text) => Date.parse(text));

const moment = fc.oneof(
  fc.integer({ min: Date.parse("2000-01-01"), max: Date.parse("2099-12-31") }),
  fc
    .tuple(fc.constantFrom(...ODD), fc.integer({ min: -100 * HOUR, max: 100 * HOUR }))
    .map(([at, by]) => at + by),
  fc.constantFrom(...ODD),
);

interface Given {
  readonly red: number;
  readonly now: number;
  readonly grace: number;
  readonly zone: string;
}

/** All that Holdpoint says and decides about these moments. */
function sayAll({ red, now, grace }: Given): readonly string[] {
  const [at, then] = [new Date(red), new Date(now)];
  const trunk = buildTrunk([{ on: 1, said: "failure", at }], 1);
  const history = startHistory(buildDeferredPolicy([buildCheck({ grace })], { remind: [] }), new Date(0));
  history.look({ at, trunk });
  history.warn(at);
  history.look({ at, trunk });
  const due = history.only().deadline ?? new Date(0);
  const before = caseHolds(history.only(), new Date(due.getTime() - 1));
  const early = history.look({ at: new Date(due.getTime() - 1), trunk });
  const expired = history.look({ at: due, trunk });
  return [
    String(due.getTime() - red),
    [before, ...early, ...expired].join(" "),
    exactMoment(at),
    relativeMoment(at, then),
    clockMoment(at, then),
    shortMoment(at, then),
  ];
}

function inZone<Result>(zone: string, work: () => Result): Result {
  const own = process.env["TZ"];
  process.env["TZ"] = zone;
  try {
    return work();
  } finally {
    if (own === undefined) delete process.env["TZ"];
    else process.env["TZ"] = own;
  }
}

export const timeZones = createTarget({
  name: "time-zones",
  claim:
    "moments from 2000 to 2099 in 11 time zones of the process: the same deadline to the millisecond, the same words, in UTC; a grace is elapsed time over any change of clocks",
  inputs: fc.record({
    red: moment,
    now: moment,
    grace: fc.constantFrom(HOUR, 24 * HOUR, 72 * HOUR, 168 * HOUR),
    zone: fc.constantFrom(...ZONES),
  }),
  act: (given) =>
    inZone(given.zone, () => ({ said: sayAll(given), offset: new Date(given.red).getTimezoneOffset() })),
  judge(given, { said }) {
    const inUtc = inZone("UTC", () => sayAll(given));
    if (said.join("\n") !== inUtc.join("\n"))
      return `in ${given.zone} it is ${said.join(", ")}; in UTC ${inUtc.join(", ")}`;
    const [length, what] = said;
    if (length !== String(given.grace)) return `the deadline is ${String(length)} ms after the red`;
    return what === "no 1 expired" ? null : `it went ${String(what)}`;
  },
});
