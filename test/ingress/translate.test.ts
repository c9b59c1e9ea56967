import { assert, asyncProperty, boolean, constantFrom, jsonValue, nat, oneof } from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { USED_EVENTS } from "../../src/ingress/app.ts";
import { type Translator, createTranslator } from "../../src/ingress/create-translator.ts";
import type { Translation } from "../../src/ingress/translation.ts";
import { type Example, readExamples } from "./examples.ts";
import { APP_ID } from "./intake-fixture.ts";

let translator: Translator;
const fetched = vi.spyOn(globalThis, "fetch").mockImplementation(() => {
  throw new Error("nobody is to be called");
});
beforeAll(async () => {
  translator = await createTranslator({
    appId: APP_ID,
    privateKey: "no key: nobody is called",
    webhookSecret: "secret",
  });
});
afterAll(() => fetched.mockRestore());

function translate(event: string, payload: object): Promise<Translation> {
  return translator({ id: "delivery", event, payload: freezeDeeply(payload) });
}

/** Whoever changes a payload on its way throws. */
function freezeDeeply<Value extends object>(value: Value): Value {
  for (const one of Object.values(value)) if (typeof one === "object" && one !== null) freezeDeeply(one);
  return Object.freeze(value);
}

type Json = Readonly<Record<string, unknown>>;
const repository = {
  id: 186853002,
  name: "Hello-World",
  owner: { login: "Codertocat" },
  default_branch: "main",
  private: false,
  archived: false,
};
const installation = { id: 9 };
const facts = {
  id: 186853002,
  installationId: 9,
  owner: "Codertocat",
  name: "Hello-World",
  defaultBranch: "main",
  private: false,
  archived: false,
};
const SHA = "ec26c3e57ca3a959ca5aad62de7213c562f8c821";
const ZEROS = "0".repeat(40);

