import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HeldShop, HOUR, openHeldShop, type Role } from "./held-shop.ts";
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

describe("the label of somebody authorised", () => {
  test("opens the gate at once, ends by itself with its label, and the halt returns", async () => {
    const held = await heldBy();
    await held.label(LABEL, "octocat");
    expect(await held.gate()).toBe("success");
    expect((await held.look()).labels).toEqual(["deferred-compliance", "deploy-halt", LABEL]);
    const until = new Date(shop.now().getTime() + 24 * HOUR).toISOString().slice(0, 15).replace("T", " ");
    expect((await held.said()).at(-1)).toContain(`**Halt lifted by \`octocat\`** until ${until}`);
    shop.pass(24 * HOUR);
    await shop.tick("deadlines");
    expect(await held.gate()).toBe("failure");
    expect((await held.look()).labels).toEqual(["deferred-compliance", "deploy-halt"]);
    expect((await held.said()).at(-1)).toBe(
      "**The override is over.** What is still red past its deadline halts deploys again.",
    );
    expect(await decisions(held)).toEqual([
      ["override-began", "octocat", null],
      ["override-ended", null, undefined],
    ]);
  });

  test("asks for the reason; a reply gives it, and no other person's reply", async () => {
    const held = await heldBy();
    await held.label(LABEL, "octocat");
    expect((await held.onRecord()).at(-1)).toMatchObject({ because: null, reason: "none given" });
    await held.comment(held.issue, "because I say so", "monalisa");
    await held.comment(held.issue, "The till is down.", "octocat");
    expect((await held.said()).at(-1)).toBe("Thank you, the reason is on record.");
    expect((await held.onRecord()).at(-1)).toMatchObject({
      what: "reason-given",
      by: "octocat",
      because: "The till is down.",
    });
    await held.comment(held.issue, "And another thing.", "octocat");
    expect((await held.onRecord()).at(-1)).toMatchObject({ because: "The till is down." });
  });

  test("with `reason: required` lifts nothing before somebody says why", async () => {
    const held = await heldBy("override: { reason: required }\n");
    await held.label(LABEL, "octocat");
    expect(await held.gate()).toBe("failure");
    expect((await held.said()).at(-1)).toBe(
      "`octocat`, the policy wants a reason first: please reply with one. Until then nothing is lifted.",
    );
    await held.comment(held.issue, "The till is down.", "octocat");
    expect(await held.gate()).toBe("success");
    shop.pass(24 * HOUR);
    await shop.tick("deadlines");
    expect(await held.gate()).toBe("failure");
  });

  test("before the deadline is taken off again, and says what gives more time", async () => {
    const held = await openHeldShop(shop, { expired: false });
    await held.label(LABEL, "octocat");
    expect((await held.look()).labels).toEqual(["deferred-compliance"]);
    expect((await held.said()).at(-1)).toBe(
      "No check of this issue is past its deadline, so there is nothing to lift, and `halt-override` was taken off. For more time use `/holdpoint extend 24h because …`.",
    );
    shop.pass(73 * HOUR);
    await shop.tick("deadlines");
    expect(await held.gate()).toBe("failure");
  });
});

describe("REL-59: who may lift by the label", () => {
  let held: HeldShop;
  beforeAll(async () => {
    held = await heldBy();
  });

  test.each<readonly [claim: string, role: Role]>([
    ["a maintainer may not", "maintain"],
    ["a writer may not", "write"],
    ["somebody with triage may not", "triage"],
  ])("REL-59: %s", async (_, role) => {
    const login = `label-${role}`;
    await held.give(login, role);
    await held.label(LABEL, login);
    expect(await held.gate()).toBe("failure");
    expect((await held.look()).labels).not.toContain(LABEL);
    const refused = `\`${login}\` put \`halt-override\` on. Only admins can lift a hold, so the label was taken off and nothing was lifted.`;
    expect(await held.said()).toContain(refused);
    expect((await decisions(held)).at(-1)).toEqual(["refused", login, "not-authorised"]);
  });

  test("once more by the same person it is taken off again, and nothing is said again", async () => {
    const before = (await held.said()).length;
    await held.label(LABEL, "label-write");
    expect((await held.look()).labels).not.toContain(LABEL);
    expect(await held.said()).toHaveLength(before);
  });

  test("REL-59: an admin may", async () => {
    await held.label(LABEL, "octocat");
    expect(await held.gate()).toBe("success");
    expect((await held.look()).labels).toContain(LABEL);
  });
});

