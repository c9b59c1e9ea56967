import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { storePolicy } from "../../../src/store/policy.ts";
import { key, sha } from "../../domain/build-snapshot.ts";
import { expectCleanPage } from "../clean-page.ts";
import { HOSTILE } from "../hostile.ts";
import { formOf, MENDING_POLICY, type MendingWorld, openMending, unescaped } from "./mending-world.ts";

let world: MendingWorld;
let writer: string;
let other: string;
let reader: string;
beforeAll(async () => {
  world = await openMending();
  const { cockpit, shop, sandbox } = world;
  writer = await cockpit.signIn("octocat", [[shop, "write"]]);
  other = await cockpit.signIn("hubot", [[shop, "write"]]);
  reader = await cockpit.signIn("monalisa", [[shop, "read"]]);
  for (const project of ["PLAY", "OPS"]) {
    sandbox.createIssue({ project, type: "Story", summary: "Carts", status: "In Review" });
  }
  sandbox.addField({ id: "customfield_10020", name: "Users hit", kind: "number" }, ["Story"]);
  const areas = { id: "customfield_10022", name: "Areas", kind: "multi-select" as const };
  sandbox.addField({ ...areas, options: ["Cart", "Pay"] }, ["Story"]);
});
afterAll(() => world.close());
beforeEach(async () => {
  world.sandbox.tellTheTruth();
  world.permits("write");
  world.rests(false);
  await world.work();
  world.sandbox.editIssue("PLAY-1", {
    fields: { "Risk assessment": null, "Post-deploy checks": null, Areas: null, Rollout: null },
  });
  if (world.sandbox.findIssue("PLAY-1")?.status.name !== "In Review") {
    for (const to of ["Reopen", "Start", "Ask for review"]) {
      world.sandbox.tryTransition("PLAY-1", to);
    }
  }
});

const PAGE = "/acme/storefront/mend/PLAY-1";

async function read(path: string, cookie: string): Promise<string> {
  return await (await world.cockpit.get(path, cookie)).text();
}

/** Opens the form, types, sends; answers where that leads to. */
async function fill(
  cookie: string,
  typed: Readonly<Record<string, string>>,
  page: string | null = null,
): Promise<string> {
  const { action, fields } = formOf(page ?? (await read(PAGE, cookie)), "fill-PLAY-1");
  const named = Object.entries(typed).map(([name, text]) => [`wanted.${name}`, text] as const);
  const answer = await world.cockpit.post(action, cookie, { ...fields, ...Object.fromEntries(named) });
  expect(answer.status).toBe(303);
  return answer.headers.get("location") ?? "";
}

/** What a page says, without its tags. */
function textOf(page: string): string {
  const main = page.slice(page.indexOf("<main"), page.indexOf("</main>"));
  return unescaped(main.replaceAll(/<textarea[^>]*>|<[^>]*>/g, " ")).replaceAll(/\s+/g, " ");
}

function comments(): readonly string[] {
  return (world.sandbox.findIssue("PLAY-1")?.comments ?? []).map(({ body }) => JSON.stringify(body));
}

async function newest(): Promise<Readonly<Record<string, unknown>>> {
  const rows = await world.cockpit.db.database.query(
    "select id, state, answer, wish from holdpoint.request order by id desc limit 1",
  );
  return rows[0] ?? {};
}

async function valueOf(name: string): Promise<string | null | undefined> {
  const forms = await world.jira.readFieldForms(key("PLAY-1"), [name]);
  return forms.state === "known" ? forms.value.get(name)?.value : undefined;
}

