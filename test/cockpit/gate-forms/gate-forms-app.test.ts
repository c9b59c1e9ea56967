import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { RepositoryFacts } from "../../../src/domain/model.ts";
import { addHalt } from "../../../src/store/halt.ts";
import { sha } from "../../domain/build-snapshot.ts";
import { type AnsweringQueue, answeringQueue } from "../answering-queue.ts";
import { expectCleanPage } from "../clean-page.ts";
import { givePolicy, HEAD } from "../case/case-world.ts";
import { type FilledForm, formIn, textOf } from "../filled-form.ts";
import { HOSTILE } from "../hostile.ts";
import { COCKPIT_URL, type OpenCockpit, openCockpit } from "../open-cockpit.ts";

let cockpit: OpenCockpit;
let worker: AnsweringQueue;
let repository: RepositoryFacts;
let halt: number;
let admin: string;
let writer: string;
let reader: string;

beforeAll(async () => {
  worker = answeringQueue(() => cockpit.now());
  cockpit = await openCockpit({ queue: worker.queue });
  repository = await cockpit.repository();
  await givePolicy(cockpit, repository);
  const by = { id: 99, login: "monalisa" };
  const shared = { repositoryId: repository.id, environment: null, issueNumber: null };
  const because = "the <b>till</b> is down";
  const beganAt = cockpit.now();
  const given = { ...shared, source: "request:99", because, by, beganAt };
  halt = (await cockpit.db.database.transaction((transaction) => addHalt(transaction, given)))?.id ?? 0;
  admin = await cockpit.signIn("octocat", [[repository, "admin"]]);
  writer = await cockpit.signIn("monalisa", [[repository, "write"]]);
  reader = await cockpit.signIn("reader", [[repository, "read"]]);
});
afterAll(() => cockpit.close());
beforeEach(() => {
  worker.wishes.splice(0);
  worker.outcome = { state: "done", answer: { code: "done", message: "It was done." } };
});

async function page(cookie: string, path = "/acme/storefront"): Promise<string> {
  const answer = await cockpit.get(path, cookie);
  expect(answer.status).toBe(200);
  return await answer.text();
}

async function filled(name: string, cookie = admin): Promise<FilledForm> {
  const found = formIn(await page(cookie), `form-${name}`);
  if (found === null) throw new Error(`the page has no form ${name}`);
  return found;
}

async function sent(
  { action, fields }: FilledForm,
  typed: Readonly<Record<string, string>>,
  cookie = admin,
): Promise<Response> {
  return await cockpit.post(action, cookie, { ...fields, ...typed });
}