describe("what a payload comes to", () => {
  const push = { repository, installation, before: SHA, after: SHA };
  const pullRequest = { repository, installation, number: 2, pull_request: { number: 2, merged: false } };
  const finished = { kind: "check-finished", repository: facts, sha: SHA, branches: null };
  function onBranches(...branches: readonly string[]): Json {
    return { ...finished, branches };
  }
  const actions = { id: 15368, slug: "github-actions" };
  function checkRun(action: string, appId: number | null, more: Json = {}): Json {
    const app = appId === null ? null : { id: appId };
    const run = { head_sha: SHA, external_id: "pull-request:7", app };
    return { repository, installation, action, check_run: run, ...more };
  }
  function suite(action: string, appId: number): Json {
    return { repository, installation, action, check_suite: { head_sha: SHA, app: { id: appId } } };
  }
  function status(more: Json): Json {
    return {
      repository,
      installation,
      id: 77,
      sha: SHA,
      context: "ci/build",
      state: "success",
      description: null,
      ...more,
    };
  }
  function deployed(state: string): Json {
    return {
      repository,
      installation,
      deployment_status: { state },
      deployment: { environment: "production" },
    };
  }
  function comment(body: string | null, more: Json = {}): Json {
    const given = { id: 33, body, user: { type: "User" }, ...more };
    return { repository, installation, action: "created", issue: { number: 5 }, comment: given };
  }
  const asked = { kind: "comment-made", repository: facts, issueNumber: 5, commentId: 33, command: true };
  const said = { ...asked, command: false };
  function issue(action: string, more: Json = {}): Json {
    return { repository, installation, action, issue: { number: 5 }, ...more };
  }
  const issueChanged = { kind: "issue-changed", repository: facts, number: 5, label: null };
  const account = { id: 3, login: "Codertocat" };
  function installed(action: string): Json {
    return { action, installation: { id: 9, account } };
  }
  function changed(state: string): Json {
    return { kind: "installation-changed", installationId: 9, account, state };
  }

  test.each<readonly [claim: string, event: string, payload: Json, expected: Json | string]>([
    [
      "a push to a branch",
      "push",
      { ...push, ref: "refs/heads/main" },
      { kind: "pushed", repository: facts, branch: "main" },
    ],
    [
      "a branch's name keeps its slashes",
      "push",
      { ...push, ref: "refs/heads/refs/heads/a/b" },
      { kind: "pushed", repository: facts, branch: "refs/heads/a/b" },
    ],
    [
      "a deleted branch",
      "push",
      { ...push, ref: "refs/heads/old", after: ZEROS },
      { kind: "pushed", repository: facts, branch: "old" },
    ],
    ["a tag is nothing", "push", { ...push, ref: "refs/tags/v1" }, "push.tag is not used"],
    [
      "a pull request opened",
      "pull_request",
      { ...pullRequest, action: "opened" },
      { kind: "pull-request-changed", repository: facts, number: 2, closed: false, merged: false },
    ],
    [
      "a pull request merged",
      "pull_request",
      { ...pullRequest, action: "closed", pull_request: { number: 2, merged: true } },
      { kind: "pull-request-changed", repository: facts, number: 2, closed: true, merged: true },
    ],
    [
      "an assignee is nothing",
      "pull_request",
      { ...pullRequest, action: "assigned" },
      "pull_request.assigned is not used",
    ],
    [
      "a merge group",
      "merge_group",
      {
        repository,
        installation,
        action: "checks_requested",
        merge_group: { head_sha: SHA, base_sha: SHA, head_ref: "refs/heads/gh-readonly-queue/main/pr-1" },
      },
      {
        kind: "merge-group-asked",
        repository: facts,
        headSha: SHA,
        baseSha: SHA,
        headRef: "refs/heads/gh-readonly-queue/main/pr-1",
      },
    ],
    [
      "a merge group that is over is nothing",
      "merge_group",
      {
        repository,
        installation,
        action: "destroyed",
        merge_group: { head_sha: SHA, base_sha: SHA, head_ref: "x" },
      },
      "merge_group.destroyed is not used",
    ],
    ["another App's check run", "check_run", checkRun("completed", 15368), finished],
    ["a check run of nobody known", "check_run", checkRun("completed", null), finished],
    [
      "our own check run is nothing",
      "check_run",
      checkRun("completed", APP_ID),
      "caused by Holdpoint itself",
    ],
    [
      "a check run that begins",
      "check_run",
      checkRun("created", 15368),
      { kind: "check-started", repository: facts, sha: SHA, branches: null },
    ],
    [
      "our own that begins is nothing",
      "check_run",
      checkRun("created", APP_ID),
      "check_run.created is not used",
    ],
    [
      "REL-64: a check run with our name by another App is noted, and nothing else",
      "check_run",
      checkRun("completed", 15368, { check_run: { name: "Holdpoint", head_sha: SHA, app: { id: 15368 } } }),
      "another App's check run has Holdpoint's name (App 15368)",
    ],
    [
      "our check run asked for again",
      "check_run",
      checkRun("rerequested", APP_ID),
      { kind: "check-again-asked", repository: facts, externalId: "pull-request:7" },
    ],
    [
      "our button",
      "check_run",
      checkRun("requested_action", APP_ID, { requested_action: { identifier: "check-again" } }),
      { kind: "check-again-asked", repository: facts, externalId: "pull-request:7" },
    ],
    [
      "a button that is not ours",
      "check_run",
      checkRun("requested_action", APP_ID, { requested_action: { identifier: "fix" } }),
      "check_run.requested_action is not used",
    ],
    [
      "another App's check run asked for again is nothing",
      "check_run",
      checkRun("rerequested", 15368),
      "check_run.rerequested is not used",
    ],
    ["another App's suite", "check_suite", suite("completed", 15368), finished],
    ["our own suite is nothing", "check_suite", suite("completed", APP_ID), "caused by Holdpoint itself"],
    [
      "our suite asked for again",
      "check_suite",
      suite("rerequested", APP_ID),
      { kind: "check-again-asked", repository: facts, externalId: "" },
    ],
    [
      "a suite asked for is nothing",
      "check_suite",
      suite("requested", APP_ID),
      "check_suite.requested is not used",
    ],
    [
      "a workflow finished",
      "workflow_run",
      { repository, installation, action: "completed", workflow_run: { head_sha: SHA } },
      finished,
    ],
    [
      "a workflow that begins",
      "workflow_run",
      { repository, installation, action: "in_progress", workflow_run: { head_sha: SHA } },
      { kind: "check-started", repository: facts, sha: SHA, branches: null },
    ],
    [
      "a workflow that is asked for is nothing",
      "workflow_run",
      { repository, installation, action: "requested", workflow_run: { head_sha: SHA } },
      "workflow_run.requested is not used",
    ],
    ["a status", "status", status({}), finished],
    [
      "a job of Actions ran on the branch of its suite",
      "check_run",
      checkRun("completed", 15368, {
        check_run: { head_sha: SHA, app: actions, check_suite: { head_branch: "main" } },
      }),
      onBranches("main"),
    ],
    [
      "another App's suite is named after the first branch of its commit, which says nothing",
      "check_run",
      checkRun("completed", 9, {
        check_run: { head_sha: SHA, app: { id: 9, slug: "some-ci" }, check_suite: { head_branch: "work" } },
      }),
      finished,
    ],
    [
      "REL-14: a job of a run that has no branch may be on any",
      "check_run",
      checkRun("completed", 15368, {
        check_run: { head_sha: SHA, app: actions, check_suite: { head_branch: null } },
      }),
      finished,
    ],
    [
      "a suite of Actions ran on its branch",
      "check_suite",
      {
        repository,
        installation,
        action: "completed",
        check_suite: { head_sha: SHA, head_branch: "main", app: actions },
      },
      onBranches("main"),
    ],
    [
      "a workflow finished on a branch",
      "workflow_run",
      {
        repository,
        installation,
        action: "completed",
        workflow_run: { head_sha: SHA, head_branch: "work/1" },
      },
      onBranches("work/1"),
    ],
    [
      "a workflow that begins on a branch",
      "workflow_run",
      {
        repository,
        installation,
        action: "in_progress",
        workflow_run: { head_sha: SHA, head_branch: "main" },
      },
      { kind: "check-started", repository: facts, sha: SHA, branches: ["main"] },
    ],
    [
      "REL-14: a status names all branches of its commit",
      "status",
      status({ branches: [{ name: "main" }, { name: "release" }] }),
      onBranches("main", "release"),
    ],
    [
      "a status on a commit that is no head may be on any branch",
      "status",
      status({ branches: [] }),
      finished,
    ],
    [
      "a status that names ten branches may have left some out",
      "status",
      status({ branches: Array.from({ length: 10 }, (_, index) => ({ name: `b${index}` })) }),
      finished,
    ],
    [
      "a deployment that succeeded",
      "deployment_status",
      deployed("success"),
      { kind: "deployment-succeeded", repository: facts, environment: "production" },
    ],
    [
      "a deployment that failed after all",
      "deployment_status",
      deployed("failure"),
      { kind: "deployment-succeeded", repository: facts, environment: "production" },
    ],
    [
      "a deployment on its way is nothing",
      "deployment_status",
      deployed("in_progress"),
      "deployment_status.in_progress is not used",
    ],
    [
      "a deployment made inactive is nothing",
      "deployment_status",
      deployed("inactive"),
      "deployment_status.inactive is not used",
    ],
    ["a command", "issue_comment", comment("/holdpoint check"), asked],
    ["a command on a later line", "issue_comment", comment("Well.\r\n/Holdpoint check"), asked],
    ["a command of nobody known", "issue_comment", comment("/holdpoint", { user: null }), asked],
    ["a comment that is no command", "issue_comment", comment("see /holdpoint"), said],
    ["a comment for something else", "issue_comment", comment("/holdpoints"), said],
    ["a comment without a text", "issue_comment", comment(null), said],
    [
      "a label put on an issue",
      "issues",
      issue("labeled", { label: { name: "halt-override" } }),
      { ...issueChanged, label: "halt-override" },
    ],
    [
      "a label taken off an issue",
      "issues",
      issue("unlabeled", { label: { name: "deploy-halt" } }),
      { ...issueChanged, label: "deploy-halt" },
    ],
    ["a label that is gone already", "issues", issue("unlabeled"), issueChanged],
    [
      "a label put on a pull request",
      "pull_request",
      { ...pullRequest, action: "labeled", label: { name: "deploy-halt" } },
      { ...issueChanged, number: 2, label: "deploy-halt" },
    ],
    ["an issue closed", "issues", issue("closed"), issueChanged],
    ["an issue opened again", "issues", issue("reopened"), issueChanged],
    ["an issue edited", "issues", issue("edited"), issueChanged],
    ["an issue deleted", "issues", issue("deleted"), issueChanged],
    ["an issue that went to another repository", "issues", issue("transferred"), issueChanged],
    ["an issue locked", "issues", issue("locked"), issueChanged],
    ["an issue assigned is nothing", "issues", issue("assigned"), "issues.assigned is not used"],
    [
      "a bot's command",
      "issue_comment",
      comment("/holdpoint check", { user: { type: "Bot" } }),
      "issue_comment.of a bot is not used",
    ],
    [
      "an edited comment is nothing",
      "issue_comment",
      { ...comment("/holdpoint check"), action: "edited" },
      "issue_comment.edited is not used",
    ],
    [
      "a repository renamed",
      "repository",
      { repository, installation, action: "renamed", changes: {}, sender: null },
      { kind: "repository-changed", repository: facts },
    ],
    [
      "a repository deleted",
      "repository",
      { repository, installation, action: "deleted" },
      { kind: "repository-gone", repositoryId: 186853002, because: "deleted" },
    ],
    ["an installation", "installation", installed("created"), changed("active")],
    ["an installation suspended", "installation", installed("suspend"), changed("suspended")],
    ["an installation taken up again", "installation", installed("unsuspend"), changed("active")],
    [
      "an installation's permissions, accepted",
      "installation",
      {
        action: "new_permissions_accepted",
        installation: {
          id: 9,
          account,
          permissions: { checks: "write" },
          events: ["push"],
          html_url: "https://github.com/x",
        },
      },
      {
        ...changed("active"),
        granted: { permissions: { checks: "write" }, events: ["push"], page: "https://github.com/x" },
      },
    ],
    [
      "permissions in a form that nobody knows: the rest of the event",
      "installation",
      { action: "created", installation: { id: 9, account, permissions: ["checks"], events: 7 } },
      changed("active"),
    ],
    ["an installation removed", "installation", installed("deleted"), changed("deleted")],
    [
      "an enterprise's installation",
      "installation",
      { action: "created", installation: { id: 9, account: { id: 3, slug: "acme" } } },
      { kind: "installation-changed", installationId: 9, account: { id: 3, login: "acme" }, state: "active" },
    ],
    [
      "REL-11: an action that nobody knows",
      "installation",
      installed("sold"),
      "installation.sold is not used",
    ],
    ["REL-11: an event that nobody knows", "teleported", { action: "done" }, "teleported.done is not used"],
    ["REL-11: an event without an action", "ping", { zen: "x" }, "ping is not used"],
    [
      "REL-11: new fields and a sender that is null",
      "push",
      { ...push, ref: "refs/heads/main", sender: null, quantum: { a: [1] } },
      { kind: "pushed", repository: facts, branch: "main" },
    ],
    [
      "REL-11: an optional field that is missing",
      "push",
      { ...push, repository: { ...repository, archived: undefined }, ref: "refs/heads/main" },
      { kind: "pushed", repository: facts, branch: "main" },
    ],
    ["an event with a name of JavaScript's", "constructor", { action: "x" }, "constructor.x is not used"],
    ["an event with the name of Probot's own", "error", { action: "x" }, "error.x is not used"],
    [
      "REL-10: a repository's own webhook",
      "push",
      { ...push, installation: undefined, ref: "refs/heads/main" },
      "sent by a webhook of a repository or an organisation, not for an installation of the App",
    ],
  ])("%s", async (_claim, event, payload, expected) => {
    expect(await translate(event, payload)).toEqual(
      typeof expected === "string"
        ? { kind: "ignored", reason: expected }
        : { kind: "events", events: [expected] },
    );
  });

  test("repositories taken out of the installation are gone, the installation is read again", async () => {
    const payload = {
      action: "removed",
      installation: { id: 9, account: { id: 3, login: "Codertocat" } },
      repositories_added: [],
      repositories_removed: [{ id: 5 }, { id: 6 }],
    };
    expect(await translate("installation_repositories", payload)).toEqual({
      kind: "events",
      events: [
        {
          kind: "installation-changed",
          installationId: 9,
          account: { id: 3, login: "Codertocat" },
          state: "active",
        },
        { kind: "repository-gone", repositoryId: 5, because: "removed" },
        { kind: "repository-gone", repositoryId: 6, because: "removed" },
      ],
    });
  });

  test("REL-64: a status under our name is told with who posted it", async () => {
    const payload = status({
      context: "Holdpoint/pre-deploy",
      description: "all good",
      sender: { login: "mallory" },
    });
    expect(await translate("status", payload)).toEqual({
      kind: "events",
      events: [finished],
      underOurName: {
        statusId: 77,
        repository: facts,
        sha: SHA,
        context: "Holdpoint/pre-deploy",
        state: "success",
        description: "all good",
        by: "mallory",
      },
    });
  });

  test.each<readonly [claim: string, event: string, payload: Json, reason: string]>([
    [
      "a sha that is none",
      "push",
      { ...push, ref: "refs/heads/a", after: "HEAD" },
      "the payload does not have the shape of push: after",
    ],
    [
      "an id that is a text",
      "push",
      { ...push, ref: "refs/heads/a", repository: { ...repository, id: "1" } },
      "the payload does not have the shape of push: repository.id",
    ],
    [
      "an id beyond what a number holds",
      "push",
      { ...push, ref: "refs/heads/a", repository: { ...repository, id: 2 ** 60 } },
      "the payload does not have the shape of push: repository.id",
    ],
    [
      "a name with a NUL",
      "push",
      { ...push, ref: "refs/heads/a", repository: { ...repository, name: "a\0b" } },
      "the payload does not have the shape of push: repository.name",
    ],
    [
      "half of a surrogate pair",
      "push",
      { ...push, ref: "refs/heads/\ud800" },
      "the payload does not have the shape of push: ref",
    ],
    [
      "an action that is no text",
      "push",
      { ...push, ref: "refs/heads/a", action: { toString: 1 } },
      "the payload does not have the shape of push: action",
    ],
    [
      "a comment's end under the repository's name",
      "repository",
      { ...comment("x"), action: "deleted" },
      "the payload does not have the shape of repository: issue.comment",
    ],
  ])("REL-09: %s is invalid", async (_claim, event, payload, reason) => {
    expect(await translate(event, payload)).toEqual({ kind: "invalid", reason });
  });
});