describe("filling in", () => {
  test("what somebody types is in Jira, with a comment that names them, and the check runs again", async () => {
    const before = comments().length;
    const location = await fill(writer, { "Risk assessment": "Low.\r\n\r\nOne flag.", "Areas.1": "Pay" });
    expect(location).toMatch(/^\/acme\/storefront\?request=\d+#ticket-PLAY-1$/);
    expect(await valueOf("Risk assessment")).toBe("Low.\n\nOne flag.");
    expect(await valueOf("Areas")).toBe("Pay");
    expect(await newest()).toMatchObject({
      state: "done",
      answer: {
        code: "changed",
        message: "Risk assessment, Areas: saved on PLAY-1. The check is running again.",
      },
    });
    expect(comments()).toHaveLength(before + 1);
    expect(comments().at(-1)).toContain(
      "octocat on GitHub filled in Risk assessment, Areas through Holdpoint.",
    );
    expect(world.looks()).toContain("ticket");
  });

  test("two workers that look at it at once decide it once", async () => {
    const opened = await read(PAGE, writer);
    world.rests(true);
    const sending = fill(writer, { "Risk assessment": "Low" }, opened);
    await waitFor("asked");
    const before = (await world.audit()).length;
    const id = Number((await newest())["id"]);
    await Promise.all([world.decide(id), world.decide(id)]);
    await world.decide(id);
    expect(await world.audit()).toHaveLength(before + 1);
    await world.work();
    expect(await sending).toContain("?request=");
  });

  test("the audit says who and which fields, and keeps no text of Jira's", async () => {
    await fill(writer, { "Risk assessment": "A text that stays in Jira" });
    const records = (await world.audit()).slice(-2);
    expect(records).toMatchObject([
      { what: "ticket-change-asked", by: "octocat", ticket: "PLAY-1", fields: [{ name: "Risk assessment" }] },
      { what: "fill-fields", by: "octocat", ticket: "PLAY-1", fields: [{ name: "Risk assessment" }] },
    ]);
    expect(JSON.stringify(records)).not.toContain("stays in Jira");
  });

  test("two at once: the later one sees what changed, overwrites nothing unseen, and may decide to", async () => {
    const opened = await read(PAGE, other);
    await fill(writer, { "Risk assessment": "Low, says octocat" });
    const location = await fill(other, { "Risk assessment": "High, says hubot" }, opened);
    expect(location).toMatch(/^\/acme\/storefront\/mend\/PLAY-1\?request=\d+$/);
    expect(await valueOf("Risk assessment")).toBe("Low, says octocat");
    const page = await read(location, other);
    expect(textOf(page)).toContain(
      "Somebody changed PLAY-1 after you opened the form, so nothing was saved.",
    );
    expect(textOf(page)).toContain(
      "Risk assessment: what stands in Jira now Low, says octocat Risk assessment High, says hubot",
    );
    expect(textOf(page)).toContain("Save over what is there now");
    await fill(other, {}, page);
    expect(await valueOf("Risk assessment")).toBe("High, says hubot");
  });

  test("the same text typed by two is saved once, and nobody is told that they wrote it", async () => {
    const opened = await read(PAGE, other);
    await fill(writer, { "Risk assessment": "Low" });
    const before = comments().length;
    await fill(other, { "Risk assessment": "Low" }, opened);
    expect(await newest()).toMatchObject({ state: "done", answer: { code: "there-already" } });
    expect(comments()).toHaveLength(before);
  });

  test("another field that somebody changed meanwhile is no conflict", async () => {
    const opened = await read(PAGE, other);
    await fill(writer, { "Risk assessment": "Low" });
    await fill(other, { "Post-deploy checks": "Graphs" }, opened);
    expect([await valueOf("Risk assessment"), await valueOf("Post-deploy checks")]).toEqual([
      "Low",
      "Graphs",
    ]);
  });

  test.each([
    ["a form that nobody typed in", {}, "nothing-changed"],
    ["a number that is none", { "Users hit": "many" }, "jira-refused"],
    ["a choice that does not exist", { Rollout: "Never" }, "jira-refused"],
    ["a text longer than Jira takes", { "Risk assessment": "x".repeat(32_768) }, "too-long"],
  ])("%s is refused, and what was typed stands in the form again", async (_, typed, code) => {
    const location = await fill(writer, typed);
    expect(await newest()).toMatchObject({ state: "refused", answer: { code } });
    const { fields } = formOf(await read(location, writer), "fill-PLAY-1");
    for (const [name, text] of Object.entries(typed)) expect(fields[`wanted.${name}`]).toBe(text);
    expect(await valueOf("Risk assessment")).toBeNull();
  });

  test("a field is not emptied from here", async () => {
    await fill(writer, { "Risk assessment": "Low" });
    await fill(writer, { "Risk assessment": " \r\n " });
    expect(await newest()).toMatchObject({ state: "refused", answer: { code: "empty" } });
    expect(await valueOf("Risk assessment")).toBe("Low");
  });

  test("fields that the policy does not ask for cannot be written, whatever a form says", async () => {
    const { action, fields } = formOf(await read(PAGE, writer), "fill-PLAY-1");
    await world.cockpit.post(action, writer, { ...fields, "seen.Summary": "", "wanted.Summary": "Mine" });
    expect(await newest()).toMatchObject({ state: "refused", answer: { code: "unknown-field" } });
    expect(world.sandbox.findIssue("PLAY-1")?.summary).toBe("Carts");
  });

  test("a sub-task that has none of the fields leads to the ticket that it is part of", async () => {
    world.sandbox.createIssue({
      project: "PLAY",
      type: "Sub-task",
      summary: "A part",
      key: "PLAY-3",
      parent: "PLAY-1",
    });
    const page = await read("/acme/storefront/mend/PLAY-3", writer);
    expect(page).toContain(
      '<a href="/acme/storefront/mend/PLAY-1">It is part of PLAY-1, which is asked instead: mend PLAY-1</a>',
    );
  });

  test("REL-76: texts of strangers are text in every place, and come back as they were typed", async () => {
    const hostile = HOSTILE.join("\n");
    world.sandbox.editIssue("PLAY-1", {
      summary: hostile.slice(0, 250),
      fields: { Rollout: { value: hostile } },
    });
    await fill(writer, { "Risk assessment": hostile });
    const page = await read(PAGE, writer);
    expectCleanPage(page);
    expect(formOf(page, "fill-PLAY-1").fields["wanted.Risk assessment"]).toBe(
      await valueOf("Risk assessment"),
    );
    const opened = await read(PAGE, other);
    world.sandbox.editIssue("PLAY-1", { fields: { "Risk assessment": hostile.toUpperCase() } });
    expectCleanPage(await read(await fill(other, { "Risk assessment": `${hostile}!` }, opened), other));
    expect(await newest()).toMatchObject({ state: "conflict" });
    world.sandbox.editIssue("PLAY-1", { summary: "Carts", fields: { Rollout: null } });
  });
});

describe("a Jira that does not answer", () => {
  test("the page says so, and is there again when Jira is", async () => {
    world.sandbox.lie({ kind: "server-error" });
    const page = await read(PAGE, writer);
    expect(textOf(page)).toContain("Jira is not answering");
    expect(page).not.toContain("<textarea");
    world.sandbox.tellTheTruth();
    expect(await read(PAGE, writer)).toContain("<textarea");
  });

  test("what was typed is kept and tried again, and written once", async () => {
    const opened = await read(PAGE, writer);
    world.rests(true);
    world.sandbox.lie({ kind: "server-error" });
    const sending = fill(writer, { "Risk assessment": "Low" }, opened);
    await waitFor("asked");
    await world.work();
    await world.work();
    expect(await newest()).toMatchObject({
      state: "under-way",
      answer: {
        message:
          "Jira is not answering. What you typed is kept, and Holdpoint tries again by itself for a day.",
      },
    });
    world.sandbox.tellTheTruth();
    world.sandbox.forgetRequests();
    await world.work();
    expect(await sending).toContain("?request=");
    expect(await newest()).toMatchObject({ state: "done", answer: { code: "changed" } });
    expect(world.sandbox.requests().filter(({ method }) => method === "PUT")).toHaveLength(1);
  });

  test("after a day nothing is written any more, and it is said", async () => {
    const opened = await read(PAGE, writer);
    world.rests(true);
    world.sandbox.lie({ kind: "server-error" });
    const sending = fill(writer, { "Risk assessment": "Low" }, opened);
    await waitFor("asked");
    await world.work();
    world.sandbox.tellTheTruth();
    await world.cockpit.db.database.query(
      "update holdpoint.request set asked_at = asked_at - interval '1 day 1 second' where state = 'under-way'",
    );
    await world.work();
    const page = await read(await sending, writer);
    expect(await newest()).toMatchObject({ state: "failed", answer: { code: "gave-up" } });
    expect(await valueOf("Risk assessment")).toBeNull();
    expect(formOf(page, "fill-PLAY-1").fields["wanted.Risk assessment"]).toBe("Low");
  });
});

/** Resolves when the newest request is in that state: the form has arrived. */
async function waitFor(state: string): Promise<void> {
  for (;;) if ((await newest())["state"] === state) return;
}

describe("moving on", () => {
  async function move(
    id: string,
    changes: Readonly<Record<string, string>> = {},
    page?: string,
  ): Promise<string> {
    const { action, fields } = formOf(page ?? (await read(PAGE, writer)), `move-PLAY-1-${id}`);
    const answer = await world.cockpit.post(action, writer, { ...fields, ...changes });
    return answer.headers.get("location") ?? `status ${answer.status}`;
  }

  test("along its own workflow, with a comment that says who and from where", async () => {
    expect(await move("31")).toContain("#ticket-PLAY-1");
    expect(world.sandbox.findIssue("PLAY-1")?.status.name).toBe("Ready to deploy");
    expect(comments().at(-1)).toContain(
      "octocat on GitHub moved this from “In Review” to “Ready to deploy” through Holdpoint.",
    );
    expect((await world.audit()).at(-1)).toMatchObject({ what: "move-ticket", to: "Ready to deploy" });
  });

  test("whoever comes later is told where it is now, and moves nothing", async () => {
    const page = await read(PAGE, writer);
    world.sandbox.transition("PLAY-1", "Reopen");
    const location = await move("31", {}, page);
    expect(textOf(await read(location, writer))).toContain(
      "Somebody moved PLAY-1 after you opened the form: it is in “To Do” now. Nothing was changed.",
    );
    expect(world.sandbox.findIssue("PLAY-1")?.status.name).toBe("To Do");
  });

  test("a way that the workflow does not have is refused, whatever a form says", async () => {
    await move("31", { transition: "41", to: "Done", name: "Close" });
    expect(await newest()).toMatchObject({ state: "refused", answer: { code: "move-gone" } });
    await move("31", { to: "Done" });
    expect(await newest()).toMatchObject({ state: "refused", answer: { code: "move-gone" } });
    expect(await move("31", { transition: "31/../x" })).toBe("status 400");
    expect(world.sandbox.findIssue("PLAY-1")?.status.name).toBe("In Review");
  });

  test("a way that asks for more on a screen of Jira's is no button, and not taken", async () => {
    await move("31");
    const page = await read(PAGE, writer);
    expect(textOf(page)).toContain(
      "The way “Close with checks” to “Done” asks for Post-deploy checks, on a screen that only Jira has. Open it in Jira",
    );
    expect(page).not.toContain('id="move-PLAY-1-45"');
    await move("41", { transition: "45" }, page);
    expect(await newest()).toMatchObject({ state: "refused", answer: { code: "needs-screen" } });
  });
});

describe("who may", () => {
  test("a reader sees why not, and no form", async () => {
    const page = await read(PAGE, reader);
    expect(textOf(page)).toContain("Mending takes write access to this repository.");
    expect(page).not.toMatch(/<textarea|mend\/fields/);
  });

  test("it is decided by GitHub when it counts, not by what the page knew", async () => {
    world.permits("read");
    await fill(writer, { "Risk assessment": "Low" });
    expect(await newest()).toMatchObject({
      state: "refused",
      answer: {
        code: "needs-write",
        message:
          "Changing a ticket takes write access to this repository: nothing was changed. Ask somebody who has it.",
      },
    });
    expect(await valueOf("Risk assessment")).toBeNull();
    expect((await world.audit()).at(-1)).toMatchObject({
      what: "ticket-change-refused",
      because: "needs-write",
    });
  });

  test.each([
    ["of a project that is not the policy's", "OPS-1"],
    ["that nothing of the repository carries", "PLAY-99"],
    ["that is no key", "play-1"],
    ["that is a path", "..%2F..%2Fx"],
  ])("REL-76: a ticket %s answers like what does not exist", async (_, named) => {
    const answer = await world.cockpit.get(`/acme/storefront/mend/${named}`, writer);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain("Carts");
  });

  test("REL-76: such a ticket is not changed either, whatever a form says", async () => {
    const { action, fields } = formOf(await read(PAGE, writer), "fill-PLAY-1");
    const typed = { ...fields, ticket: "OPS-1", "wanted.Risk assessment": "Low" };
    await world.cockpit.post(action, writer, typed);
    expect(await newest()).toMatchObject({ state: "refused", answer: { code: "not-of-this-repository" } });
    expect(world.sandbox.findIssue("OPS-1")?.values).toEqual({});
  });

  test("REL-76: a policy that lists no projects opens no ticket of the Jira, and says what to list", async () => {
    const loose = await world.cockpit.repository("acme/loose");
    const text = MENDING_POLICY.replace("  projects: [PLAY]\n", "");
    const policy = { text, sha: sha("loose"), organisationText: null, organisationSha: null };
    await storePolicy(world.cockpit.db.database, loose.id, policy, world.cockpit.now());
    const cookie = await world.cockpit.signIn("hubot", [[loose, "write"]]);
    const page = textOf(await read("/acme/loose/mend/PLAY-1", cookie));
    expect(page).toContain(
      "The policy lists no projects Nothing says which tickets are this repository's, so none is changed from here. List their projects under tickets.projects in .github/holdpoint.yml, or mend the ticket in Jira.",
    );
    expect(page).not.toContain("Carts");
  });

  test("a ticket that was moved to another project is not shown or changed under its old key", async () => {
    const { action, fields } = formOf(await read(PAGE, writer), "fill-PLAY-1");
    world.sandbox.createIssue({ project: "PLAY", type: "Story", summary: "Secret plans", key: "PLAY-2" });
    world.sandbox.move("PLAY-2", "OPS");
    const page = await read("/acme/storefront/mend/PLAY-2", writer);
    expect(textOf(page)).toContain("It was moved in Jira");
    expect(page).not.toContain("Secret plans");
    await world.cockpit.post(action, writer, {
      ...fields,
      ticket: "PLAY-2",
      "wanted.Risk assessment": "Low",
    });
    expect(await newest()).toMatchObject({ state: "refused", answer: { code: "moved" } });
  });

  test("REL-76: what somebody typed is shown to them alone", async () => {
    const location = await fill(writer, { "Users hit": "typed by octocat" });
    expect(await read(location, writer)).toContain("typed by octocat");
    expect(await read(location, other)).not.toContain("typed by octocat");
  });

  test.each(["fields", "move", "attach", "detach"])(
    "REL-76: a form of another site, or without the session's token, asks for nothing: %s",
    async (route) => {
      const before = await newest();
      const fields = { ticket: "PLAY-1", "seen.Risk assessment": "", "wanted.Risk assessment": "Low" };
      const action = `/acme/storefront/mend/${route}`;
      const { token } = formOf(await read(PAGE, writer), "fill-PLAY-1").fields;
      const elsewhere = { origin: "https://evil.example" };
      const foreign = await world.cockpit.post(action, writer, { ...fields, token: token ?? "" }, elsewhere);
      expect(foreign.status).toBe(403);
      expect((await world.cockpit.post(action, writer, fields)).status).toBe(409);
      expect(await newest()).toEqual(before);
    },
  );
});