describe("a form of the gate", () => {
  const because = "PLAY-1 is a hotfix";

  test("asks for an override of what was seen, and shows what became of it", async () => {
    const answer = await sent(await filled("override"), { duration: "4h", because });
    expect(answer.status).toBe(303);
    expect(worker.wishes).toEqual([
      {
        kind: "command",
        command: { kind: "override", check: null, duration: 4 * 3_600_000, environment: null, because },
        on: { kind: "deploy", environment: "production", sha: HEAD, codes: ["halt", "no-ticket"] },
      },
    ]);
    const shown = await page(admin, answer.headers.get("location") ?? "");
    expect(shown).toContain("It was done.");
    expect(shown).not.toContain('act-override" open');
  });

  test("shows what became of it to nobody else", async () => {
    const answer = await sent(await filled("override"), { because });
    expect(await page(writer, answer.headers.get("location") ?? "")).not.toContain("It was done.");
  });

  test("takes any length of time that can be read, and it counts before the choice", async () => {
    await sent(await filled("override"), { duration: "24h", other: " 90M ", because });
    expect(worker.wishes).toMatchObject([{ command: { duration: 90 * 60_000 } }]);
  });

  test("asks for a halt, everywhere or in one environment", async () => {
    const form = await filled("halt", writer);
    await sent(form, { because }, writer);
    await sent(form, { because, where: "staging" }, writer);
    expect(worker.wishes).toEqual([
      { kind: "command", command: { kind: "halt", environment: null, because }, on: { kind: "repository" } },
      {
        kind: "command",
        command: { kind: "halt", environment: "staging", because },
        on: { kind: "repository" },
      },
    ]);
  });

  test("asks for the end of the halt that was shown", async () => {
    await sent(await filled(`resume-${halt}`, writer), { because }, writer);
    expect(worker.wishes).toEqual([
      { kind: "command", command: { kind: "resume", because }, on: { kind: "halt", id: halt } },
    ]);
  });

  test("asks for a rollback", async () => {
    await sent(await filled("rollback", writer), { because, commit: " ABCDEF1 " }, writer);
    expect(worker.wishes).toEqual([
      {
        kind: "command",
        command: { kind: "rollback", sha: "abcdef1", environment: "production", because },
        on: { kind: "repository" },
      },
    ]);
  });

  test("asks for a looser policy to be accepted, as it was shown", async () => {
    const loose = await cockpit.repository("acme/loose");
    await givePolicy(cockpit, loose);
    await cockpit.db.database.query(
      `insert into holdpoint.accepted_policy (repository_id, text, accepted_at, waiting_since)
       values ($1, $2, $3, $3)`,
      [
        loose.id,
        "deploy: { environments: { production: { base: { branch: live } }, other: { base: { branch: x } } } }\n",
        cockpit.now(),
      ],
    );
    const shared = { repositoryId: loose.id, environment: null, issueNumber: null, because: "x" };
    const by = { id: 1, login: "octocat" };
    await cockpit.db.database.transaction((transaction) =>
      addHalt(transaction, { ...shared, source: "request:7", by, beganAt: cockpit.now() }),
    );
    const cookie = await cockpit.signIn("boss", [[loose, "admin"]]);
    const shown = await page(cookie, "/acme/loose");
    const form = formIn(shown, "form-accept-policy");
    expect(textOf(shown)).toContain("the environment other is gone");
    if (form === null) throw new Error("the policy waits");
    await sent(form, {}, cookie);
    expect(worker.wishes).toEqual([
      {
        kind: "command",
        command: { kind: "accept-policy" },
        on: { kind: "policy", waitingSince: cockpit.now().toISOString() },
      },
    ]);
  });
});