describe("REL-59: who may lift by the command", () => {
  const OVERRIDE = "/holdpoint override 4h because the till is down";
  const REFUSED =
    "Only admins can do that: nothing was done. Ask one of them to comment `/holdpoint override …`.";
  let held: HeldShop;
  beforeAll(async () => {
    held = await heldBy();
  });

  test.each<readonly [claim: string, role: Role]>([
    ["a maintainer may not", "maintain"],
    ["a writer may not", "write"],
    ["somebody with triage may not", "triage"],
    ["an outside collaborator who may read may not", "read"],
    ["a stranger may not", "none"],
  ])("REL-59: %s", async (_, role) => {
    const login = `comment-${role}`;
    await held.give(login, role);
    await held.comment(held.issue, OVERRIDE, login);
    expect((await held.said()).at(-1)).toBe(REFUSED);
    expect(await held.gate()).toBe("failure");
    expect((await decisions(held)).at(-1)).toEqual(["command-refused", login, "not-authorised"]);
  });

  test("REL-59: somebody who was an admin until a moment ago may not", async () => {
    await held.give("monalisa", "admin");
    await held.give("monalisa", "write");
    await held.comment(held.issue, OVERRIDE, "monalisa");
    expect((await held.said()).at(-1)).toBe(REFUSED);
    expect(await held.gate()).toBe("failure");
  });

  test("REL-59: an admin may, for as long as was said", async () => {
    await held.comment(held.issue, OVERRIDE);
    expect(await held.gate()).toBe("success");
    expect((await held.look()).labels).toContain(LABEL);
    shop.pass(4 * HOUR);
    await shop.tick("deadlines");
    expect(await held.gate()).toBe("failure");
    expect((await held.look()).labels).not.toContain(LABEL);
  });
});

describe("teams", () => {
  const TEAMS = "override: { allow: { teams: [acme/release] } }\n";
  const { addTeamMember, nestTeam, removeTeamMember } = {
    addTeamMember: (login: string, team: string, state: "active" | "pending" = "active") =>
      shop.box.github.control.addTeamMember({ organisation: "acme", team, login, state }),
    nestTeam: (team: string, parent: string) =>
      shop.box.github.control.nestTeam({ organisation: "acme", team, parent }),
    removeTeamMember: (login: string, team: string) =>
      shop.box.github.control.removeTeamMember({ organisation: "acme", team, login }),
  };

  test("REL-59: a member may, somebody who was only invited may not, nor an admin outside of it, nor an ex-member", async () => {
    const held = await heldBy(TEAMS);
    await held.give("monalisa", "write");
    await addTeamMember("monalisa", "release", "pending");
    await held.label(LABEL, "monalisa");
    expect(await held.gate()).toBe("failure");
    await held.label(LABEL, "octocat");
    expect(await held.gate()).toBe("failure");
    await addTeamMember("monalisa", "release");
    await removeTeamMember("monalisa", "release");
    await held.label(LABEL, "monalisa");
    expect(await held.gate()).toBe("failure");
    await addTeamMember("monalisa", "release");
    await held.label(LABEL, "monalisa");
    expect(await held.gate()).toBe("success");
  });

  test("REL-59: a member of a team within it may", async () => {
    const held = await heldBy("override: { allow: { teams: [acme/outer] } }\n");
    await held.give("monalisa", "write");
    await nestTeam("inner", "outer");
    await addTeamMember("monalisa", "inner");
    await held.comment(held.issue, "/holdpoint override 4h because the till is down", "monalisa");
    expect(await held.gate()).toBe("success");
  });

  test("a team that does not exist lifts nothing, and is named", async () => {
    const held = await heldBy("override: { allow: { teams: [acme/nobody] } }\n");
    await held.label(LABEL, "octocat");
    expect(await held.gate()).toBe("failure");
    expect((await held.said()).at(-1)).toBe(
      "`octocat` put `halt-override` on, but Holdpoint cannot read the team `acme/nobody` that the policy names: there is no such team, or the App may not read the organisation's members. The label was taken off and nothing was lifted.",
    );
  });
});

describe("REL-60: bots", () => {
  test("REL-60: a bot's label lifts nothing, and a bot's comment neither", async () => {
    const held = await heldBy();
    await held.label(LABEL, "github-actions[bot]");
    expect(await held.gate()).toBe("failure");
    expect((await held.look()).labels).not.toContain(LABEL);
    expect(await decisions(held)).toEqual([["refused", "github-actions[bot]", "bot"]]);
    const before = (await held.said()).length;
    await held.comment(held.issue, "/holdpoint override 4h because bots", "github-actions[bot]");
    expect(await held.gate()).toBe("failure");
    expect(await held.said()).toHaveLength(before);
  });
});

describe("REL-61: four eyes", () => {
  test("REL-61: the author of what broke may not lift it, another admin may", async () => {
    const held = await heldBy("override: { four_eyes: true }\n");
    await held.give("hubot", "admin");
    await held.label(LABEL, "hubot");
    expect(await held.gate()).toBe("failure");
    expect((await held.said()).at(-1)).toBe(
      "`hubot` wrote part of what broke, and the policy wants somebody else to lift the halt. `halt-override` was taken off and nothing was lifted.",
    );
    await held.comment(held.issue, "/holdpoint override 4h because I know it", "hubot");
    expect((await held.said()).at(-1)).toBe(
      "You wrote part of what this is about, and the policy wants somebody else to let it out: nothing was done. Ask another one of admins.",
    );
    await held.label(LABEL, "octocat");
    expect(await held.gate()).toBe("success");
  });

  test("REL-61: without four eyes the author may", async () => {
    const held = await heldBy();
    await held.give("hubot", "admin");
    await held.label(LABEL, "hubot");
    expect(await held.gate()).toBe("success");
  });
});

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
      "`halt-override` was put back: only admins can end what was lifted before its time.",
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
    "Nobody has halted deploys: there is nothing to end. A check past its deadline ends with a green run, or is lifted with `/holdpoint override 24h because …`.",
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
