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
      "No check of this issue was past its deadline then, so there was nothing to lift, and `halt-override` was taken off. Before the deadline `/holdpoint extend 24h because …` gives more time; after it, put the label on again.",
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
      "You wrote part of what this is about, and the policy wants somebody else to let it out: nothing was done. Ask somebody else of those who may: admins.",
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
