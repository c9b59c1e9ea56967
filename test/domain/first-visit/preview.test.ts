import { describe, expect, test } from "vitest";
import { previewOf } from "../../../src/domain/first-visit/preview.ts";
import { proposePolicy } from "../../../src/domain/first-visit/propose-policy.ts";
import type { Survey } from "../../../src/domain/first-visit/survey.ts";
import { buildCommit, unread } from "../build-snapshot.ts";
import { buildSurvey, buildTrunk, hoursAgo, known, messages, sha } from "./build-survey.ts";

function preview(found: Partial<Survey>) {
  const survey = buildSurvey(found);
  return previewOf(survey, proposePolicy(survey));
}

const green = { name: "slow", minutes: 60 };
const red = { ...green, said: "failure" };
const HOUR = 3_600_000;

describe("a slow check", () => {
  test("that stays red past its grace would have halted from then to its green", () => {
    // A commit a day, newest first: red for five days, then green.
    const trunk = buildTrunk([[green], [red], [red], [red], [red], [red], [green]], 24);
    const { trunk: seen } = preview({ trunk: known(trunk) });
    expect(seen?.halts).toEqual([
      {
        check: "ci.yml / slow",
        firstRed: sha("c5"),
        from: hoursAgo(5 * 24 - 0.5 - 72),
        until: hoursAgo(-0.5),
      },
    ]);
    expect(seen?.haltedFor).toBe(48 * HOUR);
    expect(seen?.mended).toBe(0);
  });

  test("that was mended within its grace would have halted nobody", () => {
    const { trunk } = preview({ trunk: known(buildTrunk([[green], [red], [red], [green]], 24)) });
    expect([trunk?.halts, trunk?.mended]).toEqual([[], 1]);
  });

  test("that is red to this day would halt still", () => {
    const { trunk } = preview({ trunk: known(buildTrunk([[red], [red], [red], [red], [red], [green]], 24)) });
    expect(trunk?.halts.map(({ until }) => until)).toEqual([null]);
  });

  test("halts no longer than the other that halts at the same time", () => {
    const both = [red, { ...red, name: "slower" }];
    const fine = [green, { ...green, name: "slower" }];
    const { trunk } = preview({ trunk: known(buildTrunk([fine, both, both, both, both, both, fine], 24)) });
    expect(trunk?.halts).toHaveLength(2);
    expect(trunk?.haltedFor).toBe(48 * HOUR);
  });

  test("that was red before the thirty days counts from their beginning", () => {
    const days = Array.from({ length: 40 }, () => [red]);
    const { trunk } = preview({ trunk: known(buildTrunk([...days, [green]], 24)) });
    expect(trunk?.halts.map(({ from }) => from)).toEqual([hoursAgo(30 * 24)]);
    expect(trunk?.haltedFor).toBe(30 * 24 * HOUR);
  });
});

test("commits on which a required check ended red are counted, by its newest attempt", () => {
  const unit = { name: "unit" };
  const again = [unit, { ...unit, said: "failure" }];
  const trunk = buildTrunk([[{ ...unit, said: "failure" }], again, [unit], [unit]]);
  expect(preview({ trunk: known(trunk) }).trunk?.redHeads).toBe(1);
});

test("what was read is said as it is: how many commits, and how far back", () => {
  const { trunk } = preview({ trunk: known(buildTrunk([[green], [green], [green]], 24)) });
  expect(trunk).toMatchObject({ commits: 3, whole: false, since: hoursAgo(49) });
  const whole = preview({ trunk: known({ ...buildTrunk([[green]]), complete: true }) });
  expect(whole.trunk).toMatchObject({ commits: 1, whole: true, since: hoursAgo(30 * 24) });
});

describe("tickets", () => {
  test("are asked of every commit but merges, reverts and Apps", () => {
    const [merge] = messages("Merge branch 'x'");
    const commits = [
      ...messages("PLAY-1: a", "PLAY-2: b", "Tune the cache"),
      {
        ...buildCommit("merge", "Whatever it says"),
        parents: [sha("a"), sha("b")],
        committedAt: hoursAgo(1).toISOString(),
      },
      { ...buildCommit("bump", "Bump lodash", "dependabot[bot]"), committedAt: hoursAgo(1).toISOString() },
      ...(merge === undefined ? [] : [merge]),
    ];
    const { tickets } = preview({ commits: known(commits) });
    expect(tickets?.without.map(({ message }) => message)).toEqual(["Tune the cache"]);
    expect(tickets?.commits).toBe(6);
  });

  test("are not asked for where commits name none", () => {
    expect(preview({ commits: known(messages("Tune the cache")) }).tickets).toBeNull();
  });
});

test("what could not be read is not computed", () => {
  const unknown = unread("github-unreachable");
  expect(preview({ trunk: unknown, commits: unknown })).toEqual({ trunk: null, tickets: null });
});
