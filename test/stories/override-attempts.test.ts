import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HeldShop, HOUR, openHeldShop } from "./held-shop.ts";
import { openShop, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const LABEL = "halt-override";

async function heldBy(more = ""): Promise<HeldShop> {
  const held = await openHeldShop(shop, { more });
  expect(await held.gate()).toBe("failure");
  return held;
}

/** What the audit keeps that matters here. */
async function decisions(held: HeldShop): Promise<readonly unknown[]> {
  return (await held.onRecord()).map(({ what, by, because }) => [what, by, because]);
}

describe("REL-57: labels that are not the label", () => {
  let held: HeldShop;
  beforeAll(async () => {
    held = await heldBy();
  });

  test.each([
    ["with another alphabet's letter", "hаlt-override"],
    ["with a mark that turns the direction", "halt\u202E-override"],
    ["with a space of no width", "halt\u200B-override"],
    ["that only begins like it", "halt-override-please"],
  ])("REL-57: one %s lifts nothing", async (_, label) => {
    await held.label(label, "octocat");
    expect(await held.gate()).toBe("failure");
    expect(await held.onRecord()).toEqual([]);
  });

  test("REL-57: the label deleted or renamed releases nothing and ends nothing; made again it counts", async () => {
    const { control } = shop.box.github;
    await held.label(LABEL, "octocat");
    await control.renameLabel({ repository: held.name, label: LABEL, name: "old" });
    await shop.quiet();
    expect(await held.gate()).toBe("success");
    shop.pass(24 * HOUR);
    await shop.tick("deadlines");
    await control.deleteLabel({ repository: held.name, label: "deploy-halt" });
    await shop.quiet();
    expect(await held.gate()).toBe("failure");
    await held.label(LABEL, "octocat");
    expect(await held.gate()).toBe("success");
  });
});

describe("REL-63: quick changes", () => {
  /** Nobody looks until everything has happened. */
  async function unseen(act: () => Promise<void>): Promise<void> {
    await shop.stop();
    await act();
    await shop.start();
    await shop.tick("installations");
    await shop.reconcile();
  }

  test("REL-63: put on and taken off by somebody authorised before anybody looks: it began and ended", async () => {
    const held = await heldBy();
    const { control } = shop.box.github;
    const of = { repository: held.name, number: held.issue, label: LABEL };
    await unseen(async () => {
      await control.label({ ...of, by: "octocat" });
      await control.unlabel({ ...of, by: "octocat" });
    });
    expect(await held.gate()).toBe("failure");
    expect(await decisions(held)).toEqual([
      ["override-began", "octocat", null],
      ["override-ended", "octocat", undefined],
    ]);
  });

  test("REL-63: put on by an admin and taken off by a writer before anybody looks: it stands, and is put back", async () => {
    const held = await heldBy();
    await held.give("monalisa", "write");
    const { control } = shop.box.github;
    const of = { repository: held.name, number: held.issue, label: LABEL };
    await unseen(async () => {
      await control.label({ ...of, by: "octocat" });
      await control.unlabel({ ...of, by: "monalisa" });
    });
    expect(await held.gate()).toBe("success");
    expect((await held.look()).labels).toContain(LABEL);
    expect(await decisions(held)).toEqual([
      ["override-began", "octocat", null],
      ["refused", "monalisa", "override-stays"],
    ]);
  });

  test("REL-63: two admins at once are one override", async () => {
    const held = await heldBy();
    await held.give("monalisa", "admin");
    await held.label(LABEL, "octocat");
    await held.label(LABEL, "monalisa");
    await held.comment(held.issue, "/holdpoint override 4h because me too", "monalisa");
    expect((await held.said()).at(-1)).toContain("That is lifted already, by `octocat` until ");
    expect(await decisions(held)).toEqual([
      ["override-began", "octocat", null],
      ["command-refused", "monalisa", "lifted-already"],
    ]);
  });

  test("REL-63: taken off by a writer, it is put back; by an admin, the halt returns", async () => {
    const held = await heldBy();
    await held.give("monalisa", "write");
    await held.label(LABEL, "octocat");
    await held.unlabel(LABEL, "monalisa");
    expect((await held.look()).labels).toContain(LABEL);
    expect((await held.said()).at(-1)).toBe(
      "`halt-override` was put back: only admins can end an override early.",
    );
    expect(await held.gate()).toBe("success");
    await held.unlabel(LABEL, "octocat");
    expect(await held.gate()).toBe("failure");
    expect((await held.look()).labels).not.toContain(LABEL);
  });
});

describe("REL-08: old webhooks", () => {
  test("REL-08: a captured body replayed under a new GUID, after the override is over, releases nothing", async () => {
    const held = await heldBy();
    await held.label(LABEL, "octocat");
    const told = shop.box.github.deliveries
      .list()
      .findLast(
        ({ event, body }) =>
          event === "issues" && body.includes('"action":"labeled"') && body.includes(LABEL),
      );
    if (told === undefined) throw new Error("the label was told");
    shop.pass(24 * HOUR);
    await shop.tick("deadlines");
    expect(await held.gate()).toBe("failure");
    const before = await held.onRecord();
    await shop.deliverAgain(told);
    expect(await held.gate()).toBe("failure");
    expect(await held.onRecord()).toEqual(before);
    expect((await held.cases()).length).toBe(1);
  });
});

describe("REL-62: comments that changed", () => {
  const OVERRIDE = "/holdpoint override 4h because the till is down";

  test("REL-62: one edited into a command, by its author or by somebody else, lifts nothing", async () => {
    const held = await heldBy();
    for (const by of ["octocat", "monalisa"]) {
      const id = await held.comment(held.issue, "Is it green?");
      shop.pass(2_000);
      await shop.box.github.control.editComment({ repository: held.name, id, body: OVERRIDE, by });
      await shop.quiet();
    }
    expect(await held.gate()).toBe("failure");
    expect(await held.onRecord()).toEqual([]);
  });

  test("REL-62: one deleted after use, or edited then, has counted, and stays on record", async () => {
    const held = await heldBy();
    const id = await held.comment(held.issue, OVERRIDE);
    shop.pass(2_000);
    await shop.box.github.control.editComment({ repository: held.name, id, body: "never mind" });
    await shop.box.github.control.deleteComment({ repository: held.name, id });
    await shop.quiet();
    expect(await held.gate()).toBe("success");
    expect(await held.onRecord()).toMatchObject([
      { what: "override-began", by: "octocat", because: "the till is down", comment: id },
    ]);
  });

  test("REL-62: in a quotation or in code it lifts nothing", async () => {
    const held = await heldBy();
    await held.comment(held.issue, `> ${OVERRIDE}`);
    await held.comment(held.issue, `\`\`\`\n${OVERRIDE}\n\`\`\``);
    expect(await held.gate()).toBe("failure");
    expect(await held.onRecord()).toEqual([]);
  });
});

const REFUSALS = [
  [
    "a check that is not there",
    "override nothing 4h",
    "No open check of this issue is called `nothing`: nothing was done. There is `integration (a)`.",
  ],
  [
    "an environment that is not there",
    "override 4h in moon",
    "The policy names no environment `moon`: nothing was done. It names `production`.",
  ],
  [
    "what is past its deadline",
    "extend 12h",
    "The deadline is over, so it cannot be moved. `/holdpoint override 24h because …` lifts the halt for a time.",
  ],
  [
    "a check that still runs",
    "resolve",
    "Every open check of this issue had a result within the last 7 days, so a green run closes it: nothing was done. `/holdpoint extend …` and `/holdpoint override …` give more time.",
  ],
  [
    "a halt that nobody made",
    "resume",
    "Nobody had halted deploys when this was written: there is nothing to end. A check past its deadline ends with a green run, or is lifted with `/holdpoint override 24h because …`.",
  ],
  [
    "a policy that nobody loosened",
    "accept-policy",
    "No looser policy waits to be accepted: nothing was done.",
  ],
] as const;

describe("what a command cannot mean", () => {
  let held: HeldShop;
  beforeAll(async () => {
    held = await heldBy();
  });

  test.each(REFUSALS)("%s is refused by name", async (_, words, answer) => {
    const because = words === "accept-policy" ? "" : " because the till is down";
    await held.comment(held.issue, `/holdpoint ${words}${because}`);
    expect((await held.said()).at(-1)).toBe(answer);
    expect(await held.gate()).toBe("failure");
  });
});

describe("commands on a compliance issue", () => {
  test("a duration above the policy's `max` is cut, and that is said", async () => {
    const held = await heldBy();
    await held.comment(held.issue, "/holdpoint override 14d because the till is down");
    expect((await held.said()).at(-1)).toMatch(
      /^Lifted until .*: `integration \(a\)`\. That is the most that the policy allows\./,
    );
    shop.pass(72 * HOUR);
    await shop.tick("deadlines");
    expect(await held.gate()).toBe("failure");
  });

  test("by name and environment it lifts that check there", async () => {
    const held = await heldBy();
    await held.comment(
      held.issue,
      "/holdpoint override integration (a) 4h in Production because the till is down",
    );
    expect((await held.said()).at(-1)).toMatch(/^Lifted until .* for `production`: `integration \(a\)`\./);
    expect(await held.gate()).toBe("success");
  });

  test("more time before the deadline is more time", async () => {
    const held = await openHeldShop(shop, { expired: false });
    await held.comment(held.issue, "/holdpoint extend 12h because we are close");
    expect((await held.said()).at(-1)).toMatch(/^More time: `integration \(a\)` is due at .* now\.$/);
    shop.pass(73 * HOUR);
    await shop.tick("deadlines");
    expect(await held.gate()).toBe("success");
    shop.pass(12 * HOUR);
    await shop.tick("deadlines");
    expect(await held.gate()).toBe("failure");
  });

  test("a check that said nothing for 7 days is closed by hand", async () => {
    const held = await heldBy();
    shop.pass(7 * 24 * HOUR);
    await held.comment(held.issue, "/holdpoint resolve because the job is gone");
    expect((await held.said()).filter((one) => one.startsWith("Closed by hand"))).toEqual([
      "Closed by hand: `integration (a)`. The next red run opens a new case.",
    ]);
    expect(await held.gate()).toBe("success");
    expect((await held.look()).state).toBe("closed");
  });
});