const examples = readExamples();

describe("the examples", () => {
  test("all are translated or ignored, none is invalid", async () => {
    const odd: string[] = [];
    for (const { name, index, payload } of [...examples, ...readExamples("ghes-35")]) {
      const { kind } = await translate(name, structuredClone(payload));
      if (kind === "invalid") odd.push(`${name} ${String(index)}`);
    }
    expect(odd).toEqual([]);
  });

  test("with an installation, every event that is used comes to something in one of them", async () => {
    const seen = new Set<string>();
    for (const { name, payload } of examples) {
      const whole = { installation: { id: 9 }, ...structuredClone(payload) };
      if ((await translate(name, whole)).kind === "events") seen.add(name);
    }
    // GitHub's examples have none of it.
    expect([...seen, "deployment_protection_rule"].sort()).toEqual([...USED_EVENTS].sort());
  });

  test("REL-09: none has an effect under the name of another event", async () => {
    const effects: string[] = [];
    for (const example of examples) {
      for (const event of USED_EVENTS) {
        if (event === example.name) continue;
        const whole = { installation: { id: 9 }, ...structuredClone(example.payload) };
        const { kind } = await translate(event, whole);
        if (kind === "events") effects.push(`${nameOf(example)} as ${event}`);
      }
    }
    expect(effects).toEqual([]);
  });

  test("REL-11: whatever is changed in one, it is translated, ignored or invalid, and nothing throws", async () => {
    const used = examples.filter(({ name }) => new Set<string>(USED_EVENTS).has(name));
    const strange = oneof(
      constantFrom(null, "", "\0", "\ud800", -1, 1e308, [], {}, true, "__proto__", { toString: null }),
      jsonValue(),
    );
    const seen = new Set<string>();
    await assert(
      asyncProperty(constantFrom(...used), nat(), strange, boolean(), async (one, place, value, remove) => {
        const payload = structuredClone({ installation: { id: 9 }, ...one.payload });
        mutate(payload, place, value, remove);
        seen.add((await translate(one.name, payload)).kind);
      }),
      { numRuns: 1_500 },
    );
    expect([...seen].sort()).toEqual(["events", "ignored", "invalid"]);
  });

  test("none of it all called anybody", () => {
    expect(fetched).not.toHaveBeenCalled();
  });
});

function nameOf({ name, index }: Example): string {
  return `${name} ${String(index)}`;
}

/** Replaces or removes the value at one place of the tree, counted through. */
function mutate(root: Record<string, unknown>, place: number, value: unknown, remove: boolean): void {
  const places: (readonly [holder: object, key: string])[] = [];
  function collect(holder: object): void {
    for (const key of Object.keys(holder)) {
      places.push([holder, key]);
      const child: unknown = Reflect.get(holder, key);
      if (typeof child === "object" && child !== null) collect(child);
    }
  }
  collect(root);
  const [holder, key] = places[place % places.length] ?? [root, "action"];
  if (remove) Reflect.deleteProperty(holder, key);
  else Reflect.set(holder, key, value);
}