describe("who may what", () => {
  test("a writer sees no override, and reads who may", async () => {
    const shown = await page(writer);
    expect(formIn(shown, "form-override")).toBeNull();
    expect(textOf(shown)).toContain("Only admins can override what holds.");
    expect(formIn(shown, "form-halt")).not.toBeNull();
  });

  test("a reader sees no form at all, and reads who may", async () => {
    const shown = await page(reader);
    for (const name of ["override", "halt", `resume-${halt}`, "rollback", "accept-policy"]) {
      expect(formIn(shown, `form-${name}`)).toBeNull();
    }
    expect(textOf(shown)).toContain("Halting and rolling back need write access to this repository.");
    expect(textOf(shown)).toContain("Only whoever halted, or admins, can end a halt.");
  });

  test("REL-76: a form from elsewhere, or without the session's token, asks for nothing", async () => {
    const form = await filled("halt");
    const elsewhere = await cockpit.post(
      form.action,
      admin,
      { ...form.fields, because: "x" },
      { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    );
    expect(elsewhere.status).toBe(403);
    expect((await sent(form, { because: "x", token: "" })).status).not.toBe(303);
    expect(worker.wishes).toEqual([]);
  });

  test.each(["override", "halt", "resume", "rollback", "accept-policy"])(
    "REL-76: %s of a repository that they may not see is not found",
    async (command) => {
      await cockpit.repository(`acme/secret-${command}`);
      const { fields } = await filled("halt");
      const answer = await cockpit.post(`/acme/secret-${command}/gate/${command}`, admin, fields);
      expect(answer.status).toBe(404);
      expect(worker.wishes).toEqual([]);
    },
  );
});

describe("what is wrong in a form", () => {
  test.each<readonly [claim: string, form: string, typed: Record<string, string>, said: string]>([
    ["no reason", "halt", { because: " " }, "Please say why"],
    [
      "a reason that is too long",
      "halt",
      { because: "é".repeat(501) },
      "At most 500 characters, please; these are 501.",
    ],
    ["no duration", "override", { because: "kept words", other: "soon" }, "This is no duration."],
    ["no time at all", "override", { because: "kept words", other: "0h" }, "This is no duration."],
    ["no commit", "rollback", { because: "kept words", commit: "main" }, "This is no commit."],
  ])(
    "%s: it stands beside the field, what was typed is there, and nothing is asked for",
    async (_, name, typed, said) => {
      const answer = await sent(await filled(name), typed);
      expect(answer.status).toBe(422);
      const shown = await answer.text();
      expectCleanPage(shown);
      expect(textOf(shown)).toContain(said);
      expect(formIn(shown, `form-${name}`)?.fields).toMatchObject(typed);
      expect(worker.wishes).toEqual([]);
    },
  );

  test.each<readonly [claim: string, form: string, typed: Record<string, string>]>([
    ["a sha that is none", "override", { sha: "x" }],
    ["codes that are none", "override", { codes: "<script>" }],
    ["no environment", "override", { environment: "" }],
    ["an over-long environment", "rollback", { environment: "e".repeat(301), commit: "abcdef1" }],
    ["a halt that is none", "resume", { halt: "-1" }],
    ["a moment that is none", "accept-policy", { since: "yesterday" }],
  ])("%s: the page is too old, and nothing is asked for", async (_, command, typed) => {
    const { fields } = await filled("override");
    const answer = await cockpit.post(`/acme/storefront/gate/${command}`, admin, {
      ...fields,
      because: "x",
      ...typed,
    });
    expect(answer.status).toBe(400);
    expect(textOf(await answer.text())).toContain("Nothing was sent");
    expect(worker.wishes).toEqual([]);
  });
});

describe("after a refusal", () => {
  test("the form stands open with what was typed, and the reason is said", async () => {
    worker.outcome = { state: "refused", answer: { code: "four-eyes", message: "You wrote part of it." } };
    const answer = await sent(await filled("override"), { other: "36h", because: 'kept & "quoted"' });
    const shown = await page(admin, answer.headers.get("location") ?? "");
    expect(textOf(shown)).toContain("You wrote part of it.");
    expect(shown).toMatch(/id="act-override"\s+open/);
    expect(formIn(shown, "form-override")?.fields).toMatchObject({
      other: "36h",
      because: 'kept & "quoted"',
    });
  });

  test("of a head that moved the form is for the new one, with the words that were typed", async () => {
    worker.outcome = { state: "refused", answer: { code: "head-moved", message: "The head moved." } };
    const form = await filled("override");
    const old = { ...form, fields: { ...form.fields, sha: sha("older") } };
    const answer = await sent(old, { because: "still wanted" });
    const shown = await page(admin, answer.headers.get("location") ?? "");
    expect(formIn(shown, "form-override")?.fields).toMatchObject({ sha: HEAD, because: "still wanted" });
  });
});

test.each(HOSTILE)("REL-74: the reason %j is text wherever it is shown", async (hostile) => {
  worker.outcome = { state: "refused", answer: { code: "x", message: hostile } };
  const answer = await sent(await filled("override"), { because: `x ${hostile}`, other: "1h" });
  expect(answer.status).toBe(303);
  const location = answer.headers.get("location") ?? "";
  expect(new URL(location, COCKPIT_URL).origin).toBe(COCKPIT_URL);
  expectCleanPage(await page(admin, location));
  const wrong = await sent(await filled("override"), {
    because: `x ${hostile}`,
    other: hostile.slice(0, 10),
  });
  expectCleanPage(await wrong.text());
});
