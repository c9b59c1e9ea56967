import { describe, expect, test } from "vitest";
import { type Command, parseCommand } from "../../src/domain/commands.ts";

const HOUR = 3_600_000;

test.each<[string, Command]>([
  ["help", { kind: "help" }],
  ["", { kind: "help" }],
  ["status", { kind: "status" }],
  ["CHECK", { kind: "check" }],
  ["accept-policy", { kind: "accept-policy" }],
  [
    "extend 12h because the fix is in review",
    { kind: "extend", duration: 12 * HOUR, because: "the fix is in review" },
  ],
  ["resolve because the job is gone", { kind: "resolve", because: "the job is gone" }],
  ["resume BECAUSE it works", { kind: "resume", because: "it works" }],
  ["halt because fire", { kind: "halt", environment: null, because: "fire" }],
  ["halt staging because fire", { kind: "halt", environment: "staging", because: "fire" }],
  ["halt in staging because fire", { kind: "halt", environment: "staging", because: "fire" }],
  [
    "override 24h because customers wait",
    { kind: "override", check: null, duration: 24 * HOUR, environment: null, because: "customers wait" },
  ],
  [
    'override "Enterprise Server integration" 90m in production because flaky, because of network',
    {
      kind: "override",
      check: "Enterprise Server integration",
      duration: 1.5 * HOUR,
      environment: "production",
      because: "flaky, because of network",
    },
  ],
  [
    "override unit 1 2d in staging because x",
    { kind: "override", check: "unit 1", duration: 48 * HOUR, environment: "staging", because: "x" },
  ],
  [
    "rollback ABCDEF0123 because broken",
    { kind: "rollback", sha: "abcdef0123", environment: null, because: "broken" },
  ],
  [
    "rollback abcdef0 in production because broken",
    { kind: "rollback", sha: "abcdef0", environment: "production", because: "broken" },
  ],
])("/holdpoint %s", (text, command) => {
  expect(parseCommand(`/holdpoint ${text}`)).toEqual(command);
});

describe("what cannot be obeyed is refused, and says which word", () => {
  test.each<[string, string, string, string]>([
    ["overide 24h because x", "unknown-command", "overide", "overide"],
    ["check now", "too-many-words", "check", "now"],
    ["resume it because x", "too-many-words", "resume", "it"],
    ["halt a b because x", "too-many-words", "halt", "b"],
    ["extend 12h more because x", "too-many-words", "extend", "more"],
    ["override 12h at production because x", "too-many-words", "override", "at"],
    ["override 12h in production now because x", "too-many-words", "override", "now"],
    ["rollback abcdef0 to production because x", "too-many-words", "rollback", "to"],
    ["extend", "no-duration", "extend", ""],
    ["extend 12 because x", "no-duration", "extend", "12"],
    ["extend 0h because x", "no-duration", "extend", "0h"],
    ["override unit because x", "no-duration", "override", "unit"],
    ["override", "no-duration", "override", ""],
    ["rollback because x", "no-sha", "rollback", ""],
    ["rollback main because x", "no-sha", "rollback", "main"],
    ["override 1h in because x", "no-environment", "override", "in"],
    ["rollback abcdef0 in because x", "no-environment", "rollback", "in"],
    ["resolve", "no-reason", "resolve", ""],
    ["halt because", "no-reason", "halt", ""],
    ["extend 12h", "no-reason", "extend", ""],
    ["override 12h", "no-reason", "override", ""],
    ["rollback abcdef0", "no-reason", "rollback", ""],
  ])("/holdpoint %s", (text, problem, command, word) => {
    expect(parseCommand(`/holdpoint ${text}`)).toEqual({ kind: "refused", problem, command, word });
  });

  test("two commands in one comment", () => {
    expect(parseCommand("/holdpoint check\n/holdpoint help")).toMatchObject({
      kind: "refused",
      problem: "several-commands",
    });
  });
});

test("a comment without a command is none of ours", () => {
  expect(parseCommand("Thanks!")).toBeNull();
  expect(parseCommand("> /holdpoint check")).toBeNull();
});

test("a reason is kept to a length", () => {
  const command = parseCommand(`/holdpoint resolve because ${"x".repeat(1_000)}`);
  expect(command).toMatchObject({ because: `${"x".repeat(499)}…` });
});
